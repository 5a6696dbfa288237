"""Records compared: what documents that cite each other prove, and what they leave open."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from typer.testing import CliRunner

from planparse.cli.app import app
from planparse.reading.recordfile import load_record
from planparse.reconciliation import apply, reconcile
from planparse.records import Citation, Evidence, Header, IndicatorScore, PlanRecord, PointedSpan, SourceInfo


def record(name: str, header: Header, *citations: Citation, **more: object) -> PlanRecord:
    source = SourceInfo(name=f"{name}.txt", sha256="0" * 64, media_type="text/plain", lines=40)
    return PlanRecord(source=source, header=header, citations=list(citations), **more)


def plan(number: str = "7143", day: int = 9) -> PlanRecord:
    """A provincial plan whose head was read badly: it is 1143/KH-UBND of 19 August 2022."""
    header = Header(
        doc_type="Kế hoạch",
        number=number,
        symbol="KH-UBND",
        number_symbol=f"{number}/KH-UBND",
        date=dt.date(2022, 8, day),
        issuer="Ủy ban nhân dân tỉnh Sơn La",
    )
    ink = Evidence(spans=[PointedSpan(line=4, start=4, end=16)], raw="7143 /KH-UBND", confidence=0.9)
    return record("plan", header, evidence={"/header/number_symbol": ink})


def cites(number: str, day: dt.date | None, lines: list[int], issuer: str = "UBND tỉnh") -> Citation:
    number_symbol = f"{number}/KH-UBND"
    return Citation(
        number=number, symbol="KH-UBND", number_symbol=number_symbol, date=day, issuer=issuer, text="x", lines=lines
    )


def department(*citations: Citation, issuer: str = "Sở Tài chính tỉnh Sơn La", number: str = "20") -> PlanRecord:
    header = Header(number=number, symbol="KH-STC", number_symbol=f"{number}/KH-STC", issuer=issuer)
    return record("department", header, *citations)


RIGHT = dt.date(2022, 8, 19)


def test_a_head_is_repaired_by_those_that_cite_it() -> None:
    found = reconcile([("plan", plan()), ("department", department(cites("1143", RIGHT, [12, 42])))])
    assert [(f.kind, f.name, f.repaired) for f in found] == [
        ("number", "plan", "1143/KH-UBND"),
        ("date", "plan", "19/08/2022"),
    ]
    mended = apply(plan(), found)
    assert mended.header.number_symbol == "1143/KH-UBND"
    assert mended.header.number == "1143"
    assert mended.header.date == RIGHT
    assert mended.evidence["/header/number_symbol"].repaired_from == "7143 /KH-UBND"
    assert mended.evidence["/header/number_symbol"].raw == "7143 /KH-UBND"
    assert {d.code for d in mended.diagnostics} == {"PP420"}


def test_one_place_against_one_proves_nothing() -> None:
    (number, date) = reconcile([("plan", plan()), ("department", department(cites("1143", RIGHT, [12])))])
    assert number.repaired is None
    assert date.repaired is None
    kept = apply(plan(), [number, date])
    assert kept.header == plan().header
    assert {d.code for d in kept.diagnostics} == {"PP421"}


def test_agreement_is_no_finding() -> None:
    assert reconcile([("plan", plan("1143", 19)), ("department", department(cites("1143", RIGHT, [12, 42])))]) == []


def test_another_province_has_its_own_numbers() -> None:
    elsewhere = department(cites("1143", RIGHT, [12, 42]), issuer="Sở Tài chính tỉnh Phú Yên")
    assert reconcile([("plan", plan()), ("elsewhere", elsewhere)]) == []


def test_a_number_too_far_off_is_another_document() -> None:
    assert reconcile([("plan", plan()), ("department", department(cites("1198", RIGHT, [12, 42])))]) == []


def test_dates_of_one_document_in_several_records() -> None:
    right, slip = dt.date(2024, 12, 22), dt.date(2024, 12, 2)

    def resolution(day: dt.date) -> Citation:
        return Citation(
            number="57",
            symbol="NQ/TW",
            number_symbol="57-NQ/TW",
            date=day,
            issuer="Bộ Chính trị",
            text="x",
            lines=[3],
        )

    found = reconcile(
        [
            ("a", department(resolution(right), number="1")),
            ("b", department(resolution(right), number="2")),
            ("c", department(resolution(slip), number="3")),
        ]
    )
    assert [(f.name, f.pointer, f.repaired) for f in found] == [("c", "/citations/0/date", "22/12/2024")]


def test_scores_are_doubted_but_never_repaired() -> None:
    def said(value: float) -> PlanRecord:
        score = IndicatorScore(index="SIPAS", subject="tỉnh Sơn La", year=2023, value=value, unit="%")
        return record("x", Header(), indicator_scores=[score])

    (finding,) = reconcile([("a", said(82.1)), ("b", said(82.7)), ("c", said(82.7))])
    assert finding.kind == "score"
    assert finding.repaired is None


def test_the_command(tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "plan.json").write_text(plan().model_dump_json(), encoding="utf-8")
    citing = department(cites("1143", RIGHT, [12, 42]))
    (folder / "department.json").write_text(citing.model_dump_json(), encoding="utf-8")
    told = CliRunner().invoke(app, ["reconcile", str(folder), "--format", "json"])
    assert told.exit_code == 0
    assert {f["repaired"] for f in json.loads(told.stdout)} == {"1143/KH-UBND", "19/08/2022"}
    assert load_record(folder / "plan.json") == plan()  # without --apply nothing is written
    done = CliRunner().invoke(app, ["reconcile", str(folder), "--apply", "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    assert load_record(tmp_path / "out" / "plan.json").header.number == "1143"
    again = CliRunner().invoke(app, ["reconcile", str(tmp_path / "out")])
    assert again.exit_code == 0
    assert "0 proven repairs" in again.stderr

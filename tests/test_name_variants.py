"""Names compared across records: proven, open, or two things after all (``cases/name_variants.yaml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from planparse.cli.app import app
from planparse.reading.recordfile import load_record
from planparse.reconciliation import apply, reconcile
from planparse.records import (
    Evidence,
    Header,
    IndicatorScore,
    PlanRecord,
    PointedSpan,
    Signature,
    SourceInfo,
    Task,
)

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "name_variants.yaml").read_text(encoding="utf-8"))


def record(says: str | dict[str, Any]) -> PlanRecord:
    told = {"issuer": says} if isinstance(says, str) else says
    return PlanRecord(
        source=SourceInfo(name="x.txt", sha256="0" * 64, media_type="text/plain", lines=40),
        header=Header(issuer=told.get("issuer"), parent_issuer=told.get("parent"), place=told.get("place")),
        signature=Signature(name=told.get("signer"), position=told.get("position")),
        tasks=[Task(content="x", lead_agencies=told["lead"])] if "lead" in told else [],
        indicator_scores=[IndicatorScore(subject=told["subject"])] if "subject" in told else [],
        evidence={
            "/header/issuer": Evidence(spans=[PointedSpan(line=2, start=0, end=4)], raw="INK", confidence=0.9),
        }
        if told.get("issuer")
        else {},
    )


def folder(case: dict[str, Any]) -> list[tuple[str, PlanRecord]]:
    return [(f"{n}.json", record(says)) for n, says in enumerate(case["records"])]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names(case: dict[str, Any]) -> None:
    found = reconcile(folder(case))
    assert [[f.status, f.readings[0].value, f.repaired] for f in found] == case["found"]


@pytest.mark.parametrize("case", [c for c in CASES if c["found"] and c["found"][0][0] == "proven"], ids=str)
def test_what_is_repaired_is_no_longer_found(case: dict[str, Any]) -> None:
    records = folder(case)
    found = reconcile(records)
    mended = [(name, apply(one, [f for f in found if f.name == name])) for name, one in records]
    assert reconcile(mended) == []


def test_all_places_of_a_record_are_repaired_and_keep_their_ink() -> None:
    slip = record({"issuer": "Sở Y tê", "lead": ["Sở Y tê"]})
    right = [(name, record("Sở Y tế")) for name in "bc"]
    (finding,) = reconcile([("a", slip), *right])
    assert finding.places == ("/header/issuer", "/tasks/0/lead_agencies/0")
    assert finding.records == {"Sở Y tê": 1, "Sở Y tế": 2}
    assert "Sở Y tê (a, line 2); " in finding.message
    mended = apply(slip, [finding])
    assert (mended.header.issuer, mended.tasks[0].lead_agencies) == ("Sở Y tế", ["Sở Y tế"])
    assert mended.evidence["/header/issuer"].raw == "INK"
    assert mended.evidence["/header/issuer"].repaired_from == "INK"
    assert mended.evidence["/tasks/0/lead_agencies/0"].repaired_from == "Sở Y tê"
    assert [d.code for d in mended.diagnostics] == ["PP420"]


def test_an_open_conflict_is_noted_and_the_name_kept() -> None:
    slip = record("Sở Y tê")
    found = reconcile([("a", slip), ("b", record("Sở Y tế"))])
    kept = apply(slip, found)
    assert kept.header == slip.header
    assert [(d.code, d.pointer, d.lines) for d in kept.diagnostics] == [("PP421", "/header/issuer", [2])]


def test_an_alias_tells_the_last_day_and_changes_nothing() -> None:
    old = record("UBND tỉnh Phú Yên")
    (finding,) = reconcile([("a", old), ("b", record("UBND tỉnh Đắk Lắk"))])
    assert "Phú Yên until 30/06/2025" in finding.why
    assert apply(old, [finding]) == old


def test_many_records_make_a_short_message() -> None:
    many = [(f"{n}.json", record("Sở Y tế")) for n in range(40)]
    (finding,) = reconcile([("slip.json", record("Sở Y tê")), *many])
    assert len(finding.message) < 400
    assert "Sở Y tế: 40 records" in finding.message


def test_the_command_counts_aliases_as_no_conflict(tmp_path: Path) -> None:
    for name, says in (("a", "UBND tỉnh Phú Yên"), ("b", "UBND tỉnh Đắk Lắk")):
        (tmp_path / f"{name}.json").write_text(record(says).model_dump_json(), encoding="utf-8")
    told = CliRunner().invoke(app, ["reconcile", str(tmp_path)])
    assert told.exit_code == 0
    assert "0 proven repairs, 0 open conflicts, 1 aliases" in told.stderr
    assert load_record(tmp_path / "a.json").header.issuer == "UBND tỉnh Phú Yên"

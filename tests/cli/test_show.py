"""``planparse show``: what a person reads."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from running import Run

from planparse.cli.views.evidence import show_evidence
from planparse.cli.views.record import SECTIONS
from planparse.reading import read_bytes
from planparse.records import PointedSpan
from planparse.writing import FORMATS
from sample_record import full_record


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "record.yaml"
    path.write_text(FORMATS["yaml"].dump(full_record()), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("section", "shown"),
    [
        ("header", "118/KH-UBND"),
        ("header", "An Giang  50% sure"),
        ("header", "KT, Chủ tịch, Phó Chủ tịch"),
        ("outline", "└── II. …"),
        ("tasks", "I Chuẩn bị"),
        ("tasks", "- Làm đất"),
        ("indicators", "12/63"),
        ("scores", "88,25 điểm"),
        ("scores", "-0,5 %"),
        ("citations", "15/QĐ-TTg"),
        ("deadlines", "yearly --12-31"),
        ("diagnostics", "PP001 warning"),
        ("diagnostics", "3-4, 7, 9 …"),
    ],
)
def test_a_section_shows(section: str, shown: str, run: Run, record: Path) -> None:
    assert shown in run("show", record, "--only", section).out


def test_everything_shows_by_default(run: Run, record: Path) -> None:
    shown = run("show", record).out
    assert all(title in shown for title in ("Outline", "Tasks", "PAPI 2024", "Scores", "Citations", "Deadlines"))


def test_a_document_shows_without_a_record(run: Run, plan: Path) -> None:
    assert "plan.txt" in run("show", plan).out


def test_the_first_rows_only(run: Run, record: Path) -> None:
    shown = run("show", record, "--only", "outline", "--first", "2").out
    assert "1. Mục đích" in shown
    assert "II." not in shown
    assert "… 1 more" in shown


def test_a_section_that_does_not_exist(run: Run, record: Path) -> None:
    outcome = run("show", record, "--only", "tables")
    assert outcome.code == 2
    assert all(name in outcome.err for name in SECTIONS)


def test_why_shows_the_ink_behind_a_value(run: Run, record: Path) -> None:
    shown = run("show", record, "--why", "/header").out
    assert shown == "/header/place  An Giang  50% sure  repaired from An Giong\nAn Giang\n"


def test_why_shows_whole_lines_where_the_document_is_at_hand() -> None:
    source = read_bytes("một\nSố: 118/KH-UBND      An Giang, ngày 14\nba".encode(), "plan.txt")
    record = full_record()
    place = record.evidence["/header/place"].model_copy(update={"spans": [PointedSpan(line=2, start=21, end=29)]})
    record = record.model_copy(update={"evidence": {"/header/place": place}})
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    assert show_evidence(console, record, source, "/header/place") == 1
    shown = console.export_text(styles=True)
    assert "2 " in shown
    assert re.search(r"Số: 118/KH-UBND {6}\x1b\[[\d;]+mAn Giang\x1b\[0m, ngày 14", shown)


def test_why_of_nothing(run: Run, record: Path) -> None:
    assert run("show", record, "--why", "/signature").code == 2

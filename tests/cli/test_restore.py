"""``planparse restore``: lines kept, changes shown with what was weighed."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import PLAN, Run

from planparse.cli.commands import restore as command
from planparse.restore import RestoredLine, RestoredText, Token
from planparse.source import SourceText


def half_restored(source: SourceText, weigh: bool = False) -> RestoredText:
    """A restorer that knows one word, and that takes a tilde for dirt."""
    lines = []
    for line in source.lines:
        if line.text != "cay xanhh ~":
            whole = Token(line.text, 0, len(line.text), 0, len(line.text))
            lines.append(RestoredLine(line.number, line.text, (whole,)))
            continue
        sure = Token("cây", 0, 3, 0, 3, 0.97, (("cấy", 0.02),))
        unsure = Token("xanh", 4, 8, 4, 9, 0.61)
        lines.append(RestoredLine(line.number, "cây xanh", (sure, unsure)))
    return RestoredText(source, tuple(lines), profile="eng")


@pytest.fixture
def garbled(plan: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    plan.write_text(PLAN + "cay xanhh ~\n", encoding="utf-8")
    monkeypatch.setattr(command, "restore", half_restored)
    return plan


def test_restored_text_has_the_lines_of_the_input(run: Run, garbled: Path) -> None:
    assert run("restore", garbled).out == PLAN + "cây xanh\n"


def test_pages_stay_pages(run: Run, plan: Path) -> None:
    plan.write_text(PLAN + "\f" + PLAN, encoding="utf-8")
    assert run("restore", plan).out == PLAN + "\f" + PLAN


def test_output_to_a_file(run: Run, garbled: Path, tmp_path: Path) -> None:
    outcome = run("restore", garbled, "-o", tmp_path / "restored.txt")
    assert outcome.out == ""
    assert "3 words changed" in outcome.err
    assert (tmp_path / "restored.txt").read_text(encoding="utf-8").endswith("cây xanh\n")


def test_diff_shows_changed_lines_side_by_side(run: Run, garbled: Path) -> None:
    shown = run("restore", garbled, "--diff").out
    (row,) = [line for line in shown.splitlines() if "cay xanhh ~" in line]
    assert "cây xanh" in row
    assert "Trần Văn Bình" not in shown


def test_explain_lists_each_change(run: Run, garbled: Path) -> None:
    shown = run("restore", garbled, "--explain").out
    rows = [line.split() for line in shown.splitlines() if line.split()[2:3] and line.split()[0].isdigit()]
    assert [row[1:] for row in rows[:3]] == [
        ["1", "cay", "cây", "0.97", "cấy", "0.02"],
        ["5", "xanhh", "xanh", "0.61"],
        ["11", "~", "(dropped)"],
    ]

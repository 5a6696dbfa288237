"""Words that OCR broke are read letter by letter, and what is no broken word is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from planparse.recognise.tables.mend import PROFILES, restored_cells
from planparse.recognise.tables.wrecks import broken_chunks
from planparse.restore.readings import ENG
from planparse.restore.restorer import restorer
from planparse.restore.tokens import BROKEN, cut_broken

CASES = yaml.safe_load((Path(__file__).parent / "broken.yaml").read_text("utf-8"))


def cell(lines: list[str]) -> list[str]:
    restored, _ = restored_cells(["", *lines, ""], PROFILES["eng"])
    return [line.text for line in restored[1:-1]]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join(case["ink"])[:30])
def test_broken_cell_comes_out_as_printed(case: dict[str, list[str]]) -> None:
    assert cell(case["ink"]) == case["truth"]


def test_marks_of_the_line_below_are_part_of_the_letters() -> None:
    assert cell(["Bé,o c?o ke} qua tr}rc ti¢’p"]) == ["Báo cáo kết quả trực tiếp"]


def test_a_word_torn_in_two_is_one() -> None:
    assert cell(["x}y du‘ng Ke h¢ ac’h phat tri¢’n"]) == ["xây dựng Kế hoạch phát triển"]


def test_two_words_run_together_are_two() -> None:
    assert cell(["bdo cdo ve thlfchi¢'n nhi€m vu"]) == ["báo cáo về thực hiện nhiệm vụ"]


@pytest.mark.parametrize(
    "ink", ["112/QĐ-TTg", "15/7/2025", "100%", "I,II", "III,IV/2026", "MTTQ", "(CCHC)/TTHC;", "ha tang ky thuat"]
)
def test_what_is_not_broken_is_not_doubted(ink: str) -> None:
    (line,), _ = restorer().restore([ink], ENG)
    assert broken_chunks(ink, line) == []


@pytest.mark.parametrize("figure", ["39/63", "90,49", "2025", "15/6/2024", "0,75%"])
def test_figures_beside_broken_words_are_never_changed(figure: str) -> None:
    (text,) = cell([f"h}}m lu¢’ng d?t {figure} th}}m qu¢'n"])
    assert figure in text.split()


def test_the_mark_at_the_end_of_a_broken_word_may_be_one() -> None:
    (word, mark) = cut_broken("?h}p,")
    assert (word.kind, word.end, mark.start) == (BROKEN, 4, 4)

"""What counts as right."""

from __future__ import annotations

import pytest
from benchmarks.scoring import (
    Tally,
    tally_citations,
    tally_figures,
    tally_outline,
    tally_prose,
    tally_scores,
    tally_tasks,
    tally_text,
)


@pytest.mark.parametrize(
    ("said", "right", "total"),
    [
        ("Kế hoạch năm 2025.", 3, 3),  # numbers and marks are not words
        ("KẾ HOẠCH năm", 3, 3),  # nor does case count
        ("Kế năm", 2, 3),  # a lost word is an error
        ("Kế hoạch trong năm", 3, 4),  # and so is an invented one
        ("Kếhoạch năm", 1, 3),  # words run together are both wrong
        ("", 0, 3),
    ],
)
def test_words_are_aligned_by_edit_distance(said, right, total):
    assert tally_text(["Kế hoạch năm 2025"], [said]) == Tally(right, total, total)


def test_lines_without_truth_are_not_scored():
    assert tally_text(["", "năm"], ["anything", "năm"]) == Tally(1, 1, 1)


def test_figures_count_letter_for_letter():
    truth = ["Số: 12/KH-UBND ngày 05/3/2025, đạt 98,5%.", ""]
    assert tally_figures(truth, ["Số: 12/KH-UBND ngày 05/3/2025 đạt 98,5%", "2"]) == Tally(3, 3, 3)
    assert tally_figures(truth, ["Số: 12/kh-ubnd ngày 05/8/2025 đạt 98,5%"]) == Tally(1, 3, 3)


def row(content: str, **cells: str) -> dict:
    empty = dict.fromkeys(("number", "responsible", "deadline", "result"))
    return {**empty, "content": content, **cells}


def test_a_cell_is_close_when_nearly_equal_and_strict_when_equal():
    long = "Tổ chức hội nghị tổng kết công tác năm và triển khai nhiệm vụ"
    found = tally_tasks([row(long, number="1")], [row(long.replace("tổng", "tồng"), number="1")])
    assert found["tasks"] == Tally(4, 4, 4)
    assert found["strict"] == Tally(3, 4, 4)
    assert found["numbers"] == Tally(1, 1, 1)


def test_an_invented_row_is_held_against_the_program():
    truth, extra = row("Rà soát thủ tục hành chính"), row("không có trong bảng")
    assert tally_tasks([truth], [truth, extra])["tasks"] == Tally(4, 8, 4)


def test_bullets_and_dashes_do_not_count():
    assert tally_tasks([row("- Rà soát;\n- Báo cáo.")], [row("Rà soát; - Báo cáo")])["strict"] == Tally(4, 4, 4)


def score(name: str, **numbers: object) -> dict:
    empty = dict.fromkeys(("parent", "rank", "score", "max_score", "expected_increase", "target"))
    return {**empty, "name": name, **numbers}


def test_scores_are_compared_as_numbers():
    truth = [{"rows": [score("Cải cách thể chế", score=8.9, expected_increase="+0,50", target="≥ 9,40")]}]
    said = [{"rows": [score("Cải cách thể chế", score=8.9, expected_increase="+ 0.5", target="> 9,4")]}]
    assert tally_scores(truth, said) == Tally(3, 3, 3)


def test_subrows_of_one_name_are_told_apart_by_their_row():
    truth = [{"rows": [score("Điều tra", parent="2", score=2.0), score("Điều tra", parent="4", score=4.0)]}]
    said = [{"rows": [score("Điều tra", parent="4", score=4.0), score("Điều tra", parent="2", score=2.0)]}]
    assert tally_scores(truth, said).f1 == 1.0


def test_citations_are_keyed_by_number_and_date():
    truth = [{"number_symbol": "12/KH-UBND", "date": "2025-01-02"}, {"number_symbol": None, "date": None}]
    assert tally_citations(truth, [{"number_symbol": "12 /KH-UBND", "date": "2025-01-02"}]) == Tally(1, 1, 1)
    assert tally_citations(truth, [{"number_symbol": "12/KH-UBND", "date": None}]) == Tally(0, 1, 1)


def test_scores_of_tables_are_no_prose():
    said = [{"value": 9.5, "rank": 1, "origin": "table"}, {"value": 84.2, "rank": None}]
    assert tally_prose([{"value": 84.2}], said) == Tally(1, 1, 1)


def test_headings_are_looked_for_and_others_ignored():
    truth = [{"label": "I.", "title": "Mục đích, yêu cầu"}]
    said = [{"label": "I.", "title": "MỤC ĐÍCH YÊU CẦU"}, {"label": "a)", "title": None}]
    assert tally_outline(truth, said) == Tally(1, 1, 1)
    assert tally_outline(truth, [{"label": "II.", "title": "Mục đích, yêu cầu"}]) == Tally(0, 1, 1)


def test_nothing_wanted_and_nothing_given_is_right():
    assert Tally().f1 == 1.0

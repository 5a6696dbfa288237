"""Words go to the cell of their row that they go on in, where the tagger is not sure and the language is."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.joins import cell_text
from planparse.recognise.tables.mend import Mended, mend_cells
from planparse.recognise.tables.reassign import make, reassign, reassign_judge
from planparse.recognise.tables.reassign_moves import Move, possible_moves
from planparse.recognise.tables.reassign_signs import signs_of_moves
from planparse.recognise.tables.reassign_table import Table, rows_of
from planparse.recognise.tables.tags import BEGINS, N_TAGS, OPENS, Judged
from planparse.recognise.tables.words import split_words
from planparse.restore.readings import ENG
from planparse.restore.restorer import restorer
from planparse.restore.text import RestoredText
from planparse.source import Line, SourceText

ROLES = ("content", "responsible", "deadline", "result")
SURE, TORN, RATHER = -0.05, -2.2, -0.9
"""Log probability of a word's column when the tagger is sure of it, and when it would rather have it elsewhere."""

Segments = list[tuple[str, str]]


def table(*lines: Segments, torn: str = "", starts: tuple[int, ...] = (1,)) -> tuple[RestoredText, Grid]:
    """Rows of a table as OCR reads them, a list of (column, ink) for each line; ``starts``: the lines on which rows
    start. The tagger is sure of all words but for those of ``torn``."""
    ink = ["  ".join(said for _, said in line) for line in lines]
    source = SourceText("t", "0" * 64, "text/plain", "utf-8", tuple(Line(n, s, s) for n, s in enumerate(ink, 1)))
    restored, _ = restorer().restore(ink, ENG)
    text = RestoredText(source, tuple(restored), "eng")
    rows: list[GridRow] = []
    words, answers = [], []
    for n, line in enumerate(lines, 1):
        if n in starts:
            rows.append(GridRow())
        cells, at = rows[-1].cells, 0
        for role, said in line:
            start, end = (text.line(n).tokens_of_ink(at, at + len(said))[k] for k in (0, -1))
            cell = cells.setdefault(role, GridCell())
            cell.pieces.append((n, start.start, end.end))
            cell.full_lines.append(True)
            at += len(said) + 2
        for word in split_words(n, text.line(n).text):
            column = next(r for r, cell in cells.items() if any(holds(p, n, word.start) for p in cell.pieces))
            told = np.full(N_TAGS + 3, -6.0)
            told[[BEGINS, OPENS]] = -4.0
            for role in ROLES:
                if word.text in torn.split():
                    told[USUAL_ORDER.index(role)] = TORN if role == column else RATHER
                elif role == column:
                    told[USUAL_ORDER.index(role)] = SURE
            words.append(word)
            answers.append(told)
    return text, Grid(ROLES, rows, judged=Judged(words, np.array(answers)))


def holds(piece: tuple[int, int, int], line: int, place: int) -> bool:
    return piece[0] == line and piece[1] <= place < piece[2]


def read(*lines: Segments, torn: str = "") -> dict[str, str]:
    """What the cells say once words have gone where they belong."""
    text, grid = table(*lines, torn=torn)
    mended = mend_cells(text, [grid])
    reassign(text, [grid], mended)
    return {role: cell_text(text, cell, mended.shown) for role, cell in grid.rows[0].cells.items()}


def test_words_that_end_a_line_of_the_cell_before() -> None:
    found = read(
        [("content", "Kiém tra cong tac van thu,"), ("responsible", "Phong Ké hoach va"), ("result", "Bao cao")],
        [("content", "luu tri theo quy dinh. Dau tu"), ("result", "két qua")],
        [("responsible", "chu tri thuc hien.")],
        torn="Đầu tư",
    )
    assert found["content"] == "Kiểm tra công tác văn thư, lưu trữ theo quy định."
    assert found["responsible"] == "Phòng Kế hoạch và Đầu tư chủ trì thực hiện."


def test_words_of_a_deadline_at_the_end_of_an_office() -> None:
    found = read(
        [("responsible", "Bo phan Mot cua"), ("deadline", "Theo ké hoach cua")],
        [("responsible", "thuéc So"), ("deadline", "B6 Giao duc")],
        [("responsible", "va Dao tao")],
        torn="và Đào tạo",
    )
    assert found == {
        "responsible": "Bộ phận Một cửa thuộc Sở",
        "deadline": "Theo kế hoạch của Bộ Giáo dục và Đào tạo",
    }


def test_words_that_make_a_usual_deadline_whatever_the_tagger_says() -> None:
    lines = [
        [("content", "Kiém tra cong vu"), ("responsible", "Cac phong, cong chuc,"), ("deadline", "Theo tién do cua")],
        [("content", "cua tinh"), ("responsible", "vién chuc Trung uong")],
    ]
    found = read(*lines)
    assert found["responsible"] == "Các phòng, công chức, viên chức"
    assert found["deadline"] == "Theo tiến độ của Trung ương"


def test_where_the_tagger_is_sure_nothing_is_even_asked() -> None:
    lines = [[("responsible", "Van phong So"), ("result", "Bao cao cua Truong")], [("responsible", "Chinh tri tinh")]]
    text, grid = table(*lines)
    asked = Table(text, grid, rows_of(grid, mend_cells(text, [grid]), [0]))
    assert not possible_moves(asked, asked.rows)
    assert read(*lines)["responsible"] == "Văn phòng Sở Chính trị tỉnh"


def test_a_cell_that_goes_on_in_itself_keeps_its_words_whatever_the_tagger_says() -> None:
    found = read(
        [("content", "T6 chitc thyc hién ké hoach cai"), ("result", "Ké hoach duoc ban hanh")],
        [("content", "cach hanh chinh cua tinh")],
        torn="cách hành chính của tỉnh",
    )
    assert found["content"] == "Tổ chức thực hiện kế hoạch cải cách hành chính của tỉnh"


def test_a_row_keeps_what_is_to_be_done() -> None:
    found = read([("content", "va Dao tao"), ("deadline", "Theo ké hoach cua B6 Giao duc")], torn="và Đào tạo")
    assert "content" in found


RESULT_BELOW = [
    [("content", "Ra soat van ban"), ("responsible", "Van phong"), ("result", "Bao cao két qua")],
    [("content", "cua tinh."), ("result", "ra soat duoc")],
    [("content", "gui B6 Tu phap va Van phong")],
    [("content", "Chinh phu theo quy dinh.")],
]


def moves_of(text: RestoredText, grid: Grid) -> list[Move]:
    asked = Table(text, grid, rows_of(grid, mend_cells(text, [grid]), range(len(grid.rows))))
    return possible_moves(asked, asked.rows)


def words_of(move: Move) -> str:
    return " ".join(said.text for said in move.said)


def test_lines_at_the_end_of_a_cell_go_together_whole_or_from_a_word_of_the_first_on() -> None:
    text, grid = table(*RESULT_BELOW, torn="gửi Bộ Tư pháp và Văn phòng Chính phủ theo quy định.")
    moves = [move for move in moves_of(text, grid) if move.role == "result" and len(move.run) == 2]
    said = {words_of(move) for move in moves}
    assert "gửi Bộ Tư pháp và Văn phòng Chính phủ theo quy định." in said
    assert "Văn phòng Chính phủ theo quy định." in said
    assert all(words.endswith("theo quy định.") for words in said), "no line is left behind"


def test_lines_that_go_stand_below_each_other_in_their_new_cell() -> None:
    text, grid = table(*RESULT_BELOW, torn="gửi Bộ Tư pháp và Văn phòng Chính phủ theo quy định.")
    moves = {words_of(move): move for move in moves_of(text, grid) if move.role == "result"}
    assert make(text, grid, moves["Văn phòng Chính phủ theo quy định."], 0.8)
    cells = {role: cell_text(text, cell) for role, cell in grid.rows[0].cells.items()}
    assert cells["content"] == "Rà soát văn bản của tỉnh. gửi Bộ Tư pháp và"
    assert cells["result"] == "Báo cáo kết quả rà soát được Văn phòng Chính phủ theo quy định."
    assert grid.rows[0].cells["result"].certainty == 0.8


def test_a_date_takes_nothing_that_stands_behind_it_away() -> None:
    text, grid = table(
        [("content", "Dau tu cong"), ("result", "dén 31/12/2027: dat muc tiéu")],
        torn="đến 31/12/2027: đạt mục tiêu",
    )
    moves = {words_of(move) for move in moves_of(text, grid)}
    assert "đến 31/12/2027: đạt mục tiêu" in moves
    assert not moves & {"31/12/2027:", "đến 31/12/2027:", "đạt mục tiêu"}


def test_words_that_have_moved_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    text, grid = table(LINE, torn="Văn phòng Sở")
    places = []

    def always(text: RestoredText, grid: Grid, move: Move, odd: float) -> bool:
        places.append([said.place for said in move.said])
        return make(text, grid, move, odd)

    module = sys.modules["planparse.recognise.tables.reassign"]
    monkeypatch.setattr(module, "make", always)
    monkeypatch.setattr(module, "LIKELY", 0.0)
    reassign(text, [grid], mend_cells(text, [grid]))
    moved = [place for words in places for place in words]
    assert moved and len(moved) == len(set(moved))


def test_a_date_stays_with_what_it_is_the_date_of_and_beside_no_other() -> None:
    text, grid = table(
        [("content", "Giai ngan vén"), ("deadline", "Trong nam 2027"), ("result", "31/12/2027: dat 90%;")],
        [("content", "dau tu cong."), ("result", "2027 dat")],
        torn="31/12/2027: đạt 90%; 2027",
    )
    moves = {words_of(move) for move in moves_of(text, grid) if move.role == "deadline"}
    assert not moves & {"31/12/2027:", "2027"}


def test_lines_between_which_the_other_cell_has_a_line_of_its_own_stay() -> None:
    lines = [*RESULT_BELOW[:3], [("result", "ban hanh")], RESULT_BELOW[3]]
    text, grid = table(*lines, torn="gửi Bộ Tư pháp và Văn phòng Chính phủ theo quy định.")
    assert not [move for move in moves_of(text, grid) if move.role == "result" and len(move.run) > 1]


FAR_BELOW = [
    [("content", "Kiém tra cong vu"), ("responsible", "So Noi vu"), ("result", "Két luan")],
    [("result", "kiém tra.")],
    *([] for _ in range(4)),
    [("result", "Bao cao ra soat")],
    [("content", "Ra soat van ban"), ("responsible", "Van phong"), ("result", "van ban.")],
]


def test_lines_far_from_their_row_and_near_the_next_may_go_there() -> None:
    text, grid = table(*FAR_BELOW, starts=(1, 8))
    (move,) = [move for move in moves_of(text, grid) if move.to != move.piece.row]
    assert (words_of(move), move.role, move.piece.row, move.to) == ("Báo cáo rà soát", "result", 0, 1)
    assert make(text, grid, move, 0.7)
    assert cell_text(text, grid.rows[0].cells["result"]) == "Kết luận kiểm tra."
    assert cell_text(text, grid.rows[1].cells["result"]) == "Báo cáo rà soát văn bản."


def test_lines_beside_the_rest_of_their_row_do_not_go_to_another() -> None:
    text, grid = table(*FAR_BELOW[:2], FAR_BELOW[6], FAR_BELOW[7], starts=(1, 4))
    assert not [move for move in moves_of(text, grid) if move.to != move.piece.row]


LINE = [
    ("content", "Ra soat van ban"),
    ("responsible", "Van phong S6"),
    ("deadline", "Quy II"),
    ("result", "Bao cao"),
]


@given(st.lists(st.sampled_from("Rà soát văn bản phòng Quý Báo cáo".split()), max_size=5))
def test_moves_are_of_ends_of_pieces_and_stay_in_the_order_of_columns(torn: list[str]) -> None:
    text, grid = table(LINE, torn=" ".join(torn))
    asked = Table(text, grid, rows_of(grid, mend_cells(text, [grid]), [0]))
    moves = possible_moves(asked, asked.rows)
    for move in moves:
        assert 0 <= move.first < move.last <= len(move.piece.said)
        assert move.first == 0 or move.last == len(move.piece.said)
        assert move.said == move.piece.said[move.first : move.last]
        assert abs(ROLES.index(move.role) - ROLES.index(move.piece.role)) == 1, "the neighbours on the line are there"
    if moves:
        signs = signs_of_moves(asked, moves)
        assert signs.shape == (len(moves), len(reassign_judge().mean))
        assert np.isfinite(signs).all()
        assert all(0 <= odd <= 1 for odd in reassign_judge()(signs))


@pytest.mark.parametrize("judged", [True, False])
def test_nothing_happens_where_nothing_was_untangled_or_restored(judged: bool) -> None:
    text, grid = table(LINE)
    before = {role: list(cell.pieces) for role, cell in grid.rows[0].cells.items()}
    if not judged:
        grid.judged = None
    reassign(text, [grid], Mended())
    assert {role: cell.pieces for role, cell in grid.rows[0].cells.items()} == before

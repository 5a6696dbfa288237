"""Task tables as OCR leaves them: cell by cell, with lost numbers, with heads in shreds, over pages."""

from dataclasses import replace

import pytest

from plain_text import as_read
from planparse.reading import read_bytes
from planparse.recognise.notes import Notebook
from planparse.recognise.tables import find_tasks
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head import find_heads
from planparse.recognise.tables.joins import join_pieces
from planparse.recognise.tables.mend import mend_cells
from planparse.recognise.tables.words import split_words
from planparse.recognise.tables.wrecks import without_wrecks
from planparse.records import Task
from planparse.restore import RestoredLine, RestoredText, Token

CELL_BY_CELL = """\
Phụ lục

STT

Nội dung công việc

Trách nhiệm thực hiện

Tiến độ
thực hiện

Kết quả/sản phẩm

I

Công tác chỉ đạo, điều hành

1

Xây dựng kế hoạch cải cách hành
chính năm 2025 của cơ quan.

Văn phòng thực hiện.

Trong năm
2025

Kế hoạch được ban hành.

Tổ chức kiểm tra công tác cải cách
hành chính tại các phòng, đơn vị.

Văn phòng chủ trì, phối hợp các
phòng, đơn vị thực hiện.

Quý III/2025

Báo cáo kết quả kiểm tra; 100% kiến
nghị được xử lý.

3

Rà soát thủ tục hành chính nội bộ.

Các phòng chuyên môn thực hiện.

Thường
xuyên

Danh mục thủ tục hành chính được
"""

NEXT_PAGE = """\

STT

Nội dung công việc

Trách nhiệm thực hiện

Tiến độ
thực hiện

Kết quả/sản phẩm

công khai theo quy định.
"""


def read(content: str) -> tuple[list[Task], Notebook]:
    source = read_bytes(content.encode(), "plan.txt")
    lines = []
    for line in source.lines:
        token = Token(line.text, 0, len(line.text), 0, len(line.text))
        lines.append(RestoredLine(line.number, line.text, (token,)))
    text = RestoredText(source, tuple(lines))
    notes = Notebook(text)
    return find_tasks(text, notes), notes


def test_cells_stand_one_below_the_other() -> None:
    tasks, notes = read(CELL_BY_CELL + NEXT_PAGE)
    assert [t.content for t in tasks] == [
        "Xây dựng kế hoạch cải cách hành chính năm 2025 của cơ quan.",
        "Tổ chức kiểm tra công tác cải cách hành chính tại các phòng, đơn vị.",
        "Rà soát thủ tục hành chính nội bộ.",
    ]
    assert [t.deadline for t in tasks] == ["Trong năm 2025", "Quý III/2025", "Thường xuyên"]
    assert tasks[1].result == "Báo cáo kết quả kiểm tra; 100% kiến nghị được xử lý."
    assert {(t.section, t.section_title) for t in tasks} == {("I", "Công tác chỉ đạo, điều hành")}
    assert tasks[1].lead_agencies == ["Văn phòng"]
    # the number that OCR lost follows from its neighbours, and the record says so
    assert [t.number for t in tasks] == ["1", "2", "3"]
    assert [d.pointer for d in notes.diagnostics if d.code == "PP202"] == ["/tasks/1/number"]
    # a row that goes on over the page is one row
    assert tasks[2].result == "Danh mục thủ tục hành chính được công khai theo quy định."


def test_evidence_names_the_ink_of_every_piece() -> None:
    tasks, notes = read(CELL_BY_CELL)
    assert tasks[0].content
    found = notes.evidence["/tasks/0/content"]
    assert found.raw == "Xây dựng kế hoạch cải cách hành\nchính năm 2025 của cơ quan."
    assert len(found.spans) == 2


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        (["STT Nội dung công việc Cơ quan chủ trì Cơ quan phối hợp Thời gian Sản phẩm"],
         ("number", "content", "lead", "support", "deadline", "result")),
        (["Tiến độ", "STT Nhiệm vụ, giải pháp Đơn vị thực hiện thực hiện Kết quả"],
         ("number", "content", "responsible", "deadline", "result")),
        (["STT N6i dumg cong v1éc Tr4ch nhiem thuc hi¢n Tiên dc Ket quâ/sãn pham"],
         ("number", "content", "responsible", "deadline", "result")),
        (["Căn cứ kế hoạch, các phòng phối hợp thực hiện nhiệm vụ, báo cáo kết quả, tiến độ thực hiện."], None),
    ],
)  # fmt: skip
def test_heads(lines: list[str], roles: tuple[str, ...] | None) -> None:
    heads = find_heads(lines)
    assert (heads[0].roles if heads else None) == roles


def test_lines_of_a_cell_join() -> None:
    assert join_pieces(["Nghị quyết số 57-", "NQ/TW của Bộ Chính trị"], [True, True]).startswith(
        "Nghị quyết số 57-NQ/TW"
    )
    assert join_pieces(["- Lập kế hoạch;", "- Tổ chức", "thực hiện."], [False, True, False]) == (
        "- Lập kế hoạch;\n- Tổ chức thực hiện."
    )


def test_what_cannot_be_read_is_left_out() -> None:
    assert without_wrecks("hồ sơ được L?ôimg’ QQ¥= số hóa năm 2027") == "hồ sơ được số hóa năm 2027"
    assert without_wrecks("57-NQ/TW (PAR INDEX) 5G, 24/7") == "57-NQ/TW (PAR INDEX) 5G, 24/7"


@pytest.mark.parametrize(
    "ink",
    [
        "Ban Quản lý các khu|Các sở, ban, ngành",
        "Hội Nông dân,|Tỉnh đoàn",
        "thực hiện|- Thanh tra",
        "cao|90% xã",
        "xã_|¦ Tỉnh",
    ],
)
def test_a_rule_between_two_words_parts_them(ink: str) -> None:
    found = split_words(1, ink)
    assert [word.ruled for word in found].count(True) == 1
    assert not any("|" in word.text for word in found)


def test_a_bar_that_may_be_a_letter_parts_nothing() -> None:
    assert [word.text for word in split_words(1, "l|8 12|13 V|II")] == ["l|8", "12|13", "V|II"]


def test_a_quarter_that_the_year_ran_into_is_kept() -> None:
    text = replace(as_read("Quy Inam 2027"), profile="eng")
    cell = GridCell([(1, 0, 13)], 1.0, [True])
    mended = mend_cells(text, [Grid(("content", "deadline"), [GridRow({"deadline": cell})])])
    assert mended.shown[1, 0, 13] == "Quý I năm 2027"

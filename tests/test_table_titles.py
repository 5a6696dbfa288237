"""Rows that span a table: labels parted from titles, broken titles joined, tasks placed below them."""

from collections.abc import Container

import pytest

from planparse.reading import read_bytes
from planparse.recognise.notes import Notebook
from planparse.recognise.tables.assemble import Assembler
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.mend import Mended, mend_cells
from planparse.recognise.tables.sections import read_title
from planparse.records import Task
from planparse.restore import RestoredLine, RestoredText, Token


def assemble(lines: list[str], wrecked: Container[int] = ()) -> tuple[list[Task], Notebook]:
    """A table of number and content; ``= I | Title`` is a row that spans it, ``2 | Text`` a task.

    Of the lines ``wrecked`` the restorer could read nothing.
    """
    source = read_bytes("\n".join(lines).encode(), "plan.txt")
    restored = []
    for line in source.lines:
        tokens, at = [], 0
        for word in line.text.split(" "):
            tokens.append(Token(word, at, at + len(word), at, at + len(word)))
            at += len(word) + 1
        restored.append(RestoredLine(line.number, line.text, tuple(tokens)))
    grid = Grid(("number", "content"))
    for number, line in enumerate(lines, 1):
        label, _, text = line.partition(" | ")
        if line.startswith("="):
            grid.rows.append(GridRow({"content": GridCell([(number, 2, len(line))], 1.0, [True])}, section=True))
            continue
        cells = {"content": GridCell([(number, len(line) - len(text), len(line))], 1.0, [True])}
        if label.strip():
            cells["number"] = GridCell([(number, 0, len(label))], 1.0, [True])
        grid.rows.append(GridRow(cells))
    notes = Notebook(RestoredText(source, tuple(restored), "eng"))
    shown = {p: "" for row in grid.rows for cell in row.cells.values() for p in cell.pieces if p[0] in wrecked}
    maker = Assembler(notes, Mended(shown))
    maker.add(grid)
    return maker.tasks, notes


def test_parts_sections_and_groups_in_groups() -> None:
    tasks, notes = assemble([
        "= A | NHIỆM VỤ CHUNG",
        "= I | Công tác chỉ đạo",
        "1 | Ban hành kế hoạch",
        "= 2 | Kiểm tra công vụ",
        "= 2.1 | Kiểm tra định kỳ",
        "  | Kiểm tra tại các phòng",
        "22 | Kiểm tra đột xuất",
        "3 | Sơ kết, tổng kết",
        "= Truyền thông về cải cách",
        "1 | Viết tin, bài",
        "= NHIỆM VỤ CỦA CÁC XÃ VÀ CỦA",
        "= CÁC PHƯỜNG",
        "= I_|Niêm yết thủ tục",
        "1 | Niêm yết tại trụ sở",
    ])  # fmt: skip
    shown = [(t.part, t.section, t.section_title, t.subsection, t.number) for t in tasks]
    first, second = "A. NHIỆM VỤ CHUNG", "B. NHIỆM VỤ CỦA CÁC XÃ VÀ CỦA CÁC PHƯỜNG"
    assert shown == [
        (first, "I", "Công tác chỉ đạo", None, "1"),
        (first, "I", "Công tác chỉ đạo", "2.1. Kiểm tra định kỳ", None),
        (first, "I", "Công tác chỉ đạo", "2. Kiểm tra công vụ", "2.2"),
        (first, "I", "Công tác chỉ đạo", None, "3"),
        (first, "II", "Truyền thông về cải cách", None, "1"),
        (second, "I", "Niêm yết thủ tục", None, "1"),
    ]
    told = [(d.code, d.message.split(" «")[0]) for d in notes.diagnostics if d.code != "PP201"]
    assert told == [
        ("PP202", "row number 2.2 restored from the sequence (printed"),
        ("PP203", "label II of"),
        ("PP203", "label B of"),
    ]
    assert notes.evidence["/tasks/2/number"].repaired_from == "22"


def test_a_gap_in_the_numbers_is_told_where_it_is() -> None:
    tasks, notes = assemble(["1 | Một việc", "2 | Hai việc", "5 | Năm việc", "6 | Sáu việc"])
    assert [t.number for t in tasks] == ["1", "2", "5", "6"]
    gap = next(d for d in notes.diagnostics if d.code == "PP205")
    assert (gap.pointer, gap.lines, gap.message) == (
        "/tasks/2/number",
        [3],
        "before row number 5 the table leaves out 2",
    )


def test_what_is_printed_for_a_number_and_is_none_is_told() -> None:
    tasks, notes = assemble([
        "= I | Mục một", "= 1 | Nhóm một", "= 1.1 | Nhóm nhỏ", "ea | Việc này", "  | Việc khác", "1.2 | Việc nữa"
    ])  # fmt: skip
    assert [t.number for t in tasks] == [None, None, "1.2"]
    assert [d.pointer for d in notes.diagnostics if d.code == "PP202"] == ["/tasks/0/number"]


@pytest.mark.parametrize("title", ["Ý kiến của tổ chức", "Vi phạm trong hoạt động công vụ"])
def test_a_first_word_that_is_no_label_stays_in_the_title(title: str) -> None:
    tasks, _ = assemble(["= I | Mục một", "1 | Việc", f"= {title}", "1 | Việc", "= III | Mục ba", "1 | Việc"])
    assert [(t.section, t.section_title) for t in tasks][1] == ("II", title)


def test_a_cell_that_no_one_can_read_is_quoted() -> None:
    _, notes = assemble(["1 | Một việc", "2 | ?;=J"], wrecked={2})
    empty = next(d for d in notes.diagnostics if d.code == "PP201")
    assert (empty.pointer, empty.message) == ("/tasks/1", "no text found for: content (unreadable: «?;=J»)")


def test_rows_under_a_head_of_numbers_are_numbered_though_every_number_is_lost() -> None:
    tasks, notes = assemble(["= I | Mục một", "  | Việc này", "  | Việc khác", "= II | Mục hai", "  | Việc nữa"])
    assert [t.number for t in tasks] == ["1", "2", "1"]
    assert sum(d.code == "PP202" for d in notes.diagnostics) == 3


def test_a_title_that_the_rule_joined_to_its_label_keeps_its_first_word() -> None:
    """``IV_|Bao`` is one word to the restorer, and a wreck unless the two are parted first."""
    line = "IV_|Bao ton di san"
    source = read_bytes(line.encode(), "plan.txt")
    text = RestoredText(source, (RestoredLine(1, line, (Token(line, 0, len(line), 0, len(line)),)),), "eng")
    row = GridRow({"content": GridCell([(1, 0, len(line))], 1.0, [True])}, section=True)
    title = read_title(text, row, mend_cells(text, [Grid(("number", "content"), [row])]).shown)
    assert title.ink == "IV_|"
    assert len(title.rest.split()) == 4

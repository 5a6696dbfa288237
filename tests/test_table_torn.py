"""Rows torn apart, titles cut into cells, labels by themselves: made whole before they are named."""

from planparse.reading import read_bytes
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.numbering import Item, read_labels
from planparse.recognise.tables.torn import mend_torn_rows
from planparse.restore import RestoredLine, RestoredText, Token

ROLES = ("number", "content", "responsible", "deadline", "result")
SHORT = {"n": "number", "c": "content", "r": "responsible", "d": "deadline", "e": "result", "=": "title"}

Cells = dict[str, str]


def mended(*lines: str) -> list[Cells]:
    """The cells of each row after mending.

    A line is a row of its own: ``n:1 c:Text of a task d:Quý I``; cells stand on it with one space between them, but
    for `` | `` where a rule was seen. ``=:`` is a row that spans the table.
    """
    shown, rows = [], []
    for number, line in enumerate(lines, 1):
        text, row = "", GridRow(section=line.startswith("=:"))
        for part in line.replace(" | ", " |~").split("~"):
            for piece in _split(part):
                role, said = SHORT[piece[0]], piece[2:].strip()
                start = len(text) + bool(text)
                text = f"{text} {said}" if text else said
                cell = GridCell([(number, start, len(text.removesuffix(" |")))], 1.0, [True])
                row.cells["content" if role == "title" else role] = cell
        shown.append(text)
        rows.append(row)
    source = read_bytes("\n".join(shown).encode(), "plan.txt")
    made = [RestoredLine(n.number, n.text, (Token(n.text, 0, len(n.text), 0, len(n.text)),)) for n in source.lines]
    text_of = RestoredText(source, tuple(made))
    grid = Grid(ROLES, rows)
    mend_torn_rows(text_of, grid)
    return [
        {
            "title" if row.section and role == "content" else role: " ".join(
                shown[n - 1][a:b] for n, a, b in cell.pieces
            )
            for role, cell in row.cells.items()
        }
        for row in grid.rows
    ]


def _split(line: str) -> list[str]:
    """``n:1 c:Text`` → ``n:1``, ``c:Text``."""
    starts = [
        i for i in range(len(line) - 1) if line[i] in SHORT and line[i + 1] == ":" and (i == 0 or line[i - 1] in " ~")
    ]
    return [line[a:b].strip() for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def test_a_title_in_capitals_cut_into_cells() -> None:
    assert mended("c:NHIỆM VỤ CỦA CÁC r:PHÒNG CHUYÊN MÔN e:VÀ ĐỘI") == [
        {"title": "NHIỆM VỤ CỦA CÁC PHÒNG CHUYÊN MÔN VÀ ĐỘI"}
    ]


def test_a_title_whose_later_cells_go_on_amid_the_sentence() -> None:
    assert mended("n:2 c:Sự hài lòng r:của người dân về e:thái độ phục vụ") == [
        {"title": "2 Sự hài lòng của người dân về thái độ phục vụ"}
    ]


def test_a_row_on_one_line_stays_a_row() -> None:
    rows = ["n:1 c:Sơ kết r:Văn phòng d:Quý I e:Báo cáo", "n:2 c:Họp | r:văn phòng d:Quý I e:biên bản"]
    assert [row["number"] for row in mended(*rows)] == ["1", "2"]


def test_a_label_by_itself_goes_to_the_title_below() -> None:
    assert mended("n:1 c:Sơ kết r:Văn phòng d:Quý I", "n:111", "=:Cải cách thể chế") == [
        {"number": "1", "content": "Sơ kết", "responsible": "Văn phòng", "deadline": "Quý I"},
        {"number": "111", "title": "Cải cách thể chế"},
    ]


def test_a_label_by_itself_goes_to_the_row_above_that_lacks_one() -> None:
    rows = mended("c:Sơ kết r:Văn phòng d:Quý I", "n:4", "n:5 c:Tổng kết r:Văn phòng d:Quý II")
    assert [row["number"] for row in rows] == ["4", "5"]


def test_the_first_lines_of_a_row_above_its_number() -> None:
    rows = mended("c:Tổng hợp ý kiến của", "n:2 c:các phòng về dự thảo r:Văn phòng d:Quý I")
    assert rows == [
        {"content": "Tổng hợp ý kiến của các phòng về dự thảo", "number": "2", "responsible": "Văn phòng",
         "deadline": "Quý I"}
    ]  # fmt: skip


def test_a_line_taken_for_a_title_over_a_row_without_task() -> None:
    assert mended("=:Tổng hợp ý kiến", "r:Văn phòng d:Quý I") == [
        {"responsible": "Văn phòng", "deadline": "Quý I", "content": "Tổng hợp ý kiến"}
    ]


def test_the_rest_of_a_row_goes_to_it() -> None:
    rows = mended("n:1 c:Tổng hợp ý kiến r:Văn phòng d:Quý I", "c:của các phòng", "r:thực hiện")
    assert rows[0]["content"] == "Tổng hợp ý kiến của các phòng"
    assert rows[0]["responsible"] == "Văn phòng thực hiện"


def test_a_row_with_nothing_but_its_task_is_a_title_where_rows_below_say_so() -> None:
    found = read_labels([Item("1"), Item("2", bare=True), Item("2.1"), Item("2.2"), Item("3")])
    assert [(r.level, r.label) for r in found] == [
        ("row", "1"), ("group", "2"), ("row", "2.1"), ("row", "2.2"), ("row", "3"),
    ]  # fmt: skip
    found = read_labels([Item("1"), Item("2", bare=True), Item("3"), Item("4")])
    assert [r.level for r in found] == ["row"] * 4
    found = read_labels([Item("I", True), Item("1"), Item("II", bare=True), Item("1"), Item("2")])
    assert [(r.level, r.label) for r in found][2] == ("section", "II")


def test_a_spanning_line_that_fits_no_sequence_is_no_title() -> None:
    found = read_labels(
        [Item("I", True), Item("1"), Item(None, True), Item("2"), Item("3"), Item("II", True), Item("1")]
    )
    assert [(r.level, r.label) for r in found][2:5] == [("loose", None), ("row", "2"), ("row", "3")]


def test_lines_below_a_row_without_result_are_its_result() -> None:
    row = "n:1 c:Tổng hợp ý kiến r:Văn phòng d:Quý I"
    whole = {"number": "1", "content": "Tổng hợp ý kiến", "responsible": "Văn phòng", "deadline": "Quý I"}
    assert mended(row, "c:Báo cáo tổng hợp") == [{**whole, "result": "Báo cáo tổng hợp"}]
    assert mended(row, "=:Báo cáo tổng hợp") == [{**whole, "result": "Báo cáo tổng hợp"}]
    # further paragraphs go with it; a title has a label, a task an office or a deadline
    assert mended(row, "=:Báo cáo:", "c:- ý kiến của xã") == [{**whole, "result": "Báo cáo: - ý kiến của xã"}]
    assert [*mended(row, "=:II Công khai thủ tục")[1]] == ["title"]
    assert len(mended(row, "c:Sơ kết công tác d:Quý II")) == 2


def test_a_title_whose_label_was_read_in_small_letters_stays_a_title() -> None:
    rows = mended(
        "n:1 c:Tổng hợp ý kiến r:Văn phòng d:Quý I e:Báo cáo", "=:ii Công khai thủ tục", "n:1 c:Niêm yết d:Quý I"
    )
    assert [*rows[1]] == ["title"]

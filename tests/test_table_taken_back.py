"""Deadlines take back the words that stand in the cell beside them."""

import pytest

from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.joins import cell_text
from planparse.recognise.tables.taken_back import Lack, lacking, take_back
from planparse.restore import restore
from planparse.restore.text import RestoredText
from planparse.source import Line, SourceText

ROLES = ("content", "responsible", "deadline", "result")


def table(*rows: dict[str, list[str]]) -> tuple[RestoredText, Grid]:
    """A table of rows, each cell a list of lines; a line stands in the text by itself."""
    said = [line for row in rows for cell in row.values() for line in cell]
    source = SourceText("t", "0" * 64, "text/plain", "utf-8", tuple(Line(n, s, s) for n, s in enumerate(said, 1)))
    text, grid, line = restore(source), Grid(ROLES), 0
    for row in rows:
        cells = {}
        for role, lines in row.items():
            places = range(line + 1, line + 1 + len(lines))
            cells[role] = GridCell([(n, 0, len(text.line(n).text)) for n in places], full_lines=[True] * len(lines))
            line += len(lines)
        grid.rows.append(GridRow(cells))
    return text, grid


def read(*rows: dict[str, list[str]]) -> list[dict[str, str]]:
    """What the cells say when deadlines have taken back what is theirs."""
    text, grid = table(*rows)
    take_back(text, [grid])
    return [{role: cell_text(text, cell) for role, cell in row.cells.items()} for row in grid.rows]


def test_words_at_the_end_of_the_cell_before() -> None:
    assert read({"responsible": ["Văn phòng thực hiện ban hành"], "deadline": ["Ngay sau khi Kế hoạch", "được"]}) == [
        {"responsible": "Văn phòng thực hiện", "deadline": "Ngay sau khi Kế hoạch được ban hành"}
    ]


def test_words_at_the_start_of_the_cell_behind_amid_the_deadline() -> None:
    assert read({"deadline": ["Định kỳ", "6 tháng, năm"], "result": ["hằng Báo cáo"]}) == [
        {"deadline": "Định kỳ 6 tháng, năm", "result": "hằng Báo cáo"}
    ]
    assert read({"deadline": ["Ngay sau khi", "được ban hành"], "result": ["Kế hoạch 100% hồ sơ"]}) == [
        {"deadline": "Ngay sau khi Kế hoạch được ban hành", "result": "100% hồ sơ"}
    ]


def test_a_form_of_this_plan_and_a_cell_that_was_nothing_else() -> None:
    rows = [{"deadline": ["Theo kỳ họp thường lệ"]}, {"deadline": ["Theo kỳ họp thường lệ"]}]
    found = read(*rows, {"deadline": ["Theo kỳ họp"], "result": ["thường lệ"]})
    assert found[2] == {"deadline": "Theo kỳ họp thường lệ"}


@pytest.mark.parametrize(
    "row",
    [
        {"deadline": ["Thường xuyên"], "result": ["Báo cáo trong năm"]},  # a whole deadline lacks nothing
        {"deadline": ["Thường xuyên trong"], "responsible": ["Đoàn năm"], "result": ["Báo cáo năm"]},  # two may be it
        {"deadline": ["Khi có yêu"], "result": ["Báo cáo theo yêu cầu đã có"]},  # amid a line
        {"deadline": ["Thường xuyên trong"], "number": ["năm"]},  # numbers are no text
    ],
)
def test_what_stays(row: dict[str, list[str]]) -> None:
    assert read(row) == [{role: " ".join(lines) for role, lines in row.items()}]


def test_words_far_away_are_not_meant() -> None:
    row = {"deadline": ["Thường xuyên trong"], "result": ["Một", "hai", "ba", "báo cáo năm"]}
    assert read(row)[0]["deadline"] == "Thường xuyên trong"


@pytest.mark.parametrize(
    ("said", "form", "lack"),
    [
        ("theo ke hoach", "theo ke hoach cua bo", Lack(("cua", "bo"), 3)),
        ("ke hoach", "theo ke hoach", Lack(("theo",), 0)),
        ("theo hoach", "theo ke hoach", Lack(("ke",), 1)),
        ("theo", "theo a b c d e", None),
        ("theo quy", "theo ke hoach", None),
        ("theo", "theo", None),
    ],
)
def test_lacking(said: str, form: str, lack: Lack | None) -> None:
    assert lacking(tuple(said.split()), tuple(form.split())) == lack

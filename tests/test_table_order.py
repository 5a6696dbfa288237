"""Lists in a result are not given to the task again."""

import pytest

from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK
from planparse.recognise.tables.moves import BEGIN, CONTINUE, GO_ON, NEW_ROW, Step
from planparse.recognise.tables.order import in_order

ROLES = ("number", "content", "responsible", "deadline", "result")
BEFORE = {" ": SAME_BLOCK, "B": BLANK_LINE, "P": NEW_PAGE}
DEEDS = {"new": NEW_ROW, "begin": BEGIN, "on": CONTINUE, "go": GO_ON}


def columns(*lines: str) -> list[list[str]]:
    """Columns of the chunks of each line; a line is ``B begin result``, what stands before it and then its moves."""
    before, steps, rows = [], [], []
    for row, line in enumerate(lines):
        moves = line[1:].split()
        for deed, role in zip(moves[::2], moves[1::2], strict=True):
            before.append(BEFORE[line[0]])
            steps.append((Step(DEEDS[deed], ROLES.index(role)), 1.0))
            rows.append(row)
    found = in_order(rows, before, steps, ROLES)
    shown: list[list[str]] = [[] for _ in lines]
    for row, (step, _) in zip(rows, found, strict=True):
        shown[row].append(ROLES[step.column])
    return shown


ROW = ("B new number", "B begin content", "B begin responsible", "B begin deadline", "B begin result")


def test_items_below_a_result_are_of_the_result() -> None:
    shown = columns(*ROW, "B on content", "  on content", "B on content")
    assert shown[5:] == [["result"]] * 3


@pytest.mark.parametrize(
    "lines",
    [
        ("P on content",),
        ("B new content",),
        ("B on content begin responsible", "B on content"),
        ("  on content",),
    ],
    ids=["the page turned", "another row", "lines mix cells", "the block goes on"],
)
def test_the_task_goes_on_where(lines: tuple[str, ...]) -> None:
    assert columns(*ROW, *lines)[-1] == ["content"]


def test_a_task_before_its_result_is_left_alone() -> None:
    assert columns(*ROW[:2], "B on content", *ROW[2:])[2] == ["content"]

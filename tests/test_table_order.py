"""Lists in a result are not given to the task again, nor results to the task of the next row."""

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
    found = in_order(rows, before, steps, ROLES, [-2.0] * len(rows))
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


def given_back(*lines: str) -> list[str]:
    """The moves of the first chunk of each line; a line that ends in ``!`` looks like the beginning of a row."""
    before, steps, opens = [], [], []
    for line in lines:
        deed, role = line.rstrip("!")[1:].split()
        before.append(BEFORE[line[0]])
        steps.append((Step(DEEDS[deed], ROLES.index(role)), 1.0))
        opens.append(2.0 if line.endswith("!") else -2.0)
    found = in_order(list(range(len(lines))), before, steps, ROLES, opens)
    names = {deed: name for name, deed in DEEDS.items()}
    return [f"{names[step.deed]} {ROLES[step.column]}" for step, _ in found]


BARE = ("B new content!", "B begin responsible", "B begin deadline")


def test_a_result_that_was_taken_for_the_next_task_is_given_back() -> None:
    found = given_back(
        *BARE, "B new content!", "  on content", "B on content", "B on content!", "B begin responsible"
    )
    assert found[3:] == ["begin result", "on result", "on result", "new content", "begin responsible"]


@pytest.mark.parametrize(
    "lines",
    [
        (*BARE, "B begin result", "B new content!", "B on content!"),
        (*BARE, "B new content!", "B on content"),
        (*BARE, "B new content!", "  on content!"),
        (*BARE, "B new content!", "P on content!"),
        (*BARE, "B new number!", "B begin content", "B on content!"),
        (*BARE[:1], "B new content!", "B on content!"),
    ],
    ids=[
        "the row has a result",
        "a list",
        "one block",
        "the page turned",
        "the row has a number",
        "nothing came before",
    ],
)
def test_a_task_of_several_blocks_stays_where(lines: tuple[str, ...]) -> None:
    assert given_back(*lines) == [line.rstrip("!")[1:].strip() for line in lines]

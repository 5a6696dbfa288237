"""Blocks of a row that was read cell by cell stand in the order of the columns.

What is to be done and what comes of it sound alike, so a list in the result of a row, each item a block of its own,
may be taken for the task again. But where a row is read cell by cell, its cells come from left to right; a block
below one of the result is of the result too, unless the page turned or lines mixed cells in between. And where a row
has no result while the next begins twice, its first beginning is the result that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from planparse.recognise.tables.chunks import NEW_PAGE, SAME_BLOCK
from planparse.recognise.tables.moves import BEGIN, CONTINUE, NEW_ROW, SPAN, SPAN_ON, Step
from planparse.recognise.tables.search import Reading

MIXED = -1
"""Among the columns of a row: a line of it mixes some."""


def in_order(
    rows: Sequence[int], before: Sequence[int], steps: Reading, roles: Sequence[str], opens: Sequence[float]
) -> Reading:
    """The steps with results that were taken for a task given to the result that they are of.

    Of each step's chunk ``rows`` is the line, ``before`` what stands before that, ``opens`` the log odds of a row's
    beginning.
    """
    if "content" not in roles or "result" not in roles or roles.index("content") > roles.index("result"):
        return steps
    content, result = roles.index("content"), roles.index("result")
    return _lost_results(rows, before, _lists(rows, before, steps, content, result), opens, content, result)


def _lists(rows: Sequence[int], before: Sequence[int], steps: Reading, content: int, result: int) -> Reading:
    """The steps with blocks of the task that follow the result of their row given to the result."""
    kept = list(steps)
    pure = True  # the row was read cell by cell since it or the page began
    reached = moving = False  # its result was reached; the block at hand is moved there
    for line in _lines(rows):
        deeds = {kept[at][0].deed for at in line}
        columns = {kept[at][0].column for at in line}
        block = before[line[0]]
        if deeds & {NEW_ROW, SPAN, SPAN_ON} or block == NEW_PAGE:
            pure, reached, moving = True, False, False
        if len(columns) > 1:
            pure = moving = False
            continue
        if columns == {content} and pure and reached and (block != SAME_BLOCK or moving):
            moving = True
            for at in line:
                deed = CONTINUE if at == line[0] else kept[at][0].deed
                kept[at] = Step(deed, result), kept[at][1]
            continue
        moving = False
        reached = reached or columns == {result}
    return kept


def _lost_results(
    rows: Sequence[int], before: Sequence[int], steps: Reading, opens: Sequence[float], content: int, result: int
) -> Reading:
    """The steps with the result of a row that was taken for the task of the next given back to it.

    Where rows are read cell by cell, a row that has no result, and one below it whose task is of several blocks, of
    which a later one, too, looks like a row's beginning: the task begins there.
    """
    kept = list(steps)
    above: set[int] = set()  # columns of the row before; of the one at hand, and its lines
    here: set[int] = set()
    taken: list[list[int]] = []
    for line in _lines(rows):
        deeds = {kept[at][0].deed for at in line}
        columns = {kept[at][0].column for at in line}
        block = before[line[0]]
        if block == NEW_PAGE or deeds & {SPAN, SPAN_ON}:
            above, here, taken = set(), set(), []
        if NEW_ROW in deeds:
            above, here, taken = here, set(), []
        elif columns == {content} == here and block != SAME_BLOCK and opens[line[0]] > 0 and _lacks(above, result):
            for at in (at for each in taken for at in each):
                step, sure = kept[at]
                kept[at] = Step(BEGIN if step.deed == NEW_ROW else step.deed, result), sure
            kept[line[0]] = Step(NEW_ROW, content), kept[line[0]][1]
            above, here, taken = above | {result}, set(), []
        here |= columns if len(columns) == 1 else {*columns, MIXED}
        taken.append(line)
    return kept


def _lacks(columns: set[int], result: int) -> bool:
    """Whether a row that was read cell by cell has cells of several columns, and no result."""
    return len(columns) > 1 and result not in columns and MIXED not in columns


def _lines(rows: Sequence[int]) -> Iterator[list[int]]:
    """Places of the chunks of each line."""
    for _, line in groupby(range(len(rows)), key=rows.__getitem__):
        yield list(line)

"""Pages that OCR read a whole column before the next, put back into rows.

Where the rules of a table are strong or missing, Tesseract's page layout takes each column for a text column of its
own: first come all numbers, then all tasks, then all offices. Which page was read so is seen from the tagger's
answers: one walk over the columns from left to right explains all its lines. Its cells are then dealt out to rows:
as many as the beginnings of cells in all columns together speak for, in each column from the likeliest beginnings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.label_ink import ROMANS, bare_label
from planparse.recognise.tables.tags import BEGINS, JUNK, SPAN
from planparse.recognise.tables.words import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRAY = 0.5
"""Nats a word that one walk over the columns may be worse than the freest reading of a page's lines."""
LEAST_LINES, LEAST_ROWS = 6, 2
"""Lines and rows of a page below which nothing needs to be turned."""
_SURE = 4.0
"""No beginning counts for more, or for less than its negative."""
_SLACK = 1.0
"""More than sums of a page's single-precision numbers are rounded by."""
_FAR = 40.0
"""What no word counts for less than, in all: a word the tagger has no idea of is not proof."""
_LABEL = re.compile(r"[IVXl\d][IVXl\d.]*")


class TableLine(NamedTuple):
    """A line of a table's body: its words, and what stands before it."""

    words: list[Word]
    before: int


_Lines = list[int]
"""Lines of a page that are one cell, or one title, by their places on it."""


def by_rows(lines: Sequence[TableLine], answers: NDArray[Any], roles: Sequence[str]) -> list[TableLine] | None:
    """The lines of a table with the pages that were read column by column put into rows; ``None`` if there are none.

    ``answers`` (words, answers): the tagger's for all words of the lines; ``roles``: the columns, left to right.
    A turned page has each cell for a block of its own, as pages have that were read cell by cell.
    """
    starts = [at for at, line in enumerate(lines) if line.before == NEW_PAGE or not at] + [len(lines)]
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line.words))
    turned: list[TableLine] = []
    any_turned = False
    for first, stop in pairwise(starts):
        page = lines[first:stop]
        order = _turn(page, answers[offsets[first] : offsets[stop]], roles)
        any_turned = any_turned or order is not None
        turned += page if order is None else order
    return turned if any_turned else None


def _turn(page: Sequence[TableLine], answers: NDArray[Any], roles: Sequence[str]) -> list[TableLine] | None:
    """One page in rows, or ``None`` where it is in rows already."""
    import numpy as np

    if len(page) < LEAST_LINES or "content" not in roles:
        return None
    sizes = np.array([len(line.words) for line in page])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    told = _told(answers, roles)
    by_line = np.add.reduceat(told, begins, axis=0)
    free = np.add.reduceat(told.max(1), begins)
    if float((free - by_line.max(1)).sum()) > STRAY * len(told) + _SLACK:
        return None  # no walk does better than each line's best column
    order = _order(by_line, roles)
    path = order[_walk(by_line[:, order])]
    walked = by_line[np.arange(len(page)), path]
    if float((free - walked).sum()) > STRAY * len(told):
        return None
    odds = np.clip(answers[begins, BEGINS], -_SURE, _SURE)
    spans = np.add.reduceat(answers[:, SPAN], begins) > np.add.reduceat(
        answers[:, [USUAL_ORDER.index(r) for r in roles]].max(1), begins
    )
    columns = {role: [int(at) for at in np.flatnonzero(path == k)] for k, role in enumerate(roles)}
    titles = [at for at in columns["content"] if spans[at]]
    tasks = {r: [at for at in found if at not in titles] for r, found in columns.items() if r != "number" and found}
    if len(tasks) < 2 or "content" not in tasks:
        return None
    count = _row_count([odds[found] for found in tasks.values()])
    if count < LEAST_ROWS:
        return None
    cells = {role: _cells(found, odds[found], count) for role, found in tasks.items()}
    return list(_rows(page, cells, _runs(titles, odds), columns.get("number", []), count))


def _told(answers: NDArray[Any], roles: Sequence[str]) -> NDArray[Any]:
    """How well each word fits each column, in nats; specks fit everywhere, titles and labels where tasks stand."""
    import numpy as np

    told = answers[:, [USUAL_ORDER.index(r) for r in roles]].copy()
    content = list(roles).index("content")
    told[:, content] = np.maximum(told[:, content], answers[:, SPAN])
    return np.asarray(np.maximum(np.maximum(told, answers[:, JUNK][:, None]), -_FAR))


def _order(by_line: NDArray[Any], roles: Sequence[str]) -> NDArray[Any]:
    """The columns in the order in which their lines stand on the page; a head that was lost may have them wrong."""
    import numpy as np

    likeliest = by_line.argmax(1)
    middle = [
        float(np.median(at)) if len(at := np.flatnonzero(likeliest == k)) else np.inf for k in range(len(roles))
    ]
    return np.array(sorted(range(len(roles)), key=lambda k: (middle[k], k)))


def _walk(by_line: NDArray[Any]) -> NDArray[Any]:
    """For each line its column, never one before that of the line above: the best such walk."""
    import numpy as np

    count, columns = by_line.shape
    best = by_line[0].copy()
    came = np.zeros((count, columns), dtype=np.int64)
    places = np.arange(columns)
    for at in range(1, count):
        lead = np.maximum.accumulate(best)
        leads = np.r_[True, best[1:] > lead[:-1]]  # the first of those that are as good
        came[at] = np.maximum.accumulate(np.where(leads, places, 0))
        best = lead + by_line[at]
    path = np.zeros(count, dtype=np.int64)
    path[-1] = int(np.argmax(best))
    for at in range(count - 1, 0, -1):
        path[at - 1] = came[at, path[at]]
    return path


def _row_count(columns: Sequence[NDArray[Any]]) -> int:
    """How many rows begin on a page: where the likeliest beginnings of all columns together speak for no more."""
    import numpy as np

    most = max(len(odds) for odds in columns)
    gains = np.zeros(most)
    for odds in columns:
        ranked = np.sort(odds)[::-1]
        gains += np.concatenate([ranked, np.full(most - len(ranked), -_SURE)])
    totals = np.concatenate([[0.0], np.cumsum(gains)])
    return int(np.argmax(totals))


def _cells(lines: Sequence[int], odds: NDArray[Any], count: int) -> list[_Lines]:
    """The lines of a column as ``count`` cells at most; before them what goes on from the page before, or nothing."""
    import numpy as np

    count = min(count, len(lines))
    opens = sorted(np.argsort(-odds, kind="stable")[:count].tolist())
    return [list(lines[a:b]) for a, b in pairwise([0, *opens, len(lines)])]


def _runs(titles: Sequence[int], odds: NDArray[Any]) -> list[_Lines]:
    """Titles, each of one line or of several that follow one another."""
    runs: list[_Lines] = []
    for at in titles:
        if runs and at == runs[-1][-1] + 1 and odds[at] < 0:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _rows(
    page: Sequence[TableLine],
    cells: dict[str, list[_Lines]],
    titles: Sequence[_Lines],
    numbers: Sequence[int],
    count: int,
) -> Iterator[TableLine]:
    """The lines of a page row by row: what goes on from the page before, then titles and rows in their order."""
    order = [(title[0], True, [title]) for title in titles]
    for row in range(1, count + 1):
        blocks = [found[row] for found in cells.values() if row < len(found)]
        place = cells["content"][row][0] if row < len(cells["content"]) else len(page)
        order.append((place, False, blocks))
    order.sort(key=lambda item: item[0])
    labels = _dealt(page, numbers, [title for _, title, _ in order])
    begun = [found[0] for found in cells.values()]
    dealt = [begun, *([label, *blocks] for label, (_, _, blocks) in zip(labels, order, strict=True))]
    if not any(labels):
        dealt[0] = [list(numbers), *begun]
    before = NEW_PAGE
    for block in (block for blocks in dealt for block in blocks if block):
        for at, number in enumerate(block):
            yield TableLine(page[number].words, SAME_BLOCK if at else before)
        before = BLANK_LINE


def _dealt(page: Sequence[TableLine], numbers: Sequence[int], titles: Sequence[bool]) -> list[_Lines]:
    """The lines of the number column for each title and row; none for any where they do not come out even."""
    labels = [n for n in numbers if _LABEL.fullmatch(page[n].words[0].text)]
    if len(labels) == len(titles):
        return [[n] for n in labels]
    figures = [n for n in labels if bare_label(page[n].words[0].text) not in ROMANS]
    if len(figures) == titles.count(False):
        found = iter(figures)
        return [[] if title else [next(found)] for title in titles]
    return [[] for _ in titles]

"""Columns side by side: the head and the close of a document, told apart by the blank between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from planparse.reading.pages.rows import Row

GUTTER = 6.0
"""Least width in points of the blank between two columns."""
SURE_GUTTER = 40.0
"""A blank so wide parts columns even where only one row shows it."""
WIDER = 2.3
"""A blank so many times as wide as those between the words of a page may part columns."""
SIDE = 0.56
"""A row that leaves the rest of the page's width beyond this share free may be of one column only."""

Gutter = tuple[float, float]


def in_reading_order(rows: Sequence[Row], width: float) -> list[list[Row]]:
    """The rows of a page in blocks; where two columns stand side by side, the left one comes first."""
    blocks: list[list[Row]] = []
    plain: list[Row] = []
    blank = WIDER * _usual_blank(rows)
    at = 0
    while at < len(rows):
        found = _band(rows, at, width, blank)
        if found is None:
            plain.append(rows[at])
            at += 1
            continue
        end, gutter = found
        if plain:
            blocks.append(plain)
            plain = []
        blocks += [side for side in _split(rows[at:end], gutter) if side]
        at = end
    return [*blocks, plain] if plain else blocks


def _usual_blank(rows: Sequence[Row]) -> float:
    blanks = [b.box.left - a.box.right for row in rows for a, b in pairwise(row.words)]
    return max(2.0, median(blanks)) if blanks else 3.0


def _band(rows: Sequence[Row], at: int, width: float, blank: float) -> tuple[int, Gutter] | None:
    """The end of the two columns that begin with row ``at``, and the blank between them."""
    gutter = _widest(rows[at], width, blank) or _beside(rows[at], width)
    if gutter is None:
        return None
    crowded, end = len(rows[at].gaps()) > 1, at + 1
    for row in rows[at + 1 :]:
        narrowed = _narrowed(gutter, row)
        if narrowed is None or row.top - rows[end - 1].bottom > 4 * row.height:
            break
        crowded = crowded or len(row.gaps()) > 2
        gutter = narrowed
        end += 1
    if crowded or not _are_columns(rows[at:end], gutter):
        return None
    return end, gutter


def _are_columns(rows: Sequence[Row], gutter: Gutter) -> bool:
    """Whether rows on both sides of a blank stand side by side, and not just one after the other."""
    middle = (gutter[0] + gutter[1]) / 2
    left = [row for row in rows if row.left < middle]
    right = [row for row in rows if row.right > middle]
    both = sum(row.left < middle < row.right for row in rows)
    if both:
        return both + min(len(left) - both, len(right) - both) >= 2 or gutter[1] - gutter[0] >= SURE_GUTTER
    if len(left) < 2 or len(right) < 2:
        return False
    return left[0].top < right[-1].top and right[0].top < left[-1].top


def _widest(row: Row, width: float, blank: float) -> Gutter | None:
    """The widest blank of a row, if it may part columns."""
    gaps = [
        (a.box.right, b.box.left) for a, b in pairwise(row.words) if b.box.left - a.box.right > max(GUTTER, blank)
    ]
    gaps = [g for g in gaps if 0.2 * width < (g[0] + g[1]) / 2 < 0.8 * width]
    return max(gaps, key=lambda g: g[1] - g[0], default=None)


def _beside(row: Row, width: float) -> Gutter | None:
    """The blank beside a row that takes one side of the page only."""
    if row.right < SIDE * width:
        return (row.right, width)
    return (0.0, row.left) if row.left > (1 - SIDE) * width else None


def _narrowed(gutter: Gutter, row: Row) -> Gutter | None:
    """What is left of a blank beside one more row."""
    left, right = gutter
    middle = (left + right) / 2
    for word in row.words:
        if word.box.right <= middle:
            left = max(left, word.box.right)
        elif word.box.left >= middle:
            right = min(right, word.box.left)
        elif word.box.right < right and right - word.box.right >= GUTTER:
            left = word.box.right
            middle = (left + right) / 2
        elif word.box.left > left and word.box.left - left >= GUTTER:
            right = word.box.left
            middle = (left + right) / 2
        else:
            return None
    return (left, right) if right - left >= GUTTER else None


def _split(rows: Sequence[Row], gutter: Gutter) -> tuple[list[Row], list[Row]]:
    middle = (gutter[0] + gutter[1]) / 2
    sides: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        for side, words in zip(
            sides,
            ([w for w in row.words if w.box.right <= middle], [w for w in row.words if w.box.right > middle]),
            strict=True,
        ):
            if words:
                side.append(Row(words))
    return sides

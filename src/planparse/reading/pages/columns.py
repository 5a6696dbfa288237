"""Columns side by side: the head and the close of a document, told apart by the blank between them."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.reading.pages.rows import Row

GUTTER = 9.0
"""Least width in points of the blank between two columns."""
SURE_GUTTER = 40.0
"""A blank so wide parts columns even where only one row shows it."""

Gutter = tuple[float, float]


def in_reading_order(rows: Sequence[Row], width: float) -> list[list[Row]]:
    """The rows of a page in blocks; where two columns stand side by side, the left one comes first."""
    blocks: list[list[Row]] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        found = _band(rows, at, width)
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


def _band(rows: Sequence[Row], at: int, width: float) -> tuple[int, Gutter] | None:
    """The end of the two columns that begin with row ``at``, and the blank between them."""
    gutter = _widest(rows[at], width)
    if gutter is None:
        return None
    both, crowded, end = 1, len(rows[at].gaps()) > 1, at + 1
    for row in rows[at + 1 :]:
        if row.top - rows[end - 1].bottom > 4 * row.height:
            break
        narrowed = _narrowed(gutter, row)
        if narrowed is None:
            break
        sides = {w.box.left >= narrowed[1] for w in row.words}
        both += len(sides) == 2
        crowded = crowded or (len(sides) == 2 and len(row.gaps()) > 2)
        gutter = narrowed
        end += 1
    if crowded or (both < 2 and gutter[1] - gutter[0] < SURE_GUTTER):
        return None
    return end, gutter


def _widest(row: Row, width: float) -> Gutter | None:
    gaps = [g for g in row.gaps() if 0.2 * width < (g[0] + g[1]) / 2 < 0.8 * width]
    return max(gaps, key=lambda g: g[1] - g[0], default=None)


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

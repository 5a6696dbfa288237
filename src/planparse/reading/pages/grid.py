"""Ruled tables: ruling lines that meet, the grid that they make, and the cells between them.

A cell may span rows and columns: two places of the grid belong to one cell where no line stands between them.
"""

from __future__ import annotations

from collections.abc import Sequence

from planparse.reading.pages.model import Cell, Rule, Table
from planparse.source import Box

TOUCH = 4.0
"""Points by which lines that meet may miss one another."""
SAME = 5.0
"""Points within which parallel lines are one border."""
DRAWN = 0.6
"""A border is there if a line covers this share of it."""
OPEN_SIDE = 14.0
"""Level lines that reach so far beyond the last upright one make a column without an outer border."""
MOST_CELLS = 20_000


def find_tables(rules: Sequence[Rule]) -> list[Table]:
    """The tables that ruling lines draw on a page, top to bottom; a mere frame around text is none."""
    tables = []
    for group in _meeting(rules):
        table = _table(group)
        if table is not None:
            tables.append(table)
    tables.sort(key=lambda t: t.box.top)
    # A table drawn within a cell of another stays text of that cell.
    return [t for t in tables if not any(_inside(t.box, other.box) for other in tables if other is not t)]


def _inside(one: Box, other: Box) -> bool:
    return (
        one.left >= other.left - 1
        and one.right <= other.right + 1
        and one.top >= other.top - 1
        and one.bottom <= other.bottom + 1
    )


def _meeting(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Groups of lines that meet, directly or by others."""
    owner = list(range(len(rules)))

    def find(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, one in enumerate(rules):
        for j in range(i):
            other = rules[j]
            if one.level != other.level and _meet(one, other):
                owner[find(i)] = find(j)
    groups: dict[int, list[Rule]] = {}
    for i, rule in enumerate(rules):
        groups.setdefault(find(i), []).append(rule)
    return [group for group in groups.values() if len({r.level for r in group}) == 2]


def _meet(one: Rule, other: Rule) -> bool:
    return other.start - TOUCH <= one.at <= other.end + TOUCH and one.start - TOUCH <= other.at <= one.end + TOUCH


def _edges(values: Sequence[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _table(rules: Sequence[Rule]) -> Table | None:
    level, upright = [r for r in rules if r.level], [r for r in rules if not r.level]
    xs, ys = _edges([r.at for r in upright]), _edges([r.at for r in level])
    for far, at in ((min(r.start for r in level), 0), (max(r.end for r in level), len(xs))):
        if abs(far - xs[min(at, len(xs) - 1)]) > OPEN_SIDE:
            xs.insert(at, far)
    for far, at in ((min(r.start for r in upright), 0), (max(r.end for r in upright), len(ys))):
        if abs(far - ys[min(at, len(ys) - 1)]) > OPEN_SIDE:
            ys.insert(at, far)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or rows * columns > MOST_CELLS:
        return None
    owner = list(range(rows * columns))

    def find(i: int) -> int:
        while owner[i] != i:
            i = owner[i]
        return i

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _drawn(upright, xs[column + 1], ys[row], ys[row + 1]):
                _unite(owner, find(here), find(here + 1))
            if row + 1 < rows and not _drawn(level, ys[row + 1], xs[column], xs[column + 1]):
                _unite(owner, find(here), find(here + columns))
    places: dict[int, list[tuple[int, int]]] = {}
    for i in range(rows * columns):
        places.setdefault(find(i), []).append(divmod(i, columns))
    if len(places) < 3:
        return None
    cells = []
    for group in places.values():
        top, left = min(r for r, _ in group), min(c for _, c in group)
        bottom, right = max(r for r, _ in group) + 1, max(c for _, c in group) + 1
        box = Box(xs[left], ys[top], xs[right], ys[bottom])
        cells.append(Cell(top, left, bottom - top, right - left, box))
    cells.sort(key=lambda c: (c.row, c.column))
    return Table(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), rows, tuple(cells))


def _unite(owner: list[int], one: int, two: int) -> None:
    owner[max(one, two)] = min(one, two)


def _drawn(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether lines near ``at`` cover the border from ``start`` to ``end``."""
    parts = sorted((max(start, r.start), min(end, r.end)) for r in rules if abs(r.at - at) <= SAME)
    covered, reach = 0.0, start
    for a, b in parts:
        a = max(a, reach)
        if b > a:
            covered += b - a
            reach = b
    return covered >= DRAWN * (end - start)

"""Which column is which: from the figures themselves, with the head as a witness.

Titles of columns are the part of a table that OCR garbles most, and their order varies from plan to plan. The figures
say more: ranks have a bar, increases a plus, targets a comparison, no score exceeds its maximum, maxima sum to 100
or are all alike, and score and increase give the target. All orders are weighed; the best one is taken.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import permutations

from planparse.recognise.scores.tables.cells import Cell
from planparse.recognise.scores.tables.head import ROLES, Role, named, order_of, titles_between_bars
from planparse.recognise.scores.tables.readings import plain, readings
from planparse.recognise.scores.tables.rows import RawTable, Row

Columns = tuple[Role, ...]


def find_columns(table: RawTable) -> Columns:
    """The roles of the table's columns of figures, from left to right."""
    counts = Counter(len(row.cells) for row in table.rows)
    full = max((n for n, times in counts.items() if times >= 2 or len(table.rows) < 4), default=max(counts))
    figures = _Figures([row.cells for row in table.rows if len(row.cells) == full])
    order, titles = order_of(table.head), named(table.head)
    roles = [role for role in ROLES if role not in ("ratio", "other")]
    if "ratio" in titles or figures.percent:
        roles.append("ratio")
    if len(titles & set(roles)) < full:
        roles.append("other")
    orders = permutations(roles, min(full, len(roles)))
    best = max(orders, key=lambda columns: _witness(columns, order, titles) + figures.sense(columns))
    told = tuple(role for role in titles_between_bars(table.head, full) if role is not None)
    if len(told) == full and figures.sense(told) >= figures.sense(best) - _TRUST:
        return told
    rest: list[Role] = ["other"] * (full - len(best))
    return (*best, *rest)


_TRUST = 15.0
"""How much worse than the best order the order may fit that a head with bars names outright."""


def _witness(columns: Columns, order: dict[tuple[Role, Role], int], titles: frozenset[Role]) -> float:
    """What the head says of an order: columns it names, in the order that its lines show them."""
    place = {role: i for i, role in enumerate(columns)}
    points = 0.0
    for (left, right), times in order.items():
        if left in place and right in place:
            points += 0.4 * times if place[left] < place[right] else -0.4 * times
    for role in columns:
        points += 0.5 if role in titles else -0.4
    return points - 0.8 * ("other" in columns) - 0.4 * ("ratio" in columns and "ratio" not in titles)


class _Figures:
    """The figures of the full rows, and what they say for any order of columns.

    What one column or a pair of columns says does not hang on the rest, so each is asked once.
    """

    def __init__(self, rows: list[tuple[Cell, ...]]) -> None:
        self.rows = rows
        self.percent = any("%" in cell.ink for cells in rows for cell in cells)
        self.values = [[_value(cell) for cell in cells] for cells in rows]
        self._alone: dict[tuple[Role, int], float] = {}
        self._together: dict[tuple[str, tuple[int, ...]], float] = {}

    def sense(self, columns: Columns) -> float:
        """Points for an order, per row."""
        alone, together = self._alone, self._together
        placed = list(zip(columns, range(len(columns)), strict=True))
        points = sum([alone[each] if each in alone else self._column(*each) for each in placed])
        place = dict(placed)
        for rule, roles in _RULES.items():
            at = tuple([place.get(role, -1) for role in roles])
            if -1 not in at:
                points += together[rule, at] if (rule, at) in together else self._rule(rule, at)
        return points / max(1, len(self.rows)) * 3

    def _column(self, role: Role, at: int) -> float:
        points = sum(_fits(role, cells[at]) for cells in self.rows)
        if role == "max_score":
            points += _like_maxima([v for row in self.values if (v := row[at]) is not None])
        self._alone[role, at] = points
        return points

    def _rule(self, rule: str, at: tuple[int, ...]) -> float:
        picked = ([row[i] for i in at] for row in self.values)
        points = sum(_obeys(rule, [float(v) for v in p if v is not None]) for p in picked if None not in p)
        self._together[rule, at] = points
        return points


_RULES: dict[str, tuple[Role, ...]] = {
    "no score exceeds its maximum": ("score", "max_score"),
    "a target lies above the score": ("score", "target"),
    "score and increase give the target": ("score", "expected_increase", "target"),
    "no target exceeds the maximum": ("target", "max_score"),
    "an increase is less than the score": ("expected_increase", "score"),
}


def _obeys(rule: str, values: list[float]) -> float:
    """Points for one row that keeps a rule, or breaks it."""
    if rule == "no score exceeds its maximum":
        return 1.0 if values[0] <= values[1] else -2.0
    if rule == "a target lies above the score":
        return 0.3 if values[1] >= values[0] else -0.5
    if rule == "score and increase give the target":
        return 2.0 if abs(values[0] + values[1] - values[2]) <= 0.0101 else 0.0
    if rule == "no target exceeds the maximum":
        return 0.2 if values[0] <= values[1] else -0.5
    return 0.2 if values[0] <= values[1] else -0.4


def _like_maxima(values: list[Decimal]) -> float:
    """Maxima are round numbers; all alike, or summing to the scale of an index."""
    if len(values) < 3:
        return 0.0
    points = sum(0.15 if value * 4 == int(value * 4) else -0.15 for value in values)
    return points + (3.0 if sum(values) in (100, 1000) or len(set(values)) == 1 else 0.0)


def _fits(role: Role, cell: Cell) -> float:
    """What a cell's form says for a role."""
    if cell.kind == "rank" or (role == "rank" and cell.kind == "unreadable"):
        return 1.5 if role == "rank" else -1.5
    if cell.kind == "unreadable":
        return 0.0
    points = 0.0
    if role == "rank":
        whole = plain(cell.ink)
        points -= 0.2 if whole is not None and whole == int(whole) and whole <= 64 else 1.5
    if cell.signed:
        points += 1.0 if role == "expected_increase" else -1.0
    if cell.compared:
        points += 1.0 if role == "target" else -1.0
    if role == "ratio":
        points += 1.0 if "%" in cell.ink else -0.2
    return points


def _value(cell: Cell) -> Decimal | None:
    if cell.kind != "number":
        return None
    if (value := plain(cell.ink)) is not None:
        return value
    return next((r.value for r in readings(cell.ink) if r.kind == "mended"), None)


def align(columns: Columns, row: Row) -> list[dict[Role, Cell]]:
    """Ways to give a row's figures to the columns in order, the likeliest form first; a short row has gaps."""
    if len(row.cells) >= len(columns):
        return [dict(zip(columns, row.cells, strict=False))]
    ways: list[tuple[float, dict[Role, Cell]]] = []

    def place(cells: tuple[Cell, ...], roles: Columns, points: float, taken: dict[Role, Cell]) -> None:
        if not cells:
            ways.append((points, taken))
            return
        for at in range(len(roles) - len(cells) + 1):
            role = roles[at]
            place(cells[1:], roles[at + 1 :], points + _fits(role, cells[0]), {**taken, role: cells[0]})

    place(row.cells, columns, 0.0, {})
    ways.sort(key=lambda way: -way[0])
    return [taken for points, taken in ways if points >= ways[0][0] - 0.5]

"""Repair by arithmetic: what the ink of a table's figures can stand for, and what must add up.

Parts sum to their row, rows to the total, maxima to the scale of the index, score and increase give the target,
no score exceeds its maximum. A cell is read otherwise than it is printed only where exactly one reading of the ink
satisfies what it takes part in. What cannot be made to add up so is left as printed, and said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import product
from typing import Literal

from planparse.recognise.scores.tables.readings import Kind, Reading, misreadings, readings

Field = Literal["score", "max_score", "expected_increase", "target"]
Key = tuple[int, Field]
"""A row's place in the table and the column."""


@dataclass
class Figure:
    """One cell under arithmetic: its ink, what it is taken for now, and why.

    ``lead`` is a mark that numbers of its column begin with, or nothing.
    """

    ink: str
    lead: str = ""
    now: Reading | None = None
    proof: str | None = None
    settled: bool = False
    """Whether a sum that holds has confirmed it."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What the ink can stand for as long as its digits do."""
        return readings(self.ink, self.lead)

    @cached_property
    def plain(self) -> Reading | None:
        """The reading as printed, if the ink is a number."""
        return next((r for r in self.readings if r.kind == "plain"), None)

    def of_kind(self, kind: Kind) -> list[Reading]:
        """The readings of one kind."""
        return [r for r in (misreadings(self.ink, self.lead) if kind == "digit" else self.readings) if r.kind == kind]


@dataclass(frozen=True)
class Equation:
    """Figures that must go together; ``holds`` is asked with their values in order."""

    keys: tuple[Key, ...]
    holds: Callable[[tuple[Reading, ...]], bool]
    says: str
    """The constraint in words, for diagnostics."""
    proves_digits: bool = True
    """Whether a wrong digit may be mended by it. A target is too often sloppy in print to prove so much."""


@dataclass
class Sheet:
    """All figures of a table and all that must hold among them."""

    figures: dict[Key, Figure] = field(default_factory=dict)
    equations: list[Equation] = field(default_factory=list)
    broken: list[Equation] = field(default_factory=list)
    bounds: dict[Key, tuple[Decimal, str]] = field(default_factory=dict)
    """Highest value that a figure can have whatever the table prints, and why."""
    _most_places: dict[Field, int] = field(default_factory=dict)

    def add(self, key: Key, ink: str) -> None:
        """Take a cell in."""
        self._most_places.clear()
        self.figures[key] = Figure(ink, {"expected_increase": "+", "target": "≥"}.get(key[1], ""))

    def require(
        self, keys: list[Key], holds: Callable[[tuple[Reading, ...]], bool], says: str, digits: bool = True
    ) -> None:
        """Demand that figures go together; an equation with a cell that is not there is none."""
        if keys and all(key in self.figures for key in keys):
            self.equations.append(Equation(tuple(keys), holds, says, digits))

    def solve(self) -> None:
        """Read every figure, then let each equation settle its own."""
        for figure in self.figures.values():
            figure.now = figure.plain
        for column in ("max_score", "score", "expected_increase", "target"):
            for key, figure in self.figures.items():
                if key[1] == column and not (figure.plain and self._possible(key, figure.plain)):
                    figure.now = None
            for equation in self.equations:
                if equation.keys[-1][1] == column:
                    self._settle(equation)
            for key, figure in self.figures.items():
                if key[1] == column and figure.now is None:
                    self._only_reading(key, figure)
        self.broken = [e for e in self.equations if not self._holds(e)]

    def _settle(self, equation: Equation) -> None:
        if self._holds(equation):
            self._confirm(equation)
            return
        for choices in self._tiers(equation):
            solutions = [c for c in choices if equation.holds(c) and self._keeps_others(equation, c)]
            distinct = {tuple((r.value, r.sign) for r in c): c for c in solutions}
            if len(distinct) > 1:  # of several, the one that makes all else add up too
                distinct = {k: c for k, c in distinct.items() if self._makes_all_hold(equation, c)} or distinct
            if len(distinct) > 1:
                distinct = {k: c for k, c in distinct.items() if self._all_above_scores(equation, c)} or distinct
            if len(distinct) == 1:
                (solution,) = distinct.values()
                for key, reading in zip(equation.keys, solution, strict=True):
                    figure = self.figures[key]
                    if figure.now is None or reading.value != figure.now.value or reading.sign != figure.now.sign:
                        figure.now, figure.proof = reading, equation.says
                self._confirm(equation)
                return
            if len(distinct) > 1:
                return  # more than one reading fits: nothing is proven

    def _tiers(self, equation: Equation) -> Iterator[Iterator[tuple[Reading, ...]]]:
        """Readings to try, the most faithful first: as printed, with marks mended, with one digit wrong."""
        figures = [self.figures[key] for key in equation.keys]
        now = [[f.now] if f.now else self._kind(k, "mended") for k, f in zip(equation.keys, figures, strict=True)]
        yield self._product(now)
        yield self._one_changed(equation, now, "mended")
        others_sure = sum(not f.settled for f in figures) <= 1
        if equation.proves_digits or others_sure:
            yield self._one_changed(equation, now, "digit")

    def _one_changed(self, equation: Equation, now: list[list[Reading]], kind: Kind) -> Iterator[tuple[Reading, ...]]:
        for at, key in enumerate(equation.keys):
            if not self.figures[key].settled:
                yield from self._product([*now[:at], self._kind(key, kind), *now[at + 1 :]])

    @staticmethod
    def _product(options: list[list[Reading]]) -> Iterator[tuple[Reading, ...]]:
        size = 1
        for option in options:
            size *= len(option)
        return iter(()) if size > 50_000 else product(*options)

    def _kind(self, key: Key, kind: Kind) -> list[Reading]:
        places = self._usual_places(key[1])
        return [r for r in self.figures[key].of_kind(kind) if r.decimals <= places and self._possible(key, r)]

    def _usual_places(self, column: Field) -> int:
        """No figure has more places than the column's others, as far as those are plain."""
        if column not in self._most_places:
            plain = (f.plain for k, f in self.figures.items() if k[1] == column and f.plain)
            self._most_places[column] = max((reading.decimals for reading in plain), default=4)
        return self._most_places[column]

    def places(self, column: Field) -> int:
        """How many places most figures of a column have."""
        counts = Counter(f.plain.decimals for k, f in self.figures.items() if k[1] == column and f.plain)
        return counts.most_common(1)[0][0] if counts else 0

    def _possible(self, key: Key, reading: Reading) -> bool:
        """Bounds that hold for any one figure: nothing exceeds its row's maximum."""
        row, column = key
        if key in self.bounds and reading.value > self.bounds[key][0]:
            return False
        score = self.figures.get((row, "score"))
        if column == "max_score":
            return reading.kind == "plain" or self._above_score(row, reading)
        top = self.figures.get((row, "max_score"))
        if top is None or top.now is None:
            return True
        room = top.now.value
        if column == "expected_increase" and score is not None and score.now is not None:
            room -= score.now.value
        if column == "target" and score is not None and score.now is not None and reading.value < score.now.value:
            return False
        return reading.value <= room

    def _above_score(self, row: int, top: Reading) -> bool:
        """Whether the row's score, its digits kept, can be within this maximum."""
        score = self.figures.get((row, "score"))
        return score is None or any(r.value <= top.value for r in score.readings)

    def _all_above_scores(self, equation: Equation, readings: tuple[Reading, ...]) -> bool:
        pairs = zip(equation.keys, readings, strict=True)
        return all(self._above_score(row, reading) for (row, column), reading in pairs if column == "max_score")

    def _only_reading(self, key: Key, figure: Figure) -> None:
        """A figure that cannot be what is printed, and has one reading with its digits kept that can be."""
        fitting = {(r.value, r.sign): r for r in self._kind(key, "mended")}
        bare = re.fullmatch(r"\w+", figure.ink) is not None
        if bare and key[1] == "expected_increase" and not any(r.sign for r in fitting.values()):
            return  # `75` has lost its plus and more: it can be +0,75 as well
        if len(fitting) == 1:
            (figure.now,) = fitting.values()
            figure.proof = "the only reading of its digits that its maximum allows"

    def _keeps_others(self, equation: Equation, readings: tuple[Reading, ...]) -> bool:
        """Whether no other equation that holds now is broken by these readings."""
        changed = {
            key: r
            for key, r in zip(equation.keys, readings, strict=True)
            if (now := self.figures[key].now) is not None and now.value != r.value
        }
        for other in self.equations:
            if other is equation or not changed.keys() & set(other.keys) or not self._holds(other):
                continue
            values = [changed.get(key) or self.figures[key].now for key in other.keys]
            if not other.holds(tuple(v for v in values if v is not None)):
                return False
        return True

    def _makes_all_hold(self, equation: Equation, readings: tuple[Reading, ...]) -> bool:
        """Whether all other equations that share a figure with this one hold with these readings."""
        given = dict(zip(equation.keys, readings, strict=True))
        for other in self.equations:
            if other is not equation and given.keys() & set(other.keys):
                values = [given.get(key) or self.figures[key].now for key in other.keys]
                if None in values or not other.holds(tuple(v for v in values if v is not None)):
                    return False
        return True

    def _holds(self, equation: Equation) -> bool:
        values = [self.figures[key].now for key in equation.keys]
        known = tuple(v for v in values if v is not None)
        return len(known) == len(values) and equation.holds(known)

    def _confirm(self, equation: Equation) -> None:
        if equation.proves_digits:
            for key in equation.keys:
                self.figures[key].settled = True


def sums_to_first(values: tuple[Reading, ...]) -> bool:
    """Whether the first value is the sum of the others."""
    return values[0].value == sum(v.value for v in values[1:])


def sum_is(total: Decimal) -> Callable[[tuple[Reading, ...]], bool]:
    """Whether all values sum to a known total."""
    return lambda values: sum(v.value for v in values) == total


def reaches_target(places: int) -> Callable[[tuple[Reading, ...]], bool]:
    """Whether score plus increase is the target; targets given to ``places`` only may be rounded or cut off."""

    def holds(values: tuple[Reading, ...]) -> bool:
        score, increase, target = values
        step = Decimal(1).scaleb(-target.decimals)
        off = score.value + (-increase.value if increase.sign == "-" else increase.value) - target.value
        if max(score.decimals, increase.decimals) <= target.decimals or target.decimals < places:
            return off == 0
        return -step / 2 <= off < step

    return holds

"""``python -m training follows``: learns when a cell says what another of its column says.

Reads folders that ``python -m training tables`` made, as the program does, up to the cells that no rule repaired; for
each the choice that comes nearest to the truth is learned, among the texts of its column and the cell as it is
(conditional logit)::

    python -m training follows --tables /tmp/tables/train --held /tmp/tables/dev --out src/planparse/data/follows.json
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from benchmarks.scoring import fold
from rapidfuzz import fuzz

from planparse.recognise.tables.follow_signs import AS_IT_IS, Signs
from planparse.recognise.tables.follows import ODDS, choices
from planparse.recognise.tables.like_columns import Column, read_columns, shown_cell
from planparse.recognise.tables.like_rules import by_rules
from planparse.recognise.tables.likes import dated_offers, offers, questions
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.strays import find_strays
from training.drawn import asked, tables_of, true_text

PENALTY = 2.0
"""Of the squares of the weights."""
STEPS, RATE = 400, 0.05
GOOD = 95
"""Likeness (percent) from which a cell counts as read."""


class Choice(NamedTuple):
    """The choices open to a cell, what speaks for each, and how near each comes to the truth (percent)."""

    offered: list[Signs]
    near: list[float]


def main(argv: list[str]) -> int:
    options = asked("follows", __doc__, argv, seeded=False)
    learned = [choice for folder in options.tables for choice in open_choices(folder, ruled=False)]
    weights = settled(fit(learned), [choice for folder in options.tables for choice in open_choices(folder)])
    told = {name: round(float(value), 3) for name, value in sorted(weights.items())}
    options.out.write_text(json.dumps({"weights": told}, indent=1) + "\n", encoding="utf-8")
    better = sum(max(choice.near) > choice.near[0] for choice in learned)
    print(f"{len(learned)} cells with a choice; another text is nearer to the truth in {better}")
    for folder in options.held:
        print(folder, dict(judged(open_choices(folder), told)))
    return 0


def open_choices(folder: Path, ruled: bool = True) -> Iterator[Choice]:
    """The cells of a folder's tables that may follow another, by the rules or by likeness alone."""
    for text, truth, grids, mended in tables_of(folder):
        find_strays(text, grids, mended)
        for column in read_columns(grids, mended):
            yield from _of_column(text, truth, column, mended, ruled)


def _of_column(text, truth, column: Column, mended: Mended, ruled: bool) -> Iterator[Choice]:  # type: ignore[no-untyped-def]
    likes = by_rules(column, mended)
    column.learn(likes)
    asked = questions(column, likes)
    known, year = offers(column), column.year
    for cell, question in asked:
        meant = true_text(text, truth, column.role, cell.cell)
        offered = choices(question, [*known, *dated_offers(column, cell)], year, ruled) if meant is not None else []
        if offered:
            said = shown_cell(cell.cell, mended)
            texts = [said if example is None else example.text for example, _ in offered]
            near = [fuzz.ratio(fold(one), fold(meant)) for one in texts]
            yield Choice([signs for _, signs in offered], near)


def fit(learned: list[Choice]) -> dict[str, float]:
    """Weights under which the nearest choice is the likeliest; a cell that is as near as any stays as it is."""
    names = sorted({name for choice in learned for signs in choice.offered for name in signs})
    rows = np.array([[signs.get(name, 0.0) for name in names] for choice in learned for signs in choice.offered])
    sizes = np.array([len(choice.near) for choice in learned])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    group = np.repeat(np.arange(len(learned)), sizes)
    wanted = np.concatenate([_wanted(choice.near) for choice in learned])
    spread = rows.std(0) + 1e-6
    rows /= spread
    weights, mean, square = np.zeros((3, len(names)))
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        odds /= np.add.reduceat(odds, starts)[group]
        slope = rows.T @ (odds - wanted) + PENALTY * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.99 * square + 0.01 * slope * slope
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-9)
    return dict(zip(names, weights / spread, strict=True))


def settled(weights: dict[str, float], ruled: list[Choice]) -> dict[str, float]:
    """The weights with another one for leaving a cell as it is: where the rules allow a text, it is likelier."""

    def missed(shift: float) -> float:
        lost = 0.0
        for choice in ruled:
            scores = np.array([sum(weights.get(n, 0.0) * value for n, value in s.items()) for s in choice.offered])
            scores[0] += shift
            odds = np.exp(scores - scores.max())
            lost -= float(_wanted(choice.near) @ np.log(odds / odds.sum()))
        return lost

    return weights | {AS_IT_IS: weights[AS_IT_IS] + min(np.linspace(-4, 4, 161), key=missed)}


def _wanted(near: list[float]) -> np.ndarray:
    best = np.array(near) >= max(near)
    if best[0]:
        best[1:] = False
    return best / best.sum()


def judged(held: Iterator[Choice], weights: dict[str, float]) -> Counter[str]:
    """How often a cell follows another, and what comes of it."""
    found: Counter[str] = Counter()
    for choice in held:
        scores = np.array([sum(weights.get(name, 0.0) * value for name, value in s.items()) for s in choice.offered])
        odds = np.exp(scores - scores.max())
        best = int(odds.argmax())
        if best and odds[best] / odds.sum() >= ODDS:
            before, now = choice.near[0], choice.near[best]
            found["followed"] += 1
            found["nearer"] += now > before
            found["farther"] += now < before
            found["put right"] += now >= GOOD > before
            found["made wrong"] += before >= GOOD > now
    return found

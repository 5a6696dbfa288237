"""The best joint reading of a table region: a beam over moves, widest where the text is unclear."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from heapq import nlargest

from planparse.native import kernels
from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.cuts import Chunks
from planparse.recognise.tables.moves import Ends, Judge, State, Step, advance, at_line_start
from planparse.recognise.tables.native_search import can_search, search_natively
from planparse.recognise.tables.prices import Priced, Prices, Said

BEAM = 40
MARGIN = 13.0
"""Readings this far behind the best, in nats, are given up."""
_SAME = 1e-9

Trace = tuple["Trace | None", Step, State, float, list[Priced]]
"""A reading so far: what came before, the last step, the state before it, its price, and all moves that were open."""


class Beam:
    """The readings that are still in the race."""

    def __init__(
        self, judge: Judge, start: State, weights: Sequence[float], size: int = BEAM, margin: float = MARGIN,
        said: dict[int, Said] | None = None,
    ) -> None:  # fmt: skip
        self.judge = judge
        self.prices = Prices(judge, weights, said)
        self.size, self.margin = size, margin
        self.entries: list[tuple[float, State, Trace | None]] = [(0.0, start, None)]

    def read(self, chunk: Chunk) -> None:
        """Place one more chunk in every way that can still win."""
        if chunk.opens_line:
            self.entries = [(score, at_line_start(state), trace) for score, state, trace in self.entries]
        entries, prices = self.entries, self.prices
        prices.face(chunk)
        open_to = [prices.moves(state) for _, state, _ in entries]
        moves = [
            (entry[0] + price, at, step)
            for at, (entry, found) in enumerate(zip(entries, open_to, strict=True))
            for price, step in found
        ]
        floor = max(moves)[0] - self.margin
        moves = sorted([move for move in moves if move[0] >= floor], reverse=True)
        ends: Ends = {}
        best: dict[State, tuple[float, State, Trace | None]] = {}
        for value, at, step in moves[: 2 * self.size]:
            score, state, trace = entries[at]
            reached = advance(self.judge, state, chunk, step, ends)
            if reached not in best:
                best[reached] = (value, reached, (trace, step, state, value - score, open_to[at]))
                if len(best) == self.size:
                    break
        self.entries = list(best.values())


def clear(price: float, first: float, second: float) -> float:
    """How clearly a move beats the others open there, 0 to 1.

    ``first``, ``second``: the best prices of all moves open there; -inf for the second where there is but one.
    """
    if second == -math.inf:
        return 1.0
    behind = (second if price > first - _SAME else first) - price
    return 1 / (1 + math.exp(30.0 if behind > 30.0 else -30.0 if behind < -30.0 else behind))


def trail(trace: Trace | None) -> list[tuple[Step, State, float]]:
    """The steps of a reading in order, with the states before them and how clear they were."""
    steps = []
    while trace is not None:
        before, step, state, price, moves = trace
        first, second = nlargest(2, [*(p for p, _ in moves), -math.inf])
        steps.append((step, state, clear(price, first, second)))
        trace = before
    return steps[::-1]


Reading = list[tuple[Step, float]]
"""For each chunk its step, and how clearly it beat the other moves open there (0 to 1)."""


def search(
    judge: Judge, chunks: Chunks, size: int = BEAM, margin: float = MARGIN, said: dict[int, Said] | None = None
) -> Reading:
    """The best reading of a region's chunks, found by the compiled search where there is one.

    ``said`` keeps what the chunks say by themselves, for the next search over them.
    """
    kernel, weights = kernels(), judge.language.weights
    if kernel is not None and can_search(judge, chunks):
        found = search_natively(kernel, judge, chunks, weights, size, margin)
        return [(step, clear(price, first, second)) for step, price, first, second in found]
    return search_in_python(judge, chunks, weights, size, margin, said)


def search_in_python(
    judge: Judge, chunks: Iterable[Chunk], weights: Sequence[float], size: int, margin: float,
    said: dict[int, Said] | None = None,
) -> Reading:  # fmt: skip
    """The same by the code of this module: what ``native/search.c`` must do alike."""
    race = Beam(judge, judge.frame.start, weights, size, margin, said)
    for chunk in chunks:
        race.read(chunk)
    return [(step, sure) for step, _, sure in trail(max(race.entries, key=lambda e: e[0])[2])]

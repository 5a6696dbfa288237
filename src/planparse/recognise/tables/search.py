"""The best joint reading of a table region: a beam over moves, widest where the text is unclear."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.moves import Frame, Judge, Part, State, Step, advance

BEAM = 12
MARGIN = 12.0
"""Readings this far behind the best are given up."""

Trace = tuple["Trace | None", Step, State, float]
"""A reading so far: what came before, the last step, the state before it, and how clearly it beat its rivals."""


class Beam:
    """The readings that are still in the race."""

    def __init__(self, judge: Judge, start: State, weights: Sequence[float], size: int = BEAM) -> None:
        self.judge = judge
        self.weights = weights
        self.size = size
        self.entries: list[tuple[float, State, Trace | None]] = [(0.0, start, None)]

    def read(self, chunk: Chunk) -> None:
        """Place one more chunk in every way that can still win."""
        judge, weights = self.judge, self.weights
        costs: dict[Part, float] = {}
        moves: list[tuple[float, int, Step]] = []
        heads: list[tuple[float, float]] = []  # for each entry the two best of its moves
        for at, (score, state, trace) in enumerate(self.entries):
            if chunk.opens_line and state.column != -1:
                state = state._replace(column=-1, width=0.0)
                self.entries[at] = (score, state, trace)
            first = second = -math.inf
            for step, parts in judge.options(state, chunk):
                value = score
                for part in parts:
                    cost = costs.get(part)
                    if cost is None:
                        ones, amounts = judge.evidence(chunk, part)
                        cost = sum([weights[i] for i in ones]) + sum([weights[i] * a for i, a in amounts])
                        costs[part] = cost
                    value += cost
                moves.append((value, at, step))
                if value > first:
                    first, second = value, first
                elif value > second:
                    second = value
            heads.append((first, second))
        best: dict[State, tuple[float, State, Trace | None]] = {}
        floor = max(moves)[0] - MARGIN
        for value, at, step in heapq.nlargest(2 * self.size, moves):
            if value < floor or len(best) >= self.size:
                break
            _, state, trace = self.entries[at]
            reached = advance(judge, state, chunk, step)
            if reached not in best:
                first, second = heads[at]
                rival = second if value == first else first
                sure = 1 / (1 + math.exp(max(-30.0, min(30.0, rival - value))))
                best[reached] = (value, reached, (trace, step, state, sure))
        self.entries = list(best.values())


def trail(trace: Trace | None) -> list[tuple[Step, State, float]]:
    """The steps of a reading in order, with the states before them and how clear they were."""
    steps = []
    while trace is not None:
        before, step, state, sure = trace
        steps.append((step, state, sure))
        trace = before
    return steps[::-1]


def search(judge: Judge, frame: Frame, chunks: Sequence[Chunk], beam: int = BEAM) -> list[tuple[Step, float]]:
    """For each chunk its step, and how clearly it beat the other moves open there (0 to 1)."""
    race = Beam(judge, frame.start, judge.language.weights, beam)
    for chunk in chunks:
        race.read(chunk)
    return [(step, sure) for step, _, sure in trail(max(race.entries, key=lambda e: e[0])[2])] if chunks else []

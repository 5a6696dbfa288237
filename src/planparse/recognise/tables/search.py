"""The best joint reading of a table region: a beam over moves, widest where the text is unclear."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.moves import Frame, Judge, State, Step, advance, is_middle

BEAM = 8
MARGIN = 12.0
"""Readings this far behind the best are given up."""

Trace = tuple["Trace | None", Step, State]
"""A reading so far: what came before, the last step, and the state before it."""


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
        lasting: dict[tuple[Step, int], float] = {}
        moves: list[tuple[float, int, Step]] = []
        for at, (score, state, trace) in enumerate(self.entries):
            if chunk.opens_line and state.column != -1:
                state = state._replace(column=-1, width=0.0)
                self.entries[at] = (score, state, trace)
            for step in judge.steps(state, chunk):
                middle = is_middle(state, chunk, step)
                value = lasting.get((step, middle))
                if value is None:
                    ones, amounts = judge.lasting(chunk, step, middle)
                    value = sum([weights[i] for i in ones]) + sum([weights[i] * a for i, a in amounts])
                    lasting[step, middle] = value
                for i in judge.passing(state, chunk, step):
                    value += weights[i]
                moves.append((score + value, at, step))
        best: dict[State, tuple[float, State, Trace | None]] = {}
        floor = max(moves)[0] - MARGIN
        for value, at, step in heapq.nlargest(2 * self.size, moves):
            if value < floor or len(best) >= self.size:
                break
            _, state, trace = self.entries[at]
            reached = advance(judge, state, chunk, step)
            if reached not in best:
                best[reached] = (value, reached, (trace, step, state))
        self.entries = list(best.values())


def trail(trace: Trace | None) -> list[tuple[Step, State]]:
    """The steps of a reading and the states before them, in order."""
    steps = []
    while trace is not None:
        before, step, state = trace
        steps.append((step, state))
        trace = before
    return steps[::-1]


def search(judge: Judge, frame: Frame, chunks: Sequence[Chunk], beam: int = BEAM) -> list[tuple[Step, float]]:
    """For each chunk its step, and how clearly it beat the other moves open there (0 to 1)."""
    race = Beam(judge, frame.start, judge.language.weights, beam)
    for chunk in chunks:
        race.read(chunk)
    steps = trail(max(race.entries, key=lambda e: e[0])[2]) if chunks else []
    return [(step, _clearness(judge, state, chunk, step)) for chunk, (step, state) in zip(chunks, steps, strict=True)]


def _clearness(judge: Judge, state: State, chunk: Chunk, chosen: Step) -> float:
    weights = judge.language.weights
    total = own = 0.0
    for step in judge.steps(state, chunk):
        ones, amounts = judge.evidence(state, chunk, step)
        odds = math.exp(
            max(-50.0, min(50.0, sum([weights[i] for i in ones]) + sum([weights[i] * a for i, a in amounts])))
        )
        total += odds
        if step == chosen:
            own = odds
    return own / total if total else 0.0

"""The best joint reading of a table region: a beam over moves, widest where the text is unclear."""

from __future__ import annotations

import math
from collections.abc import Sequence

from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.moves import Frame, Judge, State, Step, advance

BEAM = 5
MARGIN = 6.0
"""Readings this many nats behind the best are given up."""

_Back = tuple["_Back | None", Step, float]


def search(judge: Judge, frame: Frame, chunks: Sequence[Chunk], beam: int = BEAM) -> list[tuple[Step, float]]:
    """For each chunk its step, and how sure the reading was of it (probability against the rivals there)."""
    weights = judge.language.weights
    agenda: list[tuple[float, State, _Back | None]] = [(0.0, frame.start, None)]
    for chunk in chunks:
        best: dict[State, tuple[float, _Back | None]] = {}
        top = -math.inf
        for score, state, back in agenda:
            if chunk.opens_line and state.column != -1:
                state = state._replace(column=-1, width=0.0)
            judged = []
            for step in judge.steps(state, chunk):
                ones, amounts = judge.evidence(state, chunk, step)
                value = sum([weights[i] for i in ones])
                for i, amount in amounts:
                    value += weights[i] * amount
                judged.append((value, step))
            peak = max(judged)[0]
            norm = peak + math.log(sum([math.exp(v - peak) for v, _ in judged]))
            for value, step in judged:
                total = score + value - norm
                if total < top - MARGIN or value < peak - MARGIN:
                    continue
                reached = advance(judge, state, chunk, step)
                if reached not in best or best[reached][0] < total:
                    best[reached] = (total, (back, step, value - norm))
                    top = max(top, total)
        ranked = sorted(((s, st, b) for st, (s, b) in best.items() if s >= top - MARGIN), key=lambda x: -x[0])
        agenda = ranked[:beam]
    steps: list[tuple[Step, float]] = []
    at = agenda[0][2]
    while at is not None:
        steps.append((at[1], math.exp(at[2])))
        at = at[0]
    return steps[::-1]

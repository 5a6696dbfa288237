"""The weights of the search fitted jointly, by what it gets wrong.

The search reads window after window of a table from the true state; where its best reading is not the true one, or
the true one has fallen out of the beam, the evidence of the one is added and of the other taken away, and the weights
of all steps are averaged (learning as search optimisation, Daumé and Marcu 2005).
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planparse.recognise.tables import moves
from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.evidence import evidence_of
from planparse.recognise.tables.language import ColumnLanguage
from planparse.recognise.tables.search import Beam, trail
from planparse.recognise.tables.words import Word
from training.column_examples import Example, Place

WINDOW = 28
"""Chunks that are read in one go before the reading is compared with the truth."""

Piece = tuple[Chunk, list[Place], list[Word]]
"""A chunk, the true places of its words, and the words."""


@dataclass(frozen=True)
class Way:
    """How to learn: rounds, how far weights move at a mistake, entries of the beam."""

    epochs: int
    rate: float
    beam: int
    known: float = 1.0
    """Share of the tables whose widths are known."""
    wrecked: float = 1.0
    """Windows with a larger share of words that nobody knows are left out."""
    fixed: int = 0
    """Weights at the end that stay as they are."""


def true_step(state: moves.State, chunk: Chunk, places: list[Place], row: int) -> tuple[moves.Step | None, int]:
    """The move that the truth makes, and the row after it; None where no move of ours can be right."""
    place, _ = Counter(places).most_common(1)[0]
    if place is None:
        return None, row
    to, column = place
    if column < 0:
        if to == row and state.span >= 0:
            return moves.Step(moves.SPAN_ON, -1), row
        return (moves.Step(moves.SPAN, -1), to) if to > row and state.column < 0 else (None, row)
    if to > row:
        return (moves.Step(moves.NEW_ROW, column), to) if state.column < 0 else (None, row)
    if to < row or state.span >= 0:
        return None, row
    if column == state.column:
        return moves.Step(moves.GO_ON, column), row
    if column < state.column:
        return None, row
    return moves.Step(moves.CONTINUE if state.cells[column] else moves.BEGIN, column), row


Stretch = tuple[moves.Judge, moves.State, list[Chunk], list[moves.Step]]


def stretches(
    example: Example, pieces: list[Piece], language: ColumnLanguage, rng: random.Random, known: float
) -> Iterator[Stretch]:
    """Runs of chunks with their true steps: the judge, the state before the first, chunks, steps."""
    measured = rng.random() < known
    widths = tuple(w * rng.gauss(1, 0.025) if measured else 0.0 for w in example.widths())
    frame = moves.Frame(tuple(example.columns), widths)
    judge = moves.Judge(language, frame, {c.first: words[0].text for c, _, words in pieces if c.label})
    state, row = frame.start, -1
    first, chunks, steps = state, [], []
    limit = rng.randint(WINDOW // 2, WINDOW)
    for chunk, places, _ in pieces:
        if chunk.opens_line:
            state = moves.at_line_start(state)
        step, row = true_step(state, chunk, places, row)
        reached = chunk.opens_line or state.column >= 0 or state.span == chunk.row
        usable = step is not None and reached and len(set(places)) == 1
        usable = usable and step in [option for option, _ in judge.options(state, chunk)]
        if chunks and (not usable or (len(chunks) >= limit and chunk.opens_line)):
            yield judge, first, chunks, steps
            chunks, steps = [], []
            limit = rng.randint(WINDOW // 2, WINDOW)
        if not usable:
            if step is not None and (step.deed != moves.CONTINUE or state.cells[step.column]):
                state = moves.advance(judge, state, chunk, step)
            continue
        assert step is not None
        if not chunks:
            first = state
        chunks.append(chunk)
        steps.append(step)
        state = moves.advance(judge, state, chunk, step)
    if chunks:
        yield judge, first, chunks, steps


def learn_jointly(
    read: Sequence[tuple[Example, list[Piece]]],
    language: ColumnLanguage,
    start: Sequence[float],
    way: Way,
    seed: int,
) -> list[float]:
    """The weights after some rounds over the tables, averaged over all steps."""
    rng = random.Random(seed)
    weights = list(start)
    sums = [0.0] * len(weights)
    free = len(weights) - way.fixed
    clock = 1
    for epoch in range(way.epochs):
        rate = way.rate / (1 + 0.4 * epoch)
        wrong = windows = 0
        for example, pieces in rng.sample(read, len(read)):
            for judge, first, chunks, steps in stretches(example, pieces, language, rng, way.known):
                if sum(c.unknown for c in chunks) > way.wrecked * sum(c.last - c.first + 1 for c in chunks):
                    continue
                windows += 1
                clock += 1
                race = Beam(judge, first, weights, way.beam)
                true = first
                path: list[tuple[Chunk, moves.State, moves.Step]] = []
                for chunk, step in zip(chunks, steps, strict=True):
                    if chunk.opens_line:
                        true = moves.at_line_start(true)
                    path.append((chunk, true, step))
                    true = moves.advance(judge, true, chunk, step)
                    race.read(chunk)
                    if all(entry[1] != true for entry in race.entries):
                        break
                best = trail(max(race.entries, key=lambda e: e[0])[2])
                if [s for s, _, _ in best] == [s for _, _, s in path]:
                    continue
                wrong += 1
                said = [(c, state, s) for (c, _, _), (s, state, _) in zip(path, best, strict=True)]
                for sign, reading in ((rate, path), (-rate, said)):
                    for chunk, state, step in reading:
                        ones, amounts = evidence_of(judge, state, chunk, step)
                        for i, amount in [*((i, 1.0) for i in ones), *amounts]:
                            if i < free:
                                weights[i] += sign * amount
                                sums[i] += clock * sign * amount
        print(f"round {epoch}: {wrong} of {windows} windows wrong", flush=True)
    return [w - s / clock for w, s in zip(weights, sums, strict=True)]

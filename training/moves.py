"""``python -m training moves``: fits the weights of the search once more, beside the tagger's answers.

``columns`` fits them without the tagger, which has seen the tables there. Here they are fitted on played tables
(``simulate``) that neither has seen, with the tagger's answers among the evidence::

    python -m training moves --tables /tmp/train --clauses /tmp/clauses.txt --out src/planparse/data/columns.npz

The search reads window after window from the true state; where its best reading is not the true one, or the true one
has fallen out of the beam, the evidence of the one is added and of the other taken away, and the weights of all steps
are averaged (learning as search optimisation, Daumé and Marcu 2005). How far the tagger is believed stays as it was:
it knows what invented tables say better than what plans say. For the same reason half of the old weights is kept.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from planparse.recognise.tables import moves
from planparse.recognise.tables.chunks import Chunk, cut_line, heard
from planparse.recognise.tables.evidence import FILLS, evidence_of, fill_bucket, place_of
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.language import TAGGED, ColumnLanguage, column_language
from planparse.recognise.tables.search import Beam, trail
from planparse.recognise.tables.signs import read_signs
from planparse.recognise.tables.specks import speck_flags
from planparse.recognise.tables.tagger import tagger
from planparse.recognise.tables.tags import JUNK
from planparse.recognise.tables.untangle import SURELY_JUNK
from planparse.recognise.tables.words import Word
from training.column_examples import Example, Place
from training.columns import true_step
from training.simulate import simulate, specks_of

WINDOW = 28
"""Chunks that are read in one go before the reading is compared with the truth."""
BEAM = 12
TOO_WIDE = -1.5
"""What a piece counts more against a column that is narrower than it by a twelfth or more. Columns are measured, so
that can hardly be; but played tables offer it too seldom for the fit to learn it."""

Piece = tuple[Chunk, list[Place], list[Word]]


def cut(example: Example, language: ColumnLanguage) -> list[Piece]:
    """The chunks of an example as the reader makes them, under the tagger's answers, with their true places."""
    lines = example.lines
    signs = read_signs(language, [line.words for line in lines], [line.before for line in lines])
    answers = tagger()(signs.under(example.roles))
    told = heard(answers, [USUAL_ORDER.index(role) for role in example.roles])
    junk = (answers[:, JUNK] > SURELY_JUNK).tolist()
    pieces: list[Piece] = []
    at = offset = 0
    for row, line in enumerate(lines):
        flags = speck_flags(language, line.words)
        kept = [i for i, speck in enumerate(flags) if not speck and not junk[at + i]]
        words = [line.words[i] for i in kept]
        if words:
            for chunk in cut_line(language, words, [told[at + i] for i in kept], offset, row, line.before):
                inside = range(chunk.first - offset, chunk.last - offset + 1)
                pieces.append((chunk, [line.places[kept[i]] for i in inside], [words[i] for i in inside]))
        offset += len(words)
        at += len(line.words)
    return pieces


Stretch = tuple[moves.Judge, moves.State, list[Chunk], list[moves.Step]]


def stretches(
    example: Example, pieces: list[Piece], language: ColumnLanguage, rng: random.Random
) -> Iterator[Stretch]:
    """Runs of chunks with their true steps: the judge, the state before the first, chunks, steps."""
    known = rng.random() < 0.95
    widths = tuple(w * rng.gauss(1, 0.025) if known else 0.0 for w in example.widths())
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


def fit(examples: list[Example], language: ColumnLanguage, epochs: int, rate: float, seed: int) -> list[float]:
    """The weights after some rounds over the examples, averaged over all steps; the tagger's stay as they are."""
    rng = random.Random(seed)
    read = [(example, cut(example, language)) for example in examples]
    weights = list(language.weights)
    sums = [0.0] * len(weights)
    clock = 1
    fixed = len(weights) - len(TAGGED)
    for epoch in range(epochs):
        speed = rate / (1 + 0.4 * epoch)
        wrong = windows = 0
        for example, pieces in rng.sample(read, len(read)):
            for judge, first, chunks, steps in stretches(example, pieces, language, rng):
                windows += 1
                clock += 1
                race = Beam(judge, first, weights, BEAM)
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
                for sign, steps_of in ((speed, path), (-speed, said)):
                    for chunk, state, step in steps_of:
                        ones, amounts = evidence_of(judge, state, chunk, step)
                        for i, amount in [*((i, 1.0) for i in ones), *amounts]:
                            if i >= fixed:
                                continue
                            weights[i] += sign * amount
                            sums[i] += clock * sign * amount
        print(f"round {epoch}: {wrong} of {windows} windows wrong", flush=True)
    return [w - s / clock for w, s in zip(weights, sums, strict=True)]


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training moves", description=__doc__)
    ask.add_argument("--tables", type=Path, required=True, help="rendered tables, whose specks are played")
    ask.add_argument("--clauses", type=Path, required=True, help="text file, one clause a line")
    ask.add_argument("--out", type=Path, required=True, help="columns.npz, whose weights are put in place of the old")
    ask.add_argument("--played", type=int, default=200, help="tables to play")
    ask.add_argument("--epochs", type=int, default=2)
    ask.add_argument("--rate", type=float, default=0.01)
    ask.add_argument("--keep", type=float, default=0.5, help="share of the old weights in the new")
    ask.add_argument("--seed", type=int, default=99)
    options = ask.parse_args(argv)
    language = column_language()
    clauses, specks = options.clauses.read_text(encoding="utf-8").splitlines(), specks_of(options.tables)
    rng = random.Random(options.seed)
    examples = [simulate(rng, clauses if rng.random() < 0.85 else [], specks) for _ in range(options.played)]
    examples = [example for example in examples if len(example.lines) > 4]
    learned = np.array(fit(examples, language, options.epochs, options.rate, options.seed))
    mixed = options.keep * np.array(language.weights) + (1 - options.keep) * learned
    own, size = place_of("own")
    over = fill_bucket(1.1, 1.0)
    for alone in range(2):
        mixed[own + alone * FILLS + over : own + (alone + 1) * FILLS] += TOO_WIDE
    assert size == 2 * FILLS
    with np.load(options.out) as data:
        arrays = {name: data[name] for name in data.files}
    arrays["weights"] = mixed[: -len(TAGGED)].astype(np.float32)
    np.savez_compressed(options.out, **arrays)
    print(len(examples), "tables played")
    return 0

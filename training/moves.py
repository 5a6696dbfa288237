"""``python -m training moves``: fits the weights of the search once more, beside the tagger's answers.

``columns`` fits them without the tagger, which has seen the tables there. Here they are fitted on played tables
(``simulate``) that neither has seen, with the tagger's answers among the evidence::

    python -m training moves --tables /tmp/train --clauses /tmp/clauses.txt --out src/planparse/data/columns.npz

How far the tagger is believed stays as it was: it knows what invented tables say better than what plans say. For the
same reason half of the old weights is kept.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from planparse.recognise.tables.chunks import heard
from planparse.recognise.tables.cuts import cut_line
from planparse.recognise.tables.evidence import FILLS, fill_bucket, place_of
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.language import TAGGED, ColumnLanguage, column_language
from planparse.recognise.tables.signs import read_signs
from planparse.recognise.tables.specks import speck_flags
from planparse.recognise.tables.tagger import tagger
from planparse.recognise.tables.tags import JUNK
from planparse.recognise.tables.untangle import SURELY_JUNK
from training.column_examples import Example
from training.joint import Piece, Way, learn_jointly
from training.simulate import simulate, specks_of

BEAM = 12
TOO_WIDE = -1.5
"""What a piece counts more against a column that is narrower than it by a twelfth or more. Columns are measured, so
that can hardly be; but played tables offer it too seldom for the fit to learn it."""


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
        flags = speck_flags(language, [line.words])
        kept = [i for i, speck in enumerate(flags) if not speck and not junk[at + i]]
        words = [line.words[i] for i in kept]
        if words:
            for chunk in cut_line(language, words, told.of([at + i for i in kept]), offset, row, line.before):
                inside = range(chunk.first - offset, chunk.last - offset + 1)
                pieces.append((chunk, [line.places[kept[i]] for i in inside], [words[i] for i in inside]))
        offset += len(words)
        at += len(line.words)
    return pieces


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
    read = [(example, cut(example, language)) for example in examples]
    way = Way(options.epochs, options.rate, BEAM, known=0.95, fixed=len(TAGGED))
    learned = np.array(learn_jointly(read, language, language.weights, way, options.seed))
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

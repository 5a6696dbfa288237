"""``python -m training columns``: learns what columns sound like and how lines come apart, from rendered tables.

Reads folders of tables made by ``python -m training tables`` and the corpus counts of ``columns_counts``;
writes ``columns.npz`` (derived numbers only), in about ten minutes on one core::

    python training/columns_counts.py CORPUS /tmp/counts.npz
    python -m training tables --out /tmp/tables --pages 150 --seed 11
    python -m training columns --tables /tmp/tables --counts /tmp/counts.npz --out src/planparse/data/columns.npz

Words are taken as the restorer mends them and as they were printed. Four fits:

* how much a folded word speaks for each kind of column (smoothed log odds against all columns);
* how likely a gap between two words is a border between cells (logistic regression);
* which words are specks (logistic regression);
* which move is made for each piece of a line: first given the true reading so far (conditional logit), then
  jointly, by what the search gets wrong.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from planparse.recognise.tables import moves
from planparse.recognise.tables.chunks import ending, manner
from planparse.recognise.tables.evidence import N_WEIGHTS, evidence_of
from planparse.recognise.tables.head_names import ROLE_KINDS
from planparse.recognise.tables.kinds import N_KINDS, Kind
from planparse.recognise.tables.language import N_GAP_WEIGHTS, TAGGED, ColumnLanguage, gap_feature, read_language
from planparse.recognise.tables.specks import DROP_ABOVE, N_SPECK_WEIGHTS, speck_features
from planparse.recognise.tables.words import key
from training.column_examples import RESTORED, TRUE, Example, cut, load, segments
from training.joint import Way, learn_jointly, true_step

SMOOTHING = 60.0


def learn_words(examples: list[Example], index: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """Log odds of each vocabulary word for each kind: in cells, and as a cell's first word."""
    counts = np.zeros((2, N_KINDS, len(index)))
    for example in examples:
        for row in example.rows:
            cells: dict[str, str] = row["cells"]  # type: ignore[assignment]
            for name, text in cells.items():
                kind = Kind.SECTION if row["span"] else ROLE_KINDS.get(name, Kind.NOTE)
                if row["span"] and name == "number":
                    continue
                for start, part in enumerate(text.split()):
                    counts[0, kind, index.get(key(part), 0)] += 1
                    if start == 0:
                        counts[1, kind, index.get(key(part), 0)] += 1
        for line in example.lines:
            for place, words in segments(line):
                kind = Kind.JUNK if place is None else (Kind.SECTION if place[1] < 0 else example.columns[place[1]])
                for word in words:
                    counts[0, kind, index.get(word.key, 0)] += 1
    tables = []
    for count in counts:
        total = count.sum(0) + 0.5
        share = total / total.sum()
        smooth = (count + SMOOTHING * share) / (count.sum(1, keepdims=True) + SMOOTHING)
        tables.append(np.clip(np.log(smooth / share), -3.5, 3.5))
    return tables[0], tables[1]


def learn_gaps(examples: list[Example], language: ColumnLanguage) -> np.ndarray:
    """Weights of the gap model."""
    rows: Counter[tuple[int, int, bool]] = Counter()
    for example in examples:
        for line in example.lines:
            pairs = zip(line.words, line.words[1:], line.places, line.places[1:], strict=False)
            for a, b, p, q in pairs:
                follow = language.follow(language.id(a), language.id(b))
                rows[(*gap_feature(b.ruled, follow, ending(a), manner(b)), p != q)] += 1
    first, second, border = (np.array(column) for column in zip(*rows, strict=True))
    weight = np.array(list(rows.values()), dtype=float)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = w[first] + w[second] + w[-1]
        p = 1 / (1 + np.exp(-score))
        value = (
            -(weight * np.where(border, np.log(p + 1e-12), np.log(1 - p + 1e-12))).sum() + 0.5 * (w[:-1] ** 2).sum()
        )
        error = weight * (p - border)
        slope = np.bincount(first, error, len(w)) + np.bincount(second, error, len(w))
        slope[:-1] += w[:-1]
        slope[-1] = error.sum()
        return value, slope

    return np.asarray(minimize(loss, np.zeros(N_GAP_WEIGHTS), jac=True, method="L-BFGS-B").x)


def learn_specks(examples: list[Example], language: ColumnLanguage) -> np.ndarray:
    """Weights that tell specks from words."""
    rows, specks = [], []
    for example in examples:
        for line in example.lines:
            rows += speck_features(language, [line.words]).tolist() if line.words else []
            specks += [place is None for place in line.places]
    table, speck = np.array(rows), np.array(specks)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = 1 / (1 + np.exp(-w[table].sum(1)))
        error = p - speck
        value = -np.where(speck, np.log(p + 1e-12), np.log(1 - p + 1e-12)).sum() + 0.5 * (w**2).sum()
        return value, np.bincount(table.ravel(), np.repeat(error, table.shape[1]), len(w)) + w

    fit = np.asarray(minimize(loss, np.zeros(N_SPECK_WEIGHTS), jac=True, method="L-BFGS-B").x)
    said = fit[table].sum(1) > np.log(DROP_ABOVE / (1 - DROP_ABOVE))
    print(
        f"specks: {speck.mean():.3f} of the words; found {said[speck].mean():.3f}, "
        f"words lost {said[~speck].mean():.4f}"
    )
    return fit


def moments(example: Example, language: ColumnLanguage, known_widths: bool, lost: Counter[str], rng: random.Random):  # type: ignore[no-untyped-def]
    """For each decision of a table: the evidence of every possible move, and which of them is the true one."""
    widths = tuple(w * rng.gauss(1, 0.02) if known_widths else 0.0 for w in example.widths())
    frame = moves.Frame(tuple(example.columns), widths)
    pieces = list(cut(example, language))
    labels = {c.first: words[0].text for c, _, words in pieces if c.label}
    judge = moves.Judge(language, frame, labels)
    wrecked: Counter[int] = Counter()
    for chunk, _, words in pieces:
        wrecked[chunk.row] += chunk.unknown * 4 - len(words)
    state, row = frame.start, -1
    for chunk, places, _ in pieces:
        if chunk.opens_line:
            state = moves.at_line_start(state)
        step, row = true_step(state, chunk, places, row)
        if step is None:
            lost["impossible"] += 1
            continue
        options = [option for option, _ in judge.options(state, chunk)]
        if step not in options:
            lost[f"not offered {step.deed}"] += 1
            if step.deed == moves.NEW_ROW and state.column < 0:
                state = moves.advance(judge, state, chunk, step)
            continue
        if len(set(places)) > 1:
            lost["impure"] += 1
        elif wrecked[chunk.row] > 0:
            lost["wrecked"] += 1
        else:
            lost["fine"] += 1
            yield [evidence_of(judge, state, chunk, option) for option in options], options.index(step)
        state = moves.advance(judge, state, chunk, step)


def learn_moves(examples: list[Example], language: ColumnLanguage, seed: int) -> np.ndarray:
    """Weights of the conditional logit."""
    rng = random.Random(seed)
    indices, values, starts, groups, chosen = [], [], [0], [], []
    lost: Counter[str] = Counter()
    group = 0
    for example in examples:
        for evidences, right in moments(example, language, rng.random() < 0.75, lost, rng):
            for number, (ones, amounts) in enumerate(evidences):
                indices += ones + [i for i, _ in amounts]
                values += [1.0] * len(ones) + [a for _, a in amounts]
                starts.append(len(indices))
                groups.append(group)
                chosen.append(number == right)
            group += 1
    print("decisions:", dict(lost))
    table = csr_matrix(
        (np.array(values, dtype=np.float32), np.array(indices, dtype=np.int32), np.array(starts)),
        shape=(len(starts) - 1, N_WEIGHTS),
    )
    of, right = np.array(groups), np.array(chosen)
    first = np.searchsorted(of, np.arange(group))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = table @ w
        peak = np.maximum.reduceat(score, first)
        odds = np.exp(score - peak[of])
        total = np.add.reduceat(odds, first)
        value = -(score[right] - peak - np.log(total)).sum()
        error = odds / total[of] - right
        return value + 0.5 * (w**2).sum(), table.T @ error + w

    fit = minimize(loss, np.zeros(N_WEIGHTS), jac=True, method="L-BFGS-B", options={"maxiter": 250})
    score = table @ fit.x
    best = np.array(
        [first[g] + int(score[first[g] : (first[g + 1] if g + 1 < group else None)].argmax()) for g in range(group)]
    )
    print(f"loss per decision {fit.fun / group:.4f}, right {right[best].mean():.4f} of {group}")
    return np.asarray(fit.x)


WRECKED = 0.12
"""Stretches with more words that nobody knows teach nothing: their true cells are as wrecked as what was read."""
RATE, BEAM = 0.1, 8


def refine_moves(
    examples: list[Example], language: ColumnLanguage, start: np.ndarray, epochs: int, seed: int
) -> np.ndarray:
    """Fit the moves jointly: the logit judges each after a true reading, and never learns what a wrong one costs."""
    read = [(example, list(cut(example, language))) for example in examples]
    way = Way(epochs, RATE, BEAM, known=0.8, wrecked=WRECKED)
    return np.array(learn_jointly(read, language, start.tolist(), way, seed))


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training columns", description=__doc__)
    ask.add_argument("--tables", type=Path, nargs="+", required=True, help="folders of rendered tables")
    ask.add_argument("--counts", type=Path, required=True, help="output of columns_counts")
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=6, help="rounds of joint fitting")
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args(argv)
    paths = [p for folder in options.tables for p in sorted(folder.glob("*.json"))]
    examples = [load(p, state) for p in paths for state in (RESTORED, TRUE)]
    with np.load(options.counts) as counts:
        arrays = {name: counts[name] for name in counts.files if name != "share"}
    index = {word: i for i, word in enumerate(arrays["vocabulary"].tolist())}
    speaks, opens = learn_words(examples, index)
    arrays["speaks"] = np.round(speaks * 32).astype(np.int8)
    arrays["opens"] = np.round(opens * 32).astype(np.int8)
    arrays["junk"] = np.round(speaks[Kind.JUNK] * 32).astype(np.int8)
    arrays["specks"] = np.zeros(N_SPECK_WEIGHTS, dtype=np.float32)
    arrays["gaps"] = np.zeros(N_GAP_WEIGHTS, dtype=np.float32)
    arrays["weights"] = np.zeros(N_WEIGHTS - len(TAGGED), dtype=np.float32)
    arrays["tagged"] = np.array(TAGGED, dtype=np.float32)
    np.savez_compressed(options.out, **arrays)
    language = read_language(options.out)
    arrays["gaps"] = learn_gaps(examples, language).astype(np.float32)
    language = replace(language, gaps=arrays["gaps"].astype(float).tolist())
    arrays["specks"] = learn_specks(examples, language).astype(np.float32)
    language = replace(language, specks=arrays["specks"].astype(float).tolist())
    start = learn_moves(examples, language, options.seed)
    weights = refine_moves(examples, language, start, options.epochs, options.seed).astype(np.float32)
    arrays["weights"] = weights[: -len(TAGGED)]
    np.savez_compressed(options.out, **arrays)
    print(len(examples), "examples;", options.out.stat().st_size, "bytes")
    return 0

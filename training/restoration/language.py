"""The language model: counts, probabilities, pruning, quantisation, packing."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planparse.restore.static import StaticFunction
from training.restoration import ngrams
from training.restoration.ngrams import BITS, Grams
from training.restoration.pack import build

Blocks = list[tuple[np.ndarray, int]]

KEEP = {2: 1_300_000, 3: 2_900_000, 4: 3_000_000}
"""How many n-grams of each order the packed model keeps."""

P_LEVELS = {2: 64, 3: 64, 4: 32}
BOW_LEVELS = {1: 256, 2: 64, 3: 64}


@dataclass
class Model:
    """Pruned model in plain arrays, before quantisation."""

    unigram_log_p: np.ndarray
    unigram_bow: np.ndarray
    grams: dict[int, Grams]


def train(blocks: Blocks, words: int, say: Callable[[str], None] = print) -> Model:
    """Count, estimate and prune a 4-gram model over word numbers below ``words``."""
    grams = {1: _unigrams(blocks, words)}
    for order in (2, 3, 4):
        counted = ngrams.count(blocks, order)
        lower = _suffix_log_p(counted.key, grams, order)
        ngrams.probabilities(counted, lower)
        # What was seen once is dropped above bigrams: it would not survive pruning.
        grams[order] = ngrams.keep(counted, counted.seen > 1) if order > 2 else counted
        say(f"order {order}: {len(counted.key):,} n-grams, {len(grams[order].key):,} seen enough")
        del counted, lower
    _prune(grams)
    for order in (2, 3, 4):
        say(f"order {order}: {len(grams[order].key):,} kept")
    _set_backoffs(grams)
    one = grams[1]
    assert one.log_p is not None and one.log_bow is not None
    return Model(one.log_p, one.log_bow, grams)


def _unigrams(blocks: Blocks, words: int) -> Grams:
    count = np.zeros(words)
    seen = np.zeros(words, dtype=np.int64)
    for ids, weight in blocks:
        here = np.bincount(ids, minlength=words)
        seen += here
        count += here * weight
    log_p = np.log((count + 0.5) / (count + 0.5).sum()).astype(np.float32)
    return Grams(np.arange(words, dtype=np.uint64), count.astype(np.float32), seen.astype(np.int32), log_p)


def _suffix_log_p(keys: np.ndarray, grams: dict[int, Grams], order: int) -> np.ndarray:
    """Lower-order log probability of each n-gram's last word after the shorter context.

    Before pruning every suffix is there; after dropping rare trigrams a suffix may have to back off, for
    which the bigram stands in without weight: good enough to choose what to keep.
    """
    suffix = keys & np.uint64((1 << (BITS * (order - 1))) - 1)
    log_p = grams[order - 1].log_p
    assert log_p is not None
    if order == 2:
        return log_p[suffix.astype(np.int64)]
    at, found = ngrams.find(grams[order - 1].key, suffix)
    result = log_p[at]
    missing = np.flatnonzero(~found)
    if len(missing):
        result[missing] = _suffix_log_p(suffix[missing], grams, order - 1)
    return result


def _prune(grams: dict[int, Grams]) -> None:
    """Keep the n-grams that help most; of what is kept, context and suffix are kept too."""
    needed: dict[int, list[np.ndarray]] = {2: [], 3: []}
    for order in (4, 3, 2):
        these = grams[order]
        score = ngrams.gain(these, _suffix_log_p(these.key, grams, order))
        forced = np.zeros(len(these.key), dtype=bool)
        for keys in needed.get(order, []):
            at, found = ngrams.find(these.key, keys)
            forced[at[found]] = True
        room = max(0, KEEP[order] - int(forced.sum()))
        score[forced] = -np.inf
        if room < len(score):
            bar = np.partition(score, len(score) - room - 1)[len(score) - room - 1] if room else np.inf
        else:
            bar = -np.inf
        kept = ngrams.keep(these, forced | (score > max(bar, 0.0)))
        if order > 2:
            mask = np.uint64((1 << (BITS * (order - 1))) - 1)
            needed[order - 1] += [np.unique(kept.key >> np.uint64(BITS)), np.unique(kept.key & mask)]
        grams[order] = kept


def _set_backoffs(grams: dict[int, Grams]) -> None:
    for order in (2, 3, 4):
        lower = _suffix_log_p(grams[order].key, grams, order)
        grams[order - 1].log_bow = ngrams.backoffs(grams[order - 1].key, grams[order], lower)


def levels(values: np.ndarray, count: int) -> np.ndarray:
    """Quantisation levels (sorted float32) with equal mass between them, ends kept."""
    at = np.linspace(0, 1, count + 1)
    edges = np.quantile(values, at)
    order = np.sort(values)
    cuts = np.searchsorted(order, edges)
    means = [order[a:b].mean() if b > a else order[min(a, len(order) - 1)] for a, b in itertools.pairwise(cuts)]
    return np.sort(np.array(means, dtype=np.float32))


def nearest(values: np.ndarray, grid: np.ndarray) -> np.ndarray:
    """Index of the nearest level of every value."""
    return np.searchsorted((grid[1:] + grid[:-1]) / 2, values).astype(np.uint32)


def pack(model: Model) -> tuple[dict[str, np.ndarray], dict[str, dict[str, int]]]:
    """Arrays and shapes of the packed model, ready for one file."""
    arrays: dict[str, np.ndarray] = {
        "unigram_log_p": model.unigram_log_p.astype(np.float32),
        "unigram_bow": model.unigram_bow.astype(np.float32),
    }
    shapes: dict[str, dict[str, int]] = {}
    for order, these in model.grams.items():
        if order == 1:
            continue
        assert these.log_p is not None
        p_levels = levels(these.log_p, P_LEVELS[order])
        value = nearest(these.log_p, p_levels)
        arrays[f"p{order}"] = p_levels
        bits = (P_LEVELS[order] - 1).bit_length()
        if order < 4:
            assert these.log_bow is not None
            bow_levels = levels(these.log_bow, BOW_LEVELS[order])
            bow_levels[np.abs(bow_levels).argmin()] = 0.0
            value |= nearest(these.log_bow, bow_levels) << np.uint32(bits)
            arrays[f"bow{order}"] = bow_levels
            bits += (BOW_LEVELS[order] - 1).bit_length()
        function: StaticFunction = build(these.key, value, bits, 24 if order < 4 else 16)
        arrays[f"low{order}"], arrays[f"high{order}"] = function.low, function.high
        shapes[str(order)] = function.shape
    return arrays, shapes

"""Counting n-grams and turning the counts into a small back-off model.

Interpolated absolute discounting with modified (count-dependent) discounts over real counts: Kneser-Ney's
continuation counts are known to lose once most n-grams are pruned (Chelba et al. 2010 explain why).
A count is weighted by register, but its discount follows how often the n-gram was *seen*: ten sightings
in plans say more than one sighting weighted ten.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

BITS = 14
"""Bits of a word number; four of them fit one unsigned 64-bit key."""
_WEIGHT_BITS = 3


@dataclass
class Grams:
    """N-grams of one order, sorted by key; ``key`` packs the words, the first in the highest bits."""

    key: np.ndarray
    count: np.ndarray
    """Weighted count, float32."""
    seen: np.ndarray
    """Sightings, int32."""
    log_p: np.ndarray | None = None
    log_bow: np.ndarray | None = None


def count(blocks: Iterable[tuple[np.ndarray, int]], order: int, at_least: int = 1) -> Grams:
    """Count the n-grams of an order; those seen fewer than ``at_least`` times are dropped afterwards."""
    keys = np.concatenate([_pack(ids, order, weight) for ids, weight in blocks if len(ids) >= order])
    keys.sort()
    grams = keys >> np.uint64(_WEIGHT_BITS)
    first = np.flatnonzero(np.concatenate(([True], grams[1:] != grams[:-1])))
    unique = grams[first]
    del grams
    weights = (keys & np.uint64(2**_WEIGHT_BITS - 1)).astype(np.uint8)
    total = np.add.reduceat(weights, first, dtype=np.uint32).astype(np.float32)
    seen = np.diff(np.append(first, len(keys))).astype(np.int32)
    return Grams(unique, total, seen)


def _pack(ids: np.ndarray, order: int, weight: int) -> np.ndarray:
    length = len(ids) - order + 1
    key = ids[:length].astype(np.uint64)
    for i in range(1, order):
        key = (key << np.uint64(BITS)) | ids[i : i + length].astype(np.uint64)
    return (key << np.uint64(_WEIGHT_BITS)) | np.uint64(weight)


def discounts(seen: np.ndarray) -> np.ndarray:
    """Modified Kneser-Ney discounts for n-grams seen 1, 2 and 3 or more times (Chen & Goodman 1998)."""
    n = [int((seen == k).sum()) for k in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    return np.array([0.0] + [k - (k + 1) * y * n[k] / max(1, n[k - 1]) for k in (1, 2, 3)], dtype=np.float32)


def find(keys: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of ``wanted`` in sorted ``keys``, and which of them are there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


def probabilities(grams: Grams, lower_log_p: np.ndarray) -> None:
    """Fill ``log_p`` from counts, given the lower-order log probability of every n-gram's suffix."""
    d = discounts(grams.seen)
    context = grams.key >> np.uint64(BITS)
    starts = np.flatnonzero(np.concatenate(([True], context[1:] != context[:-1])))
    sizes = np.diff(np.append(starts, len(context)))
    loss = grams.count * d[np.minimum(grams.seen, 3)] / grams.seen
    total = np.add.reduceat(grams.count, starts, dtype=np.float64)
    gamma = np.add.reduceat(loss, starts, dtype=np.float64) / total
    p = (grams.count - loss) / np.repeat(total, sizes) + np.repeat(gamma, sizes) * np.exp(lower_log_p)
    grams.log_p = np.log(p).astype(np.float32)


def gain(grams: Grams, lower_log_p: np.ndarray) -> np.ndarray:
    """What dropping each n-gram would cost in log likelihood (weighted difference, Seymore & Rosenfeld)."""
    assert grams.log_p is not None
    return (grams.count * (grams.log_p - lower_log_p)).astype(np.float32)


def keep(grams: Grams, mask: np.ndarray) -> Grams:
    """The n-grams under a mask."""
    return Grams(
        grams.key[mask],
        grams.count[mask],
        grams.seen[mask],
        None if grams.log_p is None else grams.log_p[mask],
        None if grams.log_bow is None else grams.log_bow[mask],
    )


def backoffs(contexts: np.ndarray, grams: Grams, lower_log_p: np.ndarray) -> np.ndarray:
    """Log back-off weight of every context key, from the n-grams that were kept.

    A context without followers gets 0.
    """
    assert grams.log_p is not None
    at, found = find(contexts, grams.key >> np.uint64(BITS))
    assert found.all(), "every kept n-gram's context must be kept"
    taken = np.bincount(at, np.exp(grams.log_p.astype(np.float64)), len(contexts))
    left = np.bincount(at, np.exp(lower_log_p.astype(np.float64)), len(contexts))
    bow = np.log(np.maximum(1e-4, 1 - taken)) - np.log(np.maximum(1e-4, 1 - left))
    return np.where(taken > 0, bow, 0.0).astype(np.float32)

"""Learns the weights of a network with one hidden layer (:mod:`planparse.recognise.tables.small_network`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from planparse.recognise.tables.small_network import SmallNetwork

EPOCHS, BATCH, RATE, DECAY = 12, 256, 4e-3, 0.01


class Unseen(NamedTuple):
    """Shares of the signs and of the hidden units that are not seen in a step of learning."""

    signs: float = 0.1
    hidden: float = 0.3


UNSEEN = Unseen()


def fit_network(
    seen: np.ndarray,
    wanted: np.ndarray,
    counts: np.ndarray,
    size: int,
    seed: int,
    epochs: int = EPOCHS,
    unseen: Unseen = UNSEEN,
) -> list[np.ndarray]:
    """Weights up, their bias, weights down, their bias, with ``size`` hidden units, that tell from the rows ``seen``
    best whether something is so (``wanted``, 0 or 1); ``counts``: what each row counts."""
    chance = np.random.default_rng(seed)
    weights = [_evenly(chance, seen.shape[1], size), np.zeros(size), _evenly(chance, size), np.zeros(1)]
    weights = [w.astype(np.float32) for w in weights]
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in weights]
    steps, step = epochs * -(-len(seen) // BATCH), 0
    for _ in range(epochs):
        order = chance.permutation(len(seen))
        for batch in (order[at : at + BATCH] for at in range(0, len(seen), BATCH)):
            step += 1
            slopes = _slopes(weights, seen[batch], wanted[batch], counts[batch], chance, unseen)
            for weight, slope, (first, second) in zip(weights, slopes, moments, strict=True):
                _move(weight, slope, first, second, step, _pace(step / steps))
    return weights


def as_one(networks: Iterable[Sequence[np.ndarray]]) -> list[np.ndarray]:
    """The weights of several networks as those of one, which tells the mean of what they tell as log odds; alone each
    takes some words otherwise when it is learned again."""
    up, up_bias, down, down_bias = zip(*networks, strict=True)
    mean_down = np.concatenate(down) / len(down)
    return [np.concatenate(up, axis=1), np.concatenate(up_bias), mean_down, np.mean(down_bias, axis=0)]


def save(network: SmallNetwork, path: Path) -> None:
    """Write the weights in half precision."""
    np.savez_compressed(path, **{name: value.astype(np.float16) for name, value in vars(network).items()})


def _evenly(chance: np.random.Generator, *shape: int) -> np.ndarray:
    """Weights to begin with, the smaller the more of them are added up."""
    return chance.uniform(-1, 1, shape) / np.sqrt(shape[0])


def _pace(done: float) -> float:
    """How fast is learned when a share of the steps is done: faster for three tenths of them, then ever slower."""
    return RATE * (done / 0.3 if done < 0.3 else (1 + np.cos(np.pi * (done - 0.3) / 0.7)) / 2)


def _slopes(
    weights: list[np.ndarray],
    x: np.ndarray,
    wanted: np.ndarray,
    counts: np.ndarray,
    chance: np.random.Generator,
    unseen: Unseen,
) -> list[np.ndarray]:
    """How the cross entropy of a batch changes with each weight; some signs and hidden units are not seen."""
    up, up_bias, down, down_bias = weights
    x = x * _seen(chance, x.shape, unseen.signs)
    shown = _seen(chance, (len(x), len(down)), unseen.hidden)
    hidden = np.maximum(x @ up + up_bias, 0) * shown
    odds = 1 / (1 + np.exp(-np.clip(hidden @ down + down_bias, -30, 30)))
    wrong = (odds - wanted) * counts / len(x)
    inner = wrong[:, None] * down * shown * (hidden > 0)
    return [x.T @ inner, inner.sum(0), hidden.T @ wrong, wrong.sum(keepdims=True)]


def _seen(chance: np.random.Generator, shape: tuple[int, ...], blind: float) -> np.ndarray:
    return (chance.random(shape, dtype=np.float32) >= blind) / np.float32(1 - blind)


def _move(
    weight: np.ndarray, slope: np.ndarray, first: np.ndarray, second: np.ndarray, step: int, rate: float
) -> None:
    """A step down the slope (Adam, with weights that shrink by themselves: Loshchilov and Hutter 2019)."""
    first += 0.1 * (slope - first)
    second += 0.001 * (slope * slope - second)
    weight *= 1 - rate * DECAY
    weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)

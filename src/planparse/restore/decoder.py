"""Decoding: from the readings of every piece of a document to one word and one confidence each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from planparse.restore.language import ORDER
from planparse.restore.lattice import Arcs, Layer, Passes, expand, first_layer
from planparse.restore.readings import Readings
from planparse.restore.words import S

Ints = npt.NDArray[np.int64]

MARGIN = {1: 11.0, 2: 9.0}
"""Edges of a layer this far behind the best path are dropped before the next."""
_PAD = ORDER - 1


@dataclass
class Decoded:
    """For every piece the arcs that start there (a range), the words and the probability of each."""

    arcs: Arcs
    probability: npt.NDArray[np.float32]
    starts: Ints

    def best(self) -> tuple[Ints, npt.NDArray[np.float32]]:
        """The most probable word of every piece, and its probability."""
        top = np.maximum.reduceat(self.probability, self.starts)
        ends = np.append(self.starts[1:], len(self.probability))
        owner = np.repeat(np.arange(len(self.starts)), ends - self.starts)
        inside = self.probability[self.starts[0] :] == top[owner]
        at = np.flatnonzero(inside) + self.starts[0]
        first = np.searchsorted(owner[at - self.starts[0]], np.arange(len(self.starts)))
        return self.arcs.word[at[first]], top


def decode(forms: Ints, readings: Readings, extra: list[Any] | None = None) -> Decoded:
    """Decode a sequence of forms (indices into ``readings``)."""
    arcs, starts = _arcs(forms, readings)
    model = readings.model.language
    weight = readings.profile.language_weight
    layer = first_layer(arcs, model)
    for order in range(1, ORDER):
        edges = expand(layer, arcs, model)
        if order == ORDER - 1:
            break
        margins = Passes(layer, edges, arcs, weight).margins()
        layer = edges.take(margins > -MARGIN[order])
    posterior = Passes(layer, edges, arcs, weight, readings.profile.sharpness).posteriors()
    probability = _per_arc(edges, posterior, len(arcs.word))
    return Decoded(arcs, probability, starts)


def _per_arc(edges: Layer, posterior: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    return np.bincount(edges.arc, posterior, count).astype(np.float32)


def _arcs(forms: Ints, readings: Readings) -> tuple[Arcs, Ints]:
    """All readings of all pieces, between sentence ends before the first and after the last."""
    offsets = np.array(readings.offsets)
    words, prices = np.array(readings.words), np.array(readings.prices, dtype=np.float32)
    counts = np.concatenate((np.ones(_PAD, np.int64), offsets[forms + 1] - offsets[forms], np.ones(_PAD, np.int64)))
    first = np.concatenate((np.zeros(_PAD, np.int64), offsets[forms], np.zeros(_PAD, np.int64)))
    begin = np.cumsum(counts) - counts
    total = int(counts.sum())
    source = np.arange(total) - np.repeat(begin - first, counts)
    start = np.repeat(np.arange(len(counts)), counts)
    word, channel = words[source], prices[source]
    pad = (start < _PAD) | (start >= len(counts) - _PAD)
    word[pad], channel[pad] = S, 0
    place = 2 * np.arange(len(counts) + 1)
    return Arcs(word, channel, start, start + 1, place), begin[_PAD : len(counts) - _PAD]

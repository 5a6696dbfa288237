"""A lattice of readings and the passes over it, in arrays over the whole document.

An *arc* is one reading of one stretch of ink: it runs from one boundary to another and carries one word.
Layer 1's nodes are the arcs; a pair of arcs that meet at a boundary is an edge of layer 1. Layer 2's nodes
are layer 1's surviving edges, and so on: a node of layer *n* is a path of *n* arcs, which is exactly what an
n-gram model needs to know. Each layer prunes the next.

Where *n* readings in a row have no alternative, the node of layer *n* is alone and the text falls apart into
segments that do not influence each other. All segments are decoded side by side: the Python loop runs over
positions within a segment, every step is one array operation.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from planparse.restore.arrays import distinct
from planparse.restore.language import BITS, Flags, Floats, Ints, Keys, LanguageModel

_NEVER = np.float32(-1e9)


@dataclass
class Arcs:
    """Readings, sorted by the position of their start boundary.

    ``place`` gives every boundary's position on the line of time: boundaries between pieces of ink have even
    places, those inside a piece that is read as two words odd ones.
    """

    word: Ints
    channel: Floats
    start: Ints
    end: Ints
    place: Ints

    def sorted(self) -> Arcs:
        """The arcs by the place of their start."""
        order = np.argsort(self.place[self.start], kind="stable")
        return Arcs(self.word[order], self.channel[order], self.start[order], self.end[order], self.place)


@dataclass
class Layer:
    """Paths of ``order`` arcs. ``second`` is sorted (above layer 1), so that joins are ranges."""

    order: int
    first: Ints
    second: Ints
    arc: Ints
    key: Keys
    log_p: Floats
    bow: Floats
    hit: Flags

    def __len__(self) -> int:
        return len(self.arc)

    def take(self, mask: Flags) -> Layer:
        """The nodes under a mask."""
        columns = (self.first, self.second, self.arc, self.key, self.log_p, self.bow, self.hit)
        return Layer(self.order, *(column[mask] for column in columns))  # type: ignore[arg-type]


def first_layer(arcs: Arcs, model: LanguageModel) -> Layer:
    """The arcs as nodes."""
    word = arcs.word
    return Layer(
        1,
        arcs.start,
        arcs.end,
        np.arange(len(word)),
        word.astype(np.uint64),
        model.unigram[word],
        model.unigram_bow[word],
        np.ones(len(word), dtype=bool),
    )


def expand(layer: Layer, arcs: Arcs, model: LanguageModel) -> Layer:
    """All edges of a layer, as the nodes of the next."""
    if layer.order == 1:
        by_end = np.argsort(layer.second, kind="stable")
        keys = len(arcs.place)
    else:
        by_end = None
        keys = int(layer.second[-1]) + 1 if len(layer) else 0
    counts = np.bincount(layer.second, minlength=keys + 1)
    offsets = np.concatenate(([0], np.cumsum(counts)))
    wanted = np.minimum(layer.first, keys)
    into = counts[wanted]
    j = np.repeat(np.arange(len(layer)), into)
    i = np.arange(len(j)) - np.repeat(np.cumsum(into) - into, into) + np.repeat(offsets[wanted], into)
    if by_end is not None:
        i = by_end[i]
    order = layer.order + 1
    key = (layer.key[i] << np.uint64(BITS)) | arcs.word[layer.arc[j]].astype(np.uint64)
    backed_off = layer.bow[i] + layer.log_p[j]
    log_p, bow, hit = model.look(order, key, layer.hit[i] & layer.hit[j], backed_off)
    return Layer(order, i, j, layer.arc[j], key, log_p, bow, hit)


@dataclass
class Edges:
    """Of a layer, what the last pass asks for."""

    first: Ints
    second: Ints
    arc: Ints
    log_p: Floats


class Passes:
    """Forward and backward scores over one layer (its nodes, by their arcs) and the next (its edges)."""

    def __init__(
        self, nodes: Ints, edges: Edges | Layer, arcs: Arcs, language_weight: float, sharpness: float = 1.0
    ) -> None:
        self._in, self._out = edges.first, edges.second
        self._weight = (np.float32(language_weight) * edges.log_p + arcs.channel[edges.arc]) * np.float32(sharpness)
        place = arcs.place[arcs.start[nodes]]
        self._cut = _alone(nodes, arcs, place)
        cuts = distinct(place[self._cut])
        # A node belongs to the segment that the last cut before it opens; a cut node closes one and opens one.
        self._segment = np.searchsorted(cuts, place, side="left")
        opened = np.where(self._segment > 0, cuts[np.maximum(self._segment - 1, 0)], -1)
        step = (place - opened).astype(np.int32)
        edge_step = step[self._out]
        if edge_step.max(initial=0) < 2**15:
            edge_step = edge_step.astype(np.int16)
        order = np.argsort(edge_step, kind="stable")
        ranked = edge_step[order]
        bounds = np.flatnonzero(np.diff(ranked, prepend=-1, append=-2)).tolist()
        self._slices = [order[a:b] for a, b in pairwise(bounds)]
        self._count = len(nodes)
        self._segments = len(cuts) + 1

    def margins(self) -> Floats:
        """How far (nats, at most 0) the best path through each edge lies behind the best of its segment."""
        through = self._through(
            self._best(self._slices, self._in, self._out), self._best(self._slices[::-1], self._out, self._in)
        )
        return through - self._per_segment_best(through)

    def posteriors(self) -> Floats:
        """Probability of each edge."""
        forward = self._sums(self._slices, self._in, self._out)
        through = self._through(forward, self._sums(self._slices[::-1], self._out, self._in))
        # What reaches the cut that closes a segment is the mass of all its paths.
        mass = np.full(self._segments, _NEVER)
        mass[self._segment[self._cut]] = forward[self._cut]
        return np.asarray(np.exp(np.minimum(0, through - mass[self._segment[self._out]])), dtype=np.float32)

    def _through(self, forward: Floats, backward: Floats) -> Floats:
        # A cut node opens its segment afresh: what lies on its other side does not count.
        return np.asarray(
            np.where(self._cut[self._in], 0, forward[self._in])
            + self._weight
            + np.where(self._cut[self._out], 0, backward[self._out]),
            dtype=np.float32,
        )

    def _per_segment_best(self, through: Floats) -> Floats:
        segment = self._segment[self._out]
        best = np.full(self._segments, _NEVER)
        np.maximum.at(best, segment, through)
        return best[segment]

    def _best(self, slices: list[Ints], source: Ints, target: Ints) -> Floats:
        """Best score of any path within the segment up to each node, walking from source to target."""
        reached = np.full(self._count, _NEVER)
        left = np.where(self._cut, np.float32(0), _NEVER)
        for edges in slices:
            i, j = source[edges], target[edges]
            np.maximum.at(reached, j, left[i] + self._weight[edges])
            left[j] = np.where(self._cut[j], 0, reached[j])
        return reached

    def _sums(self, slices: list[Ints], source: Ints, target: Ints) -> Floats:
        """The same with the scores of all paths added up (log-sum-exp)."""
        reached = np.full(self._count, _NEVER)
        left = np.where(self._cut, np.float32(0), _NEVER)
        mass = np.zeros(self._count, dtype=np.float32)
        for edges in slices:
            i, j = source[edges], target[edges]
            value = left[i] + self._weight[edges]
            np.maximum.at(reached, j, value)
            np.add.at(mass, j, np.exp(value - reached[j]))
            reached[j] += np.log(mass[j])
            left[j] = np.where(self._cut[j], 0, reached[j])
        return reached


def _alone(nodes: Ints, arcs: Arcs, place: Ints) -> Flags:
    """Nodes that every path must pass: the only ones at their place, with nothing passing over it."""
    places = int(arcs.place.max()) + 2
    # Arcs over a place: +1 where they start, -1 where they end.
    over = np.cumsum(
        np.bincount(place, minlength=places) - np.bincount(arcs.place[arcs.end[nodes]], minlength=places)
    )
    return np.asarray(over[place] == 1)

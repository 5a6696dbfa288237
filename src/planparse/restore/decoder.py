"""Decoding: from the readings of every piece of a document to one word and one confidence each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planparse.native import kernels
from planparse.restore.arrays import alike
from planparse.restore.language import ORDER, LanguageModel
from planparse.restore.lattice import Arcs, Edges, Layer, Passes, expand, first_layer
from planparse.restore.native_lattice import last_layers_natively
from planparse.restore.readings import WIDEST, Readings
from planparse.restore.runs import MOST_PARTS
from planparse.restore.words import S

Ints = npt.NDArray[np.int64]

MARGIN = {1: 7.0, 2: 6.5}
"""Edges of a layer this far behind the best path are dropped before the next."""
PAD = ORDER - 1
"""Ends of sentences before the first piece, and as many behind the last."""
_WORTH_A_WORD = 0.0005
_OPEN = 1.0
"""Sightings' worth of openness: a form met rarely says little of its next reading."""


@dataclass
class Decoded:
    """The arcs and the probability of each."""

    arcs: Arcs
    probability: npt.NDArray[np.float64]
    inner: Sequence[int] = ()
    """For each boundary within a piece the character of the piece where it lies."""
    pad: int = PAD

    def weighed(self, piece: int, most: int = 4) -> list[tuple[int, float]]:
        """Words weighed for a piece with their probabilities, best first; what has none worth a word is left out."""
        arcs = np.flatnonzero(self.arcs.start == piece + self.pad)
        best = arcs[np.argsort(-self.probability[arcs], kind="stable")][:most]
        return [
            (int(self.arcs.word[a]), float(self.probability[a])) for a in best if self.probability[a] > _WORTH_A_WORD
        ]

    def followed(self) -> tuple[Ints, Ints, npt.NDArray[np.float64]]:
        """Of every boundary where the most probable arc leads, its word, and how sure it is.

        Boundaries where no arc starts have another's: nothing leads there.
        """
        best = _best(self.arcs, self.probability)
        return self.arcs.end[best], self.arcs.word[best], self.probability[best]


def decode(forms: Ints, readings: Readings, merges: Sequence[tuple[int, int, float]] = ()) -> Decoded:
    """Decode a sequence of forms (indices into ``readings``).

    ``merges`` are places where two neighbouring pieces may be one word: (index of the first, merged form,
    log price of the space between them).
    """
    arcs, inner = _arcs(forms, readings, merges)
    model = readings.model.language
    weight = readings.profile.language_weight
    kernel = kernels()
    if kernel is None:
        nodes, edges = last_layers(arcs, model, weight)
    else:
        nodes, edges = last_layers_natively(kernel, arcs, model, weight, tuple(MARGIN.values()))
    posterior = Passes(nodes, edges, arcs, weight, readings.profile.sharpness).posteriors()
    probability = np.minimum(1.0, np.bincount(edges.arc, posterior, len(arcs.word)))
    return Decoded(arcs, probability, inner)


def last_layers(arcs: Arcs, model: LanguageModel, weight: float) -> tuple[Ints, Edges | Layer]:
    """The arcs of the last layer's nodes, and its edges; each layer below is pruned."""
    layer = edges = first_layer(arcs, model)
    for order in range(1, ORDER):
        edges = expand(layer, arcs, model)
        if order < ORDER - 1:
            margins = Passes(layer.arc, edges, arcs, weight).margins()
            layer = edges.take(margins > -MARGIN[order])
    return layer.arc, edges


def agree(parts: Sequence[tuple[Decoded, Ints]], weight: float) -> None:
    """What the rest of the document made of the same form weighs in (a cache of the document's own words).

    ``parts`` are decoded stretches with their forms. Posteriors of plain readings are multiplied by how the
    form was read elsewhere in all of them, to the power ``weight``.
    """
    chosen = [_plain(decoded, forms) for decoded, forms in parts]
    sizes = [len(forms) for _, forms in parts]
    shift = np.cumsum([0, *sizes])
    forms = np.concatenate([forms for _, forms in parts])
    piece = np.concatenate([at + by for (_, at), by in zip(chosen, shift, strict=False)])
    p = np.concatenate([decoded.probability[arc] for (decoded, _), (arc, _) in zip(parts, chosen, strict=True)])
    form = alike(forms)
    # pieces lie in their order, and the readings of each in theirs
    first = np.flatnonzero(np.diff(piece, prepend=-1))
    reading = np.arange(len(piece)) - np.repeat(first, np.diff(first, append=len(piece)))
    same = form[piece] * WIDEST + reading
    elsewhere = np.bincount(same, p)[same] - p
    mass = np.bincount(piece, p, len(forms))  # less than 1 where the piece may be merged or split
    count = np.bincount(form)[form[piece]] - 1.0
    prior = (elsewhere + _OPEN * p) / (count + _OPEN)
    share = p * np.maximum(prior, 1e-4) ** weight
    total = np.bincount(piece, share, len(forms))
    result = np.minimum(1.0, share / np.maximum(total[piece], 1e-12) * mass[piece])  # the mass of rounded parts
    done = 0
    for (decoded, _), (arc, _) in zip(parts, chosen, strict=True):
        decoded.probability[arc] = result[done : done + len(arc)]
        done += len(arc)


def _plain(decoded: Decoded, forms: Ints) -> tuple[Ints, Ints]:
    """The arcs that read one whole piece, and which piece each reads."""
    at = decoded.arcs.start - PAD
    arc = np.flatnonzero((decoded.arcs.end == decoded.arcs.start + 1) & (at >= 0) & (at < len(forms)))
    return arc, at[arc]


def _best(arcs: Arcs, probability: npt.NDArray[np.float64]) -> Ints:
    """The most probable arc from every boundary, the last of several."""
    best = np.full(len(arcs.place), -1)
    if len(probability):
        first = np.flatnonzero(np.diff(arcs.start, prepend=-1))  # arcs lie in the order of their starts
        peak = np.maximum.reduceat(probability, first)
        peaks = np.flatnonzero(probability == np.repeat(peak, np.diff(first, append=len(probability))))
        best[arcs.start[peaks]] = peaks
    return best


def _arcs(forms: Ints, readings: Readings, merges: Sequence[tuple[int, int, float]]) -> tuple[Arcs, list[int]]:
    """All readings of all pieces, between sentence ends before the first and after the last; and for each boundary
    within a piece where in it that lies."""
    offsets, words, prices = readings.arrays()
    pads = np.zeros(PAD, np.int64)
    begin = np.concatenate((pads, offsets[forms], pads))
    count = np.concatenate((pads + 1, offsets[forms + 1] - offsets[forms], pads + 1))
    start = np.arange(len(count))
    end = start + 1
    price = np.zeros(len(count), dtype=np.float32)
    place = MOST_PARTS * np.arange(len(count) + 1)
    extra, inside, inner = _extra(forms, readings, merges, len(count) + 1)
    if extra:
        form, more_start, more_end, more_price = (np.array(column) for column in zip(*extra, strict=True))
        place = np.concatenate((place, np.array(inside, dtype=np.int64)))
        begin = np.concatenate((begin, offsets[form]))
        count = np.concatenate((count, offsets[form + 1] - offsets[form]))
        start, end = np.concatenate((start, more_start)), np.concatenate((end, more_end))
        price = np.concatenate((price, more_price.astype(np.float32)))
    owner = np.repeat(np.arange(len(count)), count)
    source = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count - begin, count)
    word, channel = words[source], prices[source] + price[owner]
    pad = (owner < PAD) | ((owner >= len(forms) + PAD) & (owner < len(forms) + 2 * PAD))
    word[pad], channel[pad] = S, 0
    arcs = Arcs(word, channel, start[owner], end[owner], place)
    return (arcs.sorted() if extra else arcs), inner


def _extra(
    forms: Ints, readings: Readings, merges: Sequence[tuple[int, int, float]], boundaries: int
) -> tuple[list[tuple[int, int, int, float]], list[int], list[int]]:
    """Ranges of arcs beside the plain ones: form, start, end, price. And of the boundaries within pieces, which are
    counted on from ``boundaries``, their places and where in the piece they lie."""
    found: list[tuple[int, int, int, float]] = []
    places: list[int] = []
    inner: list[int] = []
    splits = readings.splits
    for here, form in [(at, form) for at, form in enumerate(forms.tolist(), PAD) if form in splits]:
        for parts, starts, prices in splits[form]:
            first = boundaries + len(places)
            walk = (here, *range(first, first + len(starts)), here + 1)
            for n, (part, price) in enumerate(zip(parts, (0.0, *prices), strict=True)):
                found.append((part, walk[n], walk[n + 1], price))
            places += (MOST_PARTS * here + n for n in range(1, len(parts)))
            inner += starts
    for at, form, price in merges:
        found.append((form, at + PAD, at + PAD + 2, price))
    return found, places, inner

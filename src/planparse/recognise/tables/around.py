"""What a layer of the tagger sees around words on the page, looked at once for all the words that share it.

A word looks at itself, at words of its own (above and below it, and those that it may go on with), and at words that
its whole line shares. Many words look at the same: the product of what is seen there and of the weights for its slot
is made once, and each word adds up the rows that are its. That leaves two fifths of the work out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planparse.native import kernels
from planparse.recognise.tables.signs import LINE_SLOTS, NEIGHBOURS, WORD_SLOTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLICE = 1024
"""Words for which a layer's wide inputs are laid out at a time: keeps memory flat and in cache."""


@dataclass(frozen=True)
class Sights:
    """What some words of a table that follow one another see."""

    first: int
    last: int
    seen: tuple[NDArray[Any], ...]
    """For each slot of a word's own the words that are seen there, once each."""
    lines: NDArray[Any]
    """The words that lines show to all of their words (lines, LINE_SLOTS)."""
    rows: NDArray[Any]
    """For each word the rows of the products that it adds up (words, WORD_SLOTS + 1)."""

    @property
    def count(self) -> int:
        """How many rows of products there are; the last is of nothing."""
        return sum(map(len, self.seen)) + len(self.lines) + 1


@dataclass(frozen=True)
class Weights:
    """A layer's weights for what is seen: of the word itself, of each slot of its own, of its line, and a bias."""

    itself: NDArray[Any]
    slots: NDArray[Any]
    line: NDArray[Any]
    bias: NDArray[Any]


def parted(up: NDArray[Any], bias: NDArray[Any]) -> Weights:
    """The weights ``up`` of a layer that looks at a word and, below that, at its neighbours."""
    by_slot = up.reshape(1 + NEIGHBOURS, -1, up.shape[1])
    line = by_slot[[1 + slot for slot in LINE_SLOTS]].reshape(-1, up.shape[1])
    return Weights(by_slot[0], by_slot[[1 + slot for slot in WORD_SLOTS]], line, bias)


def sights(near: NDArray[Any]) -> list[Sights]:
    """What all words see, some hundreds at a time; ``near`` (words, NEIGHBOURS) as in :class:`~.signs.Signs`."""
    return [_sights(near, first, min(len(near), first + SLICE)) for first in range(0, len(near), SLICE)]


def _sights(near: NDArray[Any], first: int, last: int) -> Sights:
    import numpy as np

    count = len(near)
    begins = near[first:last, 0]
    opens = np.r_[True, begins[1:] != begins[:-1]]
    lines = near[first:last][opens][:, LINE_SLOTS]
    own = near[first:last, WORD_SLOTS]
    slots = np.arange(own.shape[1])
    there = np.zeros((len(slots), count + 1), dtype=bool)
    there[slots, own] = True
    there[:, count] = False  # no word
    row = there.cumsum(dtype=np.int32).reshape(there.shape) - 1
    by_slot = int(row[-1, -1]) + 1
    row[:, count] = by_slot + len(lines)
    rows = np.empty((last - first, len(slots) + 1), dtype=np.int32)
    rows[:, :-1] = row[slots, own]
    rows[:, -1] = by_slot - 1 + np.cumsum(opens)
    return Sights(first, last, tuple(map(np.flatnonzero, there)), lines, rows)


def look(weights: Weights, y: NDArray[Any], all_sights: list[Sights]) -> NDArray[Any]:
    """The sums for all words, those below 0 left out: (words, as wide as the weights)."""
    import numpy as np

    padded = np.concatenate([y, np.zeros((1, y.shape[1]), dtype=y.dtype)])
    sums = y @ weights.itself
    products = np.empty((max(some.count for some in all_sights), sums.shape[1]), dtype=y.dtype)
    for some in all_sights:
        end = 0
        for seen, slot in zip(some.seen, weights.slots, strict=True):
            begin, end = end, end + len(seen)
            np.matmul(y.take(seen, axis=0), slot, out=products[begin:end])
        begin, end = end, end + len(some.lines)
        np.matmul(padded.take(some.lines.ravel(), axis=0).reshape(len(some.lines), -1), weights.line,
                  out=products[begin:end])  # fmt: skip
        products[begin:end] += weights.bias
        products[end] = 0
        add_rows(products[: end + 1], some.rows, sums[some.first : some.last])
    return np.asarray(sums)


def add_rows(rows: NDArray[Any], chosen: NDArray[Any], sums: NDArray[Any]) -> None:
    """Add to each of the ``sums`` (words, width) the rows chosen for it (words, rows); what is below 0 becomes 0."""
    import numpy as np

    kernel = kernels()
    if kernel is not None:
        kernel.add_rows(rows, chosen, sums, sums.shape[1])
        return
    for places in chosen.T:
        sums += rows.take(places, axis=0)
    np.maximum(sums, 0, out=sums)

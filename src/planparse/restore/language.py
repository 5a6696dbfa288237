"""The n-gram language model over word numbers: packed, memory-mapped, asked for many n-grams at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from planparse.native import kernels
from planparse.restore.static import StaticFunction

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

BITS = 14
"""Bits of a word number in a packed n-gram key."""
ORDER = 4


class LanguageModel:
    """Back-off 4-gram model; natural logarithms.

    ``unigram`` and ``unigram_bow`` are indexed by word number. Longer n-grams are asked for by their packed
    key; a back-off model falls back on the score of the n-gram's suffix plus the back-off weight of its
    context, both of which the caller has at hand from the layer below (see :mod:`planparse.restore.lattice`).
    """

    def __init__(self, arrays: Mapping[str, npt.NDArray[Any]], shapes: Mapping[str, dict[str, int]]) -> None:
        self.unigram: Floats = np.array(arrays["unigram_log_p"])
        self.unigram_bow: Floats = np.array(arrays["unigram_bow"])
        self._tables: dict[int, tuple[StaticFunction, Floats, Floats | None]] = {}
        for name, shape in shapes.items():
            function = StaticFunction(arrays[f"low{name}"], arrays[f"high{name}"], shape)
            bow = np.array(arrays[f"bow{name}"]) if f"bow{name}" in arrays else None
            self._tables[int(name)] = (function, np.array(arrays[f"p{name}"]), bow)

    @cached_property
    def unigrams(self) -> list[float]:
        """``unigram`` for code that asks for a word at a time."""
        numbers: list[float] = self.unigram.tolist()
        return numbers

    @cached_property
    def tables(self) -> tuple[tuple[Any, ...], ...]:
        """Of the longer n-grams, shortest first: cells, levels and shapes, for the compiled lattice."""
        return tuple(
            (function.low, function.high, log_p, b"" if bow is None else bow, *function.shapes)
            for _, (function, log_p, bow) in sorted(self._tables.items())
        )

    def look(self, order: int, keys: Keys, asked: Flags, backed_off: Floats) -> tuple[Floats, Floats, Flags]:
        """Log probability, back-off weight and presence of n-grams.

        ``asked`` marks those worth looking up (a stored n-gram's context and suffix are stored too);
        ``backed_off`` is what holds for those that are not stored.
        """
        log_p = backed_off.copy()
        bow = np.zeros(len(keys), dtype=np.float32)
        hit = np.zeros(len(keys), dtype=bool)
        at = np.flatnonzero(asked)
        if len(at):
            function, p_levels, bow_levels = self._tables[order]
            value, known = function(keys[at])
            at, value = at[known], value[known]
            hit[at] = True
            log_p[at] = p_levels[value & np.uint32(len(p_levels) - 1)]
            if bow_levels is not None:
                bow[at] = bow_levels[value >> np.uint32((len(p_levels) - 1).bit_length())]
        return log_p, bow, hit

    def log_p(self, words: Ints) -> Floats:
        """Log probability of the last word of each row behind the others; rows (n, up to ORDER) of word numbers."""
        kernel = kernels()
        if kernel is None:
            return self._grams(words)[0]
        rows = np.ascontiguousarray(words, dtype=np.int64)
        told = kernel.read_grams(rows, words.shape[1], self.unigram, self.unigram_bow, self.tables)
        return np.frombuffer(told, dtype=np.float32)

    def _grams(self, words: Ints) -> tuple[Floats, Floats, Flags]:
        """Of n-grams, a row each: log probability, back-off weight, and whether the model has them.

        What ``read_grams`` of ``native/lattice.c`` must do alike.
        """
        order = words.shape[1]
        if order == 1:
            only = words[:, 0]
            return self.unigram[only], self.unigram_bow[only], np.ones(len(only), dtype=bool)
        _, bow, begun = self._grams(words[:, :-1])
        log_p, _, ended = self._grams(words[:, 1:])
        keys = np.zeros(len(words), dtype=np.uint64)
        for word in words.T:
            keys = (keys << np.uint64(BITS)) | word.astype(np.uint64)
        return self.look(order, keys, begun & ended, bow + log_p)

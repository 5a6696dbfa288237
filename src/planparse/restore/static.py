"""A static function from 64-bit keys to small values in flat arrays: the storage of the n-grams.

A binary fuse filter (Graf & Lemire 2022) whose cells hold a fingerprint and a value instead of a
fingerprint alone: ``cell[h0] ^ cell[h1] ^ cell[h2]`` gives both. About 1.15 cells a key, no keys stored,
looked up for a million keys at a time, usable straight from a memory map. A key that is not in the
function is mistaken for one that is with probability ``2**-fingerprint_bits``.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint64]
Cells = npt.NDArray[Any]

_CACHED = 8192
"""Keys looked up at a time: what is between stays in the processor's cache."""
_M1 = np.uint64(0xFF51AFD7ED558CCD)
_M2 = np.uint64(0xC4CEB9FE1A85EC53)
_M3 = np.uint64(0xD6E8FEB86659FD93)
_40 = np.uint64(40)
_33 = np.uint64(33)
_29 = np.uint64(29)
_32 = np.uint64(32)
_LOW32 = np.uint64(0xFFFFFFFF)


def mix(keys: Keys, seed: int) -> Keys:
    """Scatter keys over 64 bits (the finaliser of MurmurHash3)."""
    x = keys + np.uint64(seed)
    x ^= x >> _33
    x *= _M1
    x ^= x >> _33
    x *= _M2
    x ^= x >> _29
    return x


class Geometry:
    """Where a key's three cells lie: in three neighbouring segments."""

    def __init__(self, cells: int, segment_bits: int, seed: int) -> None:
        self.cells, self.segment_bits, self.seed = cells, segment_bits, seed
        self.starts = np.uint64((cells >> segment_bits) - 2)
        self._mask = np.uint64((1 << segment_bits) - 1)
        self._bits = np.uint64(segment_bits)

    def places(self, hashed: Keys) -> tuple[npt.NDArray[np.int64], ...]:
        """The three cells of every hashed key."""
        segment = ((hashed >> _32) * self.starts) >> _32
        base = segment << self._bits
        low = hashed & _LOW32
        size = np.uint64(1) << self._bits
        h0 = base + (low & self._mask)
        h1 = base + size + ((low >> np.uint64(16)) & self._mask)
        h2 = base + size + size + ((hashed * _M3 >> _40) & self._mask)
        return h0.view(np.int64), h1.view(np.int64), h2.view(np.int64)


def fingerprint(hashed: Keys, bits: int) -> npt.NDArray[np.uint32]:
    """Bits of a hashed key that its places do not depend on alone."""
    return ((hashed * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - bits)).astype(np.uint32)


class StaticFunction:
    """Values of ``value_bits`` bits for keys, behind a fingerprint of ``fingerprint_bits`` bits.

    ``low`` holds the lowest 16 bits of every cell, ``high`` (may be empty) the next 8.
    """

    def __init__(self, low: Cells, high: Cells, shape: dict[str, int]) -> None:
        self.low, self.high, self.shape = low, high, shape
        self._geometry = Geometry(shape["cells"], shape["segment_bits"], shape["seed"])
        self._value_bits = np.uint32(shape["value_bits"])
        self._fingerprint_bits = shape["fingerprint_bits"]

    @property
    def shapes(self) -> tuple[int, int, int, int, int]:
        """Seed, segments, bits of a segment, of a value and of a fingerprint, for the compiled look."""
        shape = self.shape
        segments = int(self._geometry.starts)
        return shape["seed"], segments, shape["segment_bits"], shape["value_bits"], shape["fingerprint_bits"]

    def __call__(self, keys: Keys) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
        """Value of every key, and whether the key is in the function."""
        value = np.empty(len(keys), dtype=np.uint32)
        known = np.empty(len(keys), dtype=bool)
        for at in range(0, len(keys), _CACHED):
            part = slice(at, at + _CACHED)
            self._look(keys[part], value[part], known[part])
        return value, known

    def _look(self, keys: Keys, value: npt.NDArray[np.uint32], known: npt.NDArray[np.bool_]) -> None:
        hashed = mix(keys, self.shape["seed"])
        h0, h1, h2 = self._geometry.places(hashed)
        cell = (self.low[h0] ^ self.low[h1] ^ self.low[h2]).astype(np.uint32)
        if len(self.high):
            cell |= (self.high[h0] ^ self.high[h1] ^ self.high[h2]).astype(np.uint32) << np.uint32(16)
        np.equal(cell >> self._value_bits, fingerprint(hashed, self._fingerprint_bits), out=known)
        np.bitwise_and(cell, np.uint32((1 << int(self._value_bits)) - 1), out=value)

"""Building static functions: peeling a binary fuse hypergraph, a whole round at a time."""

from __future__ import annotations

import math

import numpy as np

from planparse.restore.static import Geometry, StaticFunction, fingerprint, mix


def build(keys: np.ndarray, values: np.ndarray, value_bits: int, cell_bits: int) -> StaticFunction:
    """A static function over distinct keys; cells of 16 or 24 bits, what the value leaves is fingerprint."""
    segment_bits = min(16, max(6, int(math.log(max(len(keys), 2)) / math.log(3.33) + 2.25)))
    for seed in range(1, 100):
        cells = int(len(keys) * 1.14) + (3 << segment_bits)
        cells = ((cells >> segment_bits) + 1) << segment_bits
        geometry = Geometry(cells, segment_bits, seed)
        hashed = mix(keys.astype(np.uint64), seed)
        places = np.stack(geometry.places(hashed))
        rounds = _peel(places, cells)
        if rounds is not None:
            break
    else:
        raise RuntimeError("no seed peels: are the keys distinct?")
    bits = cell_bits - value_bits
    wanted = (fingerprint(hashed, bits).astype(np.uint32) << np.uint32(value_bits)) | values.astype(np.uint32)
    table = np.zeros(cells, dtype=np.uint32)
    for chosen, slot in reversed(rounds):
        h0, h1, h2 = places[:, chosen]
        table[slot] = wanted[chosen] ^ table[h0] ^ table[h1] ^ table[h2] ^ table[slot]
    shape = {
        "cells": cells,
        "segment_bits": segment_bits,
        "seed": seed,
        "value_bits": value_bits,
        "fingerprint_bits": bits,
    }
    high = (table >> np.uint32(16)).astype(np.uint8) if cell_bits > 16 else np.zeros(0, np.uint8)
    return StaticFunction((table & np.uint32(0xFFFF)).astype(np.uint16), high, shape)


def _peel(places: np.ndarray, cells: int) -> list[tuple[np.ndarray, np.ndarray]] | None:
    """Rounds of (keys, the cell each may set freely); None when a core remains."""
    count = places.shape[1]
    degree = np.bincount(places.ravel(), minlength=cells)
    # XOR of the keys that touch a cell: with one left, it *is* that key.
    touch = np.zeros(cells, dtype=np.int64)
    for row in places:
        np.bitwise_xor.at(touch, row, np.arange(count))
    rounds: list[tuple[np.ndarray, np.ndarray]] = []
    front = np.flatnonzero(degree == 1)
    done = 0
    while len(front):
        chosen, first = np.unique(touch[front], return_index=True)
        slot = front[first]
        rounds.append((chosen, slot))
        done += len(chosen)
        gone = places[:, chosen].ravel()
        np.subtract.at(degree, gone, 1)
        np.bitwise_xor.at(touch, gone, np.tile(chosen, 3))
        around = np.unique(gone)
        front = around[degree[around] == 1]
    return rounds if done == count else None

"""What NumPy has, without what comes with it: ``numpy.unique`` loads all of ``numpy.ma`` when it is first called."""

from __future__ import annotations

import numpy as np

from planparse.restore.language import Ints


def distinct(values: Ints) -> Ints:
    """The different values, in order."""
    ordered = np.sort(values)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))]


def alike(values: Ints) -> Ints:
    """For each value a number that all its likes have, and no other: from 0, in the order of the values."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    numbers = np.empty(len(values), dtype=np.int64)
    numbers[order] = np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)
    return numbers

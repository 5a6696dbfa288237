"""The search in C: hands it what :mod:`~planparse.recognise.tables.search` reads, and unpacks the steps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from types import ModuleType

from planparse.recognise.tables.cuts import Chunks
from planparse.recognise.tables.moves import N_DEEDS, Judge, Step
from planparse.recognise.tables.price_tables import MOST_COLUMNS, price_tables

_STEPS = [[Step(deed, column) for column in (*range(MOST_COLUMNS), -1)] for deed in range(N_DEEDS)]

Taken = tuple[Step, float, float, float]
"""A step, its price, and the best two prices of the moves that were open there; -inf where it was the only one."""


def can_search(judge: Judge, chunks: Chunks) -> bool:
    """Whether there is something to search, and the compiled search has room for the columns."""
    return len(chunks) > 0 and 0 < len(judge.frame.kinds) <= MOST_COLUMNS


def search_natively(
    kernel: ModuleType, judge: Judge, chunks: Chunks, weights: Sequence[float], size: int, margin: float
) -> list[Taken]:
    """The steps of the best reading, with what tells how clear they were."""
    import numpy as np

    language, frame = judge.language, judge.frame
    steps = kernel.search(
        np.concatenate([table.ravel() for table in price_tables(weights, frame)]),
        np.array(frame.widths, dtype=np.float64),
        np.array(frame.kinds, dtype=np.int32),
        judge.total_width,
        judge.number,
        judge.content,
        *language.arrays,
        chunks.table.view(np.uint8),
        chunks.speaks,
        chunks.opens,
        chunks.tags,
        np.cumsum([0, *map(len, chunks.labels)], dtype=np.int32),
        np.array([*chain.from_iterable(chunks.labels)], dtype=np.int32),
        size,
        margin,
    )
    return [(_STEPS[deed][column], price, first, second) for deed, column, price, first, second in steps]

"""The search in C: packs what :mod:`~planparse.recognise.tables.search` reads into arrays, and unpacks the steps."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from struct import Struct
from types import ModuleType

from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.moves import Judge, Label, Step
from planparse.recognise.tables.price_tables import MOST_COLUMNS, price_tables

CHUNK = Struct("=3d2d2d15i2i4x")
"""As ``Chunk`` in ``native/search.h``."""
_PACKED = attrgetter(
    "head_width", "width", "line_width", "row", "opens_line", "before", "ruled", "follow", "previous_ending",
    "manner", "ending", "label", "head_id", "tail_id", "full_follow", "full_head", "full_tail", "line_gaps",
)  # fmt: skip
_NO_LABEL = -1

Taken = tuple[Step, float, float, float]
"""A step, its price, and the best two prices of the moves that were open there; -inf where it was the only one."""


def can_search(judge: Judge, chunks: Sequence[Chunk]) -> bool:
    """Whether there is something to search, and the compiled search has room for the columns."""
    return len(chunks) > 0 and 0 < len(judge.frame.kinds) <= MOST_COLUMNS


def search_natively(
    kernel: ModuleType, judge: Judge, chunks: Sequence[Chunk], weights: Sequence[float], size: int, margin: float
) -> list[Taken]:
    """The steps of the best reading, with what tells how clear they were."""
    import numpy as np

    language, frame = judge.language, judge.frame
    labels: dict[Label, int] = {(0,): 0}  # the first is the label of a title that shows one which cannot be read
    packed = []
    for chunk in chunks:
        label, may_number = _NO_LABEL, False
        if chunk.label:
            found = judge.label(chunk)
            label = _NO_LABEL if found is None else labels.setdefault(found, len(labels))
            may_number = judge.may_number(chunk)
        head, width, line, *places = _PACKED(chunk)
        packed.append(CHUNK.pack(head, width, line, *chunk.begins, *chunk.row_opens, *places, label, may_number))
    starts = np.cumsum([0, *map(len, labels)], dtype=np.int32)
    steps = kernel.search(
        np.concatenate([table.ravel() for table in price_tables(weights, frame)]),
        np.array(frame.widths, dtype=np.float64),
        np.array(frame.kinds, dtype=np.int32),
        judge.total_width,
        judge.number,
        judge.content,
        *language.arrays,
        b"".join(packed),
        _doubles(chunk.speaks for chunk in chunks),
        _doubles(chunk.opens for chunk in chunks),
        _doubles(chunk.tags for chunk in chunks),
        starts,
        np.array([*chain.from_iterable(labels)], dtype=np.int32),
        size,
        margin,
    )
    return [(Step(deed, column), price, first, second) for deed, column, price, first, second in steps]


def _doubles(rows: Iterable[Sequence[float]]) -> array[float]:
    return array("d", chain.from_iterable(rows))

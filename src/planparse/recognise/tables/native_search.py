"""The search in C: packs what :mod:`~planparse.recognise.tables.search` reads into arrays, and unpacks the steps."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from struct import Struct
from types import ModuleType

from planparse.recognise.tables.chunks import Chunk
from planparse.recognise.tables.moves import N_DEEDS, Judge, Label, Step
from planparse.recognise.tables.price_tables import MOST_COLUMNS, price_tables

CHUNK = Struct("=3d2d2d16i2i")
"""As ``Chunk`` in ``native/search.h``."""
_PACKED = attrgetter(
    "head_width", "width", "line_width", "row", "opens_line", "before", "ruled", "follow", "previous_ending",
    "manner", "ending", "label", "head_id", "tail_id", "full_follow", "full_head", "full_tail", "line_gaps",
    "closes_line",
)  # fmt: skip
_NO_LABEL = -1
_STEPS = [[Step(deed, column) for column in (*range(MOST_COLUMNS), -1)] for deed in range(N_DEEDS)]

Taken = tuple[Step, float, float, float]
"""A step, its price, and the best two prices of the moves that were open there; -inf where it was the only one."""


class Packed:
    """Pieces laid out for the compiled search. It grows: those of a first search are laid out once for the next."""

    def __init__(self) -> None:
        self.count = 0
        self.chunks = bytearray()
        self.speaks, self.opens, self.tags = array("d"), array("d"), array("d")
        self.labels: dict[Label, int] = {(0,): 0}  # the first: of a title with a label that is no number

    def add(self, judge: Judge, chunks: Sequence[Chunk]) -> None:
        """Lay out the pieces that are new; those before are as they were."""
        labels, pack = self.labels, CHUNK.pack
        for chunk in chunks[self.count :]:
            label, may_number = _NO_LABEL, False
            if chunk.label:
                found = judge.label(chunk)
                label = _NO_LABEL if found is None else labels.setdefault(found, len(labels))
                may_number = judge.may_number(chunk)
            head, width, line, *places = _PACKED(chunk)
            self.chunks += pack(head, width, line, *chunk.begins, *chunk.row_opens, *places, label, may_number)
            self.speaks.extend(chunk.speaks)
            self.opens.extend(chunk.opens)
            self.tags.extend(chunk.tags)
        self.count = max(self.count, len(chunks))

    def first(self, count: int) -> tuple[memoryview, ...]:
        """The first pieces: themselves, and what they say of kinds and of columns."""
        rows = (self.chunks, self.speaks, self.opens, self.tags)
        return tuple(memoryview(of)[: len(of) // self.count * count] for of in rows)


def can_search(judge: Judge, chunks: Sequence[Chunk]) -> bool:
    """Whether there is something to search, and the compiled search has room for the columns."""
    return len(chunks) > 0 and 0 < len(judge.frame.kinds) <= MOST_COLUMNS


def search_natively(
    kernel: ModuleType, judge: Judge, chunks: Sequence[Chunk], weights: Sequence[float], size: int, margin: float,
    packed: Packed | None = None,
) -> list[Taken]:  # fmt: skip
    """The steps of the best reading, with what tells how clear they were.

    ``packed``: of an earlier search over the same pieces.
    """
    import numpy as np

    language, frame, packed = judge.language, judge.frame, packed or Packed()
    packed.add(judge, chunks)
    steps = kernel.search(
        np.concatenate([table.ravel() for table in price_tables(weights, frame)]),
        np.array(frame.widths, dtype=np.float64),
        np.array(frame.kinds, dtype=np.int32),
        judge.total_width,
        judge.number,
        judge.content,
        *language.arrays,
        *packed.first(len(chunks)),
        np.cumsum([0, *map(len, packed.labels)], dtype=np.int32),
        np.array([*chain.from_iterable(packed.labels)], dtype=np.int32),
        size,
        margin,
    )
    return [(_STEPS[deed][column], price, first, second) for deed, column, price, first, second in steps]

"""Learned weights laid out for the columns of one page: what the search sums for a move, read off by few indices.

Weights that always count together are added here, once a table. The compiled search reads the same tables, one after
the other in the order of :class:`PriceTables`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from planparse.recognise.tables.evidence import FILL_LIMITS, FILLS, place_of
from planparse.recognise.tables.kinds import N_KINDS, Kind
from planparse.recognise.tables.language import FOLLOW_BUCKETS
from planparse.recognise.tables.moves import N_DEEDS, SPAN, SPAN_ON, Frame

MOST_COLUMNS = 11
"""Of a table: counts of columns go to 11, and 0."""
_COUNTS = range(MOST_COLUMNS + 1)


class PriceTables(NamedTuple):
    """Arrays of doubles (or nested lists of floats), by the indices that the comments name.

    *middle* is 1 within a line, 0 at its start; *blank* is 1 after a blank line or a new page; *before*, *manner*,
    *ending*, *follow*, *borders* and *label* are as in :class:`~planparse.recognise.tables.chunks.Chunk`.
    """

    deed: Any  # deed, middle, column
    span_deed: Any
    span_on_deed: Any  # middle
    speaks: Any  # column
    span_speaks: Any
    opens: Any  # 0 for the first word of a cell, 1 for the first of a row; column
    tagged: Any  # the column, whether it begins a cell, whether it opens a row
    follow_on: Any  # follow, full follow, ruled
    gap_case: Any  # previous ending, manner, ruled
    gaps_on: Any  # borders in the line, whether the words follow well
    begin: Any  # manner, column
    edges: Any  # column, limit: widths in ems from which a line is fuller
    known: Any  # column: 1 where the width is known
    over: Any  # follow, column, fill
    leave: Any  # column, fill, ending
    tail: Any  # follow, full follow, ended
    tail_case: Any  # blank, manner, ending, column
    distance: Any  # middle, before, lines, column
    fit: Any  # column, fill, follow, ended and fresh
    late: Any  # before, lines, column
    skip: Any  # middle, blank, unfinished cells, empty cells
    new: Any  # before, whether there is content, missing cells, unfinished cells
    first: Any  # before
    numbered: Any  # whether the row has its number
    again: Any  # the same, where the piece is a number
    match: Any  # how the number fits the last
    follows: Any  # follow, ending
    full_content: Any  # full follow
    label: Any  # class of the label, how it fits the last
    shape: Any  # borders in the line, how broad the line is
    span_break: Any  # before
    span_filled: Any  # missing cells
    span_on: Any  # manner, blank
    own: Any  # whether the piece is its line, column, fill


def price_tables(weights: Sequence[float], frame: Frame) -> PriceTables:
    """The tables for the columns of ``frame``."""
    import numpy as np

    learned = np.array(weights)
    kinds = [int(kind) for kind in frame.kinds]

    def table(name: str, *shape: int) -> Any:
        first, size = place_of(name)
        return learned[first : first + size].reshape(shape)

    def by_kind(name: str, *shape: int) -> Any:
        """The table with the columns of this page in place of all kinds."""
        return table(name, *shape, N_KINDS)[..., kinds]

    deed = table("deed_kind", N_DEEDS, N_KINDS, 2).transpose(0, 2, 1)  # deed, middle, kind
    speaks = table("speaks", 3, N_KINDS)[0]
    has_number = Kind.NUMBER in kinds

    begin = by_kind("begin_case", 4)
    begin[:, [kind == Kind.NUMBER for kind in kinds]] += table("number_manner", 4, 1)
    over = table("overflow", FILLS, 1) + by_kind("overflow_kind", FILLS)
    over = over[:, None, :] + table("follow_overflow", FILLS, FOLLOW_BUCKETS, 1)
    leave = table("leave_fill", FILLS, 4, 1) + by_kind("leave_kind", FILLS)[:, None, :]
    tail_case = table("tail_case", 4, 4, 2, 1) + by_kind("tail_case_kind", 4, 4)[:, :, None, :]
    distance = table("distance", 5, 3, 2, 1) + by_kind("distance_kind", 5)[:, None, None, :]
    fit = table("fit", FILLS, 4, 1) + by_kind("fit_kind", FILLS)[:, None, :]
    fit = fit[:, None] + table("follow_fit", FILLS, FOLLOW_BUCKETS, 1, 1)
    late = table("begin_late", 6, 3, 1) + by_kind("late_kind", 6)[:, None, :]

    unfinished = table("skip_open", 3, 2, 2)[[min(n, 2) for n in _COUNTS]]
    empty = table("skip_empty", 4, 2)[[min(n, 3) for n in _COUNTS]]
    skip = unfinished[:, None] + empty[None, :, :, None]

    filled = table("new_filled", 2, 5, 3)[:, [min(n, 4) for n in _COUNTS]]
    still_open = table("new_open", 4, 3)[[min(n, 3) for n in _COUNTS]]
    breaks = table("new_break", 3, 2)
    new = filled[:, :, None] + still_open[None, None] + breaks[:, 1]
    number = table("new_number", 4)
    own = table("own", 2, FILLS, 1) + by_kind("own_kind", FILLS)

    return PriceTables(
        deed=deed[..., kinds],
        span_deed=deed[SPAN, 0, Kind.SECTION],
        span_on_deed=deed[SPAN_ON, :, Kind.SECTION],
        speaks=speaks[kinds],
        span_speaks=speaks[Kind.SECTION],
        opens=by_kind("opens", 2),
        tagged=table("tagged", 3),
        follow_on=table("follow_on", FOLLOW_BUCKETS, 1, 2) + table("full_follow", 1, FOLLOW_BUCKETS, 2),
        gap_case=table("gap_case", 4, 4, 2),
        gaps_on=table("line_gaps_on", 4, 2),
        begin=begin,
        edges=np.array([[limit * width for limit in FILL_LIMITS] for width in frame.widths]),
        known=np.array([float(width > 0) for width in frame.widths]),
        over=over.transpose(1, 2, 0),
        leave=leave.transpose(2, 0, 1),
        tail=table("follow_tail", FOLLOW_BUCKETS, 1, 2) + table("full_tail", 1, FOLLOW_BUCKETS, 2),
        tail_case=tail_case.transpose(2, 1, 0, 3),
        distance=distance.transpose(2, 1, 0, 3),
        fit=fit.transpose(3, 0, 1, 2),
        late=late.transpose(1, 0, 2),
        skip=skip.transpose(2, 3, 0, 1),
        new=new.transpose(3, 0, 1, 2),
        first=breaks[:, 0],
        numbered=number[1:3] if has_number else number[[0, 0]],
        again=np.array([0.0, number[3]]),
        match=table("number_match", 6),
        follows=table("new_content_follow", FOLLOW_BUCKETS, 4),
        full_content=table("full_content", FOLLOW_BUCKETS),
        label=table("span_label", 3, 6),
        shape=table("span_shape", 4, 6),
        span_break=table("span_break", 3),
        span_filled=table("span_filled", 6)[[min(n, 5) for n in _COUNTS]],
        span_on=table("span_on", 4, 2),
        own=own.transpose(0, 2, 1),
    )

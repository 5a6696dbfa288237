"""Moves: where the next piece of a line may go, and what speaks for and against each place.

Reading a table goes from piece to piece (:class:`~planparse.recognise.tables.chunks.Chunk`) in the order
of the text. A piece goes on in the segment that is being read, or jumps to a later column of the line,
where it continues the cell of the current row or begins it; at the start of a line it may also open a new
row, or a section row that spans the table. Each possible move is judged by a sum of
learned weights (conditional logistic regression); this module says which weights count for which move.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from planparse.recognise.tables.chunks import COMMA, OPEN, Chunk
from planparse.recognise.tables.kinds import Kind
from planparse.recognise.tables.language import ColumnLanguage
from planparse.recognise.tables.words import SPACE_WIDTH


class Step(NamedTuple):
    """What is done with a piece: one of the constants below, and the column that it goes to."""

    deed: int
    column: int


GO_ON, CONTINUE, BEGIN, NEW_ROW, SPAN, SPAN_ON = range(6)
N_DEEDS = 6

Label = tuple[int, ...]

FULL_FROM = 0.72
"""A segment this wide, as a share of its column, was broken by the column's edge."""


class Tail(NamedTuple):
    """The end of a cell as far as it has been read."""

    word: int  # id of its last word
    full: int  # the same, marks counted
    ending: int
    row: int  # line of its last segment
    width: float  # of its last segment
    open: bool  # looks unfinished: the segment fills the column and does not end a sentence


class State(NamedTuple):
    """All that a later move may depend on."""

    column: int  # of the segment being read; -1 at the start of a line
    width: float  # of the segment being read
    ending: int  # how the segment being read ends
    cells: tuple[Tail | None, ...]
    row_start: int  # line on which the current row began; -1 before the first
    label: Label | None  # the last number read
    since: int  # rows begun since then
    numbered: bool  # the current row has its number
    span: int  # line of the section row being read; -1 outside


@dataclass(frozen=True)
class Frame:
    """The table that is being read: kinds of its columns and, where known, their widths in ems."""

    kinds: tuple[Kind, ...]
    widths: tuple[float, ...]

    @property
    def start(self) -> State:
        """Before the first line."""
        return State(-1, 0.0, OPEN, (None,) * len(self.kinds), -1, None, 0, False, -1)


def read_label(text: str) -> Label | None:
    """``2.1`` → (2, 1); ``IV`` → None."""
    parts = text.strip(".)").replace(",", ".").split(".")
    return tuple(int(p) for p in parts) if all(p.isdigit() for p in parts) else None


def may_be_number(label: int, text: str) -> bool:
    """Whether a label of this class (see :func:`~.chunks.label_class`) can be a row's number."""
    return label == 1 or (label == 2 and len(text) == 1)


def match_label(found: Label, last: Label | None, since: int) -> int:
    """How a number fits the last one: 0 no last, 1 next, 2 first of a level, 3 skips some, 4 again, 5 odd."""
    if last is None:
        return 2 if found[-1] == 1 else 0
    if found == last:
        return 4
    if len(found) == len(last) and found[:-1] == last[:-1]:
        ahead = found[-1] - last[-1]
        return 1 if ahead == max(since, 1) else (3 if 0 < ahead <= 3 else (2 if found[-1] == 1 else 5))
    if found == (*last, 1):
        return 1
    if len(found) < len(last) and found[:-1] == last[: len(found) - 1] and found[-1] == last[len(found) - 1] + 1:
        return 1
    return 2 if found[-1] == 1 else 5


RECENT = 2
"""A cell that has not been heard of for more lines than this is no longer waited for."""


Part = tuple[Any, ...]
"""What a piece of evidence depends on, its name first: moves of rival readings share most of their parts, so
the search weighs each part once."""


class Judge:
    """Lists the moves that are open to a piece, with what counts for each."""

    def __init__(self, language: ColumnLanguage, frame: Frame, labels: dict[int, str]) -> None:
        self.language = language
        self.frame = frame
        self.labels = labels
        self.content = frame.kinds.index(Kind.CONTENT) if Kind.CONTENT in frame.kinds else -1
        self.number = frame.kinds.index(Kind.NUMBER) if Kind.NUMBER in frame.kinds else -1
        self.total_width = sum(frame.widths)

    def label(self, chunk: Chunk) -> Label | None:
        """The number that a chunk shows."""
        return read_label(self.labels[chunk.first]) if chunk.label else None

    def may_number(self, chunk: Chunk) -> bool:
        """Whether a chunk can be a row's number: figures, or a single letter that may be a misread 1."""
        return may_be_number(chunk.label, self.labels.get(chunk.first, ""))

    def options(self, state: State, chunk: Chunk) -> Iterator[tuple[Step, tuple[Part, ...]]]:
        """All moves that the rules of a table allow, with the parts of their evidence."""
        if state.span == chunk.row:
            yield Step(SPAN_ON, -1), (("lasting", SPAN_ON, -1, 1),)
            return
        fresh = state.column < 0
        middle = 0 if fresh else 1
        leave: tuple[Part, ...] = ()
        row_parts: tuple[Part, ...] = ()
        if not fresh:
            on = ("on", state.column, state.width)
            yield Step(GO_ON, state.column), (("lasting", GO_ON, state.column, 1), on)
            leave = (("leave", state.column, state.width, state.ending),)
        else:
            if state.span >= 0 and chunk.row == state.span + 1:
                yield Step(SPAN_ON, -1), (("lasting", SPAN_ON, -1, 0),)
            missing = sum(cell is None for cell in state.cells) - (self.number >= 0 and not state.numbered)
            row_parts = (self._row_part(state, chunk, missing),)
            span = ("span", state.label, state.since, missing)
            yield Step(SPAN, -1), (("lasting", SPAN, -1, 0), span)
        unfinished = empty = 0
        for column in range(state.column + 1, len(self.frame.kinds)):
            tail = state.cells[column]
            is_number = column == self.number
            if not is_number or self.may_number(chunk):
                common = (*leave, ("skip", unfinished, empty, middle))
                if state.row_start >= 0 and tail is None:
                    match = (("match", state.label, state.since),) if is_number else ()
                    begin = ("begin", column, state.row_start, middle)
                    yield Step(BEGIN, column), (("lasting", BEGIN, column, middle), *common, *match, begin)
                elif state.row_start >= 0 and not is_number:
                    go = ("continue", column, tail, middle)
                    yield Step(CONTINUE, column), (("lasting", CONTINUE, column, middle), *common, go)
                if fresh:
                    more: tuple[Part, ...] = ()
                    if is_number:
                        more = (("match", state.label, state.since + 1), ("again", state.numbered))
                    elif column == self.content and tail is not None:
                        more = (("content", tail),)
                    yield Step(NEW_ROW, column), (("lasting", NEW_ROW, column, middle), *common, *more, *row_parts)
            if tail is None:
                empty += not is_number
            elif tail.open and chunk.row - tail.row <= RECENT:
                unfinished += 1

    def _row_part(self, state: State, chunk: Chunk, missing: int) -> Part:
        """What speaks for a new row whatever column it begins in."""
        if state.row_start < 0:
            return ("first",)
        unfinished = sum(c is not None and c.open and chunk.row - c.row <= RECENT for c in state.cells)
        content = self.content >= 0 and state.cells[self.content] is not None
        return ("new", content, missing, unfinished, state.numbered)


_state = partial(tuple.__new__, State)
"""A state from a tuple of its fields, at half the price of naming them: the search makes hundreds of thousands."""


def at_line_start(state: State) -> State:
    """The state when the next piece begins a line: no segment is being read."""
    return state if state.column == -1 else _state((-1, 0.0, *state[2:]))


Ends = dict[tuple[int, float], Tail]
"""Ends of cells that a piece has made, by column and width of the segment: rivals that agree share them."""


def advance(judge: Judge, state: State, chunk: Chunk, step: Step, ends: Ends | None = None) -> State:
    """The state after a move."""
    deed, column = step
    if deed == SPAN:
        label = judge.label(chunk) or ((0,) if chunk.label else None)
        return State(-1, 0.0, OPEN, (None,) * len(state.cells), -1, label, 0, False, chunk.row)
    if deed == SPAN_ON:
        return _state((-1, *state[1:-1], chunk.row))
    _, width, _, cells, row_start, label, since, numbered, _ = state
    width = width + SPACE_WIDTH + chunk.width if deed == GO_ON else chunk.width
    if deed == NEW_ROW:
        cells, row_start, since, numbered = (None,) * len(cells), chunk.row, since + 1, False
    if column == judge.number:
        numbered = True
        if found := judge.label(chunk):
            label, since = found, 0
    tail = None if ends is None else ends.get((column, width))
    if tail is None:
        edge = judge.frame.widths[column]
        unfinished = chunk.ending in (OPEN, COMMA) and (edge <= 0 or width > FULL_FROM * edge)
        tail = Tail(chunk.tail_id, chunk.full_tail, chunk.ending, chunk.row, width, unfinished)
        if ends is not None:
            ends[column, width] = tail
    filled = (*cells[:column], tail, *cells[column + 1 :])
    return _state((column, width, chunk.ending, filled, row_start, label, since, numbered, -1))

"""Moves: where the next piece of a line may go, and what speaks for and against each place.

Reading a table goes from piece to piece (:class:`~planparse.recognise.tables.chunks.Chunk`) in the order
of the text. A piece goes on in the segment that is being read, or jumps to a later column of the line,
where it continues the cell of the current row or begins it; at the start of a line it may also open a new
row, or a section row that spans the table. Each possible move is judged by a sum of
learned weights (conditional logistic regression); this module says which weights count for which move.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from planparse.recognise.tables.chunks import CLAUSE, COMMA, FULL_STOP, LOWER, OPEN, Chunk
from planparse.recognise.tables.kinds import N_KINDS, Kind
from planparse.recognise.tables.language import FOLLOW_BUCKETS, ColumnLanguage
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


_FILL_LIMITS = (0.35, 0.55, 0.7, 0.8, 0.88, 0.94, 0.98, 1.01, 1.04, 1.08, 1.14, 1.25)
FILLS = len(_FILL_LIMITS) + 2


# Layout of the weights: each template owns a range.
def _ranges(sizes: dict[str, int]) -> tuple[dict[str, int], int]:
    at, places = 0, {}
    for name, size in sizes.items():
        places[name] = at
        at += size
    return places, at


_SIZES = {
    "deed_kind": N_DEEDS * N_KINDS * 2,
    "speaks": 3 * N_KINDS,
    "opens": 2 * N_KINDS,
    "follow_on": FOLLOW_BUCKETS * 2,
    "gap_case": 16 * 2,
    "overflow": FILLS,
    "leave_fill": FILLS * 4,
    "follow_tail": FOLLOW_BUCKETS * 2,
    "tail_case": 16 * 2,
    "distance": 5 * 3 * 2,
    "fit": FILLS * 4,
    "begin_case": 4 * N_KINDS,
    "begin_late": 6 * 3,
    "skip_open": 3 * 2 * 2,
    "skip_empty": 4 * 2,
    "new_filled": 2 * 5 * 3,
    "new_open": 4 * 3,
    "new_break": 3 * 2,
    "new_number": 4,
    "new_content_follow": FOLLOW_BUCKETS * 4,
    "number_match": 6,
    "number_manner": 4,
    "span_label": 3 * 6,
    "span_shape": 4 * 6,
    "span_break": 3,
    "span_filled": 6,
    "span_on": 4 * 2,
    "line_gaps_on": 4 * 2,
    "fit_kind": FILLS * N_KINDS,
    "overflow_kind": FILLS * N_KINDS,
    "leave_kind": FILLS * N_KINDS,
    "tail_case_kind": 16 * N_KINDS,
    "distance_kind": 5 * N_KINDS,
    "late_kind": 6 * N_KINDS,
    "follow_fit": FOLLOW_BUCKETS * FILLS,
    "follow_overflow": FOLLOW_BUCKETS * FILLS,
    "full_follow": FOLLOW_BUCKETS * 2,
    "full_tail": FOLLOW_BUCKETS * 2,
    "full_content": FOLLOW_BUCKETS,
    "tagged": 3,
}
_AT, N_WEIGHTS = _ranges(_SIZES)
(
    _DEED, _SPEAKS, _OPENS, _FOLLOW, _GAP_CASE, _OVERFLOW, _LEAVE, _TAIL, _TAIL_CASE, _DISTANCE, _FIT,
    _BEGIN, _LATE, _SKIP_OPEN, _SKIP_EMPTY, _FILLED, _OPEN, _BREAK, _NUMBERED, _CONTENT_FOLLOW, _MATCH, _NUMBER,
    _LABEL, _SHAPE, _SPAN_BREAK, _SPAN_FILLED, _SPAN_ON, _GAPS_ON, _FIT_KIND, _OVERFLOW_KIND, _LEAVE_KIND,
    _TAIL_CASE_KIND, _DISTANCE_KIND, _LATE_KIND, _FOLLOW_FIT, _FOLLOW_OVERFLOW,
    _FULL_FOLLOW, _FULL_TAIL, _FULL_CONTENT, _TAGGED,
) = _AT.values()  # fmt: skip

Evidence = tuple[list[int], list[tuple[int, float]]]
"""Weights that count once, and weights that count by an amount."""

Part = tuple[Any, ...]
"""What a piece of evidence depends on, its name first: moves of rival readings share most of their parts, so
the search weighs each part once."""


def fill_bucket(used: float, width: float) -> int:
    """How far a segment fills its column: 0 where the width is not known, 1 (a third) to 13 (far too wide)."""
    return 1 + bisect_right(_FILL_LIMITS, used / width) if width > 0 else 0


def read_label(text: str) -> Label | None:
    """``2.1`` → (2, 1); ``IV`` → None."""
    parts = text.strip(".)").replace(",", ".").split(".")
    return tuple(int(p) for p in parts) if all(p.isdigit() for p in parts) else None


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

    def _may_number(self, chunk: Chunk) -> bool:
        """Whether a chunk can be a row's number: figures, or a single letter that may be a misread 1."""
        return chunk.label == 1 or (chunk.label == 2 and len(self.labels[chunk.first]) == 1)

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
            if not is_number or self._may_number(chunk):
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

    def evidence_of(self, state: State, chunk: Chunk, step: Step) -> Evidence:
        """All that counts for one move."""
        ones: list[int] = []
        amounts: list[tuple[int, float]] = []
        for option, parts in self.options(state, chunk):
            if option == step:
                for part in parts:
                    more, by = self.evidence(chunk, part)
                    ones += more
                    amounts += by
        return ones, amounts

    def evidence(self, chunk: Chunk, part: Part) -> Evidence:
        """The weights that a part of the evidence calls on."""
        name = part[0]
        if name == "lasting":
            return self._lasting(chunk, *part[1:])
        return self._passing(chunk, name, part), []

    def _passing(self, chunk: Chunk, name: str, part: Part) -> list[int]:
        widths, kinds = self.frame.widths, self.frame.kinds
        before = chunk.before
        if name == "continue":
            return self._continued(chunk, *part[1:])
        if name == "skip":
            _, unfinished, empty, middle = part
            blank = 0 if middle else min(before, 1)
            return [
                _SKIP_OPEN + (min(unfinished, 2) * 2 + middle) * 2 + blank,
                _SKIP_EMPTY + min(empty, 3) * 2 + middle,
            ]
        if name == "on":
            _, column, width = part
            over = fill_bucket(width + SPACE_WIDTH + chunk.head_width, widths[column])
            return [
                _OVERFLOW + over,
                _OVERFLOW_KIND + over * N_KINDS + kinds[column],
                _FOLLOW_OVERFLOW + over * FOLLOW_BUCKETS + chunk.follow,
            ]
        if name == "leave":
            _, column, width, end = part
            left = fill_bucket(width, widths[column])
            return [_LEAVE + left * 4 + end, _LEAVE_KIND + left * N_KINDS + kinds[column]]
        if name == "begin":
            _, column, row_start, middle = part
            late = min(chunk.row - row_start, 5)
            return [_LATE + late * 3 + (0 if middle else before), _LATE_KIND + late * N_KINDS + kinds[column]]
        if name == "new":
            _, content, missing, unfinished, numbered = part
            return [
                _FILLED + (content * 5 + min(missing, 4)) * 3 + before,
                _OPEN + min(unfinished, 3) * 3 + before,
                _BREAK + before * 2 + 1,
                _NUMBERED + (0 if self.number < 0 else 1 + numbered),
            ]
        if name == "first":
            return [_BREAK + before * 2]
        if name == "match":
            label = self.label(chunk)
            return [_MATCH + (match_label(label, part[1], part[2]) if label else 0)]
        if name == "again":
            return [_NUMBERED + 3] if part[1] else []
        if name == "content":
            tail = part[1]
            return [
                _CONTENT_FOLLOW + self.language.follow(tail.word, chunk.head_id) * 4 + tail.ending,
                _FULL_CONTENT + self.language.full_follow(tail.full, chunk.full_head),
            ]
        _, last, since, missing = part  # span
        label = self.label(chunk)
        match = match_label(label, last, since + 1) if label else 0
        return [_LABEL + chunk.label * 6 + match, _SPAN_FILLED + min(missing, 5)]

    def _lasting(self, chunk: Chunk, deed: int, column: int, middle: int) -> Evidence:
        """What is the same whatever was read before; ``middle``: not the first move of its line."""
        if deed in (SPAN, SPAN_ON):
            ones = [_DEED + (deed * N_KINDS + Kind.SECTION) * 2 + middle]
            if deed == SPAN_ON:
                ones.append(_SPAN_ON + chunk.manner * 2 + (chunk.before > 0))
            else:
                broad = min(int(chunk.line_width / self.total_width * 6), 4) + 1 if self.total_width > 0 else 0
                ones += [_SHAPE + min(chunk.line_gaps, 3) * 6 + broad, _SPAN_BREAK + chunk.before]
            opens = 1 if deed == SPAN_ON else 0
            return ones, [
                (_SPEAKS + Kind.SECTION, chunk.speaks[Kind.SECTION]),
                (_TAGGED, chunk.tags[-1]),
                (_TAGGED + 1, chunk.begins[opens]),
                (_TAGGED + 2, chunk.row_opens[opens]),
            ]
        kind = self.frame.kinds[column]
        ones = [_DEED + (deed * N_KINDS + kind) * 2 + middle]
        amounts = [
            (_SPEAKS + kind, chunk.speaks[kind]),
            (_TAGGED, chunk.tags[column]),
            (_TAGGED + 1, chunk.begins[deed not in (BEGIN, NEW_ROW)]),
            (_TAGGED + 2, chunk.row_opens[deed != NEW_ROW]),
        ]
        if deed == GO_ON:
            ones.append(_FOLLOW + chunk.follow * 2 + chunk.ruled)
            ones.append(_FULL_FOLLOW + chunk.full_follow * 2 + chunk.ruled)
            ones.append(_GAP_CASE + (chunk.previous_ending * 4 + chunk.manner) * 2 + chunk.ruled)
            ones.append(_GAPS_ON + min(chunk.line_gaps, 3) * 2 + (chunk.follow < 4))
        elif deed in (BEGIN, NEW_ROW):
            ones.append(_BEGIN + chunk.manner * N_KINDS + kind)
            amounts.append((_OPENS + (deed == NEW_ROW) * N_KINDS + kind, chunk.opens[kind]))
        if deed != GO_ON and kind == Kind.NUMBER:
            ones.append(_NUMBER + chunk.manner)
        return ones, amounts

    def _continued(self, chunk: Chunk, column: int, tail: Tail, middle: int) -> list[int]:
        kind = self.frame.kinds[column]
        ended = tail.ending in (FULL_STOP, CLAUSE)
        fresh = chunk.manner != LOWER
        follow = self.language.follow(tail.word, chunk.head_id)
        used = tail.width + SPACE_WIDTH + chunk.head_width
        fit = fill_bucket(used, self.frame.widths[column])
        distance = max(min(chunk.row - tail.row, 5) - 1, 0)
        return [
            _TAIL + follow * 2 + ended,
            _FULL_TAIL + self.language.full_follow(tail.full, chunk.full_head) * 2 + ended,
            _TAIL_CASE + (tail.ending * 4 + chunk.manner) * 2 + (0 if middle else min(chunk.before, 1)),
            _DISTANCE + (distance * 3 + (0 if middle else chunk.before)) * 2 + middle,
            _FIT + fit * 4 + ended * 2 + fresh,
            _FIT_KIND + fit * N_KINDS + kind,
            _TAIL_CASE_KIND + (tail.ending * 4 + chunk.manner) * N_KINDS + kind,
            _DISTANCE_KIND + distance * N_KINDS + kind,
            _FOLLOW_FIT + fit * FOLLOW_BUCKETS + follow,
        ]


def advance(judge: Judge, state: State, chunk: Chunk, step: Step) -> State:
    """The state after a move."""
    deed, column = step
    if deed == SPAN:
        label = judge.label(chunk) or ((0,) if chunk.label else None)
        return State(-1, 0.0, OPEN, (None,) * len(state.cells), -1, label, 0, False, chunk.row)
    if deed == SPAN_ON:
        return state._replace(column=-1, span=chunk.row)
    _, width, _, cells, row_start, label, since, numbered, _ = state
    width = width + SPACE_WIDTH + chunk.width if deed == GO_ON else chunk.width
    if deed == NEW_ROW:
        cells, row_start, since, numbered = (None,) * len(cells), chunk.row, since + 1, False
    if column == judge.number:
        numbered = True
        if found := judge.label(chunk):
            label, since = found, 0
    edge = judge.frame.widths[column]
    unfinished = chunk.ending in (OPEN, COMMA) and (edge <= 0 or width > FULL_FROM * edge)
    tail = Tail(chunk.tail_id, chunk.full_tail, chunk.ending, chunk.row, width, unfinished)
    filled = (*cells[:column], tail, *cells[column + 1 :])
    return State(column, width, chunk.ending, filled, row_start, label, since, numbered, -1)

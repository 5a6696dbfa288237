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
from typing import NamedTuple

from planparse.recognise.tables.chunks import COMMA, DASH, FULL_STOP, LOWER, NEW_PAGE, OPEN, Chunk
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


class Tail(NamedTuple):
    """The end of a cell as far as it has been read."""

    word: int  # id of its last word
    ending: int
    row: int  # line of its last segment
    width: float  # of its last segment
    words: int


class State(NamedTuple):
    """All that a later move may depend on."""

    column: int  # of the segment being read; -1 at the start of a line
    width: float  # of the segment being read
    ending: int  # how the segment being read ends
    tail_id: int
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
        return State(-1, 0.0, OPEN, 0, (None,) * len(self.kinds), -1, None, 0, False, -1)


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
}
_AT, N_WEIGHTS = _ranges(_SIZES)
(
    _DEED, _SPEAKS, _OPENS, _FOLLOW, _GAP_CASE, _OVERFLOW, _LEAVE, _TAIL, _TAIL_CASE, _DISTANCE, _FIT,
    _BEGIN, _LATE, _SKIP_OPEN, _SKIP_EMPTY, _FILLED, _OPEN, _BREAK, _NUMBERED, _CONTENT_FOLLOW, _MATCH, _NUMBER,
    _LABEL, _SHAPE, _SPAN_BREAK, _SPAN_FILLED, _SPAN_ON, _GAPS_ON, _FIT_KIND, _OVERFLOW_KIND, _LEAVE_KIND,
    _TAIL_CASE_KIND, _DISTANCE_KIND, _LATE_KIND, _FOLLOW_FIT, _FOLLOW_OVERFLOW,
) = _AT.values()  # fmt: skip

Evidence = tuple[list[int], list[tuple[int, float]]]
"""Weights that count once, and weights that count by an amount."""


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


def is_open(tail: Tail | None, width: float, row: int) -> bool:
    """Whether a cell looks unfinished: its last segment is recent, full and does not end a sentence."""
    if tail is None or row - tail.row > 2:
        return False
    return tail.ending in (OPEN, COMMA) and (width <= 0 or tail.width > 0.72 * width)


class Judge:
    """Lists the moves that are open to a piece, with what counts for each."""

    def __init__(self, language: ColumnLanguage, frame: Frame, labels: dict[int, str]) -> None:
        self.language = language
        self.frame = frame
        self.labels = labels
        self.content = frame.kinds.index(Kind.CONTENT) if Kind.CONTENT in frame.kinds else -1
        self.number = frame.kinds.index(Kind.NUMBER) if Kind.NUMBER in frame.kinds else -1

    def steps(self, state: State, chunk: Chunk) -> Iterator[Step]:
        """All moves that the rules of a table allow."""
        if state.span == chunk.row:
            yield Step(SPAN_ON, -1)
            return
        fresh = state.column < 0
        if not fresh:
            yield Step(GO_ON, state.column)
        elif state.span >= 0 and chunk.row == state.span + 1:
            yield Step(SPAN_ON, -1)
        for column in range(state.column + 1, len(self.frame.kinds)):
            if column == self.number and not chunk.label:
                continue
            tail = state.cells[column]
            if state.row_start >= 0:
                if tail is None:
                    yield Step(BEGIN, column)
                elif column != self.number:
                    yield Step(CONTINUE, column)
            if fresh:
                yield Step(NEW_ROW, column)
        if fresh:
            yield Step(SPAN, -1)

    def evidence(self, state: State, chunk: Chunk, step: Step) -> Evidence:
        """What counts for a move; the same code serves the search and the trainer."""
        ones, amounts = self.lasting(chunk, step, is_middle(state, chunk, step))
        return ones + self.passing(state, chunk, step), amounts

    def lasting(self, chunk: Chunk, step: Step, middle: int) -> Evidence:
        """The part that is the same whatever was read before; ``middle``: not the first move of its line."""
        deed, column = step
        if deed in (SPAN, SPAN_ON):
            ones = [_DEED + (deed * N_KINDS + Kind.SECTION) * 2 + middle]
            if deed == SPAN_ON:
                ones.append(_SPAN_ON + chunk.manner * 2 + (chunk.before > 0))
            else:
                total = sum(self.frame.widths)
                broad = min(int(chunk.line_width / total * 6), 4) + 1 if total > 0 else 0
                ones += [_SHAPE + min(chunk.line_gaps, 3) * 6 + broad, _SPAN_BREAK + chunk.before]
            return ones, [(_SPEAKS + Kind.SECTION, chunk.speaks[Kind.SECTION])]
        kind = self.frame.kinds[column]
        ones = [_DEED + (deed * N_KINDS + kind) * 2 + middle]
        amounts = [(_SPEAKS + kind, chunk.speaks[kind])]
        if deed == GO_ON:
            ones.append(_FOLLOW + chunk.follow * 2 + chunk.ruled)
            ones.append(_GAP_CASE + (chunk.previous_ending * 4 + chunk.manner) * 2 + chunk.ruled)
            ones.append(_GAPS_ON + min(chunk.line_gaps, 3) * 2 + (chunk.follow < 4))
        elif deed in (BEGIN, NEW_ROW):
            ones.append(_BEGIN + chunk.manner * N_KINDS + kind)
            amounts.append((_OPENS + (deed == NEW_ROW) * N_KINDS + kind, chunk.opens[kind]))
        if deed != GO_ON and kind == Kind.NUMBER:
            ones.append(_NUMBER + chunk.manner)
        return ones, amounts

    def passing(self, state: State, chunk: Chunk, step: Step) -> list[int]:
        """The part that depends on what was read before."""
        deed, column = step
        if deed == SPAN_ON:
            return []
        if deed == SPAN:
            return self._span(state, chunk)
        if deed == GO_ON:
            used = state.width + SPACE_WIDTH + chunk.head_width
            over = fill_bucket(used, self.frame.widths[column])
            kind = self.frame.kinds[column]
            return [
                _OVERFLOW + over,
                _OVERFLOW_KIND + over * N_KINDS + kind,
                _FOLLOW_OVERFLOW + over * FOLLOW_BUCKETS + chunk.follow,
            ]
        middle = 1 if state.column >= 0 else 0
        ones = self._skipped(state, chunk, column, middle)
        if middle:
            left = fill_bucket(state.width, self.frame.widths[state.column])
            ones.append(_LEAVE + left * 4 + state.ending)
            ones.append(_LEAVE_KIND + left * N_KINDS + self.frame.kinds[state.column])
        if column == self.number:
            label = read_label(self.labels.get(chunk.first, ""))
            since = state.since + (deed == NEW_ROW)
            ones.append(_MATCH + (match_label(label, state.label, since) if label else 0))
        if deed == CONTINUE:
            ones += self._continued(state, chunk, column, middle)
        elif deed == BEGIN:
            late = min(chunk.row - state.row_start, 5)
            ones.append(_LATE + late * 3 + (0 if middle else chunk.before))
            ones.append(_LATE_KIND + late * N_KINDS + self.frame.kinds[column])
        else:
            ones += self._new_row(state, chunk, column)
        return ones

    def _skipped(self, state: State, chunk: Chunk, column: int, middle: int) -> list[int]:
        """Columns passed over: is anything unfinished in them?"""
        unfinished = empty = 0
        for passed in range(state.column + 1, column):
            tail = state.cells[passed]
            if is_open(tail, self.frame.widths[passed], chunk.row):
                unfinished += 1
            elif tail is None and passed != self.number:
                empty += 1
        blank = 0 if middle else min(chunk.before, 1)
        return [
            _SKIP_OPEN + (min(unfinished, 2) * 2 + middle) * 2 + blank,
            _SKIP_EMPTY + min(empty, 3) * 2 + middle,
        ]

    def _continued(self, state: State, chunk: Chunk, column: int, middle: int) -> list[int]:
        tail = state.cells[column]
        assert tail is not None
        kind = self.frame.kinds[column]
        ended = tail.ending in (FULL_STOP, FULL_STOP - 1)
        fresh = chunk.manner != LOWER
        follow = self.language.follow(tail.word, chunk.head_id)
        used = tail.width + SPACE_WIDTH + chunk.head_width
        fit = fill_bucket(used, self.frame.widths[column])
        distance = min(chunk.row - tail.row, 5) - 1
        return [
            _TAIL + follow * 2 + ended,
            _TAIL_CASE + (tail.ending * 4 + chunk.manner) * 2 + (0 if middle else min(chunk.before, 1)),
            _DISTANCE + (distance * 3 + (0 if middle else chunk.before)) * 2 + middle,
            _FIT + fit * 4 + ended * 2 + fresh,
            _FIT_KIND + fit * N_KINDS + kind,
            _TAIL_CASE_KIND + (tail.ending * 4 + chunk.manner) * N_KINDS + kind,
            _DISTANCE_KIND + distance * N_KINDS + kind,
            _FOLLOW_FIT + fit * FOLLOW_BUCKETS + follow,
        ]

    def _new_row(self, state: State, chunk: Chunk, column: int) -> list[int]:
        if state.row_start < 0:
            return [_BREAK + chunk.before * 2]
        content = state.cells[self.content] if self.content >= 0 else None
        missing = sum(c is None for i, c in enumerate(state.cells) if i != self.number)
        unfinished = sum(is_open(c, w, chunk.row) for c, w in zip(state.cells, self.frame.widths, strict=True))
        numbered = 0 if self.number < 0 else (1 + (state.numbered) + (column == self.number and state.numbered))
        ones = [
            _FILLED + ((content is not None) * 5 + min(missing, 4)) * 3 + chunk.before,
            _OPEN + min(unfinished, 3) * 3 + chunk.before,
            _BREAK + chunk.before * 2 + 1,
            _NUMBERED + numbered,
        ]
        if column == self.content and content is not None:
            follow = self.language.follow(content.word, chunk.head_id)
            ones.append(_CONTENT_FOLLOW + follow * 4 + content.ending)
        return ones

    def _span(self, state: State, chunk: Chunk) -> list[int]:
        label = read_label(self.labels.get(chunk.first, "")) if chunk.label else None
        match = match_label(label, state.label, state.since + 1) if label else 0
        missing = sum(c is None for i, c in enumerate(state.cells) if i != self.number)
        return [_LABEL + chunk.label * 6 + match, _SPAN_FILLED + min(missing, 5)]


def is_middle(state: State, chunk: Chunk, step: Step) -> int:
    """Whether something of the line has been placed before."""
    if step.deed in (SPAN, SPAN_ON):
        return int(state.span == chunk.row)
    return int(state.column >= 0)


def advance(judge: Judge, state: State, chunk: Chunk, step: Step) -> State:
    """The state after a move."""
    deed, column = step
    if deed == SPAN:
        label = read_label(judge.labels.get(chunk.first, "")) if chunk.label else None
        return State(
            -1, 0.0, OPEN, 0, (None,) * len(state.cells), -1, label or ((0,) if chunk.label else None), 0, False,
            chunk.row,
        )  # fmt: skip
    if deed == SPAN_ON:
        return state._replace(column=-1, span=chunk.row)
    cells = state.cells
    if deed == GO_ON:
        before = cells[column]
        assert before is not None
        width = state.width + SPACE_WIDTH + chunk.width
        words = before.words + chunk.last - chunk.first + 1
    else:
        if deed == NEW_ROW:
            cells = (None,) * len(cells)
            state = state._replace(row_start=chunk.row, since=state.since + 1, numbered=False)
        old = cells[column]
        width = chunk.width
        words = (old.words if old else 0) + chunk.last - chunk.first + 1
    label, since, numbered = state.label, state.since, state.numbered
    if column == judge.number:
        found = read_label(judge.labels.get(chunk.first, ""))
        numbered = True
        if found:
            label, since = found, 0
    tail = Tail(chunk.tail_id, chunk.ending, chunk.row, width, words)
    return State(
        column, width, chunk.ending, chunk.tail_id, (*cells[:column], tail, *cells[column + 1 :]), state.row_start,
        label, since, numbered, -1,
    )  # fmt: skip


__all__ = ["DASH", "NEW_PAGE", "Frame", "Judge", "State", "Step", "Tail", "advance"]

"""Evidence: which learned weights speak for and against a move.

Each move's parts (:meth:`~planparse.recognise.tables.moves.Judge.options`) call on weights of a conditional logistic
regression, laid out here one after the other. Training counts with them; the search sums the same weights from
tables (:mod:`~planparse.recognise.tables.prices`).
"""

from __future__ import annotations

from bisect import bisect_right

from planparse.recognise.tables.chunks import CLAUSE, FULL_STOP, LOWER, Chunk
from planparse.recognise.tables.kinds import N_KINDS, Kind
from planparse.recognise.tables.language import FOLLOW_BUCKETS
from planparse.recognise.tables.moves import (
    BEGIN,
    GO_ON,
    N_DEEDS,
    NEW_ROW,
    SPAN,
    SPAN_ON,
    Judge,
    Part,
    State,
    Step,
    Tail,
    match_label,
)
from planparse.recognise.tables.words import SPACE_WIDTH

FILL_LIMITS = (0.35, 0.55, 0.7, 0.8, 0.88, 0.94, 0.98, 1.01, 1.04, 1.08, 1.14, 1.25)
FILLS = len(FILL_LIMITS) + 2


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
    "own": 2 * FILLS,
    "own_kind": FILLS * N_KINDS,
    "tagged": 3,
}
_AT, N_WEIGHTS = _ranges(_SIZES)
(
    DEED_AT, SPEAKS_AT, OPENS_AT, FOLLOW_AT, GAP_CASE_AT, OVERFLOW_AT, LEAVE_AT, TAIL_AT, TAIL_CASE_AT,
    DISTANCE_AT, FIT_AT, BEGIN_AT, LATE_AT, SKIP_OPEN_AT, SKIP_EMPTY_AT, FILLED_AT, OPEN_AT, BREAK_AT,
    NUMBERED_AT, CONTENT_FOLLOW_AT, MATCH_AT, NUMBER_AT, LABEL_AT, SHAPE_AT, SPAN_BREAK_AT, SPAN_FILLED_AT,
    SPAN_ON_AT, GAPS_ON_AT, FIT_KIND_AT, OVERFLOW_KIND_AT, LEAVE_KIND_AT, TAIL_CASE_KIND_AT, DISTANCE_KIND_AT,
    LATE_KIND_AT, FOLLOW_FIT_AT, FOLLOW_OVERFLOW_AT, FULL_FOLLOW_AT, FULL_TAIL_AT, FULL_CONTENT_AT, OWN_AT,
    OWN_KIND_AT, TAGGED_AT,
) = _AT.values()  # fmt: skip


def place_of(name: str) -> tuple[int, int]:
    """Where a template's weights begin, and how many it has."""
    return _AT[name], _SIZES[name]


Evidence = tuple[list[int], list[tuple[int, float]]]
"""Weights that count once, and weights that count by an amount."""


def fill_bucket(used: float, width: float) -> int:
    """How far a segment fills its column: 0 where the width is not known, 1 (a third) to 13 (far too wide)."""
    return 1 + bisect_right(FILL_LIMITS, used / width) if width > 0 else 0


def evidence_of(judge: Judge, state: State, chunk: Chunk, step: Step) -> Evidence:
    """All that counts for one move."""
    ones: list[int] = []
    amounts: list[tuple[int, float]] = []
    for option, parts in judge.options(state, chunk):
        if option == step:
            for part in parts:
                more, by = evidence(judge, chunk, part)
                ones += more
                amounts += by
    return ones, amounts


def evidence(judge: Judge, chunk: Chunk, part: Part) -> Evidence:
    """The weights that a part of the evidence calls on."""
    name = part[0]
    if name == "lasting":
        return _lasting(judge, chunk, *part[1:])
    return _passing(judge, chunk, name, part), []


def _passing(judge: Judge, chunk: Chunk, name: str, part: Part) -> list[int]:
    widths, kinds = judge.frame.widths, judge.frame.kinds
    before = chunk.before
    if name == "continue":
        return _continued(judge, chunk, *part[1:])
    if name == "skip":
        _, unfinished, empty, middle = part
        blank = 0 if middle else min(before, 1)
        return [
            SKIP_OPEN_AT + (min(unfinished, 2) * 2 + middle) * 2 + blank,
            SKIP_EMPTY_AT + min(empty, 3) * 2 + middle,
        ]
    if name == "on":
        _, column, width = part
        over = fill_bucket(width + SPACE_WIDTH + chunk.head_width, widths[column])
        return [
            OVERFLOW_AT + over,
            OVERFLOW_KIND_AT + over * N_KINDS + kinds[column],
            FOLLOW_OVERFLOW_AT + over * FOLLOW_BUCKETS + chunk.follow,
        ]
    if name == "leave":
        _, column, width, end = part
        left = fill_bucket(width, widths[column])
        return [LEAVE_AT + left * 4 + end, LEAVE_KIND_AT + left * N_KINDS + kinds[column]]
    if name == "begin":
        _, column, row_start, middle = part
        late = min(chunk.row - row_start, 5)
        return [LATE_AT + late * 3 + (0 if middle else before), LATE_KIND_AT + late * N_KINDS + kinds[column]]
    if name == "new":
        _, content, missing, unfinished, numbered = part
        return [
            FILLED_AT + (content * 5 + min(missing, 4)) * 3 + before,
            OPEN_AT + min(unfinished, 3) * 3 + before,
            BREAK_AT + before * 2 + 1,
            NUMBERED_AT + (0 if judge.number < 0 else 1 + numbered),
        ]
    if name == "first":
        return [BREAK_AT + before * 2]
    if name == "match":
        label = judge.label(chunk)
        return [MATCH_AT + (match_label(label, part[1], part[2]) if label else 0)]
    if name == "again":
        return [NUMBERED_AT + 3] if part[1] else []
    if name == "content":
        tail = part[1]
        return [
            CONTENT_FOLLOW_AT + judge.language.follow(tail.word, chunk.head_id) * 4 + tail.ending,
            FULL_CONTENT_AT + judge.language.full_follow(tail.full, chunk.full_head),
        ]
    _, last, since, missing = part  # span
    label = judge.label(chunk)
    match = match_label(label, last, since + 1) if label else 0
    return [LABEL_AT + chunk.label * 6 + match, SPAN_FILLED_AT + min(missing, 5)]


def _lasting(judge: Judge, chunk: Chunk, deed: int, column: int, middle: int) -> Evidence:
    """What is the same whatever was read before; ``middle``: not the first move of its line."""
    if deed in (SPAN, SPAN_ON):
        ones = [DEED_AT + (deed * N_KINDS + Kind.SECTION) * 2 + middle]
        if deed == SPAN_ON:
            ones.append(SPAN_ON_AT + chunk.manner * 2 + (chunk.before > 0))
        else:
            broad = min(int(chunk.line_width / judge.total_width * 6), 4) + 1 if judge.total_width > 0 else 0
            ones += [SHAPE_AT + min(chunk.line_gaps, 3) * 6 + broad, SPAN_BREAK_AT + chunk.before]
        opens = 1 if deed == SPAN_ON else 0
        return ones, [
            (SPEAKS_AT + Kind.SECTION, chunk.speaks[Kind.SECTION]),
            (TAGGED_AT, chunk.tags[-1]),
            (TAGGED_AT + 1, chunk.begins[opens]),
            (TAGGED_AT + 2, chunk.row_opens[opens]),
        ]
    kind = judge.frame.kinds[column]
    ones = [DEED_AT + (deed * N_KINDS + kind) * 2 + middle]
    amounts = [
        (SPEAKS_AT + kind, chunk.speaks[kind]),
        (TAGGED_AT, chunk.tags[column]),
        (TAGGED_AT + 1, chunk.begins[deed not in (BEGIN, NEW_ROW)]),
        (TAGGED_AT + 2, chunk.row_opens[deed != NEW_ROW]),
    ]
    if deed == GO_ON:
        ones.append(FOLLOW_AT + chunk.follow * 2 + chunk.ruled)
        ones.append(FULL_FOLLOW_AT + chunk.full_follow * 2 + chunk.ruled)
        ones.append(GAP_CASE_AT + (chunk.previous_ending * 4 + chunk.manner) * 2 + chunk.ruled)
        ones.append(GAPS_ON_AT + min(chunk.line_gaps, 3) * 2 + (chunk.follow < 4))
    elif deed in (BEGIN, NEW_ROW):
        ones.append(BEGIN_AT + chunk.manner * N_KINDS + kind)
        amounts.append((OPENS_AT + (deed == NEW_ROW) * N_KINDS + kind, chunk.opens[kind]))
    if deed != GO_ON:
        own = fill_bucket(chunk.width, judge.frame.widths[column])
        ones += [OWN_AT + (chunk.opens_line and chunk.closes_line) * FILLS + own, OWN_KIND_AT + own * N_KINDS + kind]
        if kind == Kind.NUMBER:
            ones.append(NUMBER_AT + chunk.manner)
    return ones, amounts


def _continued(judge: Judge, chunk: Chunk, column: int, tail: Tail, middle: int) -> list[int]:
    kind = judge.frame.kinds[column]
    ended = tail.ending in (FULL_STOP, CLAUSE)
    fresh = chunk.manner != LOWER
    follow = judge.language.follow(tail.word, chunk.head_id)
    used = tail.width + SPACE_WIDTH + chunk.head_width
    fit = fill_bucket(used, judge.frame.widths[column])
    distance = max(min(chunk.row - tail.row, 5) - 1, 0)
    return [
        TAIL_AT + follow * 2 + ended,
        FULL_TAIL_AT + judge.language.full_follow(tail.full, chunk.full_head) * 2 + ended,
        TAIL_CASE_AT + (tail.ending * 4 + chunk.manner) * 2 + (0 if middle else min(chunk.before, 1)),
        DISTANCE_AT + (distance * 3 + (0 if middle else chunk.before)) * 2 + middle,
        FIT_AT + fit * 4 + ended * 2 + fresh,
        FIT_KIND_AT + fit * N_KINDS + kind,
        TAIL_CASE_KIND_AT + (tail.ending * 4 + chunk.manner) * N_KINDS + kind,
        DISTANCE_KIND_AT + distance * N_KINDS + kind,
        FOLLOW_FIT_AT + fit * FOLLOW_BUCKETS + follow,
    ]

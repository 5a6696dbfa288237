"""Prices: what every move open to a piece weighs, summed from tables.

The same sums as :mod:`~planparse.recognise.tables.evidence` names weight by weight (a test holds them together),
worked out where they first are known: once a table, once a piece, once a cell's end; only then move by move. The
search asks for some thirty moves a piece, so this is where its time goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from planparse.recognise.tables.chunks import CLAUSE, FULL_STOP, LOWER, Chunk
from planparse.recognise.tables.evidence import FILL_LIMITS, FILLS, place_of
from planparse.recognise.tables.kinds import N_KINDS, Kind
from planparse.recognise.tables.language import FOLLOW_BUCKETS
from planparse.recognise.tables.moves import (
    BEGIN,
    CONTINUE,
    GO_ON,
    N_DEEDS,
    NEW_ROW,
    RECENT,
    SPAN,
    SPAN_ON,
    Judge,
    Label,
    State,
    Step,
    Tail,
    match_label,
)
from planparse.recognise.tables.words import SPACE_WIDTH

Priced = tuple[float, Step]
Said = tuple[list[float], list[float], list[float], list[float], float]
"""What a piece says by itself, for each column: for going on, continuing, beginning, a new row; and for a title."""

_MOST_COLUMNS = 12


class Prices:
    """Moves and their prices under one set of weights; :meth:`face` a piece, then ask for states before it."""

    def __init__(self, judge: Judge, weights: Sequence[float], said: dict[int, Said] | None = None) -> None:
        """``said`` is :attr:`said` of an earlier reading of the same pieces under the same weights."""
        import numpy as np

        self.said = {} if said is None else said

        self.judge = judge
        self.number, self.content = judge.number, judge.content
        kinds = [int(kind) for kind in judge.frame.kinds]
        self.kinds = kinds
        self.columns = range(len(kinds))
        self.steps = [[Step(deed, column) for column in self.columns] for deed in range(N_DEEDS)]

        learned = np.array(weights)

        def table(name: str, *shape: int) -> Any:
            first, size = place_of(name)
            return learned[first : first + size].reshape(shape)

        def by_kind(name: str, *shape: int) -> Any:
            """The table with the columns of this page in place of all kinds."""
            return table(name, *shape, N_KINDS)[..., kinds]

        deed = table("deed_kind", N_DEEDS, N_KINDS, 2).transpose(0, 2, 1)  # deed, middle, kind
        self._deed = deed[..., kinds].tolist()
        self._span_deed = deed[SPAN, 0, Kind.SECTION].item()
        self._span_on_deed = deed[SPAN_ON, :, Kind.SECTION].tolist()
        speaks = table("speaks", 3, N_KINDS)[0]
        self._speaks, self._span_speaks = speaks[kinds].tolist(), speaks[Kind.SECTION].item()
        self._opens = by_kind("opens", 2).tolist()
        self._tagged = table("tagged", 3).tolist()
        follow = table("follow_on", FOLLOW_BUCKETS, 1, 2) + table("full_follow", 1, FOLLOW_BUCKETS, 2)
        self._follow_on = follow.tolist()
        self._gap_case = table("gap_case", 4, 4, 2).tolist()
        self._gaps_on = table("line_gaps_on", 4, 2).tolist()
        begin = by_kind("begin_case", 4)
        begin[:, [kind == Kind.NUMBER for kind in kinds]] += table("number_manner", 4, 1)
        self._begin = begin.tolist()

        widths = judge.frame.widths
        self._edges = [[limit * width for limit in FILL_LIMITS] if width > 0 else [] for width in widths]
        self._known = [int(width > 0) for width in widths]
        over = table("overflow", FILLS, 1) + by_kind("overflow_kind", FILLS)
        over = over[:, None, :] + table("follow_overflow", FILLS, FOLLOW_BUCKETS, 1)
        self._over = over.transpose(1, 2, 0).tolist()  # follow, column, fill
        leave = table("leave_fill", FILLS, 4, 1) + by_kind("leave_kind", FILLS)[:, None, :]
        self._leave = leave.transpose(2, 0, 1).tolist()  # column, fill, ending
        self._tail = (table("follow_tail", FOLLOW_BUCKETS, 1, 2) + table("full_tail", 1, FOLLOW_BUCKETS, 2)).tolist()
        case = table("tail_case", 4, 4, 2, 1) + by_kind("tail_case_kind", 4, 4)[:, :, None, :]
        self._tail_case = case.transpose(2, 1, 0, 3).tolist()  # blank, manner, ending, column
        distance = table("distance", 5, 3, 2, 1) + by_kind("distance_kind", 5)[:, None, None, :]
        self._distance = distance.transpose(2, 1, 0, 3).tolist()  # middle, before, lines, column
        fit = table("fit", FILLS, 4, 1) + by_kind("fit_kind", FILLS)[:, None, :]
        fit = fit[:, None] + table("follow_fit", FILLS, FOLLOW_BUCKETS, 1, 1)
        self._fit = fit.transpose(3, 0, 1, 2).tolist()  # column, fill, follow, ended and fresh
        late = table("begin_late", 6, 3, 1) + by_kind("late_kind", 6)[:, None, :]
        self._late = late.transpose(1, 0, 2).tolist()  # before, lines, column

        some = range(_MOST_COLUMNS)
        unfinished = table("skip_open", 3, 2, 2)[[min(n, 2) for n in some]]
        empty = table("skip_empty", 4, 2)[[min(n, 3) for n in some]]
        skip = unfinished[:, None] + empty[None, :, :, None]
        self._skip = skip.transpose(2, 3, 0, 1).tolist()  # middle, blank, unfinished, empty

        filled = table("new_filled", 2, 5, 3)[:, [min(n, 4) for n in some]]
        still_open = table("new_open", 4, 3)[[min(n, 3) for n in some]]
        breaks = table("new_break", 3, 2)
        new = filled[:, :, None] + still_open[None, None] + breaks[:, 1]
        self._new = new.transpose(3, 0, 1, 2).tolist()  # before, content, missing, unfinished
        self._first = breaks[:, 0].tolist()
        numbered = table("new_number", 4).tolist()
        self._numbered = [numbered[0]] * 2 if self.number < 0 else numbered[1:3]
        self._again = (0.0, numbered[3])
        self._match = table("number_match", 6).tolist()
        self._follows = table("new_content_follow", FOLLOW_BUCKETS, 4).tolist()
        self._full_content = table("full_content", FOLLOW_BUCKETS).tolist()
        self._label = table("span_label", 3, 6).tolist()
        self._shape = table("span_shape", 4, 6).tolist()
        self._span_break = table("span_break", 3).tolist()
        self._span_filled = table("span_filled", 6)[[min(n, 5) for n in some]].tolist()
        self._span_on = table("span_on", 4, 2).tolist()

    def face(self, chunk: Chunk) -> None:
        """Work out what all moves of a piece share, whatever was read before."""
        self.chunk = chunk
        middle = 0 if chunk.opens_line else 1
        self.before = before = 0 if middle else chunk.before
        said = self.said.get(chunk.first)
        if said is None:
            said = self.said[chunk.first] = self._say(chunk, middle)
        self.go, self.cont, self.begin, self.new, self.span = said
        self.may_number = chunk.label > 0 and self.judge.may_number(chunk)
        self.label = self.judge.label(chunk) if chunk.label else None
        self.skip = self._skip[middle][min(before, 1)]
        self.late = self._late[before]
        self.distance = self._distance[middle][before]
        self.tail_case = self._tail_case[min(before, 1)][chunk.manner]
        self.tails: dict[int, float] = {}  # by the id of a cell's end, which lives as long as the piece is faced
        self.over = self._over[chunk.follow]
        self.ahead = SPACE_WIDTH + chunk.head_width
        if not middle:
            total = self.judge.total_width
            broad = min(int(chunk.line_width / total * 6), 4) + 1 if total > 0 else 0
            self.span += self._shape[min(chunk.line_gaps, 3)][broad]

    def _say(self, chunk: Chunk, middle: int) -> Said:
        """What a piece says by itself for each deed and column."""
        manner, tagged, speaks, opens = chunk.manner, self._tagged, chunk.speaks, chunk.opens
        tag, (own, first), kinds, deed = tagged[0], self._opens, self.kinds, self._deed
        said = [w * speaks[k] + tag * t for w, k, t in zip(self._speaks, kinds, chunk.tags, strict=False)]
        begins, begins_not = (tagged[1] * p for p in chunk.begins)
        opens_row, opens_none = (tagged[2] * p for p in chunk.row_opens)
        on = begins_not + opens_none
        cont = [s + d + on for s, d in zip(said, deed[CONTINUE][middle], strict=True)]
        starts = [s + b for s, b in zip(said, self._begin[manner], strict=True)]
        inside = begins + opens_none
        begin = [
            s + d + o * opens[k] + inside for s, d, o, k in zip(starts, deed[BEGIN][middle], own, kinds, strict=True)
        ]
        if middle:
            ruled = chunk.ruled
            on += self._follow_on[chunk.follow][chunk.full_follow][ruled]
            on += self._gap_case[chunk.previous_ending][manner][ruled]
            on += self._gaps_on[min(chunk.line_gaps, 3)][chunk.follow < 4]
            return [s + d + on for s, d in zip(said, deed[GO_ON][1], strict=True)], cont, begin, [], 0.0
        new = begins + opens_row
        fresh = [
            s + d + o * opens[k] + new for s, d, o, k in zip(starts, deed[NEW_ROW][0], first, kinds, strict=True)
        ]
        span = self._span_speaks * speaks[Kind.SECTION] + tag * chunk.tags[-1] + new
        return [], cont, begin, fresh, span + self._span_deed + self._span_break[chunk.before]

    def moves(self, state: State) -> list[Priced]:
        """All moves that the rules of a table allow, as :meth:`Judge.options` lists them, with their prices."""
        if state.span == self.chunk.row:
            return [(self._span_goes_on(1), _SPAN_ON)]
        return self._later(state) if state.column >= 0 else self._opening(state)

    def _later(self, state: State) -> list[Priced]:
        """Moves within a line."""
        column, width, ending, cells, row_start, *_ = state
        row = self.chunk.row
        known, edges = self._known, self._edges
        over = known[column] + bisect_right(edges[column], width + self.ahead)
        found = [(self.go[column] + self.over[column][over], self.steps[GO_ON][column])]
        if column + 1 == len(cells):
            return found
        leave = self._leave[column][known[column] + bisect_right(edges[column], width)][ending]
        late, tails = self.late[min(row - row_start, 5)], self.tails
        unfinished = empty = 0
        for to in range(column + 1, len(cells)):
            tail = cells[to]
            is_number = to == self.number
            if tail is None:
                if not is_number or self.may_number:
                    price = leave + self.skip[unfinished][empty] + self.begin[to] + late[to]
                    if is_number:
                        price += self._matched(state.label, state.since)
                    found.append((price, self.steps[BEGIN][to]))
                empty += not is_number
            else:
                if not is_number:
                    more = tails.get(id(tail))
                    if more is None:
                        more = tails[id(tail)] = self._continued(to, tail)
                    price = leave + self.skip[unfinished][empty] + self.cont[to] + more
                    found.append((price, self.steps[CONTINUE][to]))
                unfinished += tail.open and row - tail.row <= RECENT
        return found

    def _opening(self, state: State) -> list[Priced]:
        """Moves at the start of a line."""
        _, _, _, cells, row_start, label, since, numbered, span = state
        row = self.chunk.row
        found: list[Priced] = []
        if 0 <= span == row - 1:
            found.append((self._span_goes_on(0), _SPAN_ON))
        missing = cells.count(None) - (self.number >= 0 and not numbered)
        matched = match_label(self.label, label, since + 1) if self.label else 0
        called = self._label[self.chunk.label][matched]
        found.append((self.span + called + self._span_filled[missing], _SPAN))
        if row_start < 0:
            opened = self._first[self.before]
        else:
            waiting = 0
            for tail in cells:
                if tail is not None and tail.open and row - tail.row <= RECENT:
                    waiting += 1
            content = self.content >= 0 and cells[self.content] is not None
            opened = self._new[self.before][content][missing][waiting] + self._numbered[numbered]
            late = self.late[min(row - row_start, 5)]
        tails = self.tails
        unfinished = empty = 0
        for to in self.columns:
            tail = cells[to]
            is_number = to == self.number
            if not is_number or self.may_number:
                skip = self.skip[unfinished][empty]
                if row_start >= 0:
                    if tail is None:
                        price = skip + self.begin[to] + late[to]
                        if is_number:
                            price += self._matched(label, since)
                        found.append((price, self.steps[BEGIN][to]))
                    elif not is_number:
                        more = tails.get(id(tail))
                        if more is None:
                            more = tails[id(tail)] = self._continued(to, tail)
                        found.append((skip + self.cont[to] + more, self.steps[CONTINUE][to]))
                price = skip + self.new[to] + opened
                if is_number:
                    price += self._matched(label, since + 1) + self._again[numbered]
                elif tail is not None and to == self.content:
                    price += self._after_content(tail)
                found.append((price, self.steps[NEW_ROW][to]))
            if tail is None:
                empty += not is_number
            elif tail.open and row - tail.row <= RECENT:
                unfinished += 1
        return found

    def _span_goes_on(self, middle: int) -> float:
        chunk, tagged = self.chunk, self._tagged
        return float(
            self._span_on_deed[middle]
            + self._span_on[chunk.manner][chunk.before > 0]
            + self._span_speaks * chunk.speaks[Kind.SECTION]
            + tagged[0] * chunk.tags[-1]
            + tagged[1] * chunk.begins[1]
            + tagged[2] * chunk.row_opens[1]
        )

    def _matched(self, last: Label | None, since: int) -> float:
        return float(self._match[match_label(self.label, last, since) if self.label else 0])

    def _after_content(self, tail: Tail) -> float:
        """What speaks for a new row by how the piece follows the end of the task above."""
        language, chunk = self.judge.language, self.chunk
        follows = self._follows[language.follow(tail.word, chunk.head_id)][tail.ending]
        return float(follows + self._full_content[language.full_follow(tail.full, chunk.full_head)])

    def _continued(self, column: int, tail: Tail) -> float:
        """What speaks for going on with a cell; rivals share their ends of cells, so each is weighed once."""
        chunk, language = self.chunk, self.judge.language
        word, full, ending, row, width, _ = tail
        ended = ending >= CLAUSE
        follow = language.follow(word, chunk.head_id)
        used = width + SPACE_WIDTH + chunk.head_width
        fit = self._known[column] + bisect_right(self._edges[column], used)
        away = chunk.row - row - 1
        return float(
            self._tail[follow][language.full_follow(full, chunk.full_head)][ended]
            + self.tail_case[ending][column]
            + self.distance[0 if away < 0 else 4 if away > 4 else away][column]
            + self._fit[column][fit][follow][ended * 2 + (chunk.manner != LOWER)]
        )


_SPAN, _SPAN_ON = Step(SPAN, -1), Step(SPAN_ON, -1)
assert {CLAUSE, FULL_STOP} == {2, 3}  # the endings that end a sentence are the highest

"""Prices: what every move open to a piece weighs, summed from tables.

The same sums as :mod:`~planparse.recognise.tables.evidence` names weight by weight (a test holds them together),
worked out where they first are known: once a table, once a piece, once a cell's end; only then move by move. The
search asks for some thirty moves a piece, so this is where its time goes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from planparse.recognise.tables.chunks import CLAUSE, FULL_STOP, LOWER, Chunk
from planparse.recognise.tables.kinds import Kind
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
from planparse.recognise.tables.price_tables import PriceTables, price_tables
from planparse.recognise.tables.words import SPACE_WIDTH

Priced = tuple[float, Step]
Said = tuple[list[float], list[float], list[float], list[float], float]
"""What a piece says by itself, for each column: for going on, continuing, beginning, a new row; and for a title."""


class Prices:
    """Moves and their prices under one set of weights; :meth:`face` a piece, then ask for states before it."""

    def __init__(self, judge: Judge, weights: Sequence[float], said: dict[int, Said] | None = None) -> None:
        """``said`` is :attr:`said` of an earlier reading of the same pieces under the same weights."""
        self.said = {} if said is None else said

        self.judge = judge
        self.number, self.content = judge.number, judge.content
        self.kinds = [int(kind) for kind in judge.frame.kinds]
        self.columns = range(len(self.kinds))
        self.steps = [[Step(deed, column) for column in self.columns] for deed in range(N_DEEDS)]

        self.tables = tables = PriceTables(*(table.tolist() for table in price_tables(weights, judge.frame)))
        self._known = [int(width > 0) for width in judge.frame.widths]
        self._edges = [edges if known else [] for edges, known in zip(tables.edges, self._known, strict=True)]

    def face(self, chunk: Chunk) -> None:
        """Work out what all moves of a piece share, whatever was read before."""
        self.chunk = chunk
        middle = 0 if chunk.opens_line else 1
        self.before = before = 0 if middle else chunk.before
        said = self.said.get(chunk.first)
        if said is None:
            said = self.said[chunk.first] = self._say(chunk, middle)
        self.go, cont, begin, new, self.span = said
        fits = self._fits(chunk)
        self.cont = [price + fit for price, fit in zip(cont, fits, strict=True)]
        self.begin = [price + fit for price, fit in zip(begin, fits, strict=True)]
        self.new = [price + fit for price, fit in zip(new, fits, strict=False)]  # none within a line
        self.may_number = chunk.label > 0 and self.judge.may_number(chunk)
        self.label = self.judge.label(chunk) if chunk.label else None
        self.skip = self.tables.skip[middle][min(before, 1)]
        self.late = self.tables.late[before]
        self.distance = self.tables.distance[middle][before]
        self.tail_case = self.tables.tail_case[min(before, 1)][chunk.manner]
        self.tails: dict[int, float] = {}  # by the id of a cell's end, which lives as long as the piece is faced
        self.over = self.tables.over[chunk.follow]
        self.ahead = SPACE_WIDTH + chunk.head_width
        if not middle:
            total = self.judge.total_width
            broad = min(int(chunk.line_width / total * 6), 4) + 1 if total > 0 else 0
            self.span += self.tables.shape[min(chunk.line_gaps, 3)][broad]

    def _fits(self, chunk: Chunk) -> list[float]:
        """For each column, what speaks for the piece by its own width."""
        own, width = self.tables.own[chunk.opens_line and chunk.closes_line], chunk.width
        return [
            by_fill[known + bisect_right(edges, width)]
            for by_fill, known, edges in zip(own, self._known, self._edges, strict=True)
        ]

    def _say(self, chunk: Chunk, middle: int) -> Said:
        """What a piece says by itself for each deed and column."""
        manner, tagged, speaks, opens = chunk.manner, self.tables.tagged, chunk.speaks, chunk.opens
        tag, (own, first), kinds, deed = tagged[0], self.tables.opens, self.kinds, self.tables.deed
        said = [w * speaks[k] + tag * t for w, k, t in zip(self.tables.speaks, kinds, chunk.tags, strict=False)]
        begins, begins_not = (tagged[1] * p for p in chunk.begins)
        opens_row, opens_none = (tagged[2] * p for p in chunk.row_opens)
        on = begins_not + opens_none
        cont = [s + d + on for s, d in zip(said, deed[CONTINUE][middle], strict=True)]
        starts = [s + b for s, b in zip(said, self.tables.begin[manner], strict=True)]
        inside = begins + opens_none
        begin = [
            s + d + o * opens[k] + inside for s, d, o, k in zip(starts, deed[BEGIN][middle], own, kinds, strict=True)
        ]
        if middle:
            ruled = chunk.ruled
            on += self.tables.follow_on[chunk.follow][chunk.full_follow][ruled]
            on += self.tables.gap_case[chunk.previous_ending][manner][ruled]
            on += self.tables.gaps_on[min(chunk.line_gaps, 3)][chunk.follow < 4]
            return [s + d + on for s, d in zip(said, deed[GO_ON][1], strict=True)], cont, begin, [], 0.0
        new = begins + opens_row
        fresh = [
            s + d + o * opens[k] + new for s, d, o, k in zip(starts, deed[NEW_ROW][0], first, kinds, strict=True)
        ]
        span = self.tables.span_speaks * speaks[Kind.SECTION] + tag * chunk.tags[-1] + new
        return [], cont, begin, fresh, span + self.tables.span_deed + self.tables.span_break[chunk.before]

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
        leave = self.tables.leave[column][known[column] + bisect_right(edges[column], width)][ending]
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
        called = self.tables.label[self.chunk.label][matched]
        found.append((self.span + called + self.tables.span_filled[missing], _SPAN))
        if row_start < 0:
            opened = self.tables.first[self.before]
        else:
            waiting = 0
            for tail in cells:
                if tail is not None and tail.open and row - tail.row <= RECENT:
                    waiting += 1
            content = self.content >= 0 and cells[self.content] is not None
            opened = self.tables.new[self.before][content][missing][waiting] + self.tables.numbered[numbered]
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
                    price += self._matched(label, since + 1) + self.tables.again[numbered]
                elif tail is not None and to == self.content:
                    price += self._after_content(tail)
                found.append((price, self.steps[NEW_ROW][to]))
            if tail is None:
                empty += not is_number
            elif tail.open and row - tail.row <= RECENT:
                unfinished += 1
        return found

    def _span_goes_on(self, middle: int) -> float:
        chunk, tagged = self.chunk, self.tables.tagged
        return float(
            self.tables.span_on_deed[middle]
            + self.tables.span_on[chunk.manner][chunk.before > 0]
            + self.tables.span_speaks * chunk.speaks[Kind.SECTION]
            + tagged[0] * chunk.tags[-1]
            + tagged[1] * chunk.begins[1]
            + tagged[2] * chunk.row_opens[1]
        )

    def _matched(self, last: Label | None, since: int) -> float:
        return float(self.tables.match[match_label(self.label, last, since) if self.label else 0])

    def _after_content(self, tail: Tail) -> float:
        """What speaks for a new row by how the piece follows the end of the task above."""
        language, chunk = self.judge.language, self.chunk
        follows = self.tables.follows[language.follow(tail.word, chunk.head_id)][tail.ending]
        return float(follows + self.tables.full_content[language.full_follow(tail.full, chunk.full_head)])

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
            self.tables.tail[follow][language.full_follow(full, chunk.full_head)][ended]
            + self.tail_case[ending][column]
            + self.distance[0 if away < 0 else 4 if away > 4 else away][column]
            + self.tables.fit[column][fit][follow][ended * 2 + (chunk.manner != LOWER)]
        )


_SPAN, _SPAN_ON = Step(SPAN, -1), Step(SPAN_ON, -1)
assert {CLAUSE, FULL_STOP} == {2, 3}  # the endings that end a sentence are the highest

"""Which words of a cell might belong to another: beginnings and ends of its lines, and lines at its beginning or end.

A cell gives words to another cell of its row, or whole lines to its own column in the row above or below. Asked are
words and lines that the tagger would about as soon have elsewhere; and, whatever it says, words that make a usual
deadline of the one beside them, and lines that stand nearer another row. Words that would jump over a neighbour on
their line never go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from planparse.recognise.passage import Range
from planparse.recognise.tables.deadline_forms import form_shapes, shape
from planparse.recognise.tables.doubts import word_key
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.reassign_table import ROLES, Piece, Row, Said, Table, words_of_pieces


@dataclass(frozen=True)
class Doubt:
    """From which log odds of the tagger for another column over its own a word is looked at (``word``), and, on the
    average, lines at the beginning or end of a cell (``lines``), those of which a part stays (``part``), and each
    line (``piece``). What goes to another row is at least ``apart`` lines from the other cells of its own, and at
    most ``near`` lines from that row."""

    word: float = -1.0
    lines: float = -3.0
    part: float = -2.0
    piece: float = -5.0
    apart: int = 4
    near: int = 2


DOUBT = Doubt()
MOST = 5
"""Words at an end of a piece that may go; or all but so few that stay."""
STAY = 2
MOST_LINES = 6
"""Pieces that may go together."""
NEAR_DEADLINE = 2
"""Lines at most between a deadline and the words that make it whole."""
LACKING, LONG_DEADLINE = 4, 16
"""Words at most that make a deadline whole; words from which no usual deadline is that long."""

_DATE_OF, _YEAR = re.compile(r"\d:$"), re.compile(r"(?<!\d)20\d\d(?![-–])")


@dataclass(slots=True, eq=False)
class Move:
    """Words given to the cell ``role`` of row ``to``: of the pieces ``run``, which follow one another in a cell, all
    but ``first`` words of the first and those from ``last`` on of the last."""

    run: Sequence[Piece]
    first: int
    last: int
    role: str
    to: int
    said: list[Said]
    """The words."""

    @classmethod
    def of(cls, run: Sequence[Piece], first: int, last: int, role: str, to: int | None = None) -> Move:
        """A move; ``to`` is the row of the pieces where it isn't told."""
        said = (
            run[0].said[first:last]
            if len(run) == 1
            else [*run[0].said[first:], *(one for piece in run[1:-1] for one in piece.said), *run[-1].said[:last]]
        )
        return cls(run, first, last, role, run[0].row if to is None else to, said)

    @property
    def piece(self) -> Piece:
        """The first piece."""
        return self.run[0]

    @property
    def whole(self) -> bool:
        """Whether nothing of the pieces stays."""
        return not self.first and self.last == len(self.run[-1].said)


def possible_moves(table: Table, rows: Iterable[Row], doubt: Doubt = DOUBT) -> list[Move]:
    """The moves worth judging: of what the tagger doubts so much."""
    found: list[Move] = []
    for row in rows:
        bounds, known = _bounds(table, row), len(found)
        for role, pieces in row.items():
            if role in table.order:
                for piece in pieces:
                    found += _of_piece(table, piece, bounds[piece.place], doubt)
                found += _of_lines(table, row, pieces, bounds, doubt)
                found += _to_other_rows(table, row, pieces, doubt)
        if "deadline" in row and "deadline" in table.order:
            some = [move for move in found[known:] if move.role == "deadline" and len(move.run) == 1]
            asked = {(move.piece.place, move.first, move.last) for move in some}
            found += (m for m in _to_deadline(table, row, bounds) if (m.piece.place, m.first, m.last) not in asked)
    return [move for move in found if not _tears_dates(table, move)]


def _bounds(table: Table, row: Row) -> dict[Range, tuple[int, int]]:
    """For each piece of a row the first and the last column that can stand between its neighbours on its line."""
    order, lines = table.order, dict[int, list[Piece]]()
    for pieces in row.values():
        for piece in pieces:
            lines.setdefault(piece.line, []).append(piece)
    found = {}
    for line in lines.values():
        line.sort(key=lambda piece: piece.start)
        for at, piece in enumerate(line):
            least = order.get(line[at - 1].role, 0) if at else 0
            last = order.get(line[at + 1].role, len(order)) if at + 1 < len(line) else len(order)
            found[piece.place] = (least, last)
    return found


def _of_piece(table: Table, piece: Piece, bounds: tuple[int, int], doubt: Doubt) -> Iterator[Move]:
    """Moves of a piece, or of words at its ends, to the columns of its row that ``bounds`` are the ends of."""
    own, here = USUAL_ORDER.index(piece.role), table.order[piece.role]
    doubts = table.judged.doubts
    if not any(doubts[n][own] >= doubt.word for n in table.judged.within(piece.place)):
        return
    heard, size = table.heard(piece), len(piece.said)
    counts = [0, *accumulate(told is not None for told in heard)]
    for role, there in table.order.items():
        if role not in ROLES or role == piece.role or not bounds[0] <= there <= bounds[1]:
            continue
        odds = _odds(heard, own, USUAL_ORDER.index(role))
        if max(odds) < doubt.word:
            continue
        sums = [0.0, *accumulate(odds)]
        ends = [(0, size)]
        if there < here:
            ends += [(0, end) for end in range(1, size) if end <= MOST or size - end <= STAY]
        else:
            ends += [(start, size) for start in range(1, size) if size - start <= MOST or start <= STAY]
        for start, end in ends:
            if sums[end] - sums[start] > doubt.word * max(1, counts[end] - counts[start]) and _says(
                piece.said[start:end]
            ):
                yield Move.of([piece], start, end, role)


def _of_lines(
    table: Table, row: Row, pieces: Sequence[Piece], bounds: dict[Range, tuple[int, int]], doubt: Doubt
) -> Iterator[Move]:
    """Moves of lines at the beginning or end of a cell to another cell of its row, the last or first in part."""
    role, count = pieces[0].role, len(pieces)
    own, here = USUAL_ORDER.index(role), table.order[role]
    ends = [end for end in (False, True) if table.doubt(pieces[-1 if end else 0]) >= doubt.piece]
    for other, there in table.order.items() if ends else ():
        if other not in ROLES or other == role:
            continue
        lines = [piece.line for piece in row.get(other, ())]
        for end in ends:
            odds: list[float] = []
            for size in range(1, min(count - end, MOST_LINES) + 1):
                run = pieces[count - size :] if end else pieces[:size]
                piece = run[0] if end else run[-1]
                least, last = bounds[piece.place]
                if not least <= there <= last or any(run[0].line < line < run[-1].line for line in lines):
                    break
                told = _odds(table.heard(piece), own, USUAL_ORDER.index(other))
                if sum(told) < doubt.piece * len(told):
                    break
                odds = told + odds if end else odds + told
                for start, stop in _cuts(run, there > here, end or size == count, not end):
                    some = odds[start : len(odds) - len(run[-1].said) + stop]
                    bar = doubt.lines if start == 0 and stop == len(run[-1].said) else doubt.part
                    if sum(some) > bar * len(some) and (size > 1 or sum(some) <= doubt.word * len(some)):
                        yield Move.of(run, start, stop, other)


def _cuts(run: Sequence[Piece], right: bool, end: bool, start: bool) -> Iterator[tuple[int, int]]:
    """Words from which and to which lines at the end or at the start of a cell go: all; or not the first of the first
    line, where those at the end go to the right, or not the last of the last line, where those at the start go to the
    left."""
    size = len(run[-1].said)
    yield 0, size
    if len(run) > 1 and right and end:
        length = len(run[0].said)
        yield from ((first, size) for first in range(1, length) if length - first <= STAY or first <= STAY)
    elif len(run) > 1 and not right and start:
        yield from ((0, last) for last in range(1, size) if last <= STAY or size - last <= STAY)


def _to_other_rows(table: Table, row: Row, pieces: Sequence[Piece], doubt: Doubt) -> Iterator[Move]:
    """Moves of lines at the end of a cell to the row below, and of those at its beginning to the row above, where
    they are near that row and far from what else is in their own."""
    at, role, count = pieces[0].row, pieces[0].role, len(pieces)
    beside = [piece.line for other, cell in row.items() if other != role for piece in cell]
    for to in (at - 1, at + 1):
        if not (0 <= to < len(table.rows) and table.rows[to]):
            continue
        there = table.rows[to]
        lines = [piece.line for piece in there.get(role) or (one for cell in there.values() for one in cell)]
        for size in range(1, min(count, MOST_LINES) + 1):
            run = pieces[:size] if to < at else pieces[count - size :]
            first, last = run[0].line, run[-1].line
            if to < at:
                near, far = first - max(lines), min(beside) - last if beside else doubt.apart
            else:
                near, far = min(lines) - last, first - max(beside) if beside else doubt.apart
            if near <= 0 or far < doubt.apart:
                break
            if near <= doubt.near:
                yield Move.of(run, 0, len(run[-1].said), role, to)


def _to_deadline(table: Table, row: Row, bounds: dict[Range, tuple[int, int]]) -> Iterator[Move]:
    """Moves of words near a deadline that make a usual one of it, whatever the tagger says: ``Theo tiến độ của``
    beside ``viên chức Trung ương``."""
    deadline, there = row["deadline"], table.order["deadline"]
    words = words_of_pieces(deadline)
    usual = form_shapes().whole
    if len(words) > LONG_DEADLINE or said_shape(words) in usual:
        return
    columns = table.order.keys() - {"deadline"}
    others = [piece for role, pieces in row.items() if role in columns for piece in pieces]
    for piece in others:
        near = min(abs(piece.line - one.line) for one in deadline) <= NEAR_DEADLINE
        if not (near and bounds[piece.place][0] <= there <= bounds[piece.place][1]):
            continue
        size, right = len(piece.said), there > table.order[piece.role]
        for count in range(1, min(LACKING, size) + 1):
            first, last = (size - count, size) if right else (0, count)
            place = (piece.line, piece.said[first].word.start)
            before = [said for said in words if said.place < place]
            behind = [said for said in words if said.place > place]
            if said_shape([*before, *piece.said[first:last], *behind]) in usual:
                yield Move.of([piece], first, last, "deadline")


def _tears_dates(table: Table, move: Move) -> bool:
    """Whether a date is parted from what it is the date of (``Đến 31/12/2025: Hoàn thành …``), or set right beside
    another in a deadline."""
    own = table.cell(move.piece.row, move.piece.role)
    at = own.starts[own.pieces.index(move.piece)] + move.first
    before, behind = own.words[:at][-1:], own.words[at + len(move.said) :]
    if (behind and _DATE_OF.search(move.said[-1].text)) or (before and _DATE_OF.search(before[0].text)):
        return True
    if move.role != "deadline":
        return False
    others = table.cell(move.to, "deadline").words
    first, last = move.said[0], move.said[-1]
    pairs = [(said, first) for said in others if said.place < first.place][-1:]
    pairs += [(last, said) for said in others if said.place > last.place][:1]
    return any(_YEAR.search(one.text) and _YEAR.search(other.text) for one, other in pairs)


def said_shape(said: Iterable[Said]) -> str:
    """The shape of what words say as a deadline."""
    return shape(key for one in said if (key := word_key(one.text)))


def _odds(heard: Iterable[list[float] | None], own: int, other: int) -> list[float]:
    """By how much the tagger would rather have words in one column than in another, log odds."""
    return [0.0 if told is None else told[other] - told[own] for told in heard]


def _says(said: Iterable[Said]) -> bool:
    """Whether there is a letter or a figure in some words."""
    return any(c.isalnum() for word, _, _ in said for c in word.text)

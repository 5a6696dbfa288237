"""What tells that words or lines of a cell belong to another cell.

One row of numbers for each move that might be: what the tagger said of the words, how well the language goes on into
them and out of them where they stand and where they would, whether a usual deadline is made or broken, how far the
lines around are, what stands beside the words in the ink, and how often the document says words so. :mod:`reassign`
judges moves by these rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.tables.deadline_forms import form_shapes
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.reassign_moves import LONG_DEADLINE, Move, said_shape
from planparse.recognise.tables.reassign_table import (
    BULLETS,
    REPEATED,
    ROLES,
    Piece,
    Said,
    Table,
    brackets,
    words_of_pieces,
)
from planparse.recognise.tables.stray_signs import BEHIND, ODDS
from planparse.recognise.tables.tags import BEGINS, JUNK, OPENS, SPAN
from planparse.restore.model import load
from planparse.restore.text import RestoredText
from planparse.restore.words import S

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIT = 25.0
"""Bound of what the language says for or against a move."""
_FAR_LINES = 6
_BAR_BEFORE, _BAR_BEHIND = re.compile(r"[|_]\W*$"), re.compile(r"\W*[|_]")


class Place(NamedTuple):
    """Where words stand, or would: the pieces of the cell before and behind, and the words that these have."""

    above: Sequence[Piece]
    below: Sequence[Piece]
    before: list[Said]
    behind: list[Said]


def signs_of_moves(table: Table, moves: Sequence[Move]) -> NDArray[Any]:
    """Signs of some moves, (moves, signs)."""
    import numpy as np

    places = [_places(table, move) for move in moves]
    told = [
        [*_tags(table, move), *_forms(move, *both), *_table(table, move, *both), *_lines(table, move, *both),
         *_looks(move, *both), *_ink(table.text, move), *_known(table, move, *both), *_rows(table, move, *both),
         *_middles(table, move, *both)]
        for move, both in zip(moves, places, strict=True)
    ]  # fmt: skip
    return np.concatenate([_language(moves, places), np.array(told, dtype=np.float32)], axis=1).astype(np.float32)


def _places(table: Table, move: Move) -> tuple[Place, Place]:
    """Where the words of a move stand, and where they would."""
    first, last = move.run[0], move.run[-1]
    cell = table.cell(first.row, first.role)
    at = cell.pieces.index(first)
    behind = at + len(move.run)
    here = Place(
        [*cell.pieces[:at], *([first] if move.first else [])],
        [*([last] if move.last < len(last.said) else []), *cell.pieces[behind:]],
        cell.words[: cell.starts[at] + move.first],
        cell.words[cell.starts[behind - 1] + move.last :],
    )
    other = table.cell(move.to, move.role)
    line, start = first.line, move.said[0].word.start
    over = [p for p in other.pieces if p.line < line or (p.line == line and p.start < start)]
    count = len(over)
    if over == other.pieces[:count]:
        cut = other.starts[count]
        return here, Place(over, other.pieces[count:], other.words[:cut], other.words[cut:])
    under = [p for p in other.pieces if p not in over]  # a page that was read column by column
    return here, Place(over, under, words_of_pieces(over), words_of_pieces(under))


def _language(moves: Sequence[Move], places: Sequence[tuple[Place, Place]]) -> NDArray[Any]:
    """How much likelier the words are behind those before them (here, there), how much likelier those behind are
    with them (here, there), how likely they are by themselves, and how much all that speaks for the move."""
    import numpy as np

    line: list[int] = []
    asked: list[int] = []
    ends = [0]

    def ask(before: list[int], words: list[int]) -> None:
        seen = ([S] * BEHIND + before)[-BEHIND:] + words[:BEHIND]
        asked.extend(range(len(line), len(line) + len(seen) - BEHIND))
        ends.append(len(asked))
        line.extend(seen)

    for move, both in zip(moves, places, strict=True):
        words = [said.number for said in move.said]
        ask([], words)
        for place in both:
            before = [said.number for said in place.before[-BEHIND:]]
            behind = [*(said.number for said in place.behind[:BEHIND]), S]
            ask(before, words)
            ask(before + words, behind)
            ask(before, behind)
    grams = np.array(line)[np.array(asked)[:, None] + np.arange(BEHIND + 1)]
    sums = np.concatenate(([0], np.cumsum(load().language.log_p(grams))))[ends]
    alone, here_in, here_out, here_without, there_in, there_out, there_without = np.diff(sums).reshape(-1, 7).T
    fits = [here_in - alone, here_out - here_without, there_in - alone, there_out - there_without]
    told = np.stack([*fits, alone, fits[2] + fits[3] - fits[0] - fits[1]], axis=1)
    return np.asarray(np.clip(told, -_FIT, _FIT))


def _tags(table: Table, move: Move) -> list[float]:
    """What the tagger said of the words: this column, that one, the odds between them, a speck, a row across."""
    every = [told for piece in move.run for told in table.heard(piece)]
    heard = [told for told in every[move.first : move.first + len(move.said)] if told is not None]
    if not heard:
        return [0.0] * 10
    own, other = USUAL_ORDER.index(move.piece.role), USUAL_ORDER.index(move.role)
    here, there, junk, span = ([told[tag] for told in heard] for tag in (own, other, JUNK, SPAN))
    odds = [b - a for a, b in zip(here, there, strict=True)]
    means = (sum(part) / len(part) for part in (here, there, odds))
    begins = (_bounded(heard[0][tag]) for tag in (BEGINS, OPENS))
    return [*means, max(odds), min(odds), sum(junk) / len(junk), sum(span) / len(span), *begins, 1.0]


def _bounded(odds: float) -> float:
    return min(ODDS, max(-ODDS, odds))


def _forms(move: Move, here: Place, there: Place) -> list[float]:
    """Whether the cells are usual deadlines, and whether they are beginnings of such: this one with the words and
    without, that one without and with."""

    def usual(role: str, *parts: list[Said]) -> tuple[bool, bool]:
        if role != "deadline" or sum(map(len, parts)) > LONG_DEADLINE:
            return False, False
        said, forms = said_shape(one for part in parts for one in part), form_shapes()
        return said in forms.whole, said in forms.begun

    return [
        *usual(move.piece.role, here.before, move.said, here.behind),
        *usual(move.piece.role, here.before, here.behind),
        *usual(move.role, there.before, there.behind),
        *usual(move.role, there.before, move.said, there.behind),
    ]


def _lines(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """How far the lines above and below are in both cells, and what begins there."""
    first, last = move.run[0].line, move.run[-1].line
    lines = {piece.line for piece in move.run}
    same = any(piece.line in lines for piece in (*there.above, *there.below))
    found: list[float] = []
    for place in (here, there):
        found += [
            min(_FAR_LINES, first - place.above[-1].line) if place.above else _FAR_LINES,
            min(_FAR_LINES, place.below[0].line - last) if place.below else _FAR_LINES,
            not place.above,
            not place.below,
        ]
    return [
        *found,
        not there.above and not there.below,
        same,
        *_begins(table, here.below),
        *_begins(table, there.below),
    ]


def _begins(table: Table, below: Sequence[Piece]) -> list[float]:
    """Log odds that the words behind begin a cell, and whether the tagger said so."""
    told = table.heard(below[0])[0] if below else None
    return [0.0, 0.0] if told is None else [_bounded(told[BEGINS]), 1.0]


def _looks(move: Move, here: Place, there: Place) -> list[float]:
    """How the words are written, how sure they are, and what stands around them in both cells."""
    said = move.said
    sure = [each.word.confidence for each in said]
    sizes = [len(said), *(len(place.before) + len(place.behind) for place in (here, there))]
    found = [min(sizes[0], 12), sum(sure) / len(sure), min(sure), *(min(size, 40) / 10 for size in sizes[1:])]
    for words in (here.before, there.before, said):
        last = words[-1].text[-1:] if words else ""
        found += [last in (".", ";"), last in (",", "-")]
    for words in (said, here.behind, there.behind):
        first = words[0].text[:1] if words else ""
        found += [first.isupper(), first.islower(), first in BULLETS]
    columns = USUAL_ORDER.index(move.piece.role), USUAL_ORDER.index(move.role)
    found += [columns[1] - columns[0], columns[1] > columns[0], move.whole, not move.whole and not move.first]
    return [*found, *(move.piece.role == role for role in ROLES), *(move.role == role for role in ROLES)]


def _ink(text: RestoredText, move: Move) -> list[float]:
    """Spaces and ruling lines on either side of the words."""
    first, last = move.said[0].word, move.said[-1].word
    before = text.source.lines[first.line - 1].text[: first.start]
    behind = text.source.lines[last.line - 1].text[last.start + len(last.ink) :]
    gaps = [min(5, len(before) - len(before.rstrip())), min(5, len(behind) - len(behind.lstrip()))]
    return [*gaps, _BAR_BEFORE.search(before) is not None, _BAR_BEHIND.match(behind) is not None]


def _table(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """How often the table says the words so, how they fill its columns, how far apart these are, how sure it was."""
    keys = [said.key for said in move.said]
    pairs, found = table.pairs, []
    for place, own in ((here, 1), (there, 0)):
        before = place.before[-1].key if place.before else "^"
        behind = place.behind[0].key if place.behind else "$"
        found += [pairs[before, keys[0]] - own, pairs[keys[-1], behind] - own, pairs[before, "$"], pairs["^", behind]]
    found += [pairs["^", keys[0]], pairs[keys[-1], "$"]]
    _, start, end = move.piece.place
    letters = sum(len(said.text) + 1 for said in move.said)
    line = sum(p.place[2] - p.place[1] for p in (*there.above, *there.below) if p.line == move.piece.line)
    wide = (
        (end - start) / table.widths[move.piece.role],
        (line + letters) / table.widths.get(move.role, line + letters),
    )
    apart = abs(table.order[move.role] - table.order[move.piece.role])
    return [*(min(4.0, max(0, times)) for times in found), *wide, apart, table.sure.get(move.piece.place, 1.0)]


def _known(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """How many other cells say just what these would: this one with the words and without, that one without and with;
    how many pieces go; brackets that the move closes; bullets that stay and that are there."""
    said = move.said

    def times(role: str, own: int, *parts: list[Said]) -> float:
        if not 0 < sum(map(len, parts)) <= REPEATED:
            return 0.0
        return min(3.0, max(0, table.texts[role, *(one.key for part in parts for one in part)] - own))

    role = move.piece.role
    closed = 0
    if any(piece.brackets is not None for piece in move.run):
        moved = brackets(said) or 0
        stays = sum(piece.brackets or 0 for piece in table.rows[move.piece.row][role]) - moved
        waits = sum(piece.brackets or 0 for piece in (*there.above, *there.below))
        closed = abs(stays + moved) + abs(waits) - abs(stays) - abs(waits + moved)
    return [
        times(role, 1, here.before, said, here.behind),
        times(role, 0, here.before, here.behind),
        times(move.role, 1, there.before, there.behind),
        times(move.role, 0, there.before, said, there.behind),
        len(move.run),
        closed,
        *(min(3, sum([p.bullet for p in (*place.above, *place.below)])) for place in (here, there)),
    ]


def _rows(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """Of lines that would go to another row: where they stand beside the numbers and other cells of both rows."""
    row, to = move.piece.row, move.to
    if row == to:
        return [0.0] * 14
    first, last = move.run[0].line, move.run[-1].line
    found: list[float] = [to - row, not here.before and not here.behind, not there.before and not there.behind]
    for n in (row, to):
        number = table.numbers[n]
        found += [0.0, 0.0, 0.0] if number is None else [1.0, _near(first - number), _near(last - number)]
        others = [piece.line for role, cell in table.rows[n].items() if role != move.role for piece in cell]
        found += [_near(first - min(others)), _near(max(others) - last)] if others else [0.0, 0.0]
    return [
        *found,
        min(
            _FAR_LINES,
            min(
                (abs(piece.line - line) for piece in (*there.above, *there.below) for line in (first, last)),
                default=_FAR_LINES,
            ),
        ),
    ]


def _middles(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """What share of the lines that go stand alone in their row; whether it is known where the middle of the row is
    (its number stands there, or its other cells do), and by how much the two cells are nearer to it with the words
    and without."""
    own, row = move.piece.role, table.rows[move.piece.row]
    others = [cell for role, cell in row.items() if role not in (own, move.role)]
    lines = [cell.lines for role, cell in table.cells(move.piece.row).items() if role != own]
    alone = sum(not any(piece.line in found for found in lines) for piece in move.run) / len(move.run)
    number = table.numbers[move.piece.row]
    if move.to != move.piece.row or (number is None and not others):
        return [alone, 0.0, 0.0, 0.0]
    middle = sum(map(_middle, others)) / len(others) if number is None else number
    first, last, found = move.run[0].line, move.run[-1].line, list[float]()
    for place in (here, there):
        rest = [*place.above, *place.below]
        if not rest:
            found.append(0.0)
            continue
        apart = (min(rest[0].line, first) + max(rest[-1].line, last)) / 2 - middle
        found.append(_near(abs(apart) - abs(_middle(rest) - middle)))
    return [alone, 1.0, *found]


def _middle(pieces: Sequence[Piece]) -> float:
    """The line in the middle of a cell."""
    return (pieces[0].line + pieces[-1].line) / 2


def _near(lines: float) -> float:
    return float(max(-_FAR_LINES, min(_FAR_LINES, lines)))

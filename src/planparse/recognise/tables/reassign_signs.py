"""What tells that words of a cell belong to another cell of their row.

One row of numbers for each move that might be: what the tagger said of the words, how well the language goes on into
them and out of them where they stand and where they would, whether a usual deadline is made or broken, how far the
lines around are, what stands beside the words in the ink, and how often the document says words so. :mod:`reassign`
judges moves by these rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.passage import Range
from planparse.recognise.tables.deadline_forms import timeless_forms
from planparse.recognise.tables.doubts import word_key
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.mend import MendedWord
from planparse.recognise.tables.stray_signs import BEHIND, FLOOR, ODDS
from planparse.recognise.tables.tags import BEGINS, JUNK, OPENS, SPAN
from planparse.restore.model import load
from planparse.restore.text import RestoredText
from planparse.restore.words import S

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROLES = [role for role in USUAL_ORDER if role not in ("number", "note")]
"""Columns whose cells give and take words."""
_FIT = 25.0
"""Bound of what the language says for or against a move."""
_FAR_LINES = 6
_WIDE = 85
"""Percentile of the pieces of a column that shows how wide it is."""
_BAR_BEFORE, _BAR_BEHIND = re.compile(r"[|_]\W*$"), re.compile(r"\W*[|_]")


class Said(NamedTuple):
    """A word: as the language model knows it, and its letters."""

    word: MendedWord
    number: int
    key: str

    @property
    def text(self) -> str:
        """What it says."""
        return self.word.text


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of a cell and its words; ``at`` is its place in the cell. ``heard``: what the tagger said of each word
    (None: it never saw it), None until somebody asks."""

    row: int
    role: str
    at: int
    place: Range
    said: list[Said]
    heard: list[list[float] | None] | None = None

    @property
    def line(self) -> int:
        """The input line."""
        return self.place[0]

    @property
    def start(self) -> int:
        """Where in it the ink of the first word starts."""
        return self.said[0].word.start


Row = dict[str, list[Piece]]


class Move(NamedTuple):
    """Words ``first`` to ``last`` of a piece, at one of its ends or all, given to the cell ``role`` of its row."""

    piece: Piece
    first: int
    last: int
    role: str

    @property
    def said(self) -> list[Said]:
        """The words."""
        return self.piece.said[self.first : self.last]


class Place(NamedTuple):
    """Where words stand, or would: the pieces of the cell before and behind, and the words that these have."""

    above: Sequence[Piece]
    below: Sequence[Piece]
    before: list[Said]
    behind: list[Said]


class Table:
    """A table whose words are moved: its rows, what the tagger said, how often it says words one behind the other,
    how wide its columns are, and how sure it is of each piece."""

    def __init__(self, text: RestoredText, grid: Grid, rows: list[Row]) -> None:
        assert grid.judged is not None
        self.text, self.rows, self.judged, self.sure = text, rows, grid.judged, grid.sure
        self.order = {role: at for at, role in enumerate(grid.roles)}
        self.pairs: Counter[tuple[str, str]] = Counter()
        widths: dict[str, list[int]] = {}
        for row in rows:
            for role, pieces in row.items():
                self.pairs.update(pairwise(["^", *(said.key for said in _words(pieces)), "$"]))
                widths.setdefault(role, []).extend(end - start for _, start, end in (p.place for p in pieces))
        self.widths = {role: sorted(found)[len(found) * _WIDE // 100] for role, found in widths.items()}

    def heard(self, piece: Piece) -> list[list[float] | None]:
        """What the tagger said of the words of a piece."""
        if piece.heard is None:
            line = self.text.line(piece.line)
            found = (self.judged.of_ink(line, word.start, word.ink) for word, _, _ in piece.said)
            piece.heard = [None if at is None else self.judged.answers[at].tolist() for at in found]
        return piece.heard


def signs_of_moves(table: Table, moves: Sequence[Move]) -> NDArray[Any]:
    """Signs of some moves, (moves, signs)."""
    import numpy as np

    places = [_places(table.rows[move.piece.row], move) for move in moves]
    told = [
        [*_tags(table, move), *_forms(move, *both), *_table(table, move, *both), *_lines(table, move, *both),
         *_looks(move, *both), *_ink(table.text, move)]
        for move, both in zip(moves, places, strict=True)
    ]  # fmt: skip
    return np.concatenate([_language(moves, places), np.array(told, dtype=np.float32)], axis=1).astype(np.float32)


def _places(row: Row, move: Move) -> tuple[Place, Place]:
    """Where the words of a move stand, and where they would."""
    piece, cell = move.piece, row[move.piece.role]
    at = cell.index(piece)
    rest = [piece] if move.last - move.first < len(piece.said) else []
    above, below = cell[:at], cell[at + 1 :]
    here = Place(
        [*above, *(rest if move.first else [])],
        [*(rest if move.last < len(piece.said) else []), *below],
        [*_words(above), *piece.said[: move.first]],
        [*piece.said[move.last :], *_words(below)],
    )
    other = row.get(move.role, ())
    start = move.said[0].word.start
    over = [p for p in other if (p.line, p.start) < (piece.line, start)]
    under = [p for p in other if (p.line, p.start) >= (piece.line, start)]
    return here, Place(over, under, _words(over), _words(under))


def _words(pieces: Iterable[Piece]) -> list[Said]:
    return [said for piece in pieces for said in piece.said]


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
    heard = [told for told in table.heard(move.piece)[move.first : move.last] if told is not None]
    if not heard:
        return [0.0] * 10
    own, other = USUAL_ORDER.index(move.piece.role), USUAL_ORDER.index(move.role)
    here, there, junk, span = ([max(told[tag], FLOOR) for told in heard] for tag in (own, other, JUNK, SPAN))
    odds = [b - a for a, b in zip(here, there, strict=True)]
    means = (sum(part) / len(part) for part in (here, there, odds))
    begins = (_bounded(heard[0][tag]) for tag in (BEGINS, OPENS))
    return [*means, max(odds), min(odds), sum(junk) / len(junk), sum(span) / len(span), *begins, 1.0]


def _bounded(odds: float) -> float:
    return min(ODDS, max(-ODDS, odds))


def _forms(move: Move, here: Place, there: Place) -> list[float]:
    """Whether the cells are usual deadlines: this one with the words and without, that one without and with."""
    known = timeless_forms().whole

    def usual(role: str, *parts: list[Said]) -> bool:
        if role != "deadline":
            return False
        return tuple(key for part in parts for said in part if (key := word_key(said.text))) in known

    return [
        usual(move.piece.role, here.before, move.said, here.behind),
        usual(move.piece.role, here.before, here.behind),
        usual(move.role, there.before, there.behind),
        usual(move.role, there.before, move.said, there.behind),
    ]


def _lines(table: Table, move: Move, here: Place, there: Place) -> list[float]:
    """How far the lines above and below are in both cells, and what begins there."""
    line = move.piece.line
    same = any(piece.line == line for piece in (*there.above, *there.below))
    found: list[float] = []
    for place in (here, there):
        found += [
            min(_FAR_LINES, line - place.above[-1].line) if place.above else _FAR_LINES,
            min(_FAR_LINES, place.below[0].line - line) if place.below else _FAR_LINES,
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
    sizes = [len(part) for part in (said, here.before + here.behind, there.before + there.behind)]
    found = [min(sizes[0], 12), sum(sure) / len(sure), min(sure), *(min(size, 40) / 10 for size in sizes[1:])]
    for words in (here.before, there.before, said):
        last = words[-1].text[-1:] if words else ""
        found += [last in (".", ";"), last in (",", "-")]
    for words in (said, here.behind, there.behind):
        first = words[0].text[:1] if words else ""
        found += [first.isupper(), first.islower(), first in ("-", "–", "+", "•")]
    columns = USUAL_ORDER.index(move.piece.role), USUAL_ORDER.index(move.role)
    whole = len(said) == len(move.piece.said)
    found += [columns[1] - columns[0], columns[1] > columns[0], whole, not whole and not move.first]
    return [*found, *(move.piece.role == role for role in ROLES), *(move.role == role for role in ROLES)]


def _ink(text: RestoredText, move: Move) -> list[float]:
    """Spaces and ruling lines on either side of the words."""
    ink = text.source.lines[move.piece.line - 1].text
    last = move.said[-1].word
    before, behind = ink[: move.said[0].word.start], ink[last.start + len(last.ink) :]
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

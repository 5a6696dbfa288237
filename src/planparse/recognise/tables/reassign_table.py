"""A table whose words and lines might go to other cells: its rows as pieces, and what is known of them all.

:mod:`reassign_moves` tells which moves are worth judging, :mod:`reassign_signs` what speaks for them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.mend import Mended, MendedWord
from planparse.recognise.tables.stray_signs import FLOOR, language_number, letters_with_marks
from planparse.recognise.tables.tags import N_TAGS
from planparse.recognise.tables.wrecks import is_wreck
from planparse.restore.text import RestoredText

BULLETS = ("-", "–", "+", "•")
ROLES = [role for role in USUAL_ORDER if role not in ("number", "note")]
"""Columns whose cells give and take words."""
REPEATED = 24
"""Words of cells at most that are asked whether others say the same."""
_WIDE = 85
"""Percentile of the pieces of a column that shows how wide it is."""


class Said(NamedTuple):
    """A word: as the language model knows it, and its letters."""

    word: MendedWord
    number: int
    key: str

    @property
    def text(self) -> str:
        """What it says."""
        return self.word.text

    @property
    def place(self) -> tuple[int, int]:
        """Where its ink starts: line and character."""
        return self.word.line, self.word.start


@dataclass(slots=True, eq=False)
class Piece:
    """A piece of a cell and its words; ``at`` is its place in the cell. ``brackets``: those that it opens, less those
    that it closes (None: there are none). ``heard``: what the tagger said of each word (None: it never saw it), None
    until somebody asks."""

    row: int
    role: str
    at: int
    place: Range
    said: list[Said]
    brackets: int | None = None
    heard: list[list[float] | None] | None = None
    line: int = field(init=False)
    """The input line."""
    start: int = field(init=False)
    """Where in it the ink of the first word starts."""
    bullet: bool = field(init=False)
    """Whether it begins with one."""

    def __post_init__(self) -> None:
        self.line, self.start = self.place[0], self.said[0].word.start
        self.bullet = self.said[0].text.startswith(BULLETS)


Row = dict[str, list[Piece]]


def rows_of(grid: Grid, mended: Mended, at: Iterable[int]) -> list[Row]:
    """The cells of some rows of a table that can give and take words; a row that spans the table has none."""
    rows = []
    for n in at:
        row = grid.rows[n]
        found: Row = {}
        for role, cell in row.cells.items() if not row.section else ():
            for k, place in enumerate(cell.pieces) if role in ROLES else ():
                said = [
                    Said(word, language_number(word.text), letters_with_marks(word.text))
                    for word in mended.words.get(place, ())
                    if not is_wreck(word.text)
                ]
                if said:
                    found.setdefault(role, []).append(Piece(n, role, k, place, said, brackets(said)))
        rows.append(found)
    return rows


def brackets(said: Iterable[Said]) -> int | None:
    """Brackets that words open, less those that they close; None where there are none."""
    found = [text for word, _, _ in said if "(" in (text := word.text) or ")" in text]
    return sum(text.count("(") - text.count(")") for text in found) if found else None


def words_of_pieces(pieces: Iterable[Piece]) -> list[Said]:
    """All words of some pieces."""
    return [said for piece in pieces for said in piece.said]


class Cell(NamedTuple):
    """A cell: its pieces, the words of all of them, where in these each piece starts (and the last one ends), and the
    lines on which they stand."""

    pieces: list[Piece]
    words: list[Said]
    starts: list[int]
    lines: frozenset[int]


_NO_CELL = Cell([], [], [0], frozenset())


class Table:
    """A table whose words are moved: its rows, what the tagger said, how often it says words one behind the other,
    how wide its columns are, and how sure it is of each piece."""

    def __init__(self, text: RestoredText, grid: Grid, rows: list[Row]) -> None:
        assert grid.judged is not None
        self.text, self.rows, self.judged, self.sure = text, rows, grid.judged, grid.sure
        self.order = {role: at for at, role in enumerate(grid.roles)}
        numbers = (row.cells["number"].pieces if "number" in row.cells else () for row in grid.rows)
        self.numbers = [pieces[0][0] if pieces else None for pieces in numbers]
        self.pairs: Counter[tuple[str, str]] = Counter()
        self.texts: Counter[tuple[str, ...]] = Counter()
        widths: dict[str, list[int]] = {}
        for row in rows:
            self._count(row, 1)
            for role, pieces in row.items():
                widths.setdefault(role, []).extend(end - start for _, start, end in (p.place for p in pieces))
        self.widths = {role: sorted(found)[len(found) * _WIDE // 100] for role, found in widths.items()}
        self._cells: dict[int, dict[str, Cell]] = {}

    def _count(self, row: Row, times: int) -> None:
        """Count what the cells of a row say, so often more."""
        for role, pieces in row.items():
            keys = [said.key for said in words_of_pieces(pieces)]
            for pair in pairwise(["^", *keys, "$"]):
                self.pairs[pair] += times
            if len(keys) <= REPEATED:
                self.texts[role, *keys] += times

    def change(self, number: int, row: Row) -> None:
        """Put another row in the place of one, whose cells have changed."""
        self._count(self.rows[number], -1)
        self.rows[number] = row
        self._count(row, 1)
        self._cells.pop(number, None)

    def heard(self, piece: Piece) -> list[list[float] | None]:
        """What the tagger said of the words of a piece; of columns no less than it tells (:data:`FLOOR`)."""
        if piece.heard is None:
            line = self.text.line(piece.line)
            found = [self.judged.of_ink(line, word.start, word.ink) for word, _, _ in piece.said]
            told = self.judged.answers[[at for at in found if at is not None]]
            told[:, :N_TAGS] = told[:, :N_TAGS].clip(FLOOR)
            answers = iter(told.tolist())
            piece.heard = [None if at is None else next(answers) for at in found]
        return piece.heard

    def doubt(self, piece: Piece) -> float:
        """By how much the tagger would rather have the words of a piece in other columns, log odds; the mean."""
        own, doubts = USUAL_ORDER.index(piece.role), self.judged.doubts
        found = [max(FLOOR, doubts[n][own]) for n in self.judged.within(piece.place)]
        return sum(found) / len(found) if found else 0.0

    def cells(self, row: int) -> Mapping[str, Cell]:
        """The cells of a row."""
        if row not in self._cells:
            self._cells[row] = {
                role: Cell(
                    pieces,
                    words_of_pieces(pieces),
                    [0, *accumulate(len(piece.said) for piece in pieces)],
                    frozenset(piece.line for piece in pieces),
                )
                for role, pieces in self.rows[row].items()
            }
        return self._cells[row]

    def cell(self, row: int, role: str) -> Cell:
        """A cell of a row; without pieces where the row has none."""
        return self.cells(row).get(role, _NO_CELL)

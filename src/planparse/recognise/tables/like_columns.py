"""The columns of task tables whose cells repeat: their cells, and what those say that are clean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from planparse.recognise.passage import Range
from planparse.recognise.tables.deadline_figures import words_written_usually
from planparse.recognise.tables.deadline_forms import Example
from planparse.recognise.tables.doubts import CellWord, common_codes, judge, word_key
from planparse.recognise.tables.figures import odd_years
from planparse.recognise.tables.grid import Grid, GridCell
from planparse.recognise.tables.joins import join_pieces
from planparse.recognise.tables.mend import Mended

COLUMNS = ("deadline", "responsible", "lead", "support")
"""Columns whose cells repeat; what is to be done and what comes of it does not."""
MOST_EXAMPLES = 300
"""Different clean cells of a column that are held against a broken one, those first that come most often."""
SHOWN = 4
_YEAR = re.compile(r"20\d\d")


@dataclass(frozen=True)
class Like:
    """What a cell says by its likes: the new text, the ink, and the tasks (by index) whose cells it follows."""

    text: str
    ink: str
    alike: float
    follows: tuple[int, ...]


@dataclass
class Cell:
    """A cell of the task ``place``; ``counts`` tells how many of its words each of its pieces has, ``settled`` how
    sure it is of each of them."""

    cell: GridCell
    words: list[CellWord]
    counts: list[int]
    settled: list[float]
    place: int

    @property
    def ink(self) -> str:
        """The ink of its words."""
        return " ".join(word.ink for word in self.words)

    @property
    def broken(self) -> bool:
        """Whether a word of it is in doubt."""
        return any(word.doubtful for word in self.words)

    def joined(self, texts: Sequence[Sequence[str]]) -> str:
        """One text from what each word says now."""
        lines, at = [], 0
        for count in self.counts:
            lines.append(" ".join(part for texts_of_word in texts[at : at + count] for part in texts_of_word))
            at += count
        return join_pieces(lines, self.cell.full_lines)


@dataclass
class Column:
    """The cells of a column in all tables of a document, and the clean ones among them by their words."""

    role: str
    cells: list[Cell] = field(default_factory=list)
    clean: dict[tuple[str, ...], Example] = field(default_factory=dict)

    @property
    def examples(self) -> list[Example]:
        """What the clean cells say, first what comes most often."""
        return sorted(self.clean.values(), key=lambda e: -len(e.places))[:MOST_EXAMPLES]

    @property
    def year(self) -> str | None:
        """The one year that the clean cells know, if it is one."""
        years = {k for e in self.examples for k in e.keys if _YEAR.fullmatch(k)}
        return next(iter(years)) if len(years) == 1 else None

    def add(self, cell: Cell, shown: str) -> None:
        """One more cell, and what it says."""
        self.cells.append(cell)
        if len(cell.words) > 1 and not cell.broken:
            self._learn(tuple(w.text for w in cell.words if w.key), shown, cell)

    def learn(self, likes: Mapping[int, Like]) -> None:
        """Take in what cells say by their likes (by the ``id`` of the :class:`GridCell`)."""
        for cell in self.cells:
            like = likes.get(id(cell.cell))
            words = tuple(w for w in like.text.split() if word_key(w)) if like else ()
            if like and words:
                self._learn(words, like.text, cell)

    def _learn(self, words: tuple[str, ...], shown: str, cell: Cell) -> None:
        keys = tuple(word_key(w) for w in words)
        example = self.clean.setdefault(keys, Example(keys, words, sure=0.0, settled=0.0))
        example.texts[shown] += 1
        example.places.append(cell.place)
        example.sure = max(example.sure, min(w.sure for w in cell.words))
        example.settled = max(example.settled, min(cell.settled))


def read_columns(grids: Iterable[Grid], mended: Mended) -> list[Column]:
    """The columns whose cells repeat."""
    grids = list(grids)
    codes = common_codes(w.text for words in mended.words.values() for w in words)
    odd = odd_years(shown_cell(cell, mended) for _, role, cell, _ in _cells(grids) if role == "deadline")
    columns: dict[str, Column] = {}
    cells = [each for each in _cells(grids) if all(piece in mended.words for piece in each[2].pieces)]
    said = [[word for piece in cell.pieces for word in mended.words[piece]] for _, _, cell, _ in cells]
    deadlines = [n for n, (_, role, _, _) in enumerate(cells) if role == "deadline"]
    for n, words in zip(deadlines, words_written_usually([said[n] for n in deadlines]), strict=True):
        said[n] = words
    for (place, role, cell, sure), words in zip(cells, said, strict=True):
        judged = judge(words, codes, role == "deadline", odd)
        counts = [len(mended.words[p]) for p in cell.pieces]
        each = Cell(cell, judged, counts, [sure.get(p, 1.0) for p in cell.pieces], place)
        columns.setdefault(role, Column(role)).add(each, shown_cell(cell, mended))
    return list(columns.values())


def shown_cell(cell: GridCell, mended: Mended) -> str:
    """What a cell says by itself."""
    return join_pieces([mended.shown.get(p, "") for p in cell.pieces], cell.full_lines)


def _cells(grids: Iterable[Grid]) -> Iterator[tuple[int, str, GridCell, Mapping[Range, float]]]:
    """All cells of the columns that repeat, with the index of their task, and how sure the table is of its pieces."""
    place = -1
    for grid in grids:
        for row in grid.rows:
            if row.section:
                continue
            place += 1
            if not grid.exact:
                yield from ((place, role, row.cells[role], grid.sure) for role in COLUMNS if role in row.cells)


def like_of(cell: Cell, example: Example) -> Like:
    """What a cell says as another cell, or a usual form, has it."""
    alike = fuzz.ratio("".join(w.key for w in cell.words), example.letters) / 100
    return Like(example.text, cell.ink, alike, tuple(example.places[:SHOWN]))

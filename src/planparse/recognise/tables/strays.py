"""Words that a cell is better without: shreds of the cell beside it, and words that were made of ruined ink.

What restoration makes of ruined ink are words, and a shred of a neighbour cell is one too; neither can be told by its
looks alone. So each word that is in doubt, or beside one that is, is judged by all that can be said of it and of its
neighbours (:mod:`stray_signs`). The judge is a small network that learned from rendered tables, whose true words are
known, which words of a cell are not in its truth (``python -m training strays``). What it leaves out stays in the
evidence and is told (PP209).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.tables.grid import Grid, GridCell
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.mend import Mended, MendedWord
from planparse.recognise.tables.small_network import SmallNetwork
from planparse.recognise.tables.stray_signs import FITS, REACH, SURE, Asked, signs_of, unsure
from planparse.recognise.tables.wrecks import is_wreck
from planparse.restore.text import RestoredText

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEFT_OUT, SOUND_LEFT_OUT = 0.4, 0.6
"""How likely a word must be a stray to be left out; a word that the restorer is sure of must be so likelier."""
CALLED_FOR = 0.9
"""How sure the restorer must be of a word that stays because the language calls for it."""
MOST_OF_CONTENT = 0.34
"""Share of the words of what is to be done that may be left out."""
_FIGURES = re.compile(r"\(?\d[\d.,/%-]+\)?[;:]?")
_DATE_OR_SHARE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{2,}%")
NO_TEXT = frozenset({"number", "note"})
"""Columns whose cells are not judged: what is in them is no text of a record."""


class Place(NamedTuple):
    """Where a word stands: which piece of its cell, and which word of that."""

    piece: int
    word: int


class ShownCell(NamedTuple):
    """A cell of a table, the words of it that are shown, and where they stand."""

    grid: Grid
    role: str
    cell: GridCell
    words: list[MendedWord]
    places: list[Place]

    @property
    def texts(self) -> list[str]:
        """What its words say."""
        return [word.text for word in self.words]

    @property
    def sound(self) -> bool:
        """Whether nothing speaks against its words but the words around."""
        return not any(unsure(word.text, word.confidence) for word in self.words)


@dataclass
class Strays:
    """Cells with strays, and which words those are."""

    found: list[tuple[GridCell, list[Place]]] = field(default_factory=list)

    def leave_out(self, mended: Mended, likes: Container[int]) -> None:
        """Show the cells without their strays, but for those that are read by their likes (by ``id``)."""
        for cell, places in self.found:
            if id(cell) in likes:
                continue
            for n, piece in enumerate(cell.pieces):
                gone = {place.word for place in places if place.piece == n}
                if gone:
                    words = mended.words[piece]
                    mended.show(piece, (word for at, word in enumerate(words) if at not in gone))
                    mended.strays[piece] = tuple(words[at].text for at in sorted(gone))


class StrayJudge(SmallNetwork):
    """Judges a word by its signs and those of the words around it (REACH each way)."""

    def __call__(self, signs: NDArray[Any], sizes: Sequence[int]) -> NDArray[Any]:
        """How likely each word is a stray, 0 to 1; ``signs`` are those of cells of so many words each."""
        return self.odds(windows((signs - self.mean) / self.spread, sizes))


def find_strays(text: RestoredText, grids: Iterable[Grid], mended: Mended) -> Strays:
    """The strays in the cells of all tables; those in doubt are from now on no surer than they are likely."""
    strays = Strays()
    cells = shown_cells(grids, mended)
    shown = [each for each in cells if not each.sound]  # those that are sound are left as they are
    if not shown:
        return strays
    asked = [asked_words(text, each) for each in shown]
    signs = signs_of(asked, (each.texts for each in cells))
    odds = stray_judge()(signs, [len(words) for words in asked]).tolist()
    fits, end = signs[:, FITS].tolist(), 0
    for each, words in zip(shown, asked, strict=True):
        start, end = end, end + len(words)
        stray = left_out(words, odds[start:end], fits[start:end])
        for word, place, odd in compress(zip(words, each.places, odds[start:end], strict=True), stray):
            if word.sure < SURE:
                _doubt(mended, each.cell, place, 1 - odd)
        if 0 < sum(stray) <= most(each.role, len(words)):  # what is all ruins is shown as what it is
            strays.found.append((each.cell, list(compress(each.places, stray))))
    return strays


def shown_cells(grids: Iterable[Grid], mended: Mended) -> list[ShownCell]:
    """The cells of all tables whose words can be judged: untangled, and restored once more."""
    found = []
    for grid in grids:
        for row in grid.rows if grid.judged is not None else ():
            for role, cell in row.cells.items():
                if row.section or role in NO_TEXT or not all(piece in mended.words for piece in cell.pieces):
                    continue
                words = [
                    (word, Place(n, at))
                    for n, piece in enumerate(cell.pieces)
                    for at, word in enumerate(mended.words[piece])
                    if not is_wreck(word.text)
                ]
                if words:
                    found.append(
                        ShownCell(grid, role, cell, [word for word, _ in words], [place for _, place in words])
                    )
    return found


def asked_words(text: RestoredText, shown: ShownCell) -> list[Asked]:
    """The words of a cell with all that the judge is told of each by itself."""
    assert shown.grid.judged is not None
    judged, column, asked = shown.grid.judged, USUAL_ORDER.index(shown.role), []
    last = {place.piece: place.word for place in shown.places}
    for (said, ink, sure, line, start), (piece, n) in zip(shown.words, shown.places, strict=True):
        at = judged.of_ink(text.line(line), start, ink)
        answers = None if at is None else judged.answers[at]
        asked.append(Asked(said, ink, sure, column, answers, n == 0, n == last[piece], shown.cell.full_lines[piece]))
    return asked


def most(role: str, words: int) -> int:
    """How many words of a cell may be left out: not all, and few of what a row is known by."""
    return int(MOST_OF_CONTENT * words) if role == "content" else words - 1


def left_out(words: Sequence[Asked], odds: Sequence[float], fits: Sequence[float]) -> list[bool]:
    """Which words of a cell are left out: likely strays that are in doubt, or beside a word that is.

    Whatever the odds, some words stay: those rightly read that the words around (log odds ``fits``) call for, whole
    dates and shares, and figures that count what comes after them (``18 trạm``).
    """
    doubtful = [word.doubtful for word in words]
    return [
        odd > (LEFT_OUT if word.sure < SURE else SOUND_LEFT_OUT)
        and any(doubtful[max(0, at - 1) : at + 2])
        and not (word.sure > CALLED_FOR and fit > 0)
        and not (_DATE_OR_SHARE.search(word.text) or _counts(words, at))
        for at, (word, odd, fit) in enumerate(zip(words, odds, fits, strict=True))
    ]


def _counts(words: Sequence[Asked], at: int) -> bool:
    """Whether a word is a figure of what comes after it."""
    return bool(_FIGURES.fullmatch(words[at].text)) and at + 1 < len(words) and words[at + 1].text[0].islower()


def _doubt(mended: Mended, cell: GridCell, place: Place, sure: float) -> None:
    """Let a word be no surer than that."""
    words = list(mended.words[cell.pieces[place.piece]])
    word = words[place.word]
    words[place.word] = word._replace(confidence=min(word.confidence, sure))
    mended.words[cell.pieces[place.piece]] = tuple(words)


def windows(signs: NDArray[Any], sizes: Sequence[int]) -> NDArray[Any]:
    """For each word its signs between those of its neighbours in the cell; a last sign tells where there is none."""
    import numpy as np

    count, width = signs.shape
    places = np.arange(count) + REACH * (1 + np.repeat(np.arange(len(sizes)), sizes))
    padded = np.zeros((count + REACH * (len(sizes) + 1), width + 1), dtype=np.float32)
    padded[:, width] = 1
    padded[places, :width] = signs
    padded[places, width] = 0
    return np.asarray(padded[places[:, None] + np.arange(-REACH, REACH + 1)].reshape(count, -1))


@lru_cache(maxsize=1)
def stray_judge() -> StrayJudge:
    """The judge that ships with the package."""
    return StrayJudge.shipped("strays.npz")

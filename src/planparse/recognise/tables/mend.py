"""Cells restored once more, each by itself, now that its lines stand together.

On the page a line mixes words of several cells, and the restorer's language model then judges a word by a
neighbour that has nothing to do with it. Once the pieces of a cell are known, its own ink is restored as the
running text that it is, and ``Trong nằm`` between two strangers becomes ``Trong năm``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from planparse.recognise.passage import Range
from planparse.recognise.tables.ghosts import LINES, exorcised
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.wrecks import broken_chunks, without_wrecks
from planparse.restore import readings
from planparse.restore.restorer import restorer
from planparse.restore.text import RestoredLine, RestoredText

PROFILES = {p.name: p for p in (readings.ENG, readings.VIE, readings.STRIPPED)}
"""How cells are restored, by the noise on the whole text."""
_CERTAIN, _BROKEN = 0.98, 0.4
"""A word read letter by letter that is not certain counts as less sure than the decoder has it."""

_GLUED = re.compile(r"^(\s*[^\s_|]{1,6}[_|]+)(?=[^\s_|])")
"""A label that the rule after it joined to its title: ``IV_|Bao tén``."""

_QUARTER_AND_YEAR = re.compile(r"(?:^|(?<=[yýỳỷỹ] )|(?<=, ))([I1l|]{1,3}|IV)(?=n\w{1,2}m\b)")
"""The figure of a quarter that lost the space after it: ``Quý Inăm 2027``."""


_QUARTER_AT_ITS_WORD = re.compile(r"(?<=[Qq]u[yýỳỷỹ])(?=[I1lLHT|]{1,4}V?(?:[,/]| ?n\w{1,2}m\b))")
"""Where the figure of a quarter lost the space before it: ``QuýlII,``."""


class MendedWord(NamedTuple):
    """A word of a cell, the ink behind it, how sure the restorer is of it (0 to 1), and where its ink starts: the
    line of the input, and the character of the line."""

    text: str
    ink: str
    confidence: float
    line: int = 0
    start: int = 0


_word = partial(tuple.__new__, MendedWord)
"""A word from a tuple of its fields, at half the price of naming them: tables have many."""


@dataclass
class Mended:
    """What each piece says when its cell is restored as a whole: as it is shown, and all its words, wrecks too."""

    shown: dict[Range, str] = field(default_factory=dict)
    words: dict[Range, tuple[MendedWord, ...]] = field(default_factory=dict)
    strays: dict[Range, tuple[str, ...]] = field(default_factory=dict)
    """Words of a piece that are not shown, because they are none of its cell's (see :mod:`strays`)."""

    def show(self, piece: Range, words: Iterable[MendedWord]) -> None:
        """Show of a piece these words, but for wrecks."""
        self.shown[piece] = without_wrecks(" ".join(word.text for word in words))


class Damaged(NamedTuple):
    """A cell to be restored once more: its column, its pieces, and whether it is a row that spans the table."""

    role: str
    pieces: list[Range]
    section: bool = False


def mend_cells(text: RestoredText, grids: Iterable[Grid]) -> Mended:
    """Restore all cells in one go; a text that was clean is left alone."""
    mended = Mended()
    cells = (
        Damaged(role, cell.pieces, row.section)
        for grid in grids
        if not grid.exact
        for row in grid.rows
        for role, cell in row.cells.items()
    )
    mend(text, cells, mended)
    return mended


def mend(text: RestoredText, cells: Iterable[Damaged], mended: Mended) -> None:
    """Restore some cells once more; what their pieces say now replaces what they said before."""
    profile = PROFILES.get(text.profile)
    if profile is None:
        return
    pieces: list[Range | None] = []
    begins: list[int] = []  # where the ink of each begins
    lines: list[str] = []
    for cell in cells:
        if cell.role == "number":
            continue
        for at, piece in enumerate(cell.pieces):
            pieces.append(piece)
            begin, end = text.line(piece[0]).ink_range(*piece[1:])
            begins.append(begin)
            ink = text.source.lines[piece[0] - 1].text[begin:end]
            if cell.section and at == 0:
                ink = _GLUED.sub(r"\1 ", ink)
            elif cell.role == "deadline":
                ink = _QUARTER_AND_YEAR.sub(r"\1 ", _QUARTER_AT_ITS_WORD.sub(" ", ink))
            lines.append(ink)
        pieces.append(None)  # a blank line parts what does not belong together
        begins.append(0)
        lines.append("")
    restored, doubted = restored_cells(lines, profile)
    for n, (place, begin, ink, line) in enumerate(zip(pieces, begins, lines, restored, strict=True)):
        if place is not None:
            mended.shown[place] = without_wrecks(line.text)
            mended.words[place] = tuple(_words(ink, line, doubted.get(n, []), place[0], begin))
    for above, below in pairwise(pieces):
        if above is not None and below is not None and 0 < below[0] - above[0] <= LINES:
            _tell_once(mended, above, below)


def _tell_once(mended: Mended, above: Range, below: Range) -> None:
    """Take out of two pieces of a cell what OCR read in both."""
    told = exorcised(mended.words[above], mended.words[below])
    for place, words in zip((above, below), told or (), strict=False):
        mended.words[place] = tuple(words)
        mended.show(place, words)


def restored_cells(
    lines: list[str], profile: readings.Profile
) -> tuple[list[RestoredLine], dict[int, list[tuple[int, int]]]]:
    """The lines of cells restored, those with broken words once more, letter by letter; a blank line ends a cell.

    Also tells for each line with broken words where in its ink they start and end.
    """
    restored, _ = restorer().restore(lines, profile)
    if profile.letters is None:
        return restored, {}
    doubted = {n: found for n, line in enumerate(restored) if (found := broken_chunks(lines[n], line))}
    again = [n for cell in _cells(lines) if any(n in doubted for n in cell) for n in (*cell, None)]
    broken = {(at, start) for at, n in enumerate(again) if n is not None for start, _ in doubted.get(n, ())}
    better, _ = restorer().restore(["" if n is None else lines[n] for n in again], profile, broken=broken)
    for n, line in zip(again, better, strict=True):
        if n is not None:
            restored[n] = replace(line, number=n + 1)
    return restored, doubted


def _cells(lines: list[str]) -> list[range]:
    """The lines of each cell: what stands between two blank ones."""
    ends = [n for n, line in enumerate(lines) if not line]
    return [range(a + 1, b) for a, b in pairwise([-1, *ends])]


def _words(
    ink: str, line: RestoredLine, doubted: list[tuple[int, int]], number: int, begins: int
) -> Iterable[MendedWord]:
    """The words of a piece whose ink begins at character ``begins`` of the input's line ``number``."""
    tokens = {token[1:3]: token for token in line.tokens}
    end = 0
    for text in line.text.split():
        start = line.text.index(text, end)
        end = start + len(text)
        token = tokens.get((start, end))
        if token is not None:  # most words are
            _, _, _, left, right, sure, _ = token
        else:
            left, right = line.ink_range(start, end)
            sure = min((t.confidence for t in line.tokens_in(start, end)), default=1.0)
        if doubted and sure < _CERTAIN and any(first < right and left < last for first, last in doubted):
            sure *= _BROKEN  # likely words for broken ink; what other rows say counts for more
        yield _word((text, ink[left:right], sure, number, begins + left))

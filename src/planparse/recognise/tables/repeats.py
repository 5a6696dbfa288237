"""Heads of later pages that OCR garbled: known by the head of the same table that could be read.

The head is printed on every page alike, so what Tesseract makes of it is much alike too: ``- Két qua, san ,,. |
Donviphdi | Tién dd`` names no columns that a lexicon would find, but it looks like the line of the head above that
does. Left among the rows, its words would end up in their cells.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from rapidfuzz import fuzz

from planparse.recognise.tables.head import Head, columns_named
from planparse.recognise.tables.head_names import fold_words, head_share

ALIKE, BESIDE, AGAIN = 60, 45, 75
"""Likeness of inks (percent) from which a line repeats one of a head, a line beside it the next of the head, and
a line that opens a head one that opens another."""
SHARE = 0.5
"""Share of its letters that must stand in words of heads; running text has fewer."""
LEFT = 0.75
"""Share of a line's letters that its repetition has at least: one name alone may be words of a cell."""
ABOVE = 2
"""Lines of the head that may stand above the line that is known."""
LETTERS = 10
"""Letters of a line that can be known by its likeness."""
_RUNNING = re.compile(r"[^\W\d_]{2};|[^\W\d_]{2}\.$|^\W*[-–•]\s*[^\W\d_]{2}|[^\W\d_]:$")
COLUMNS = 2
"""Columns that a line must name for others to be known by it; single names are made of words that cells use too."""


class _Lines:
    """The lines of a document, numbered from 1, as likeness is looked for."""

    def __init__(self, restored: Sequence[str], inks: Sequence[str]) -> None:
        self._restored, self._inks = restored, inks
        self._letters: dict[int, str] = {}

    def __contains__(self, number: int) -> bool:
        return 0 < number <= len(self._inks)

    def letters(self, number: int) -> str:
        """The letters of a line's ink."""
        if number not in self._letters:
            self._letters[number] = "".join(fold_words(self._inks[number - 1]))
        return self._letters[number]

    def alike(self, one: int, other: int) -> float:
        """How alike the inks of two lines are, in percent."""
        return fuzz.ratio(self.letters(one), self.letters(other))

    def speaks(self, number: int) -> bool:
        """Whether a line speaks like a head, and not like running text or a list."""
        said = self._restored[number - 1]
        return head_share(fold_words(said)) >= SHARE and not _RUNNING.search(said)

    def opens_block(self, number: int) -> bool:
        """Whether nothing stands right above a line."""
        return number == 1 or not self._inks[number - 2].strip()


def find_repeats(restored: Sequence[str], inks: Sequence[str], heads: Sequence[Head], stop: int) -> list[Head]:
    """Heads like those in ``heads``, which are of one table, below the first of them and above the line ``stop``.

    Some are those very heads with lines above and below that only their likeness tells.

    ``restored[i]`` and ``inks[i]`` are line ``i + 1`` of the document.
    """
    lines = _Lines(restored, inks)
    known = {n for head in heads for n in range(head.first, head.last + 1)}
    main = [n for n in known if columns_named(restored[n - 1]) >= COLUMNS and len(lines.letters(n)) >= LETTERS]
    found: list[Head] = []
    for number in range(heads[0].first, stop):
        twins = [n for n in main if n != number]
        if not twins or len(lines.letters(number)) < LETTERS or not lines.speaks(number):
            continue
        like, twin = max((lines.alike(number, n), n) for n in twins)
        if like < ALIKE or len(lines.letters(number)) < LEFT * len(lines.letters(twin)):
            continue
        first, last = (_as_far(lines, number, twin, step, known) for step in (-1, 1))
        for _ in range(ABOVE):
            if not lines.opens_block(first) and lines.speaks(first - 1):
                first -= 1
        if number in known or lines.opens_block(first):
            found.append(Head(first, last, heads[0].roles, False))
    return found


def _as_far(lines: _Lines, number: int, twin: int, step: int, known: Container[int]) -> int:
    """How far a head goes up or down from ``number``, by the lines beside its twin."""
    while True:
        number, twin = number + step, twin + step
        if number not in lines or twin not in lines or not lines.letters(number):
            return number - step
        # what opens the block of a head on two pages is of the heads, even where nobody can read it; what stands
        # below them must speak like heads besides
        told = lines.opens_block if step < 0 else lines.speaks
        enough = BESIDE if twin in known else AGAIN if told(number) and told(twin) else 101
        if lines.alike(number, twin) < enough:
            return number - step

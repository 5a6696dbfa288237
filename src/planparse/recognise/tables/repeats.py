"""Heads of later pages that OCR garbled: known by the head of the same table that could be read.

The head is printed on every page alike, so what Tesseract makes of it is much alike too: ``- Két qua, san ,,. |
Donviphdi | Tién dd`` names no columns that a lexicon would find, but it looks like the line of the head above that
does. Left among the rows, its words would end up in their cells.
"""

from __future__ import annotations

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
COLUMNS = 2
"""Columns that a line must name for others to be known by it; single names are made of words that cells use too."""


def find_repeats(restored: Sequence[str], inks: Sequence[str], heads: Sequence[Head], stop: int) -> list[Head]:
    """Heads like those in ``heads``, which are of one table, below the first of them and above the line ``stop``.

    Some are those very heads with lines above and below that only their likeness tells.

    ``restored[i]`` and ``inks[i]`` are line ``i + 1`` of the document.
    """
    known = {n for head in heads for n in range(head.first, head.last + 1)}
    main = [n for n in known if columns_named(restored[n - 1]) >= COLUMNS and len(_letters(inks[n - 1])) >= LETTERS]
    found: list[Head] = []
    for number in range(heads[0].first, stop):
        letters = _letters(inks[number - 1])
        twins = [n for n in main if n != number]
        if not twins or len(letters) < LETTERS or head_share(restored[number - 1]) < SHARE:
            continue
        like, twin = max((fuzz.ratio(letters, _letters(inks[n - 1])), n) for n in twins)
        if like < ALIKE or len(letters) < LEFT * len(_letters(inks[twin - 1])):
            continue
        first = _as_far(restored, inks, number, twin, -1, known)
        last = _as_far(restored, inks, number, twin, 1, known)
        for _ in range(ABOVE):
            if first > 1 and inks[first - 2].strip() and head_share(restored[first - 2]) >= SHARE:
                first -= 1
        if number in known or _opens_block(inks, first):
            found.append(Head(first, last, heads[0].roles, False))
    return found


def _as_far(
    restored: Sequence[str], inks: Sequence[str], number: int, twin: int, step: int, known: Container[int]
) -> int:
    """How far a head goes up or down from ``number``, by the lines beside its twin."""
    while True:
        number, twin = number + step, twin + step
        if not (0 < number <= len(inks) and 0 < twin <= len(inks)):
            return number - step
        here, there = _letters(inks[number - 1]), _letters(inks[twin - 1])
        # what opens the block of a head on two pages is of the heads, even where nobody can read it; what stands
        # below them must speak like heads besides
        if step < 0:
            again = _opens_block(inks, number) and _opens_block(inks, twin)
        else:
            again = min(head_share(restored[n - 1]) for n in (number, twin)) >= SHARE
        enough = BESIDE if twin in known else AGAIN if again else 101
        if not here or fuzz.ratio(here, there) < enough:
            return number - step


def _opens_block(inks: Sequence[str], number: int) -> bool:
    return number == 1 or not inks[number - 2].strip()


def _letters(ink: str) -> str:
    return "".join(fold_words(ink))

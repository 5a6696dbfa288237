"""Ghosts: words of a cell that OCR read twice, once in each of two lines that it took from overlapping ink.

``tô chức thanh tra công tác`` and, below it, ``Tổ chức thamh tra công`` are one printed line. The two readings say
the same at the end of the first line and the start of the second, or one within the other; each word is kept as it
was read best.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from planparse.recognise.tables.words import plain_letters

if TYPE_CHECKING:
    from planparse.recognise.tables.mend import MendedWord

ALIKE, UNEVEN_ALIKE = 78, 88
"""Likeness (percent) of two readings of the same ink; the second where they differ in how many words they are."""
WORD_ALIKE = 50
"""The same of two sound words in them."""
LETTERS, WHOLE_LETTERS = 10, 6
"""Letters of the shorter one at least; the second where all of a line is said again."""
BROKEN = 0.75
"""Confidence of the worst word of either, at most: what is sound in both is said twice."""
MOST = 8
"""Words that are read twice at most."""
LINES = 3
"""Lines by which the two readings are apart at most."""


class _Overlap(NamedTuple):
    alike: float
    start: int
    size: int
    again: int


def exorcised(
    above: Sequence[MendedWord], below: Sequence[MendedWord]
) -> tuple[list[MendedWord], list[MendedWord]] | None:
    """The words of two lines of a cell without what was read twice; None where nothing was."""
    found = _overlap(above, below)
    if found is None:
        return None
    _, start, size, again = found
    first, second = above[start : start + size], below[:again]
    if size == again:
        best = [max(pair, key=lambda word: word.confidence) for pair in zip(first, second, strict=True)]
    else:
        best = list(first if _sureness(first) >= _sureness(second) else second)
    return [*above[:start], *best, *above[start + size :]], list(below[again:])


def _overlap(above: Sequence[MendedWord], below: Sequence[MendedWord]) -> _Overlap | None:
    """The likest stretch of the line above that the line below says again, from its start."""
    best: _Overlap | None = None
    sure, sure_below = [word.confidence for word in above], [word.confidence for word in below]
    if min([*sure, *sure_below], default=1.0) > BROKEN:
        return None
    worst_below = list(accumulate([1.0, *sure_below], min))
    for start in range(max(0, len(above) - MOST - 1), len(above) - 1):
        worst = list(accumulate([1.0, *sure[start:]], min))
        for size in range(2, min(MOST, len(above) - start) + 1):
            for again in range(max(2, size - 1), min(size + 1, len(below)) + 1):
                # what comes after the stretch above would stand beside what comes after it below
                if start + size < len(above) and again < len(below):
                    continue
                if worst[size] > BROKEN and worst_below[again] > BROKEN:
                    continue
                first, second = above[start : start + size], below[:again]
                even = size == again
                pairs = zip(first, second, strict=True) if even else [(first[0], second[0]), (first[-1], second[-1])]
                if not all(_may_be_same(*pair) for pair in pairs):
                    continue
                alike = _likeness(first, second, WHOLE_LETTERS if even and again == len(below) else LETTERS)
                if alike >= (ALIKE if even else UNEVEN_ALIKE) and (best is None or alike > best.alike):
                    best = _Overlap(alike, start, size, again)
    return best


def _likeness(first: Sequence[MendedWord], second: Sequence[MendedWord], letters: int) -> float:
    """Of two stretches, as they were read or as their ink is, where they have so many letters."""
    shown = ["".join([plain_letters(word.text) for word in words]) for words in (first, second)]
    inks = ["".join([plain_letters(word.ink) for word in words]) for words in (first, second)]
    return max((fuzz.ratio(*pair) for pair in (shown, inks) if min(map(len, pair)) >= letters), default=0.0)


def _may_be_same(one: MendedWord, other: MendedWord) -> bool:
    """Whether two words may be one: alike, or one of them broken."""
    broken = min(one.confidence, other.confidence) <= BROKEN
    return broken or fuzz.ratio(plain_letters(one.text), plain_letters(other.text)) >= WORD_ALIKE


def _sureness(words: Sequence[MendedWord]) -> float:
    return sum(word.confidence for word in words) / len(words)

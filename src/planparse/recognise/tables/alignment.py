"""The words of a broken cell beside those of a text that it may be: which is which, what strayed in, what is lost."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from planparse.lexicon import fold, letters
from planparse.recognise.tables.doubts import CellWord

UNLIKE = 1.3
"""Price of a word read as one that has no letter in common with it."""
ALONE, LETTER = 0.5, 0.1
"""Price of a word that stands for nothing, or that nothing stands for, and for each of its letters."""

Pair = tuple[int | None, int | None]
"""Places of a word of the cell and of one of the text; None for a stray, and for a word that was lost."""


def likeness(word: CellWord, key: str) -> float:
    """How alike a word, or the ink behind it, and a word of a text are: 0 to 1."""
    return _likeness(word.key, word.ink, key)


@lru_cache(maxsize=65536)
def _likeness(shown: str, ink: str, key: str) -> float:
    if shown == key:
        return 1.0
    return max(
        Levenshtein.normalized_similarity(shown, key),
        Levenshtein.normalized_similarity(letters(ink), fold(key)),
    )


def align(words: Sequence[CellWord], keys: Sequence[str]) -> list[Pair]:
    """The cheapest pairing of the words of a cell with those of a text, in order."""
    alone = [ALONE + LETTER * len(word.key) for word in words]
    lost = [ALONE + LETTER * len(key) for key in keys]
    rows = [[0.0]]
    for price in lost:
        rows[0].append(rows[0][-1] + price)
    for at, word in enumerate(words):
        above, by_itself = rows[-1], alone[at]
        left = above[0] + by_itself
        row = [left]
        for place, key in enumerate(keys):
            left = min(
                above[place] + UNLIKE * (1 - _likeness(word.key, word.ink, key)),
                above[place + 1] + by_itself,
                left + lost[place],
            )
            row.append(left)
        rows.append(row)
    pairs: list[Pair] = []
    at, place = len(words), len(keys)
    while at or place:
        here = rows[at][place]
        if at and place and here == rows[at - 1][place - 1] + UNLIKE * (1 - likeness(words[at - 1], keys[place - 1])):
            at, place = at - 1, place - 1
            pairs.append((at, place))
        elif at and here == rows[at - 1][place] + alone[at - 1]:
            at -= 1
            pairs.append((at, None))
        else:
            place -= 1
            pairs.append((None, place))
    return pairs[::-1]

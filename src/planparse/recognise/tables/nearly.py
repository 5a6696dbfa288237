"""Cells that are nearly what others of their column say: a word or two lost, broken, or strayed in.

The offices of a plan come again in every section, word for word. A cell that is one of those texts but for its first
words, which a ruling line swallowed, for a word that OCR read as another, or for a shred of the next column is that
text. Words that were read for certain must all be in it, and figures are neither supplied nor dropped.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from planparse.lexicon import fold
from planparse.recognise.tables.deadline_forms import Example
from planparse.recognise.tables.doubts import CellWord

TIMES, TIMES_CLEAN = 2, 3
"""How often a text must come: for a cell with words in doubt, and for one without."""
UNSURE = 0.9
"""Confidence below which a word may be read as another, or be a stray."""
READ_AS, UNSURE_READ_AS = 1.0, 1.5
"""Price of a word in doubt read as another; the same of one that is not in doubt, but not sure either."""
STRAY, UNSURE_STRAY = 1.0, 1.5
"""Price of a word that is not of the cell."""
LOST_START, LOST_END, LOST, LOST_CAPITAL = 1.0, 1.5, 2.0, 3.0
"""Price of a word that OCR lost: before a cell that begins in small letters, after its last word, amid a cell with
words in doubt, before one that begins with a capital."""
MOST, SHARE = 4.0, 0.5
"""Price of all differences at most, and for each word of the text."""
KEPT = 0.5
"""Share of the text's letters that must stand in the cell."""
CLEAR = 1.0
"""By how much the best text must beat all others."""
ALIKE, UNSURE_ALIKE = 0.3, 0.5
"""How alike the ink and the word that it is read as must be."""
AMID = 8
"""So many times as often as at the end of cells stands a word amid them after which something is lost."""
LIKELY = 55
"""Likeness (percent) of cells that are compared word by word."""


def nearly(words: Sequence[CellWord], examples: Sequence[Example]) -> Example | None:
    """The text of its column that a cell is nearly; None where none is, or where two would do."""
    keyed = [w for w in words if w.key]
    keys = tuple(w.key for w in keyed)
    letters = "".join(keys)
    times = TIMES if any(w.doubtful for w in keyed) else TIMES_CLEAN
    whole = not keyed or keyed[-1].text.endswith((".", ";")) or ends_a_cell(keys, examples)
    priced: list[tuple[float, Example]] = []
    for example in examples:
        if example.keys == keys:
            if len(example.places) >= times:
                return None  # it says what others say
            continue
        if len(example.places) < times or fuzz.ratio(letters, example.letters) < LIKELY:
            continue
        price = _difference(keyed, example.keys, whole)
        if price <= min(MOST, SHARE * len(example.keys)):
            priced.append((price, example))
    priced.sort(key=lambda pair: pair[0])
    if not priced or (len(priced) > 1 and priced[1][0] - priced[0][0] < CLEAR):
        return None
    return priced[0][1]


def ends_a_cell(keys: Sequence[str], examples: Sequence[Example]) -> bool:
    """Whether the last word of a cell is one with which cells of the column end, and not one amid them."""
    last = keys[-1]
    ended = sum(len(e.places) for e in examples if e.keys[-1:] == (last,) and e.keys != keys)
    went_on = sum(len(e.places) for e in examples if last in e.keys[:-1])
    return ended * AMID >= went_on


def _difference(words: Sequence[CellWord], keys: Sequence[str], whole: bool) -> float:
    """The lowest price at which the words of a cell can be a text; infinite where they cannot."""
    small = words[0].text[:1].islower() if words else False
    amid = LOST if any(w.doubtful for w in words) else math.inf
    row = [0.0]
    for at, key in enumerate(keys):
        row.append(row[at] + _lost(key, LOST_START if small else LOST_CAPITAL))
    for n, word in enumerate(words):
        above, row = row, [row[0] + _stray(word)]
        lost = (math.inf if whole else LOST_END) if n + 1 == len(words) else amid
        for at, key in enumerate(keys):
            row.append(
                min(
                    above[at] + _read_as(word, key),
                    above[at + 1] + _stray(word),
                    row[at] + _lost(key, lost),
                )
            )
    shown = {word.key for word in words}
    kept = sum(len(key) for key in keys if key in shown)
    return row[-1] if kept >= KEPT * sum(map(len, keys)) else math.inf


def _read_as(word: CellWord, key: str) -> float:
    if word.key == key:
        return 0.0
    if any(c.isdigit() for c in key) or (any(c.isdigit() for c in word.ink) and not word.doubtful):
        return math.inf
    ink = fold(word.ink).replace(" ", "")
    alike = max(Levenshtein.normalized_similarity(ink, fold(key)), Levenshtein.normalized_similarity(word.key, key))
    if word.doubtful:
        return READ_AS if alike >= ALIKE else math.inf
    return UNSURE_READ_AS if word.sure < UNSURE and alike >= UNSURE_ALIKE else math.inf


def _stray(word: CellWord) -> float:
    if word.doubtful:
        return STRAY
    if any(c.isdigit() for c in word.ink):
        return math.inf
    return UNSURE_STRAY if word.sure < UNSURE else math.inf


def _lost(key: str, price: float) -> float:
    return math.inf if any(c.isdigit() for c in key) else price

"""Whether the figures of a cell are those of another: digits are never supplied by likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from planparse.recognise.tables.doubts import CellWord
from planparse.recognise.tables.label_ink import NUMBER, ink_prices

_TIME = frozenset({"ngay", "thang", "nam", "quy", "tuan", "truoc", "den", "trong"})
"""Words after which a figure counts, however short it is."""
_FIGURES = re.compile(r"\d+(?:[./-]\d+)*")
_YEAR = re.compile(r"(?<![\d/])20\d\d\b")
_ROMANS = frozenset({"i", "ii", "iii", "iv"})
"""Quarters, as keys of words have them."""
_STROKES = str.maketrans("1lL|![]Tv", "IIIIIIIIV")
"""What OCR makes of a stroke of a Roman figure."""
_BACK, _AHEAD = 3, 15
"""A plan sets dates at most so many years before its own and after it (Nghị định, strategies to 2030 and 2045)."""
_RARE = 5
"""So many times as often as a misread year stands the year that it is of."""


def odd_years(cells: Iterable[str]) -> frozenset[str]:
    """Years in the deadlines of one plan that it cannot mean, one digit off the year that it mostly does.

    ``2005`` beside fifty times ``2025`` is a misreading; ``2024`` and ``2026`` may be meant.
    """
    counts = Counter(year for cell in cells for year in _YEAR.findall(cell))
    if not counts:
        return frozenset()
    usual, times = counts.most_common(1)[0]
    return frozenset(
        year
        for year, n in counts.items()
        if n * _RARE <= times
        and not -_BACK <= int(year) - int(usual) <= _AHEAD
        and Levenshtein.distance(year, usual) == 1
    )


def figures_agree(words: Sequence[CellWord], keys: Sequence[str], year: str | None) -> bool:
    """Whether all figures of ``keys`` are in the ink of ``words``, and no other figure of the ink is lost.

    One or two digits in a word in doubt may go, unless they stand alone after a word of time. ``year`` is the one
    year that the column's clean cells know: it may stand for broken ink if at least half of its digits are there and
    none speaks against it, and for a year in doubt (:func:`odd_years`) that is one digit off.
    """
    if [k for k in keys if k in _ROMANS] != _quarters(words):
        return False
    wanted = [f for key in keys for f in _FIGURES.findall(key)]
    inked: list[tuple[str, bool]] = []
    before = ""
    for word in words:
        whole = _FIGURES.fullmatch(word.key) is not None
        shred = word.doubtful and not (whole and before in _TIME)
        inked += [(f, len(f) > 2 or not shred) for f in _FIGURES.findall(word.ink)]
        before = word.key or before
    counted = [f for f, counts in inked if counts or f in wanted]
    if counted == wanted:
        return True
    return year is not None and wanted == [year] and _is_broken_year(words, keys, year)


def _quarters(words: Sequence[CellWord]) -> list[str]:
    """The quarters that an ink shows by its strokes: ``ILI`` has three, whatever they were taken for."""
    found: list[str] = []
    expected = False
    for word in words:
        shown = word.ink.strip(".,;:/()").translate(_STROKES).lower()
        # a lone stroke is a quarter only where one is named; elsewhere it is a shred
        if shown in _ROMANS and (expected or len(shown) > 1):
            found.append(shown)
        expected = word.key.startswith("qu") or (shown in _ROMANS and word.ink.endswith(","))
    return found


def _is_broken_year(words: Sequence[CellWord], keys: Sequence[str], year: str) -> bool:
    """``)5 5`` and ``0 5`` can be 2025; ``2024`` cannot, and neither can nothing at all."""
    figured = [w for w in words if not w.key or w.doubtful or any(c.isdigit() for c in w.ink)]
    signs = "".join(w.ink for w in figured)
    if re.search(r"\d{4}", signs):
        years = [w for w in figured if any(c.isdigit() for c in w.ink)]
        return len(years) == 1 and years[0].doubtful and Levenshtein.distance(years[0].key, year) == 1
    alike = ink_prices().alike[NUMBER]
    digits = [s for s in signs if s.isdigit() or (s in alike and not s.isalpha())]
    if not digits or len(digits) > len(year):
        return False
    # each sign is either the digit itself or may be taken for it; what is missing is missing in the ink
    row = list(range(len(year) + 1))
    for sign in digits:
        above, row = row, [row[0] + 9]
        for at, digit in enumerate(year):
            same = above[at] if sign == digit or digit in alike.get(sign, "") else above[at] + 9
            row.append(min(same, row[at] + 1))
    said = "".join(digits)
    ends = said and year.endswith(said)  # lines are cut off where they begin: the last digit stands for all
    return (ends or row[-1] <= len(year) / 2) and Levenshtein.distance(said, year) < len(year)

"""Whether the figures of a cell are those of another: digits are never supplied by likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from planparse.recognise.tables.doubts import CellWord
from planparse.recognise.tables.label_ink import NUMBER, ink_prices

_TIME = frozenset({"ngay", "thang", "nam", "quy", "tuan", "truoc", "den", "trong"})
"""Words after which a figure counts, however short it is."""
_FIGURES = re.compile(r"\d+(?:[./-]\d+)*")


def figures_agree(words: Sequence[CellWord], keys: Sequence[str], year: str | None) -> bool:
    """Whether all figures of ``keys`` are in the ink of ``words``, and no other figure of the ink is lost.

    One or two digits in a word in doubt may go, unless they stand alone after a word of time. ``year`` is the one
    year that the column's clean cells know: it may stand for broken ink if at least half of its digits are there and
    none speaks against it.
    """
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


def _is_broken_year(words: Sequence[CellWord], keys: Sequence[str], year: str) -> bool:
    """``)5 5`` and ``0 5`` can be 2025; ``2024`` cannot, and neither can nothing at all."""
    signs = "".join(w.ink for w in words if not w.key or w.doubtful or any(c.isdigit() for c in w.ink))
    if re.search(r"\d{4}", signs):
        return False
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
    return row[-1] <= len(year) / 2 and Levenshtein.distance("".join(digits), year) < len(year)

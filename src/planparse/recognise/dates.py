"""The grammar of Vietnamese dates, tolerant of OCR; the header, citations and deadlines all read dates by it.

``ngày 05 tháng 02 năm 2024`` · ``ngày 10/4/2024`` · ``18-5-2024`` · ``ngày mười bốn tháng bảy năm hai nghìn
không trăm hai mươi lăm`` · without year: ``31/12``, ``ngày 15 tháng 6`` · without day: ``tháng 6/2025``.

A date is searched in running text: join lines first, so that one that breaks over a line end is whole.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.recognise.plain import plain

# Words as they look once folded, damage included: `ngdy`, `thdng`, `nim`, `ndm`, `niam`, `ném`.
_DAY = r"ng[ado]{1,2}[yv]|nga[il]"
_MONTH = r"t[hbl][aed]{1,2}n?g|thang"
_YEAR_WORD = r"n[aied]{1,2}m|nam"
_DIGIT = re.compile(r"\d")
_SMALL = r"\d{1,2}"
_YEAR = r"(?:19|20)\d{2}"

_LONG = re.compile(
    rf"(?:\b(?:{_DAY})\s*)?(?<![\d/.,-])(?P<day>{_SMALL})\s*(?:{_MONTH})\s*(?P<month>{_SMALL})"
    rf"(?:\s*,?\s*(?:{_YEAR_WORD})\s*(?P<year>{_YEAR})(?!\d))?"
)
_SHORT = re.compile(
    rf"(?<![\d/.,-])(?P<day>{_SMALL})\s?(?P<mark>[/.-])\s?(?P<month>{_SMALL})\s?(?P=mark)\s?(?P<year>{_YEAR})(?!\d)"
)
_NO_YEAR = re.compile(rf"\b(?:{_DAY})\s+(?P<day>{_SMALL})\s?[/-]\s?(?P<month>{_SMALL})(?![\d/.,-])(?P<year>)")
_NO_DAY = re.compile(
    rf"\b(?:{_MONTH})\s*(?P<month>{_SMALL})(?:\s?[/.-]\s?|\s*,?\s*(?:{_YEAR_WORD})\s*)(?P<year>{_YEAR})(?!\d)(?P<day>)"
)

_UNITS = "khong mot hai ba bon nam sau bay tam chin".split()
_ONES = {word: n for n, word in enumerate(_UNITS)} | {"tu": 4, "lam": 5, "nham": 5, "bẩy": 7}
_WORD = r"(?:muoi|mung|mong|linh|le|nghin|ngan|tram|" + "|".join(_ONES) + ")"
_WORDS = re.compile(
    rf"\b(?:{_DAY})\s+(?P<day>{_WORD}(?:\s+{_WORD}){{0,2}})\s+(?:{_MONTH})\s+(?P<month>(?:gieng|chap|{_WORD})(?:\s+(?:mot|hai))?)"
    rf"\s+(?:{_YEAR_WORD})\s+(?P<year>(?:mot|hai)\s+(?:nghin|ngan)(?:\s+{_WORD}){{1,6}})"
)
_MARKED = re.compile(r"\d\s?[/.-]\s?\d")
_GRAMMARS = (
    (_LONG, re.compile(r"\d\s*t[hbl]")),
    (_SHORT, _MARKED),
    (_NO_DAY, re.compile(r"g\s*\d")),
    (_NO_YEAR, _MARKED),
)
"""Ways to write a date in figures, each with what all of its dates hold: that is found, or not, in far less time."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. ``date`` is ``None`` where a part is missing or where no such day exists."""

    day: int | None
    month: int
    year: int | None
    start: int
    end: int

    @property
    def date(self) -> dt.date | None:
        """The day, if it is fully given and the calendar has it."""
        if self.day is None or self.year is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def impossible(self) -> bool:
        """Whether no calendar has it: ``31/6``, ``15/13/2024``."""
        try:
            dt.date(self.year or 2024, self.month, self.day or 1)  # 2024: a 29 February without year can be
        except ValueError:
            return True
        return False


def find_dates(text: str) -> list[FoundDate]:
    """All dates of a text, in order; of readings that overlap the fullest one stays."""
    folded = plain(text)
    found: list[FoundDate] = []
    for reading in _readings(folded):
        if not any(reading.start < other.end and other.start < reading.end for other in found):
            found.append(reading)
    return sorted(found, key=lambda d: d.start)


def date_at(text: str, start: int) -> FoundDate | None:
    """The date that begins at ``start``, but for white space, commas and the word ``ngày`` before it."""
    for found in find_dates(text[start : start + 90]):
        before = plain(text[start : start + found.start])
        if re.fullmatch(rf"[\s,.;|]*(?:(?:{_DAY})[\s,|]*)?", before):
            return FoundDate(found.day, found.month, found.year, start + found.start, start + found.end)
        return None
    return None


def _readings(folded: str) -> Iterator[FoundDate]:
    for match in _WORDS.finditer(folded) if "nghin" in folded or "ngan" in folded else ():
        day, month, year = (number_in_words(match[part]) for part in ("day", "month", "year"))
        if day and month and year:
            yield FoundDate(day, month, year, match.start(), match.end())
    for grammar, sign in _GRAMMARS if _DIGIT.search(folded) else ():
        for match in grammar.finditer(folded) if sign.search(folded) else ():
            yield FoundDate(
                int(match["day"]) if match["day"] else None,
                int(match["month"]),
                int(match["year"]) if match["year"] else None,
                match.start(),
                match.end(),
            )


def number_in_words(words: str) -> int | None:
    """``hai nghin khong tram hai muoi lam`` → 2025; folded words below ten thousand, ``None`` if not a number."""
    special = {"gieng": 1, "chap": 12}
    if words.strip() in special:
        return special[words.strip()]
    total, current = 0, 0
    for word in words.split():
        if word in _ONES:
            current = current + _ONES[word] if current and current % 10 == 0 else current * 10 + _ONES[word]
        elif word == "muoi":
            current = current * 10 if current else 10
        elif word in {"tram", "nghin", "ngan"}:
            total += current * (100 if word == "tram" else 1000)
            current = 0
        elif word not in {"linh", "le", "mung", "mong"}:
            return None
    return total + current

"""The line with place and date in a document's head: ``Khánh Hòa, ngày 05 tháng 02 năm 2024``.

The grammar of :mod:`planparse.recognise.dates` reads dates anywhere; here it is known that a date must
stand, so even one whose words and digits run together is found and its parts are told apart. A part that
is no number is left unread: digits are never guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from planparse import lexicon
from planparse.recognise.plain import plain

_DATE = re.compile(
    r"""
    (?P<day_word> \bn[gq]\w{0,2}[yvgj]\w? | \bng[adoiy]{1,3}[li]? )   # ngày: ngdy, nggy, ngay
    [\s.:]* (?P<day> (?:\S{1,4}\s+){0,2}? \S{0,4}? )                  # 14, 05, l8, specks, or a blank for the pen
    [\s.]* (?P<month_word> t[hbl]\w{1,3}?[gq] )                        # tháng: thdng, théng
    [\s.:;]* (?P<month> (?:\S{1,2}\s+){0,2}? [^\s,]{0,3}? )
    [\s.,]* (?P<year_word> \bn[\waăâ]{1,3}m | \bn[ai]m )               # năm: ndm, niam, nim
    [\s.:]* (?P<year> [\dOoIl|SsZ]{0,1}[\dOoIl|]{2,3}[\dOoIl|SsZ]? )
    """,
    re.VERBOSE,
)

_CITY = re.compile(r"(?<!\S)(?:TP\.?|T\.P\.?|[Tt]h[àa]nh ph[ốôoóé6]\S?)\s*$")
_DAY_WORD = re.compile(r"\bn[gq]")
"""Where ``ngày`` may begin. The last place counts: ``Ngdi, ngay 27 …`` has a province before its date."""

_OPEN = re.compile(r",\s*(?P<day_word>ng[adoiy]{1,3})\b[\s.…_]*(?:t[hbl]\w{1,3}[gq][\s.…_]*)?(?:n\w{1,2}m[\s.…_]*)?$")
_AS_DIGITS = str.maketrans({"l": "1", "I": "1", "|": "1", "i": "1", "!": "1", "O": "0", "o": "0", "Q": "0"})
"""Letters that are drawn like a digit: the ink is the same, so reading them as one is no guess."""


@dataclass(frozen=True)
class DateLine:
    """A place and date as printed. The numbers are ``None`` where they are blank or unreadable.

    ``place_start`` is where the words before the date begin (the place, and in a two-column line whatever
    stands left of it), ``start`` where ``ngày`` does. ``redrawn`` says that a letter was read as a digit.
    """

    place_start: int
    start: int
    end: int
    day_ink: str
    month_ink: str
    year_ink: str
    day: int | None
    month: int | None
    year: int | None
    redrawn: bool

    @property
    def date(self) -> dt.date | None:
        """The date, if every part was read and the calendar has it."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


def find_date_line(line: str) -> DateLine | None:
    """The date of a head's line, or ``None`` where the line has no ``ngày … tháng … năm …``."""
    folded = plain(line)
    starts = [word.start() for word in _DAY_WORD.finditer(folded)]
    match = next((found for start in reversed(starts) if (found := _DATE.match(folded, start))), None)
    if match is None:
        return _left_open(line)
    inks = {part: line[match.start(part) : match.end(part)].strip(" .…_,") for part in ("day", "month", "year")}
    inks = {part: _without_specks(ink) for part, ink in inks.items()}
    values = {part: _number(ink) for part, ink in inks.items()}
    year = values["year"]
    return DateLine(
        place_start=_place_start(line, match.start()),
        start=match.start(),
        end=match.end(),
        day_ink=inks["day"],
        month_ink=inks["month"],
        year_ink=inks["year"],
        day=values["day"],
        month=values["month"],
        year=year if year is not None and 1945 <= year <= 2100 else None,
        redrawn=any(ink and not ink.isdecimal() for ink in inks.values()),
    )


def _left_open(line: str) -> DateLine | None:
    """``Hà Nội, ngày`` with nothing after it that is a number: the rest was lost, or stands on other lines."""
    match = _OPEN.search(plain(line))
    if match is None:
        return None
    start = match.start("day_word")
    return DateLine(_place_start(line, start), start, match.end(), "", "", "", None, None, None, False)


def _without_specks(ink: str) -> str:
    """Ink without the single letters and marks that stand apart from a number; with two numbers it stays."""
    words = ink.split()
    digits = [word for word in words if any(c.isdecimal() for c in word)]
    return digits[0] if len(digits) == 1 and all(len(w) == 1 for w in words if w not in digits) else ink


def _number(ink: str) -> int | None:
    digits = ink.translate(_AS_DIGITS)
    # At least one true digit must stand there: "ll" may be anything.
    return int(digits) if digits.isdecimal() and any(c.isdecimal() for c in ink) else None


def _place_start(line: str, date_start: int) -> int:
    """Where the place begins: after the last wide gap, number or bar before the comma, else at the line's start."""
    before = line[:date_start].rstrip(" ,.;")
    gap = max(before.rfind("   "), before.rfind("\t"), before.rfind("|"))
    start = gap + 1 if gap >= 0 else 0
    symbol = list(
        re.finditer(r"\S*/\S*(?:\s?[-–]\s?[A-ZĐ&]{2,}\S*)*|(?<!\S)\d+(?!\S)|[A-Z]\S?-[A-ZĐ]{2,}", before[start:])
    )
    if symbol:
        start += symbol[-1].end()
    while start < len(line) and line[start] in " \t|,.;_":
        start += 1
    return min(_province_start(line, start, len(before)), date_start)


def _province_start(line: str, start: int, end: int) -> int:
    """Where the name of a province ends a stretch of more words than a place has (V/v … Khánh Hòa, ngày …)."""
    words = list(re.finditer(r"\S+", line[start:end]))
    if len(words) <= 2:
        return start
    whole = lexicon.provinces().find(line[start:end], 0.7)
    best = (max(0.84, whole.score if whole else 0.0), start)
    for word in words[-6:]:
        match = lexicon.provinces().find(line[start + word.start() : end], 0.84)
        if match and match.score > best[0]:
            best = (match.score, start + word.start())
    title = _CITY.search(line[start : best[1]])
    return start + title.start() if title else best[1]

"""Place and date of issue, with what is wrong about them."""

from __future__ import annotations

import datetime as dt
import re

from planparse import lexicon
from planparse.recognise.date_line import DateLine, find_date_line
from planparse.recognise.dates import find_dates
from planparse.recognise.furniture import gazette_lines
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.notes import Notebook
from planparse.restore.text import RestoredText

_CITY = re.compile(r"(?:TP|T\.P|Thành phố|Thanh pho)[.\s]+", re.IGNORECASE)
_EDGES = " \t,.;:_-–~|'\"*"


def read_date(text: RestoredText, zone: HeadZone, notes: Notebook) -> tuple[dt.date | None, str | None]:
    """The date and the place of the head."""
    if zone.date is None:
        if zone.motto:
            notes.diagnose("PP102", "warning", "no date was found in the head", "/header/date")
        return None, None
    number = zone.date[0]
    line = text.line(number).text
    found = find_date_line(line)
    if found is None:
        return None, None
    date = _date(text, found, number, line, notes)
    return date, _place(found, number, line, date, notes)


def _date(text: RestoredText, found: DateLine, number: int, line: str, notes: Notebook) -> dt.date | None:
    pointer, place = "/header/date", [(number, found.start, found.end)]
    date = found.date
    ink = line[found.start : found.end]
    if date is None:
        blank = [
            name
            for name, part in (("day", found.day_ink), ("month", found.month_ink), ("year", found.year_ink))
            if not part
        ]
        if blank:
            message = f"the {' and the '.join(blank)} of the date was left blank or is lost: {ink!r}"
        elif found.day is not None and found.month is not None and found.year is not None:
            message = f"the calendar has no such day: {ink!r}"
        else:
            message = f"the date can't be read for certain: {ink!r}"
        notes.diagnose("PP102", "warning", message, pointer, [number])
        notes.found(pointer, place, 0.0)
        return None
    sure = 0.99
    if found.redrawn:
        sure = 0.85
        notes.diagnose(
            "PP104", "warning", f"letters were read as the digits they look like: {ink!r}", pointer, [number]
        )
    lost_zero = len(found.day_ink) == 1 or (len(found.month_ink) == 1 and (found.month or 0) < 3)
    if lost_zero:
        # Nghị định 30/2020/NĐ-CP: days below 10 and months 1 and 2 take a zero.
        sure *= 0.7
        message = f"a zero is missing before a number below 10, or a digit is lost: {ink!r}"
        notes.diagnose("PP103", "warning", message, pointer, [number])
    issued = _gazette_date(text)
    if issued and date > issued:
        sure *= 0.5
        notes.diagnose("PP116", "warning", f"the gazette that prints it is of {issued:%d/%m/%Y}", pointer, [number])
    notes.found(pointer, place, sure, ink if found.redrawn else None)
    return date


def _gazette_date(text: RestoredText) -> dt.date | None:
    """The day of the gazette by its running heads; ``None`` where there are none, or where they differ."""
    days = set()
    for number in gazette_lines(text):
        found = [d.date for d in find_dates(text.line(number).text) if d.date]
        days.update(found[:1])
    return days.pop() if len(days) == 1 else None


def _place(found: DateLine, number: int, line: str, date: dt.date | None, notes: Notebook) -> str | None:
    start, end = found.place_start, found.start
    while end > start and line[end - 1] in _EDGES:
        end -= 1
    while start < end and line[start] in _EDGES:
        start += 1
    shown = line[start:end]
    if not any(c.isalpha() for c in shown) or len(shown) > 60:
        notes.diagnose("PP111", "warning", "no place was found before the date", "/header/place", [number])
        return None
    city = _CITY.match(shown)
    name = shown[city.end() :] if city else shown
    match = lexicon.provinces().find(name, 0.8, date) or lexicon.provinces().find(name, 0.8)
    pointer, place = "/header/place", [(number, start, end)]
    if match is None or match.lead < 0.02:
        # A district, a commune, or a name too damaged: as printed.
        notes.found(pointer, place, 0.6)
        return _spaced(shown)
    value = (shown[: city.end()] if city else "") + match.entry.name
    same = lexicon.strip_marks(name).lower() == lexicon.strip_marks(match.entry.name).lower()
    restored = value == shown
    notes.found(pointer, place, 0.99 if same else match.score, None if restored else shown)
    if not restored:
        message = f"{shown!r} was read as the province {match.entry.name}"
        notes.diagnose("PP112", "info", message, pointer, [number])
    return _spaced(value)


def _spaced(words: str) -> str:
    return " ".join(words.split())

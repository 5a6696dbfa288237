"""Dates as documents print them, digits only: no guessing, no repair."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")  # 05/12/2025
_WORDED = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE
)  # ngày 05 tháng 12 năm 2025

_QUARTER = re.compile(r"quý\s+(I{1,3}|IV|[1-4])\s*(?:/|năm)\s*(\d{4})", re.IGNORECASE)  # Quý III/2025
_MONTH = re.compile(r"(?:trong\s+)?tháng\s+(\d{1,2})\s*(?:/|năm)\s*(\d{4})", re.IGNORECASE)  # Tháng 9/2025
_YEAR = re.compile(r"(?:trong\s+)?năm\s+(\d{4})", re.IGNORECASE)  # Trong năm 2025
_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}

FIRST_DAY = dt.date(1945, 9, 2)
"""The state that these documents are of was proclaimed on this day."""


def printed_dates(text: str) -> Iterator[dt.date]:
    """Every full date that a text prints and the calendar has."""
    for pattern in (_SLASHED, _WORDED):
        for match in pattern.finditer(text):
            day, month, year = map(int, match.groups())
            try:
                yield dt.date(year, month, day)
            except ValueError:
                continue


def printed_period(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of the quarter, month or year that a text names and says nothing else."""
    text = text.strip().rstrip(".;")
    if match := _QUARTER.fullmatch(text):
        quarter = _QUARTERS.get(match[1].upper()) or int(match[1])
        return _months(int(match[2]), 3 * quarter - 2, 3)
    if (match := _MONTH.fullmatch(text)) and 1 <= int(match[1]) <= 12:
        return _months(int(match[2]), int(match[1]), 1)
    if match := _YEAR.fullmatch(text):
        return _months(int(match[1]), 1, 12)
    return None


def _months(year: int, first: int, count: int) -> tuple[dt.date, dt.date]:
    """First and last day of ``count`` months from month ``first`` on."""
    after = dt.date(year + (first + count > 12), (first + count - 1) % 12 + 1, 1)
    return dt.date(year, first, 1), after - dt.timedelta(days=1)


def printed_years(text: str) -> set[int]:
    """Every number in a text that can be a year."""
    return {int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)}


def shown(date: dt.date) -> str:
    """A date as Vietnamese documents write it."""
    return f"{date.day:02}/{date.month:02}/{date.year}"

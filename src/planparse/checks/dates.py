"""Dates as documents print them, digits only: no guessing, no repair."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

_SLASHED = re.compile(r"(?<!\d)(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{4})(?!\d)")  # 05/12/2025
_WORDED = re.compile(
    r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE
)  # ngày 05 tháng 12 năm 2025

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


def printed_years(text: str) -> set[int]:
    """Every number in a text that can be a year."""
    return {int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text)}


def shown(date: dt.date) -> str:
    """A date as Vietnamese documents write it."""
    return f"{date.day:02}/{date.month:02}/{date.year}"

"""How alike two readings of one number or one date are: what OCR can make of the same ink."""

from __future__ import annotations

import datetime as dt

from rapidfuzz.distance import Levenshtein

Slip = int
"""Letters that differ: 0 for the same reading, at most 2 for one that can be the same ink."""


def number_slip(a: str, b: str) -> Slip:
    """How many digits two numbers differ by; a number of one digit is too short to be told from another."""
    if a == b:
        return 0
    if min(len(a), len(b)) < 2 or abs(len(a) - len(b)) > 1:
        return 9
    return Levenshtein.distance(a, b)


def date_slip(a: dt.date | None, b: dt.date | None) -> Slip:
    """How many digits two dates differ by, as day/month/year are printed; an unknown date contradicts nothing."""
    if a is None or b is None or a == b:
        return 0
    return min(Levenshtein.distance(_short(a), _short(b)), Levenshtein.distance(_long(a), _long(b)))


def _short(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _long(day: dt.date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"

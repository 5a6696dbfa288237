"""Deadline cells in a form that can be compared: ``Quý III/2025`` → 1 July to 30 September 2025.

The forms of Vietnamese plans are few: until a date, within a period, again and again, or hanging on something.
They are read without marks, so that a cell whose letters OCR garbled is still understood by its figures.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from planparse.lexicon import strip_marks
from planparse.records import Due

# "05/12/2025", "5.12.2025", "ngày 05 tháng 12 năm 2025"
_DATE = re.compile(
    r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\b|\b(\d{1,2}) thang (\d{1,2})(?: nam |/| )(\d{4})"
)
# "quy III/2025", "quy 3 nam 2025", "quy II, III/2025", "quy II den quy IV nam 2025"
_QUARTER = re.compile(
    r"\bqu[yv]\s*([ivl1-4]{1,3})(?:\s*(?:,|-|–|va|den)\s*(?:het\s*)?(?:qu[yv]\s*)?([ivl1-4]{1,3}))?\s*[/.,]?\s*(?:nam\s*)?(\d{4})"
)
# "thang 9/2025", "thang 8-9/2025", "thang 9 nam 2025"
_MONTH = re.compile(
    r"\bth?ang\s*(\d{1,2})(?:\s*(?:-|–|,|va|den)\s*(?:thang\s*)?(\d{1,2}))?\s*[/.]?\s*(?:nam\s*)?(\d{4})\b|(?<![\d/])(\d{1,2})/(\d{4})\b"
)
# "6 thang dau nam 2025", "6 thang cuoi nam 2025"
_HALF = re.compile(r"\b0?6 thang (dau|cuoi) nam\s*(\d{4})")
# "2025-2030", "2025 den 2030", "2025 - 2026"
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*(?:-|–|den)\s*(?:nam\s*)?((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d/-])((?:19|20)\d\d)(?![\d/-])")

_RECURS = re.compile(
    r"\bthuong xuy|\bh[ao]ng (?:nam|quy|thang|tuan|ngay)|\bdinh ky|\blien tuc|\bmoi (?:nam|quy|thang|tuan)"
)
_HANGS = re.compile(
    r"^(?:thuc hien )?(?:theo|sau khi|khi|ngay sau|sau|tuy|can cu|dot xuat|trong vong|cham nhat sau|ke tu)\b"
)
_UNTIL = re.compile(r"\b(?:truoc|den|cham nhat|khong qua|hoan thanh|xong|het han|han|het)\b")

_QUARTERS = {
    "i": 1,
    "l": 1,
    "1": 1,
    "ii": 2,
    "ll": 2,
    "il": 2,
    "li": 2,
    "2": 2,
    "iii": 3,
    "lll": 3,
    "3": 3,
    "iv": 4,
    "lv": 4,
    "4": 4,
}

Period = tuple[dt.date, dt.date]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _span(year: int, first: int, last: int) -> Period | None:
    if not (1 <= first <= last <= 12 and 1945 <= year <= 2100):
        return None
    return dt.date(year, first, 1), _month_end(year, last)


def _periods(text: str) -> Iterator[tuple[int, Period]]:
    """Every stretch of time that a text names, with where it stands; a day is a stretch of one day."""
    rest = text

    def take(found: re.Match[str]) -> None:
        nonlocal rest
        rest = rest[: found.start()] + " " * (found.end() - found.start()) + rest[found.end() :]

    for found in _DATE.finditer(text):
        take(found)
        day, month, year = (int(g) for g in found.groups() if g)
        try:
            yield found.start(), (dt.date(year, month, day),) * 2
        except ValueError:
            continue
    for found in _HALF.finditer(rest):
        take(found)
        if period := _span(int(found[2]), *((1, 6) if found[1] == "dau" else (7, 12))):
            yield found.start(), period
    for found in _QUARTER.finditer(rest):
        first, last = (_QUARTERS.get(g or "") for g in found.group(1, 2))
        if first:
            take(found)
            if period := _span(int(found[3]), 3 * first - 2, 3 * (last or first)):
                yield found.start(), period
    for found in _MONTH.finditer(rest):
        first_month, last_month, year_text = (
            found.group(1) or found.group(4),
            found.group(2),
            found.group(3) or found.group(5),
        )
        take(found)
        if period := _span(int(year_text), int(first_month), int(last_month or first_month)):
            yield found.start(), period
    for found in _YEARS.finditer(rest):
        take(found)
        if int(found[1]) <= int(found[2]):
            yield found.start(), (dt.date(int(found[1]), 1, 1), dt.date(int(found[2]), 12, 31))
    for found in _YEAR.finditer(rest):
        yield found.start(), (dt.date(int(found[1]), 1, 1), dt.date(int(found[1]), 12, 31))


def read_due(cell: str | None) -> Due | None:
    """What a deadline cell means; ``None`` where it fits no form.

    ``by``: ``Trước ngày 05/12/2025``, ``Đến hết năm 2025`` (``end`` is the date printed; a list of dates gives
    the last). ``within``: ``Trong năm 2025``, ``Quý III/2025``. ``recurring``: ``Thường xuyên``, with the period
    where one is named. ``conditional``: ``Theo kế hoạch của Bộ Nội vụ``, ``Khi có yêu cầu``.
    """
    text = " ".join(strip_marks(cell or "").lower().split()).strip(" .;:-")
    if not text:
        return None
    if _HANGS.search(text):
        return Due(kind="conditional")
    periods = sorted(_periods(text))
    start = min((p[0] for _, p in periods), default=None)
    end = max((p[1] for _, p in periods), default=None)
    if _RECURS.search(text):
        return Due(kind="recurring", start=start, end=end)
    if not periods or end is None:
        return None
    first_at, first = periods[0]
    if _UNTIL.search(text[: first_at + 1]) and not re.search(r"\btu\b", text[:first_at]):
        before = re.search(r"\btruoc\b", text[:first_at]) and first[0] != first[1]
        return Due(kind="by", end=first[0] - dt.timedelta(days=1) if before else end)
    if all(a == b for _, (a, b) in periods) and len(periods) == 1:
        return Due(kind="by", end=end)
    return Due(kind="within", start=start, end=end)

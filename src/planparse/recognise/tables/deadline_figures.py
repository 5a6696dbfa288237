"""How deadlines write their figures, whatever OCR made of the strokes: quarters in Roman figures, dates with slashes.

Thin strokes look alike. ``Quý 11/2025`` can be the second quarter only, and no month has three figures, so
``2516/2024`` can be 25/6/2024 only; where a date can be read in two ways it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from planparse.recognise.tables.mend import MendedWord

_STROKES = r"(?:['’]?[1IilL|\[\]]['’]?[Vv]|[1IilLHT|\[\]]{1,3}|[1-4])"
_QUARTERS = frozenset({"I", "II", "III", "IV"})
_QUARTER = re.compile(
    rf"\b[Qq]u[ýỹỳyỵ]\s?(?P<first>{_STROKES})(?P<more>(?:\s?(?:,|và)\s?{_STROKES})*)(?=\s?/|,|\s+năm\b|\s+và\b|\s*-)"
)
"""Quarters where a deadline names them: ``Quý 111/2025``, ``Quỹ I, 1I năm 2025``, ``Quý HI/2025``."""
_STROKE = re.compile(_STROKES)


def written_usually(deadlines: Sequence[str]) -> list[str]:
    """The deadlines of a plan with their figures as deadlines write them."""
    return roman_quarters([with_slashes(text) for text in deadlines])


def words_written_usually(deadlines: Sequence[Sequence[MendedWord]]) -> list[list[MendedWord]]:
    """The same, word for word."""
    texts = written_usually([" ".join(word.text for word in words) for words in deadlines])
    found = []
    for words, text in zip(deadlines, texts, strict=True):
        parts = text.split()
        alike = len(parts) == len(words)  # no word has a space in it but where OCR has one of its own
        found.append(
            [word._replace(text=part) for word, part in zip(words, parts, strict=True)] if alike else [*words]
        )
    return found


def roman_quarters(texts: Sequence[str]) -> list[str]:
    """The deadlines of a plan with the Roman figures of their quarters, where OCR made strokes or ones of them.

    ``Quý 11/2025`` can be the second quarter only. ``Quý 1/2025`` is the first, whichever way it is printed. Plans
    write Roman figures (53 of 56 quarters of the corpus) and OCR makes ones of them; so it is left alone only where
    another deadline shows that the plan writes Arabic ones.
    """
    seen = [label for text in texts for found in _QUARTER.finditer(text) for label in _STROKE.findall(found[0][3:])]
    roman = not any(label in {"2", "3", "4"} for label in seen)

    def strokes(found: re.Match[str]) -> str:
        label = found[0]
        if label.isdigit() and len(label) == 1 and not (label == "1" and roman):
            return label
        read = re.sub(r"[1ilLT|\[\]]", "I", re.sub("['’]", "", label).replace("H", "II")).replace("v", "V")
        if read == "IIII":
            read = "III"  # a stroke was seen twice: ``lIH``
        return read if read in _QUARTERS else label

    def read(found: re.Match[str]) -> str:
        return f"{found[0][0]}uý {_STROKE.sub(strokes, found['first'])}{_STROKE.sub(strokes, found['more'])}"

    return [_QUARTER.sub(read, text) for text in texts]


_YEAR = r"(?P<year>20\d\d)(?![\d/])"
_DAY_AND_MONTH = re.compile(
    rf"(?:^|(?<=ngày\s)|(?<=trước\s)|(?<=đến\s)|(?<=hết\s))(?P<said>\d{{3,5}})/{_YEAR}", re.IGNORECASE
)
"""``2516/2024`` where a day is due: elsewhere it may be the number of a document. Of ``2110/2025`` two dates can be
made, so it stays."""
_MONTH_AND_YEAR = re.compile(
    rf"(?:(?<=tháng\s)|(?<![\d.-])(?P<day>\d{{1,2}})/)(?P<month>\d{{1,2}})1{_YEAR}", re.IGNORECASE
)
"""``25/612024``, ``Tháng 612024``."""
_GLUED = re.compile(rf"(?<=tháng\s)(?P<month>\d{{1,2}}){_YEAR}", re.IGNORECASE)
"""``Tháng 122023``."""


def with_slashes(text: str) -> str:
    """A deadline with the slashes of its dates.

    >>> with_slashes("Trước ngày 2516/2024")
    'Trước ngày 25/6/2024'
    >>> with_slashes("Tháng 122023")
    'Tháng 12/2023'
    """
    text = _DAY_AND_MONTH.sub(lambda found: _only(_days(found["said"]), found[0], found["year"]), text)
    return _GLUED.sub(_glued, _MONTH_AND_YEAR.sub(_month, text))


def _glued(found: re.Match[str]) -> str:
    month = found["month"]
    two = month == "11"  # ``112025`` is of January or of November
    return f"{month}/{found['year']}" if _is_month(month) and not two else found[0]


def _month(found: re.Match[str]) -> str:
    month, day = found["month"], found["day"]
    if not _is_month(month) or _is_month(month + "1") or (day and not _is_day(day)):
        return found[0]
    return f"{day}/{month}/{found['year']}" if day else f"{month}/{found['year']}"


def _days(said: str) -> Iterable[str]:
    """The days and months that some figures are when a one among them is a slash, or a slash is lost."""
    for at, figure in enumerate(said):
        for day, month in ((said[:at], said[at:]), (said[:at], said[at + 1 :] if figure == "1" else "")):
            if _is_day(day) and _is_month(month):
                yield f"{day}/{month}"


def _only(readings: Iterable[str], said: str, year: str) -> str:
    found = list(readings)
    return f"{found[0]}/{year}" if len(found) == 1 else said


def _is_day(figures: str) -> bool:
    return len(figures) in (1, 2) and 1 <= int(figures) <= 31


def _is_month(figures: str) -> bool:
    return len(figures) in (1, 2) and 1 <= int(figures) <= 12

"""Many mentions, one document: which mentions mean the same, and what they agree on."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from planparse.lexicon import fold, strip_marks
from planparse.recognise.citations.mentions import Mention

_LOOK_ALIKE_DIGITS = frozenset(map(frozenset, ("17", "38", "56", "06", "08", "14", "29")))
"""Digits that OCR takes for one another. 7 and 8, 8 and 9 are none: neighbours in a series differ so."""


@dataclass
class CitedDocument:
    """All mentions of one document, in order of appearance."""

    mentions: list[Mention]
    misread: dict[str, list[int]] = field(default_factory=dict)
    """Other readings of its number that were outvoted, and their lines."""

    @property
    def lines(self) -> list[int]:
        """Every line that cites it."""
        return sorted({line for mention in self.mentions for line in mention.lines})

    @property
    def dates(self) -> Counter[dt.date]:
        """Dates given for it and how often."""
        return Counter(mention.date for mention in self.mentions if mention.date)

    @property
    def number_text(self) -> str | None:
        """Its number and symbol: the spelling with most marks, because marks are lost but never gained."""
        spellings = [mention.number.text for mention in self.mentions if mention.number]
        return max(spellings, key=lambda s: (sum(not c.isascii() for c in s), spellings.count(s)), default=None)


def merge(mentions: list[Mention]) -> list[CitedDocument]:
    """The cited documents, in order of their first mention."""
    documents: list[CitedDocument] = []
    by_key: dict[str, list[CitedDocument]] = {}
    for mention in sorted(mentions, key=lambda m: (m.lines[0], m.whole[0])):
        alike = by_key.setdefault(_key(mention), [])
        same = [d for d in alike if _same_year(d, mention)]
        if same:
            same[-1].mentions.append(mention)
        else:
            alike.append(CitedDocument([mention]))
            documents.append(alike[-1])
    return _outvote(documents)


def _key(mention: Mention) -> str:
    if mention.number is None:
        return fold(mention.name or "")
    return strip_marks(mention.number.text).casefold()


def _same_year(document: CitedDocument, mention: Mention) -> bool:
    """Numbers begin anew each year: the same number under dates of two years is two documents."""
    years = {day.year for day in document.dates}
    return mention.date is None or not years or mention.date.year in years


def _outvote(documents: list[CitedDocument]) -> list[CitedDocument]:
    """A number read once is taken for a misreading of one read more often.

    Only where symbol and date are the same, just one digit differs, and the two digits look alike.
    """
    kept: list[CitedDocument] = []
    for document in documents:
        right = next((d for d in documents if d is not document and _misread(document, d)), None)
        if right is None:
            kept.append(document)
            continue
        printed = document.number_text or ""
        right.misread.setdefault(printed, []).extend(document.lines)
        right.mentions = sorted(right.mentions + document.mentions, key=lambda m: (m.lines[0], m.whole[0]))
    return sorted(kept, key=lambda d: (d.mentions[0].lines[0], d.mentions[0].whole[0]))


def _misread(once: CitedDocument, often: CitedDocument) -> bool:
    if len(once.mentions) != 1 or len(often.mentions) < 2:
        return False
    a, b = once.mentions[0].number, often.mentions[0].number
    if a is None or b is None or a.symbol != b.symbol or a.year != b.year or len(a.number) != len(b.number):
        return False
    wrong = [frozenset(pair) for pair in zip(a.number, b.number, strict=True) if pair[0] != pair[1]]
    return (
        len(wrong) == 1
        and wrong[0] in _LOOK_ALIKE_DIGITS
        and bool(once.dates)
        and once.dates.keys() <= often.dates.keys()
    )

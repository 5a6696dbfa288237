"""Whether a text is Vietnamese at all, garbled or not.

Vietnamese is written syllable by syllable, and a syllable has a narrow shape. An OCR program that takes
the accents for something else still leaves that shape: 80 to 99 of 100 letters of a Vietnamese document
stand in words that could be syllables once their accents are stripped, however badly they were read (of
single pages read with the English model 45 at the 1st percentile). Of manual pages in 28 other languages
none had more than 21.
"""

from __future__ import annotations

import re
from functools import cache

from planparse.errors import NotVietnameseError
from planparse.source import SourceText

LEAST_SHARE = 0.3
"""Below this share of letters in words that could be syllables a text is taken for another language."""

LEAST_LETTERS = 30
"""Fewer letters than this say nothing about their language."""

SAMPLE = 5000
"""Words looked at, spread over the document."""

_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-zA-Z]")
_SYLLABLE = re.compile(
    r"""
    (?: ngh? | [ckgt]h | gi | ph | qu | tr | nh | [bcdghklmnpqrstvx] )?   # âm đầu
    [aeiouy]{1,3}                                                         # vần
    (?: ch | ng | nh | [cmnpt] )?                                         # âm cuối
    """,
    re.VERBOSE,
)


def syllable_share(text: str) -> float | None:
    """Share of the letters of ``text`` in words that could be syllables; ``None`` for too little text."""
    words = _WORD.findall(text)
    sample = words[:: len(words) // SAMPLE + 1]
    letters = sum(map(len, sample))
    if letters < LEAST_LETTERS:
        return None
    return sum(map(len, filter(_could_be_syllable, sample))) / letters


def is_vietnamese(source: SourceText) -> bool:
    """Whether a document could be Vietnamese; one with hardly any words is given the benefit of the doubt."""
    share = syllable_share("\n".join(line.text for line in source.lines))
    return share is None or share >= LEAST_SHARE


def require_vietnamese(source: SourceText) -> None:
    """Raise :class:`~planparse.errors.NotVietnameseError` for a text in another language."""
    if not is_vietnamese(source):
        raise NotVietnameseError(source.name, "reads like no Vietnamese text", "--force takes it all the same")


@cache
def _could_be_syllable(word: str) -> bool:
    from unidecode import unidecode

    return _SYLLABLE.fullmatch(unidecode(word).lower()) is not None

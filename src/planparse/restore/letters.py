"""Letter case: restored words follow the ink, as far as the ink tells the case.

Some capitals have the shape of their small letters, and OCR writes them for one another (``cơ SỞ`` from ``co SO``);
an I is more often an l. Where such letters alone say capital, and the words around are in small letters, the case is
theirs. Rows of tables are left alone: there a capital may open a cell.
"""

from __future__ import annotations

from unidecode import unidecode

SAME_SHAPE = frozenset("COSVXZWUI")
"""Capitals that differ from a small letter (I: from l and i) in size alone."""

_SAME_SHAPE_SMALL = frozenset("cosvxzwuil")
_ROMAN = frozenset("IVXLC")

FUNCTION_WORDS = frozenset("của với và về vào có cho cùng cũng còn cần vì vẫn sẽ sau".split())
"""Words that no name begins with; between small letters their capital is a misreading."""


def dress(word: str, ink: str, canonical_case: str | None = None, shouting: bool = False) -> str:
    """``word`` (lower case) in the letter case that the ink shows.

    ``shouting``: the words around are in capitals, so that a lone capital (``S6``) is one of many.

    ``canonical_case`` is how an abbreviation or name is always written (``UBND``, ``TTg``).

    >>> dress("ủy", "UY"), dress("chính", "Chinh"), dress("là", "1a")
    ('ỦY', 'Chính', 'là')
    """
    upper = sum(letter.isupper() for letter in ink)
    lower = sum(letter.islower() for letter in ink)
    if canonical_case is not None and upper:
        return canonical_case
    if (upper > 1 and upper > lower) or (upper and not lower and (shouting or len(word) == 1)):
        return word.upper()
    if shouting and not lower and word.isalpha() and not upper:
        return word.upper()  # digits stand for the letters: "86" among capitals
    if ink[:1].isupper():
        return word[:1].upper() + word[1:]
    return word


def doubtful(word: str, ink: str, shown: str) -> bool:
    """Whether the capitals in which a word is ``shown`` may be small letters misread; the words around will tell."""
    if shown.isupper():
        return silent(ink, word)
    if is_stroke(word, ink):
        return True
    return ink[0] in SAME_SHAPE and word in FUNCTION_WORDS and ink[1:].islower()


def is_stroke(word: str, ink: str) -> bool:
    """Whether a capital I stands for an l, so that it says nothing of the case: ``xử Lý`` from ``xur Iy``."""
    return ink[0] == "I" and word[:1] == "l" and ink[1:].islower()


def silent(ink: str, word: str = "") -> bool:
    """Whether an ink that looks like capitals may be small letters behind its first.

    All its capitals there have the shape of small letters, stand for another letter of ``word``, or, beside a small
    letter, for one that marks make as tall as a capital. Roman numerals may be what they say.

    >>> silent("NOI"), silent("NOi"), silent("SG", "sở"), silent("DAt", "đất"), silent("CU?C", "cuộc")
    (True, True, True, True, True)
    >>> silent("CHU"), silent("So"), silent("VI"), silent("DAT", "đất"), silent("SỞ")
    (False, False, False, False, False)
    """
    if len(ink) < 2 or not ink[0].isupper() or _ROMAN.issuperset(ink):
        return False
    shown = word if len(word) == len(ink) else ink.lower()
    bare = unidecode(shown).lower()
    if len(bare) != len(ink):
        return False
    small = any(c.islower() and c not in _SAME_SHAPE_SMALL for c in ink[1:])
    capitals = any(c.isupper() for c in ink[1:])
    telling = [
        c
        for c, letter, plain in zip(ink[1:], shown[1:], bare[1:], strict=True)
        if c.isupper() and c not in SAME_SHAPE and (c.lower() == letter or (c.lower() == plain and not small))
    ]
    return capitals and not telling


def calmed(word: str, ink: str, between: bool) -> str:
    """A word whose ink is silent, among small letters; ``between``: it stands right between two words in them.

    >>> calmed("nội", "NOI", True), calmed("sở", "SO", True), calmed("sở", "SO", False)
    ('Nội', 'sở', 'Sở')
    """
    return word if between and ink[0] in SAME_SHAPE else word[:1].upper() + word[1:]

"""Letter case: restored words follow the ink."""

from __future__ import annotations


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

"""Letter case: restored words follow the ink."""

from __future__ import annotations


def dress(word: str, ink: str, canonical_case: str | None = None) -> str:
    """``word`` (lower case) in the letter case that the ink shows.

    ``canonical_case`` is how an abbreviation or name is always written (``UBND``, ``TTg``).

    >>> dress("ủy", "UY"), dress("chính", "Chinh"), dress("là", "1a")
    ('ỦY', 'Chính', 'là')
    """
    upper = sum(letter.isupper() for letter in ink)
    lower = sum(letter.islower() for letter in ink)
    if canonical_case is not None and upper:
        return canonical_case
    if upper and len(ink) > 1 and upper > lower:
        return word.upper()
    if ink[:1].isupper() or (upper and not lower and len(ink) == 1):
        return word[:1].upper() + word[1:]
    return word

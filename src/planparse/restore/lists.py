"""Letters of lists (``a) b) c) d) đ) e)``): what OCR confuses, the order settles."""

from __future__ import annotations

ORDER = "a b c d đ e g h i k l m n o p q".split()
"""Letters of list items, in the order of administrative documents (Decree 30/2020/NĐ-CP; no f, j, w)."""

_LOOKS: dict[str, str] = {
    "b": "b6h",
    "c": "ce¢©€0éo",
    "d": "dđ",
    "đ": "dđ₫",
    "e": "ec¢€éo©",
    "g": "gg9ø2qøp",
    "h": "hnb",
    "i": "i1l!jí",
    "k": "kx",
    "l": "l1i!I",
    "m": "mn",
    "n": "nm",
    "o": "o0c",
    "p": "pq",
    "q": "qgp",
}
"""What each letter is read as, as seen in pairs of truth and ink."""


def settle(ink: str, before: str | None) -> str | None:
    """The letter of a list item, given the item before; None when the order does not speak.

    >>> settle("d", "d"), settle("¢", "đ"), settle("d", "c")
    ('đ', 'e', 'd')
    """
    if before not in ORDER[:-1]:
        return None
    following = ORDER[ORDER.index(before) + 1]
    return following if ink.lower() in _LOOKS.get(following, "") else None

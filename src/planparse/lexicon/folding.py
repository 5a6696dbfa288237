"""Keys that survive OCR: what is left of a word when diacritics and look-alike letters no longer count.

Tesseract's English model has no Vietnamese letters. It drops marks (``Khánh`` → ``Khanh``), or writes a
marked letter as a digit or another letter (``Số`` → ``S6``, ``HỘI`` → ``HQI``, ``Tự`` → ``Tw``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

LOOK_ALIKES = str.maketrans(
    {
        "0": "o",  # Hà N0i
        "6": "o",  # S6 (ố)
        "q": "o",  # HQI (Ộ)
        "9": "o",
        "1": "i",  # 1ap (l)
        "l": "i",
        "|": "i",
        "!": "i",
        "j": "i",
        "w": "u",  # Tw do (ự)
        "v": "u",  # thue hiên / phuc vv (ụ)
        "y": "u",  # nhiém vy (ụ)
        "5": "s",
        "$": "s",
        "4": "a",  # 4p dung (á)
        "8": "s",  # 86 (số)
    }
)
"""Characters that English Tesseract puts for Vietnamese ones, each with the letter that stands for its group."""


class _BareLetters(dict[int, str]):
    """Code point → the letter without its marks, filled as letters come up; ``translate`` asks at C speed."""

    def __missing__(self, code: int) -> str:
        bare = self[code] = unicodedata.normalize("NFD", chr(code))[0]
        return bare


_BARE = _BareLetters(zip(map(ord, "đĐðÐơƠưƯıł"), "dDdDoOuUil", strict=True))

_LINES = 16384
"""Texts whose keys are remembered: every recogniser asks for those of the same lines."""

_NOT_LETTERS = re.compile(r"[^a-z0-9$|!]+")


@lru_cache(maxsize=_LINES)
def strip_marks(text: str) -> str:
    """``Ủy ban nhân dân`` → ``Uy ban nhan dan``: no diacritics, letter case and all else as it was.

    One character in gives one character out for composed (NFC) text, so offsets hold.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_BARE)


@lru_cache(maxsize=_LINES)
def fold(text: str) -> str:
    """The key under which a phrase and its garbled readings meet; words stay apart by one space."""
    plain = _NOT_LETTERS.sub(" ", strip_marks(text).lower()).strip()
    return plain.translate(LOOK_ALIKES)


@lru_cache(maxsize=_LINES)
def mask(text: str) -> str:
    """Like :func:`fold`, but character for character: position ``i`` of the mask is position ``i`` of ``text``."""
    bare = strip_marks(text).lower()
    if len(bare) != len(text):  # not NFC, or a letter that has no lower case of its own
        bare = "".join((strip_marks(c) or " ")[0].lower()[:1] for c in text)
    return bare.translate(LOOK_ALIKES)


@lru_cache(maxsize=_LINES)
def letters(text: str) -> str:
    """:func:`fold` without the spaces: ``Kế hoạch`` → ``kehoach``."""
    return fold(text).replace(" ", "")


def similarity(a: str, b: str) -> float:
    """How alike two phrases are once folded, 0 to 1; spaces do not count (``Kế hoạch`` ≈ ``Ke hoach``)."""
    return fuzz.ratio(letters(a), letters(b)) / 100

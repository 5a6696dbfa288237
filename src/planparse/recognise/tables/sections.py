"""Rows that span the table: parts (A, B), sections (I, II) and groups of rows (2 Công bố, công khai …).

OCR reads their labels badly (``111`` = III, ``IL`` = II, ``VIII|``), so a label is judged by where it stands:
what looks like the next of its kind is that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_ROMAN_DIGITS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_ROMAN_INK = re.compile(r"[IVXLTHl1|!Uuvx]{1,6}[.):]?")
_LETTER_INK = re.compile(r"[A-HĐ][.):]?")
_ARABIC_INK = re.compile(r"\d{1,2}(?:\.\d{1,2})*[.):]?")
_LOOKS = str.maketrans(
    {"1": "I", "l": "I", "|": "I", "!": "I", "L": "I", "T": "I", "v": "V", "x": "X", "U": "V", "u": "V"}
)


def roman(value: int) -> str:
    """4 → ``IV``."""
    text = ""
    for number, sign in _ROMAN_DIGITS:
        while value >= number:
            text, value = text + sign, value - number
    return text


_ROMANS = {roman(n): n for n in range(1, 40)}


@dataclass(frozen=True)
class SectionLabel:
    """``level`` is part, section or group; ``value`` its place (A = 1, II = 2, 2.1 → ``text``)."""

    level: str
    value: int
    text: str
    repaired: bool


def is_section_label(ink: str) -> bool:
    """Whether a label is a letter or a Roman number, as only sections have."""
    bare = ink.strip().strip("|.):( ")
    return bare in _ROMANS or bool(_LETTER_INK.fullmatch(bare))


def read_section_label(ink: str, expected_section: int, expected_part: int) -> SectionLabel | None:
    """What the first word of a spanning row says, or None if it is no label.

    ``expected_section`` and ``expected_part`` are the next in order.
    """
    bare = ink.strip().strip("|.):( ")
    if not bare:
        return None
    wanted = roman(expected_section)
    if bare == "H" and wanted == "II" and expected_part != 8:  # what OCR makes of II
        return SectionLabel("section", 2, "II", True)
    if _LETTER_INK.fullmatch(bare):
        return SectionLabel("part", ord(bare[0]) - 64, bare[0], False)
    if _ROMANS.get(bare):
        return SectionLabel("section", _ROMANS[bare], bare, False)
    if _ARABIC_INK.fullmatch(bare) and not (set(bare) == {"1"} and len(bare) > 1):
        return SectionLabel("group", int(bare.split(".")[-1]), bare, False)
    if _ROMAN_INK.fullmatch(bare):
        read = bare.replace("H", "II").translate(_LOOKS)
        if read == wanted or (len(wanted) > 1 and Levenshtein.distance(read, wanted) <= 1):
            return SectionLabel("section", expected_section, wanted, True)
        if read in _ROMANS:
            return SectionLabel("section", _ROMANS[read], read, True)
    return None

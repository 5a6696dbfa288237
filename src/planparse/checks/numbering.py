"""Row numbers and labels that run: 1, 2, 3 · 2.1, 2.2 · I, II, III · a, b, c · A, B."""

from __future__ import annotations

import re

Steps = tuple[int, ...]
"""A number as integers: ``2.3`` is ``(2, 3)``."""

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(?=.)(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ARABIC = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
ALPHABET = "abcdđeghiklmnopqrstuvxy"
"""Letters that Vietnamese documents count points (điểm) with: no f, j, w, z, and đ after d."""


def roman(label: str) -> int | None:
    """The value of a Roman numeral up to 99, ``None`` for anything else."""
    if not _ROMAN.fullmatch(label):
        return None
    values = [_ROMAN_VALUES[c] for c in label]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def steps(label: str) -> Steps | None:
    """The integers of a decimal number such as ``2.3.``; ``None`` for anything else."""
    bare = label.strip().rstrip(".)").strip()
    return tuple(map(int, bare.split("."))) if _ARABIC.fullmatch(bare) else None


def follows(before: Steps, after: Steps) -> bool:
    """May the row ``after`` come right after ``before``?

    It may be the next on its level (2 → 3, 2.1 → 2.2), the first below (2 → 2.1), the next on a level above
    (2.4 → 3), or the first below such a next one, whose own row is a heading (1 → 2.1).
    """
    if after == (*before, 1) or (len(after) > 1 and after[-1] == 1 and follows(before, after[:-1])):
        return True
    depth = len(after)
    if depth > len(before):
        return False
    return after[:-1] == before[: depth - 1] and after[-1] == before[depth - 1] + 1


def starts(first: Steps) -> bool:
    """May a table or a section begin with this number: 1, or the first below a heading (2.1, 3.1.1)?"""
    return first[-1] == 1


def ordinal(label: str) -> int | None:
    """The place of a heading's label among its siblings: 3 of ``III.``, ``3.``, ``2.3.`` and ``c)``.

    ``I`` and ``V`` are Roman, as headings of the first level have them; a small ``i)`` is a letter.
    """
    bare = label.strip().rstrip(".)").strip()
    if (value := roman(bare)) is not None:
        return value
    if (numbers := steps(bare)) is not None:
        return numbers[-1]
    return ALPHABET.index(bare) + 1 if len(bare) == 1 and bare in ALPHABET else None

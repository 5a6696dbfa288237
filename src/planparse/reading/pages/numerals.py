"""Roman numerals and ones by their strokes.

Tesseract has seldom seen a Roman numeral and takes II for H, III for IH, VII for VH, and a lone 1 for a bar. Their
shapes are simple: upright stems that stand close, two strokes that meet below (V), two that cross (X). They are told
by the runs of ink along some levels between head and foot, where no serif reaches.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from planparse.reading.pages.picture import Mask

LEVELS = (0.28, 0.39, 0.5, 0.61, 0.72)
"""Where the runs of ink are looked at, as shares of the height from the top."""
CLOSE = 0.65
"""Stems farther apart than this share of the height are those of other letters (TT)."""
THICK = 0.3
"""A stem is no thicker than this share of the height."""
_LOOKS = re.compile(r"[„.,'‘]?(?:[IVXHLlijJÍÌỊỈĨVỲÝỴ1|!/\\\[\]()]|(?<=[IVX])[NnMm]){1,6}[.,]?$")
"""What Tesseract makes of such strokes."""
_VALID = re.compile(r"(?:X{0,2})(?:IX|IV|V?I{0,3})$")
FLAG, SERIF = 0.08, 0.035
"""Pixels of the flag of a 1, and how far the serif of an I stands out to the right, as shares of the height."""

Run = tuple[int, int]


_BEFORE_SLASH = re.compile(r"(?P<head>[\[\]|IVXHN1l!Í()]{1,5})(?P<rest>/\d{4}\W*)$")
"""A quarter and its year: ``Quý [H/2025``."""


def before_slash(text: str) -> tuple[str, str] | None:
    """The numeral before a year, and the rest of the word: ``("IH", "/2025")``."""
    found = _BEFORE_SLASH.match(text)
    return (found["head"], found["rest"]) if found else None


def may_be_numeral(text: str) -> bool:
    """Whether a word may be a numeral that was misread (``IH``, ``|``), by its letters."""
    return bool(_LOOKS.match(text))


def numeral_of(ink: Mask, slash: bool = False) -> str | None:
    """The Roman numeral, or the 1, that some ink shows; ``None`` for anything else.

    With ``slash`` only what stands before the first slash is looked at.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or not len(columns):
        return None
    ink = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    height = ink.shape[0]
    if height < 12 or len(rows) < height:  # a dot above or below: no numeral has one
        return None
    levels = [_runs(ink, round(height * share)) for share in LEVELS]
    letters = _letters(levels, height, slash)
    if letters is None:
        return None
    said = "".join(letters)
    if said in ("I", "II"):
        flags = [_has_flag(ink, stem) for stem in zip(*(level[: len(said)] for level in levels), strict=True)]
        if any(flags):
            return "1" * len(said) if all(flags) else None
    return said if said and _VALID.match(said) else None


def _runs(ink: Mask, at: int) -> list[Run]:
    """Stretches of ink along a level; three rows are one, so that no speck of paper parts a stroke."""
    row = ink[at - 1 : at + 2].sum(axis=0) >= 2
    steps = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True) if b - a >= 2]


def _letters(levels: Sequence[list[Run]], height: int, slash: bool = False) -> list[str] | None:
    """The letters I, V and X whose strokes cross the levels, left to right, up to a slash if there may be one."""
    if not slash and any(b - a > THICK * height * 2 for level in levels for a, b in level):
        return None
    at = [0] * len(levels)
    letters: list[str] = []
    before: float | None = None
    while any(i < len(level) for i, level in zip(at, levels, strict=True)):
        if slash and letters and _is_slash(levels, at, height):
            return letters
        found = _stem(levels, at, height) or _two_strokes(levels, at, height)
        if found is None:
            return None
        letter, counts, left, right = found
        if before is not None and left - before > CLOSE * height:
            return None
        before = right
        letters.append(letter)
        at = [i + n for i, n in zip(at, counts, strict=True)]
    return letters


Found = tuple[str, list[int], float, float]
"""A letter, how many runs of each level are its own, and where it begins and ends."""


def _stem(levels: Sequence[list[Run]], at: Sequence[int], height: int) -> Found | None:
    """An upright stroke: one run a level, all one above the other."""
    if any(i >= len(level) for i, level in zip(at, levels, strict=True)):
        return None
    runs = [level[i] for i, level in zip(at, levels, strict=True)]
    middles = [(a + b) / 2 for a, b in runs]
    if max(middles) - min(middles) > 0.09 * height or max(b - a for a, b in runs) > THICK * height:
        return None
    return "I", [1] * len(levels), min(a for a, _ in runs), max(b for _, b in runs)


def _is_slash(levels: Sequence[list[Run]], at: Sequence[int], height: int) -> bool:
    """Whether the next stroke leans to the right all the way up."""
    if any(i >= len(level) for i, level in zip(at, levels, strict=True)):
        return False
    middles = [sum(level[i]) / 2 for i, level in zip(at, levels, strict=True)]
    return all(above > below for above, below in pairwise(middles)) and middles[0] - middles[-1] > 0.1 * height


def _two_strokes(levels: Sequence[list[Run]], at: Sequence[int], height: int) -> Found | None:
    """V: two strokes that come ever nearer; X: two that meet at the middle and part again."""
    if any(i >= len(level) for i, level in zip(at, levels, strict=True)) or at[0] + 1 >= len(levels[0]):
        return None
    spans: list[tuple[int, int, int]] = []  # left end, right end, runs of each level
    left, right = levels[0][at[0]][0], levels[0][at[0] + 1][1]
    if right - left > 1.35 * height or right - left < 0.35 * height:
        return None
    for i, level in zip(at, levels, strict=True):
        mine = [run for run in level[i:] if run[0] >= left - 0.12 * height and run[1] <= right + 0.12 * height]
        if not 1 <= len(mine) <= 2:
            return None
        spans.append((mine[0][0], mine[-1][1], len(mine)))
    widths = [b - a for a, b, _ in spans]
    counts = [n for _, _, n in spans]
    falling = widths[0] + 1 >= widths[1] >= widths[2] - 1
    if falling and widths[-1] < 0.62 * widths[0] and widths[-1] <= widths[2]:
        return "V", counts, left, right
    if widths[2] < 0.72 * min(widths[0], widths[-1]) and counts[0] == counts[-1] == 2:
        return "X", counts, left, right
    return None


def _has_flag(ink: Mask, stem: Sequence[Run]) -> bool:
    """Whether a stem has the flag of a 1 to the left of its head, and not the serifs of an I on both sides."""
    height = ink.shape[0]
    left, right = (round(float(np.median([run[end] for run in stem]))) for end in (0, 1))
    reach = round(0.3 * height)
    head = ink[:reach]
    serif = np.flatnonzero(head[:, right : right + reach // 2].sum(axis=0) >= 2)
    if len(serif) and serif[-1] + 1 > SERIF * height:
        return False
    return bool(head[:, max(0, left - reach) : left].sum() > FLAG * height)

"""Labels of headings as OCR shows them: ``Phần I``, ``Chương II``, ``A.``, ``I.``, ``Điều 3.``, ``1.1.``, ``a)``.

What a label is depends on its place in the row: ``1.`` before a title in capitals can be ``I.``, ``IL.`` after
``I.`` is ``II.``, a second ``d)`` is ``đ)``. So a line gives all its readings, and the row chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from rapidfuzz.distance import Levenshtein

from planparse.recognise.phrases import capitals, openings


class Kind(IntEnum):
    """Kinds of label, the outer before the inner."""

    ANNEX = -1  # Phụ lục
    PART = 0  # Phần
    CHAPTER = 1  # Chương
    CAPITAL = 2  # A.
    ROMAN = 3  # I.
    SECTION = 4  # Mục 1
    ARTICLE = 5  # Điều 1.
    ARABIC = 6  # 1.
    DOTTED = 7  # 1.1.
    DOTTED_TWICE = 8  # 1.1.1.
    LETTER = 9  # a)


@dataclass(frozen=True)
class Label:
    """One reading of a label.

    ``value`` is its place in its row, from 1; ``above`` the numbers before the last of a dotted one;
    ``text`` how it is written when right, ``changed`` whether the ink shows something else.
    ``start``/``end`` are its place in the line.
    """

    kind: Kind
    value: int
    text: str
    start: int
    end: int
    changed: bool = False
    above: tuple[int, ...] = ()


LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Vietnamese law counts points by these (no f, j, w, z)."""

_SPECKS = r"[\s*_~'‘’\"“”`.,^|-]{0,4}?"
_ROMAN = re.compile(rf"{_SPECKS}(?P<label>[IVXLl1|!Tivx]{{1,6}})\s?(?P<mark>[.,]?)[*_]*\s*(?=\W?[^\W\d_a-zà-ỹ])")
_CAPITAL = re.compile(rf"{_SPECKS}(?P<label>[A-HK])\.[*_]*\s*(?=[^\W\d_])")
_ARABIC = re.compile(rf"{_SPECKS}(?P<label>\d{{1,2}}|[lI|])\s?\.(?!\d)[*_]*\s*(?=\W?[^\W\d_]|(?<=\s)\d{{1,3}}\s?%)")
_DOTTED = re.compile(rf"{_SPECKS}(?P<label>\d{{1,2}}(?:\s?\.\s?\d{{1,2}}){{1,2}})\s?\.?[*_]*\s+(?=\W?[^\W\d_])")
_GLUED = re.compile(rf"{_SPECKS}(?P<label>\d{{1,2}})\.(?=[58]6\s)")
"""``9.56 Y tế``: a label that runs together with ``Sở`` read as digits."""
_LETTER = re.compile(rf"{_SPECKS}(?P<label>[a-zđ¢€äàáăâéè])\s?\)[*_]*\s*(?=\S)", re.IGNORECASE)
_NAMED = {
    "Phần": (Kind.PART, re.compile(r"\s*(?P<n>[IVXl1|]{1,5}|\d{1,2}|thứ\s+\w+)\b[.:]?")),
    "Chương": (Kind.CHAPTER, re.compile(r"\s*(?P<n>[IVXLl1|Ïï]{1,6}|\d{1,2})(?!\w)[.:]?")),
    "Mục": (Kind.SECTION, re.compile(r"\s*(?P<n>\d{1,2}|[IVXl|]{1,4})(?!\w)[.:]?")),
    "Điều": (Kind.ARTICLE, re.compile(r"\s*(?P<n>\d{1,3})\s?[.:]")),
}
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ONES = str.maketrans(dict.fromkeys("lL1|!TÏïi", "I") | {"v": "V", "x": "X"})
_NUMERALS = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_LOOKS_LIKE = {
    "¢": "ce",
    "€": "ce",
    "e": "ce",
    "ä": "a",
    "à": "a",
    "á": "a",
    "ă": "a",
    "â": "a",
    "d": "dđ",
    "é": "e",
    "è": "e",
}


def read_labels(line: str) -> list[Label]:
    """All readings of the label with which a line begins; none where it begins with none."""
    return list(_readings(line))


def _readings(line: str) -> Iterator[Label]:
    yield from _named(line)
    if match := _DOTTED.match(line):
        numbers = [int(n) for n in re.findall(r"\d+", match["label"])]
        kind = Kind.DOTTED if len(numbers) == 2 else Kind.DOTTED_TWICE
        text = ".".join(map(str, numbers)) + "."
        yield Label(kind, numbers[-1], text, match.start("label"), match.end(), False, tuple(numbers[:-1]))
        if (glued := _GLUED.match(line)) is not None:
            number = int(glued["label"])
            yield Label(Kind.ARABIC, number, f"{number}.", glued.start("label"), glued.end())
        return
    if match := _ROMAN.match(line):
        ink = match["label"]
        value = _roman(ink)
        sure = ink.translate(str.maketrans("", "", "IVX")) == "" and match["mark"] == "."
        # A label in other letters, or without its point, must stand before a title in capitals; from II. on
        # its place in the row will show as well.
        if value and (sure or capitals(line[match.end() :]) > 0.7 or (value > 1 and match["mark"])):
            yield Label(Kind.ROMAN, value, f"{_NUMERALS[value]}.", match.start("label"), match.end(), not sure)
    if match := _CAPITAL.match(line):
        value = "ABCDEGHIK".find(match["label"]) + 1
        if value:
            yield Label(Kind.CAPITAL, value, f"{match['label']}.", match.start("label"), match.end())
    if match := _ARABIC.match(line):
        ink = match["label"]
        value = int(ink) if ink.isdecimal() else 1
        yield Label(Kind.ARABIC, value, f"{value}.", match.start("label"), match.end(), not ink.isdecimal())
        if ink == "11":  # one stroke read twice
            yield Label(Kind.ARABIC, 1, "1.", match.start("label"), match.end(), True)
    if match := _LETTER.match(line):
        ink = match["label"].lower()
        for letter in _LOOKS_LIKE.get(ink, ink):
            if value := LETTERS.find(letter) + 1:
                yield Label(Kind.LETTER, value, f"{letter})", match.start("label"), match.end(), letter != ink)


def _named(line: str) -> Iterator[Label]:
    for word, found in openings(_NAMED, line, 0.74):
        kind, number = _NAMED[word]
        match = number.match(line, found.end)
        small = (
            kind is Kind.ARTICLE and found.start == 0 and match and re.match(r"\s[^\W\d_a-zà-ỹ]", line[match.end() :])
        )
        if match is None or not (line[found.start].isupper() or small):
            continue
        value = _number(match["n"])
        if value and (kind is not Kind.CHAPTER or not line[match.end() :].strip(" .:") or capitals(line) > 0.5):
            shown = (
                f"{word} {match['n']}"
                if match["n"].isdecimal() or " " in match["n"]
                else f"{word} {_NUMERALS[value]}"
            )
            text = f"{shown}." if kind is Kind.ARTICLE else shown
            yield Label(
                kind, value, text, found.start, match.end(), line[found.start : match.end()].strip(" :") != text
            )


def stroke_apart(value: int, other: int) -> bool:
    """Whether two Roman numerals differ by one letter, which OCR drops or adds: II and III, V and VI."""
    return max(value, other) < len(_NUMERALS) and Levenshtein.distance(_NUMERALS[value], _NUMERALS[other]) == 1


def renumbered(label: Label, value: int) -> Label:
    """A Roman label taken for another number than its ink says."""
    return replace(label, value=value, text=f"{_NUMERALS[value]}.", changed=True)


def _number(ink: str) -> int:
    if ink.isdecimal():
        return int(ink)
    if " " in ink:
        word = ink.split()[-1].lower()
        return _ORDINALS.index(word) + 1 if word in _ORDINALS else 0
    return _roman(ink)


def _roman(ink: str) -> int:
    """Value of a Roman numeral whose strokes may be read as other letters; 0 where it is none."""
    shown = ink.translate(_ONES)
    return _NUMERALS.index(shown) if shown in _NUMERALS else 0

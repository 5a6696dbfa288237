"""Short cells and numbers of headings looked at again: what Tesseract made of a lone digit or a Roman numeral.

It reads by whole lines and by habit, and where a cell holds one sign it has neither: a 1 comes out as a bar, III as
IH, or nothing at all. Numerals are told by their strokes (:mod:`~planparse.reading.pages.numerals`); what else is
short and unsure is set in a column and read once more as digits only, one call a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from planparse.reading.pages import tesseract
from planparse.reading.pages.cleaning import paper_of
from planparse.reading.pages.model import POINTS_PER_INCH, Cell, PageWord, Table, points
from planparse.reading.pages.numerals import before_slash, may_be_numeral, numeral_of
from planparse.reading.pages.picture import Grey, Mask
from planparse.source import Box

DARK = 140
"""Darker than this is ink, on a picture made fit for reading."""
SHORT, LOW = 3.0, 0.3
"""A short cell's ink is at most so many times as wide as high, and so high in inches: one line of a few signs."""
UNSURE = 0.6
"""A word in a short cell that Tesseract was less sure of is read again, and taken if it then was surer."""
MOST = 60
"""At most so many cells of a table are read again."""
SEEN = 0.8
"""How sure the strokes are."""
_GAP = 40
_NUMBER = re.compile(r"\d{1,3}(?:[.,]\d{1,3}){0,2}\.?$")


def look_again(
    words: Sequence[PageWord], clean: Grey, dpi: float, tables: Sequence[Table], where: str
) -> list[PageWord]:
    """The words of a page, with those of short cells and the numbers of headings put right."""
    inside: list[list[tuple[Cell, list[PageWord]]]] = [[(cell, []) for cell in table.cells] for table in tables]
    outside: dict[int | None, list[PageWord]] = {}
    for word in words:
        home = _home(word, tables, inside)
        (outside.setdefault(word.line, []) if home is None else home).append(_quarter(word, clean, dpi))
    kept: list[PageWord] = []
    for line in outside.values():
        kept += [_heading(line[0], clean, dpi), *line[1:]]
    for number, cells in enumerate(inside, 1):
        kept += _cells(cells, clean, dpi, 1_000_000 * number + 500_000, where)
    return kept


def _home(
    word: PageWord, tables: Sequence[Table], inside: Sequence[list[tuple[Cell, list[PageWord]]]]
) -> list[PageWord] | None:
    x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
    for table, cells in zip(tables, inside, strict=True):
        if _holds(table.box, x, y):
            return next((found for cell, found in cells if _holds(cell.box, x, y)), None)
    return None


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _heading(word: PageWord, clean: Grey, dpi: float) -> PageWord:
    """The first word of a line, put right if it is a Roman numeral: ``IH.`` is ``III.``."""
    text, mark = (word.text[:-1], word.text[-1]) if word.text[-1] in ".," else (word.text, "")
    if not mark or not text or not may_be_numeral(text) or (not text.isupper() and text.isalpha()):
        return word
    ink = _trimmed(_ink(clean, word.box, dpi, 2))
    if ink is None:
        return word
    tall = np.flatnonzero(ink[: round(0.6 * ink.shape[0])].any(axis=0))  # the mark has no ink up there
    seen = numeral_of(ink[:, : tall[-1] + 1]) if len(tall) else None
    return word if seen is None or seen.startswith("1") else word._replace(text=seen + mark)


def _quarter(word: PageWord, clean: Grey, dpi: float) -> PageWord:
    """A word such as ``III/2025``, its numeral put right."""
    parts = before_slash(word.text)
    ink = _trimmed(_ink(clean, word.box, dpi, 2)) if parts else None
    seen = numeral_of(ink, slash=True) if ink is not None else None
    return word if parts is None or seen is None else word._replace(text=seen + parts[1])


def _cells(
    cells: Sequence[tuple[Cell, list[PageWord]]], clean: Grey, dpi: float, line: int, where: str
) -> list[PageWord]:
    kept: list[PageWord] = []
    unsure: list[tuple[Cell, list[PageWord], Grey, Box]] = []
    for cell, words in cells:
        if len(words) > 1 or (words and len(words[0].text) > 4):
            kept += [_heading(words[0], clean, dpi), *words[1:]]
            continue
        kept += words
        crop, ink, box = _short(cell, clean, dpi)
        if ink is None:
            continue
        word = words[0] if words else PageWord("", box, 0.0, line + cell.row)
        seen = numeral_of(ink) if not words or may_be_numeral(word.text) else None
        if seen is not None:
            del kept[len(kept) - len(words) :]
            kept.append(word._replace(text=seen, confidence=max(SEEN, word.confidence or 0.0)))
        elif (word.confidence or 0.0) < UNSURE and len(unsure) < MOST:
            unsure.append((cell, words, crop, box))
    for (cell, words, _, box), again in zip(unsure, _as_digits([u[2] for u in unsure], dpi, where), strict=True):
        before = words[0].confidence or 0.0 if words else 0.0
        if again is not None and (again.confidence or 0.0) > max(UNSURE, before):
            kept = [word for word in kept if not any(word is old for old in words)]
            kept.append(again._replace(box=box, line=line + cell.row))
    return kept


def _short(cell: Cell, clean: Grey, dpi: float) -> tuple[Grey, Mask | None, Box]:
    """What a cell shows, its ink if that is one line of a few signs, and where it stands."""
    scale = dpi / POINTS_PER_INCH
    left, top = round(cell.box.left * scale) + 4, round(cell.box.top * scale) + 4
    crop = clean[top : round(cell.box.bottom * scale) - 4, left : round(cell.box.right * scale) - 4]
    found = _bounds(crop < DARK)
    if found is None:
        return crop, None, cell.box
    a, b, c, d = found
    box = Box(*(points(side, dpi) for side in (left + c, top + a, left + d, top + b)))
    low = dpi / 40 <= b - a <= LOW * dpi and d - c <= SHORT * (b - a)
    return crop[a:b, c:d], crop[a:b, c:d] < DARK if low else None, box


def _ink(clean: Grey, box: Box, dpi: float, more: int) -> Mask:
    scale = dpi / POINTS_PER_INCH
    top, left = max(0, round(box.top * scale) - more), max(0, round(box.left * scale) - more)
    return clean[top : round(box.bottom * scale) + more, left : round(box.right * scale) + more] < DARK


def _trimmed(ink: Mask) -> Mask | None:
    found = _bounds(ink)
    return None if found is None else ink[found[0] : found[1], found[2] : found[3]]


def _bounds(ink: Mask) -> tuple[int, int, int, int] | None:
    """Top, bottom, left and right of some ink, lone pixels left out."""
    rows, columns = np.flatnonzero(ink.sum(axis=1) >= 2), np.flatnonzero(ink.sum(axis=0) >= 2)
    if not len(rows) or not len(columns):
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1


def _as_digits(crops: Sequence[Grey], dpi: float, where: str) -> list[PageWord | None]:
    """What each crop says as a number, read by Tesseract in one go."""
    if not crops:
        return []
    width = max(crop.shape[1] for crop in crops) + 2 * _GAP
    sheet = np.full((sum(crop.shape[0] + _GAP for crop in crops) + _GAP, width), paper_of(crops[0]), dtype=np.uint8)
    tops, at = [], _GAP
    for crop in crops:
        sheet[at : at + crop.shape[0], _GAP : _GAP + crop.shape[1]] = crop
        tops.append(at - _GAP // 2)
        at += crop.shape[0] + _GAP
    found: list[PageWord | None] = [None] * len(crops)
    for word in tesseract.read_digits(sheet, dpi, where):
        middle = (word.box.top + word.box.bottom) / 2 * dpi / POINTS_PER_INCH
        home = int(np.searchsorted(tops, middle)) - 1
        if home >= 0 and _NUMBER.match(word.text):
            found[home] = word if found[home] is None else None
    return found

"""A picture of a page read: set upright, ruling lines found and taken out, text and cells given to Tesseract.

The cells of a ruled table are cut out and set one below the other before they are read, so that no line of one cell
can run into a line of its neighbour; afterwards every word is put back where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from planparse.reading.pages import tesseract
from planparse.reading.pages.cleaning import LEAST_LEAN, fine, levelled, paper_of
from planparse.reading.pages.grid import find_tables
from planparse.reading.pages.model import POINTS_PER_INCH, Cell, Page, PageWord, Table, points
from planparse.reading.pages.picture import (
    WORKING_DPI,
    Grey,
    Mask,
    find_rules,
    ink_of,
    is_sideways,
    lean_of,
    shrunk,
    without_rules,
)
from planparse.reading.pages.secondlook import DARK, look_again
from planparse.reading.pages.upright import Turned
from planparse.source import Box

WHOLE_PAGE, ONE_BLOCK = 3, 6
"""Page segmentation modes of Tesseract."""
MARGIN = 48
"""Pixels of paper around a cell that is read by itself."""
POOR = 0.55
"""Mean confidence below which a page may stand on its head."""


def read_scan(grey: Grey, dpi: float, where: str = "page") -> Page:
    """The words and the ruled tables of a picture, set upright; :attr:`Page.turned` leads back."""
    grey, dpi = fine(grey, dpi)
    times = max(1, round(dpi / WORKING_DPI))
    ink = shrunk(ink_of(grey), times)
    turns = 0
    if is_sideways(ink):
        angle = tesseract.turned(grey, dpi)
        turns = -(90 if angle is None else angle) // 90
    page = _turned(grey, dpi, ink, turns, where)
    if page.words and _mean(page.words) < POOR and (angle := tesseract.turned(np.rot90(grey, turns), dpi)):
        page = _turned(grey, dpi, ink, turns - angle // 90, where)
    return page


def _mean(words: Sequence[PageWord]) -> float:
    return sum(w.confidence or 0.0 for w in words) / len(words)


def _turned(grey: Grey, dpi: float, ink: Mask, turns: int, where: str) -> Page:
    """The page read when turned left by some quarters, and by what its lines lean then."""
    height, width = grey.shape
    ink = np.rot90(ink, turns)
    lean = lean_of(ink)
    lean = lean if abs(lean) >= LEAST_LEAN else 0.0
    page = _read_upright(levelled(np.rot90(grey, turns), lean), dpi, None if lean else ink, where)
    if not turns % 4 and not lean:
        return page
    return replace(page, turned=Turned(points(width, dpi), points(height, dpi), turns % 4, lean))


def _read_upright(grey: Grey, dpi: float, ink: Mask | None, where: str) -> Page:
    rules = find_rules(grey, dpi, ink)
    tables = find_tables(rules)
    clean = without_rules(grey, rules, dpi)
    words: list[PageWord] = []
    outside = clean.copy() if tables else clean
    paper = paper_of(grey)
    for table in tables:
        left, top, right, bottom = _pixels(table.box, dpi, 4, clean)
        outside[top:bottom, left:right] = paper
    if not tables or _has_ink(outside):
        words += tesseract.read(outside, dpi, WHOLE_PAGE, where)
    for number, table in enumerate(tables, 1):
        words += _read_cells(clean, dpi, table, 1_000_000 * number, where)
    words = look_again(words, clean, dpi, tables, where)
    height, width = grey.shape
    return Page(points(width, dpi), points(height, dpi), tuple(words), tuple(tables))


def _pixels(box: Box, dpi: float, more: int, grey: Grey) -> tuple[int, int, int, int]:
    scale = dpi / POINTS_PER_INCH
    left, top = max(0, round(box.left * scale) - more), max(0, round(box.top * scale) - more)
    right, bottom = (
        min(grey.shape[1], round(box.right * scale) + more),
        min(grey.shape[0], round(box.bottom * scale) + more),
    )
    return left, top, max(left + 1, right), max(top + 1, bottom)


def _has_ink(grey: Grey) -> bool:
    coarse = grey[::3, ::3]
    return int(coarse.max()) - int(coarse.min()) > 60 and bool(ink_of(coarse).sum() > 60)


def _read_cells(grey: Grey, dpi: float, table: Table, first_line: int, where: str) -> list[PageWord]:
    """The words of a table, cell by cell."""
    paper = paper_of(grey)
    crops: list[tuple[Cell, Grey, int, int]] = []
    for cell in table.cells:
        left, top, right, bottom = _pixels(cell.box, dpi, -3, grey)
        crop = grey[top:bottom, left:right]
        dark = crop < DARK
        rows, columns = (np.flatnonzero(dark.sum(axis=axis) >= 2) for axis in (1, 0))  # no lone specks
        if not len(rows) or not len(columns):
            continue
        a, b, c, d = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        if (b - a) * (d - c) < 12 or b - a < dpi / 40:
            continue
        crops.append((cell, crop[a:b, c:d], left + int(c), top + int(a)))
    if not crops:
        return []
    width = max(crop.shape[1] for _, crop, _, _ in crops) + 2 * MARGIN
    height = sum(crop.shape[0] + MARGIN for _, crop, _, _ in crops) + MARGIN
    sheet = np.full((height, width), paper, dtype=np.uint8)
    places: list[tuple[int, int, int, int]] = []  # top and bottom on the sheet, and the shift back
    at = MARGIN
    for _, crop, left, top in crops:
        sheet[at : at + crop.shape[0], MARGIN : MARGIN + crop.shape[1]] = crop
        places.append((at - MARGIN // 2, at + crop.shape[0] + MARGIN // 2, left - MARGIN, top - at))
        at += crop.shape[0] + MARGIN
    words = []
    for word in tesseract.read(sheet, dpi, ONE_BLOCK, where):
        middle = (word.box.top + word.box.bottom) / 2 * dpi / POINTS_PER_INCH
        home = next((p for p in places if p[0] <= middle < p[1]), None)
        if home is None:
            continue
        across, down = points(home[2], dpi), points(home[3], dpi)
        box = Box(word.box.left + across, word.box.top + down, word.box.right + across, word.box.bottom + down)
        words.append(word._replace(box=box, line=first_line + (word.line or 0)))
    return words

"""What a page is: words with boxes in points, and the ruling lines drawn on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from planparse.reading.pages.upright import Turned
from planparse.source import Box

POINTS_PER_INCH = 72.0
A4_SHORT_SIDE = 8.27
"""Width in inches of the paper that every office uses; for images that do not say their resolution."""


class PageWord(NamedTuple):
    """A word, its box, how sure the OCR was (0 to 1), and which line of its own reading it stood on.

    ``other`` is what another reading of the same page has there, if that differs.
    """

    text: str
    box: Box
    confidence: float | None = None
    line: int | None = None
    other: str | None = None


class Rule(NamedTuple):
    """A ruling line: ``at`` is its y and ``start`` to ``end`` its x where it is level, the other way round if not."""

    level: bool
    at: float
    start: float
    end: float


class Cell(NamedTuple):
    """A cell between ruling lines: its place in the grid and its box."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True)
class Table:
    """The cells of a ruled table in reading order, the borders of its columns, and how many rows it has."""

    box: Box
    edges: tuple[float, ...]
    height: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Page:
    """A page of a document, upright. Boxes are in points from the upper left corner; ``width`` and ``height`` too.

    ``turned`` says how the page as it came lay, where it had to be set upright to be read.
    """

    width: float
    height: float
    words: tuple[PageWord, ...]
    tables: tuple[Table, ...] = field(default=())
    turned: Turned | None = None


OcrMode = Literal["auto", "never", "always"]
"""Whether pages are read by OCR: where they have no sound text, never, or all of them."""

Progress = Callable[[int, int], None]
"""Told how many pages of how many (0: not known) are done."""


def _silent(done: int, of: int) -> None:
    """Nobody is told."""


@dataclass(frozen=True)
class PageOptions:
    """How pages are read, and who is told how far it has come."""

    ocr: OcrMode = "auto"
    progress: Progress = _silent
    workers: int | None = None
    """Pages read by OCR at the same time; default: one a core."""


def points(pixels: float, dpi: float) -> float:
    """Pixels at a resolution in points."""
    return pixels * POINTS_PER_INCH / dpi


def likely_dpi(width: float, height: float, stated: float | None = None) -> float:
    """The resolution of an image in dots per inch: as stated if that can be, else as if the paper were A4."""
    if stated is not None and 60 <= stated <= 1200:
        return stated
    return max(50.0, min(width, height) / A4_SHORT_SIDE)

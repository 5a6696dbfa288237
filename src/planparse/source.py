"""The one coordinate system: line number and character offsets of the *input*.

Every later stage works on cleaned or restored text, but whatever it says about a document it says with
spans of this module, so that a value can always be shown in the ink that it came from.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (0-based, end exclusive) of input line ``line`` (1-based)."""

    line: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.line < 1 or not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: line {self.line}, characters {self.start} to {self.end}")


class Box(NamedTuple):
    """A place on a page in points (1/72 inch), counted from the page's upper left corner as it is read."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class PlacedWord(NamedTuple):
    """Characters ``start`` to ``end`` of a line, where they stand on the page, and how sure the OCR was (0 to 1).

    ``other`` is how another reading of the page has the word, where there are two and they differ.
    """

    start: int
    end: int
    box: Box
    confidence: float | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class RuledCell:
    """A cell between ruling lines: its place in the grid, the text lines in it, and which of those fill its width."""

    row: int
    column: int
    rows: int
    columns: int
    pieces: tuple[Span, ...]
    full: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table of one page as its ruling lines show it; ``edges`` are the borders of its columns in points."""

    page: int
    edges: tuple[float, ...]
    height: int
    cells: tuple[RuledCell, ...]


@dataclass(frozen=True, slots=True)
class Geometry:
    """Where the words of a document stand on its pages.

    ``sizes`` are the pages' widths and heights in points, ``words[i]`` the words of line ``i + 1``.
    """

    sizes: tuple[tuple[float, float], ...]
    words: tuple[tuple[PlacedWord, ...], ...]
    tables: tuple[RuledTable, ...] = ()

    def box(self, span: Span) -> Box | None:
        """The box around the words that a span touches; ``None`` where it touches none."""
        found: Box | None = None
        for word in self.words[span.line - 1]:
            if word.start < span.end and span.start < word.end:
                found = word.box if found is None else found.around(word.box)
        return found


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input.

    ``ink`` is the line exactly as the file has it (without its line end); ``text`` is what is left once
    the input format's own marks (Markdown emphasis, headings) are gone. ``offsets[i]`` is the position in
    ``ink`` of character ``i`` of ``text``; it is ``None`` where both are the same string.
    """

    number: int
    ink: str
    text: str
    page: int = 1
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span of the input that holds characters ``start`` to ``end`` of :attr:`text`."""
        if self.offsets is None:
            return Span(self.number, start, end)
        if start >= end:
            at = self.offsets[start] if start < len(self.offsets) else len(self.ink)
            return Span(self.number, at, at)
        return Span(self.number, self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as it came in: its lines, and what identifies the file.

    ``page_starts`` holds the first line number of each page; a document without form feeds has one page.
    ``geometry`` is known where pages were read, not text; ``remarks`` are what a reader of the record should
    know of that reading.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str
    lines: tuple[Line, ...]
    page_starts: tuple[int, ...] = field(default=(1,))
    geometry: Geometry | None = None
    remarks: tuple[str, ...] = ()

    def page_of(self, line: int) -> int:
        """The page (1-based) on which a line stands."""
        return bisect_right(self.page_starts, line)

    def ink(self, span: Span) -> str:
        """What the input says at ``span``; raises ``IndexError`` for a line that is not there."""
        if not 1 <= span.line <= len(self.lines):
            raise IndexError(f"{self.name} has {len(self.lines)} lines, no line {span.line}")
        return self.lines[span.line - 1].ink[span.start : span.end]

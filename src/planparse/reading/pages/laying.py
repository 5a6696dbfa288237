"""Pages written down as lines of text that know where each word stands.

A row of words is a line; columns side by side follow one another; a row of a ruled table is one line, its cells
parted by `` | ``, and the table itself is kept beside the text with the spans of its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np

from planparse.reading.pages.columns import in_reading_order
from planparse.reading.pages.model import Page, PageWord, Table
from planparse.reading.pages.rows import WIDE_GAP, Row, find_rows
from planparse.source import Geometry, Line, PlacedWord, RuledCell, RuledTable, Span

BETWEEN_CELLS = " | "
WIDE = "    "
"""What is written for a blank that parts columns; later stages take three spaces for one."""
FULL = 0.75
"""A line that fills so much of its cell's width was broken by the border only."""


@dataclass
class _Writer:
    lines: list[Line] = field(default_factory=list)
    words: list[tuple[PlacedWord, ...]] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    page: int = 0

    @property
    def next(self) -> int:
        return len(self.lines) + 1

    def write(self, text: str, words: Iterable[PlacedWord] = ()) -> None:
        self.lines.append(Line(self.next, text, text, self.page))
        self.words.append(tuple(words))

    def blank(self) -> None:
        if self.lines and self.lines[-1].page == self.page and self.lines[-1].text:
            self.write("")


def lay(pages: Sequence[Page]) -> tuple[tuple[Line, ...], tuple[int, ...], Geometry]:
    """The lines of some pages, the first line of each page, and where the words stand."""
    writer = _Writer()
    starts = []
    for number, page in enumerate(pages, 1):
        writer.page = number
        starts.append(writer.next)
        _page(writer, page)
        if writer.next == starts[-1]:
            writer.write("")
    sizes = tuple((p.turned.width, p.turned.height) if p.turned else (p.width, p.height) for p in pages)
    words = tuple(
        _as_it_came(placed, pages[line.page - 1]) for line, placed in zip(writer.lines, writer.words, strict=True)
    )
    return tuple(writer.lines), tuple(starts), Geometry(sizes, words, tuple(writer.tables))


def _as_it_came(placed: tuple[PlacedWord, ...], page: Page) -> tuple[PlacedWord, ...]:
    """The words where they stand on the page as it came, which may have lain on its side or askew."""
    turned = page.turned
    return placed if turned is None else tuple(word._replace(box=turned.back(word.box)) for word in placed)


def _page(writer: _Writer, page: Page) -> None:
    tables = sorted(page.tables, key=lambda t: t.box.top)
    outside: list[PageWord] = []
    inside: list[list[PageWord]] = [[] for _ in tables]
    for word in page.words:
        x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
        home = next((i for i, t in enumerate(tables) if _holds(t, x, y)), None)
        (outside if home is None else inside[home]).append(word)
    for i, table in enumerate(tables):
        top = tables[i - 1].box.bottom if i else 0.0
        _text(writer, [w for w in outside if top <= w.box.top < table.box.top or (not i and w.box.top < 0)], page)
        _table(writer, table, inside[i])
    last = tables[-1].box.bottom if tables else float("-inf")
    _text(writer, [w for w in outside if w.box.top >= last], page)


def _holds(table: Table, x: float, y: float) -> bool:
    box = table.box
    return box.left <= x <= box.right and box.top <= y <= box.bottom


def _text(writer: _Writer, words: Sequence[PageWord], page: Page) -> None:
    if not words:
        return
    for block in in_reading_order(find_rows(words), page.width):
        writer.blank()
        above: Row | None = None
        for row in block:
            if above is not None and row.top - above.bottom > 0.8 * row.height:
                writer.blank()
            text, placed = _join(row.words, 0)
            writer.write(text, placed)
            above = row


def _join(words: Sequence[PageWord], start: int) -> tuple[str, list[PlacedWord]]:
    """Words of a row as text that begins at character ``start`` of its line."""
    height = Row(list(words)).height
    text, placed = "", []
    before: PageWord | None = None
    for word in words:
        if before is not None:
            text += WIDE if word.box.left - before.box.right > WIDE_GAP * height else " "
        placed.append(
            PlacedWord(start + len(text), start + len(text) + len(word.text), word.box, word.confidence, word.other)
        )
        text += word.text
        before = word
    return text, placed


def _table(writer: _Writer, table: Table, words: Sequence[PageWord]) -> None:
    writer.blank()
    of: dict[int, list[PageWord]] = {}
    for word, home in zip(words, _homes(table, words), strict=True):
        of.setdefault(home, []).append(word)
    kept: list[RuledCell] = []
    order = sorted(range(len(table.cells)), key=lambda i: (table.cells[i].row, table.cells[i].column))
    for _, row in groupby(order, key=lambda i: table.cells[i].row):
        text = ""
        placed: list[PlacedWord] = []
        for at, index in enumerate(row):
            cell = table.cells[index]
            if at:
                text += BETWEEN_CELLS
            pieces: list[Span] = []
            full: list[bool] = []
            for run in find_rows(of.get(index, [])):
                if pieces:
                    text += " "
                shown, found = _join_close(run.words, len(text))
                pieces.append(Span(writer.next, len(text), len(text) + len(shown)))
                full.append(run.right - cell.box.left > FULL * (cell.box.right - cell.box.left))
                text += shown
                placed += found
            kept.append(RuledCell(cell.row, cell.column, cell.rows, cell.columns, tuple(pieces), tuple(full)))
        writer.write(text, placed)
    writer.tables.append(RuledTable(writer.page, table.edges, table.height, tuple(kept)))
    writer.blank()


def _join_close(words: Sequence[PageWord], start: int) -> tuple[str, list[PlacedWord]]:
    """Words of one cell: a wide blank in justified text parts nothing."""
    text, placed = "", []
    for word in words:
        if text:
            text += " "
        placed.append(
            PlacedWord(start + len(text), start + len(text) + len(word.text), word.box, word.confidence, word.other)
        )
        text += word.text
    return text, placed


def _homes(table: Table, words: Sequence[PageWord]) -> list[int]:
    """The cell that each word stands in, or the nearest one."""
    left, top, right, bottom = np.array([cell.box for cell in table.cells]).T
    boxes = np.array([word.box for word in words]).reshape(-1, 4)
    x, y = (boxes[:, :1] + boxes[:, 2:3]) / 2, (boxes[:, 1:2] + boxes[:, 3:]) / 2
    across = np.maximum(np.maximum(left - x, x - right), 0.0)
    down = np.maximum(np.maximum(top - y, y - bottom), 0.0)
    return [int(home) for home in np.argmin(across + down, axis=1)]

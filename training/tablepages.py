"""Sets a table on the pages of a flow: wrapped cells, repeated head, rows that span pages."""

from __future__ import annotations

import random
from dataclasses import dataclass

from training.flow import Flow
from training.invent import Column, Row
from training.render import Style, wrap

HEAD = -1
"""Row index of the column heads."""

Cell = tuple[float, float, str, list[list[str]], bool]
"""Left edge, right edge, column kind, wrapped lines, bold."""


@dataclass(frozen=True)
class TableLook:
    """What varies between tables of the same content."""

    landscape: bool = True
    ruled: bool = True
    middle: bool = True
    justify: bool = True
    repeat_head: bool = True
    split_rows: bool = True
    number_middle: bool = True
    span_titles: bool = True
    padding_mm: float = 1.9
    gap_mm: float = 0.5
    margin_mm: float = 20.0
    centred: tuple[str, ...] = ("number", "deadline")


class TablePages:
    """Lays a table out at the cursor of a flow, page by page."""

    def __init__(self, flow: Flow, columns: list[Column], look: TableLook, first: int = 0) -> None:
        """``first`` is the index of the first row, where a document holds several tables."""
        self.flow, self.columns, self.look, self.first = flow, columns, look, first

    def render(self, rows: list[Row]) -> None:
        """Set the head and all rows."""
        self._head()
        for index, row in enumerate(rows, self.first):
            self._row(index, row)

    def _edges(self) -> list[float]:
        shares = [c.share for c in self.columns]
        total = sum(shares)
        return [self.flow.left + self.flow.width * sum(shares[:i]) / total for i in range(len(shares) + 1)]

    def _head(self) -> None:
        """The column heads; heads of one group stand under the group's name."""
        edges, style = self._edges(), self.flow.style
        pad, font = style.px(self.look.padding_mm), style.font(bold=True)
        groups: list[tuple[str | None, int, int]] = []
        for i, column in enumerate(self.columns):
            if groups and column.group and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1], i + 1)
            else:
                groups.append((column.group, i, i + 1))
        tall = max(len(wrap(c.title, font, edges[i + 1] - edges[i] - 2 * pad)) for i, c in enumerate(self.columns))
        over = max((len(wrap(n or "", font, edges[b] - edges[a] - 2 * pad)) for n, a, b in groups if n), default=0)
        gap, line = style.px(self.look.gap_mm), style.line
        height = (tall + over) * line + 2 * gap
        if self.flow.y + height + 3 * line > self.flow.bottom:
            self.flow.new_page()
        top, split = self.flow.y, self.flow.y + over * line + gap
        for name, first, last in groups:
            start = split if name else top
            if name:
                self._put(HEAD, "group", wrap(name, font, edges[last] - edges[first] - 2 * pad), True, "centre",
                          edges[first] + pad, top + gap, edges[last] - edges[first] - 2 * pad)  # fmt: skip
                if self.look.ruled:
                    self.flow.page.rule(edges[first], split, edges[last], split)
            for i in range(first, last):
                column, wide = self.columns[i], edges[i + 1] - edges[i] - 2 * pad
                lines = wrap(column.title, font, wide)
                y = start + (top + height - start - len(lines) * line) / 2
                self._put(HEAD, column.kind, lines, True, "centre", edges[i] + pad, y, wide)
                if self.look.ruled:
                    self.flow.page.rule(edges[i], start if i > first else top, edges[i], top + height)
        self._frame(top, top + height)

    def _put(
        self,
        index: int,
        kind: str,
        lines: list[list[str]],
        bold: bool,
        align: str,
        left: float,
        top: float,
        width: float,
    ) -> None:
        for i, words in enumerate(lines):
            ends = i == len(lines) - 1 or lines[i + 1][0] == "-"
            how = "left" if align == "justify" and ends else align
            y = top + i * self.flow.style.line
            self.flow.page.put(words, self.flow.style.font(bold=bold), left, y, width, how, (index, kind))

    def _frame(self, top: float, bottom: float) -> None:
        if self.look.ruled:
            left, right = self.flow.left, self.flow.left + self.flow.width
            for line in ((left, top, right, top), (left, bottom, right, bottom), (right, top, right, bottom)):
                self.flow.page.rule(*line)
        self.flow.y = bottom

    def _cells(self, row: Row) -> list[Cell]:
        pad = self.flow.style.px(self.look.padding_mm)
        edges, bold = self._edges(), row.span is not None
        cells = []
        for i, column in enumerate(self.columns):
            left, right = edges[i], edges[i + 1]
            if row.span and column.kind == "content" and self.look.span_titles:
                right = edges[-1]
            lines = wrap(row.cells.get(column.kind, ""), self.flow.style.font(bold=bold), right - left - 2 * pad)
            cells.append((left, right, column.kind, lines, bold))
            if right == edges[-1]:
                break
        return cells

    def _turn(self) -> None:
        self.flow.new_page()
        if self.look.repeat_head:
            self._head()

    def _row(self, index: int, row: Row) -> None:
        cells = self._cells(row)
        gap, line = self.flow.style.px(self.look.gap_mm), self.flow.style.line
        fresh = False
        while True:
            need = max(len(c[3]) for c in cells)
            room = int((self.flow.bottom - self.flow.y - 2 * gap) // line)
            if need > room and not fresh and (room < 2 or not self.look.split_rows or row.span):
                self._turn()
                fresh = True
                continue
            take = min(need, room)
            now = [(left, right, kind, lines[:take], bold) for left, right, kind, lines, bold in cells]
            self._draw(index, row, now, take)
            cells = [(left, right, kind, lines[take:], bold) for left, right, kind, lines, bold in cells]
            if not any(c[3] for c in cells):
                return
            self._turn()
            fresh = True

    def _draw(self, index: int, row: Row, cells: list[Cell], lines: int) -> None:
        pad, gap = self.flow.style.px(self.look.padding_mm), self.flow.style.px(self.look.gap_mm)
        line, top = self.flow.style.line, self.flow.y
        height = lines * line + 2 * gap
        for left, right, kind, text, bold in cells:
            middle = self.look.middle or (kind == "number" and self.look.number_middle)
            y = top + gap + ((lines - len(text)) * line / 2 if middle else 0)
            align = "centre" if kind in self.look.centred else "justify" if self.look.justify else "left"
            self._put(index, kind, text, bold, align, left + pad, y, right - left - 2 * pad)
            if self.look.ruled:
                self.flow.page.rule(left, top, left, top + height)
        self._frame(top, top + height)


def random_look(rng: random.Random) -> tuple[Style, TableLook]:
    """A style and a table look as offices vary them."""
    style = Style(
        family=rng.choice(["Liberation Serif", "Liberation Serif", "TeX Gyre Termes", "FreeSerif"]),
        size=rng.choice([12, 12, 13, 13, 13, 14, 12.5]),
        dpi=rng.choice([200, 250, 300, 300]),
        leading=rng.choice([1.0, 1.05, 1.1, 1.2]),
    )
    look = TableLook(
        landscape=rng.random() < 0.8,
        ruled=rng.random() < 0.93,
        middle=rng.random() < 0.6,
        justify=rng.random() < 0.6,
        repeat_head=rng.random() < 0.8,
        split_rows=rng.random() < 0.8,
        number_middle=rng.random() < 0.8,
        span_titles=rng.random() < 0.7,
        padding_mm=rng.uniform(1.0, 2.2),
        gap_mm=rng.choice([0.2, 0.5, 0.8, 1.5]),
        margin_mm=rng.uniform(15, 22),
    )
    return style, look

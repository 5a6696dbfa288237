"""Sets a table on landscape or portrait pages: wrapped cells, repeated head, rows that span pages."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from training.invent import Row, TablePlan
from training.render import Page, Style, wrap

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


@dataclass
class TablePages:
    """Lays a table out page by page. ``pages`` grows as the table does."""

    plan: TablePlan
    style: Style
    look: TableLook
    pages: list[Page] = field(default_factory=list)

    def render(self) -> list[Page]:
        """All pages of the table, headings above it on the first."""
        self._new_page(first=True)
        for index, row in enumerate(self.plan.rows):
            self._row(index, row)
        return self.pages

    def _new_page(self, first: bool = False) -> None:
        page = Page(self.style, self.look.landscape)
        self.pages.append(page)
        margin = self.style.px(self.look.margin_mm)
        self.left, self.width = margin, page.width - 2 * margin
        self.y, self.bottom = margin, page.height - margin
        number = str(len(self.pages))
        if not first:
            page.put([number], self.style.font(), 0, margin * 0.45, page.width, "centre")
        shares = [c.share for c in self.plan.columns]
        self.edges = [self.left + self.width * sum(shares[:i]) / sum(shares) for i in range(len(shares) + 1)]
        if first:
            for i, line in enumerate(self.plan.heading):
                font = self.style.font(bold=i < 2, italic=i == 2)
                for words in wrap(line, font, self.width * 0.9):
                    page.put(words, font, self.left, self.y, self.width, "centre")
                    self.y += self.style.line
            self.y += self.style.line * 0.5
        if first or self.look.repeat_head:
            titles = {c.kind: c.title for c in self.plan.columns}
            self._row(HEAD, Row(titles, "head"))

    def _cells(self, row: Row) -> list[Cell]:
        pad = self.style.px(self.look.padding_mm)
        bold = row.span is not None
        cells = []
        for i, column in enumerate(self.plan.columns):
            left, right = self.edges[i], self.edges[i + 1]
            if row.span in ("part", "section", "group") and column.kind == "content" and self.look.span_titles:
                right = self.edges[-1]
            font = self.style.font(bold=bold)
            lines = wrap(row.cells.get(column.kind, ""), font, right - left - 2 * pad)
            cells.append((left, right, column.kind, lines, bold))
            if right == self.edges[-1]:
                break
        return cells

    def _row(self, index: int, row: Row) -> None:
        cells = self._cells(row)
        gap, line = self.style.px(self.look.gap_mm), self.style.line
        while True:
            need = max(len(c[3]) for c in cells)
            room = int((self.bottom - self.y - 2 * gap) // line)
            whole = need <= room
            if not whole and (room < 2 or not self.look.split_rows or row.span):
                fits_a_page = need * line < (self.bottom - self.style.px(self.look.margin_mm)) * 0.8
                if fits_a_page or room < 2:
                    self._new_page()
                    continue
            take = min(need, room)
            now = [(left, right, kind, lines[:take], bold) for left, right, kind, lines, bold in cells]
            self._draw(index, row, now, take)
            cells = [(left, right, kind, lines[take:], bold) for left, right, kind, lines, bold in cells]
            if not any(c[3] for c in cells):
                return
            self._new_page()

    def _draw(self, index: int, row: Row, cells: list[Cell], lines: int) -> None:
        page, pad = self.pages[-1], self.style.px(self.look.padding_mm)
        gap, line = self.style.px(self.look.gap_mm), self.style.line
        height = lines * line + 2 * gap
        for left, right, kind, text, bold in cells:
            middle = self.look.middle or row.span == "head" or (kind == "number" and self.look.number_middle)
            y = self.y + gap + ((lines - len(text)) * line / 2 if middle else 0)
            align = self._align(row, kind)
            for i, words in enumerate(text):
                last = i == len(text) - 1 or text[i + 1][0] == "-"
                how = "left" if align == "justify" and last else align
                page.put(words, self.style.font(bold=bold), left + pad, y, right - left - 2 * pad, how, (index, kind))
                y += line
            if self.look.ruled:
                page.rule(left, self.y, left, self.y + height)
        if self.look.ruled:
            page.rule(self.left, self.y, self.left + self.width, self.y)
            page.rule(self.left, self.y + height, self.left + self.width, self.y + height)
            page.rule(self.left + self.width, self.y, self.left + self.width, self.y + height)
        self.y += height

    def _align(self, row: Row, kind: str) -> str:
        if row.span == "head" or kind in ("number", "deadline"):
            return "centre"
        if row.span:
            return "left"
        return "justify" if self.look.justify else "left"


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

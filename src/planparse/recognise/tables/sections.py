"""Rows that span the table: the titles of parts (A), sections (I) and groups of rows (2 Công bố, công khai …).

A title stands with its label in one cell, and OCR glues them (``V_|Kiểm tra``), loses the label or drops it among
the wrecks. Here the two are parted; what the label says is judged with all others (:mod:`numbering`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from planparse.lexicon import strip_marks
from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridRow
from planparse.recognise.tables.joins import cell_text, ink_of
from planparse.recognise.tables.label_ink import bare_label, looks_like_label
from planparse.recognise.tables.numbering import Item
from planparse.restore.text import RestoredText

_FIRST = re.compile(r"\s*([^\s_|]+[|_\[\]]*|[|_\[\]]+)\s*(.*)", re.DOTALL)
"""The first word with the rule that is glued to it, and the rest: ``V_|Kiểm tra`` → ``V_|``, ``Kiểm tra``."""
_QUOTES = "“”\"'‘’( "


@dataclass(frozen=True)
class Title:
    """A spanning row: its text with and without its first word, and the ink of that word."""

    whole: str
    rest: str
    ink: str | None
    lines: tuple[int, ...]

    def item(self) -> Item:
        """As the sequence sees it."""
        return Item(
            self.ink,
            True,
            small=self.rest.lstrip(_QUOTES)[:1].islower(),
            capitals=_in_capitals(self.rest or self.whole),
        )

    def shown(self, took_label: bool) -> str:
        """The title alone."""
        return (self.rest if took_label else self.whole).strip(" |_")


def read_title(text: RestoredText, row: GridRow, mended: Mapping[Range, str]) -> Title:
    """The label and the text of a row that spans the table; a number cell of its own is the label."""
    cell, number = row.cells.get("content"), row.cells.get("number")
    shown = cell_text(text, cell, mended) if cell else ""
    lines = tuple(row.lines())
    if number is not None:
        return Title(shown, shown, " ".join(ink_of(text, p) for p in number.pieces).strip() or None, lines)
    found = _FIRST.match(ink_of(text, cell.pieces[0])) if cell and cell.pieces else None
    if found is None or not looks_like_label(found[1]):
        return Title(shown, shown, None, lines)
    first = _FIRST.match(shown)
    # the restorer may have dropped a label that looked like nothing people write
    kept = first is not None and (bare_label(first[1]) == bare_label(found[1]) or looks_like_label(first[1]))
    return Title(shown, first[2] if first and kept else shown, found[1], lines)


def join_titles(text: RestoredText, grid: Grid) -> None:
    """Make one row of a title that was broken over two lines.

    A spanning row right below another is its rest if it has no label and goes on in lower case, or if both are set
    in capitals (a section right below its part is not).
    """
    rows: list[GridRow] = []
    for row in grid.rows:
        above = rows[-1] if rows else None
        if above is not None and above.section and row.section and _goes_on(text, above, row):
            into, more = above.cells["content"], row.cells["content"]
            into.pieces += more.pieces
            into.full_lines += more.full_lines
            into.certainty = min(into.certainty, more.certainty)
        else:
            rows.append(row)
    grid.rows[:] = rows


def _goes_on(text: RestoredText, above: GridRow, row: GridRow) -> bool:
    if "number" in row.cells or "content" not in row.cells or "content" not in above.cells:
        return False
    one, two = read_title(text, above, {}), read_title(text, row, {})
    if two.ink is not None or min(two.lines) - max(one.lines) > 2:
        return False
    return two.whole.lstrip(_QUOTES)[:1].islower() or (_in_capitals(one.rest) and _in_capitals(two.whole))


def _in_capitals(title: str) -> bool:
    letters = [c for c in strip_marks(title) if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)

"""Tables whose cells are parted by ``|`` or tabs, Markdown tables among them: read as they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head_names import cell_role
from planparse.recognise.tables.joins import show
from planparse.recognise.tables.label_ink import is_section_label
from planparse.recognise.tables.regions import Region
from planparse.restore.text import RestoredText

AGREEING = 0.85
"""Share of the body's lines that must part into as many cells as the head does."""

_RULE_LINE = re.compile(r"[\s|:+=-]+")

Pieces = list[tuple[int, int]]


def split_cells(line: str, mark: str) -> Pieces:
    """Start and end of each cell of a line, blanks around it left out; outer pipes part nothing."""
    at, ends = 0, len(line)
    if mark == "|":
        stripped = line.strip()
        at = line.index(stripped) + 1 if stripped.startswith("|") else 0
        ends = line.rindex("|") if stripped.endswith("|") and len(stripped) > 1 else len(line)
    cells = []
    for part in line[at:ends].split(mark):
        left = len(part) - len(part.lstrip())
        cells.append((at + left, at + left + len(part.strip())))
        at += len(part) + 1
    return cells


def read_exact(text: RestoredText, region: Region) -> Grid | None:
    """The table as its separators part it, or None where it has none that it keeps to."""
    heads = [text.line(n).text for n in range(region.head.first, region.head.last + 1)]
    body = [line for line in region.lines if not _RULE_LINE.fullmatch(text.line(line.number).text)]
    for mark in ("|", "\t"):
        head = max(heads, key=lambda h: h.count(mark))
        columns = len(split_cells(head, mark))
        if columns < 3 or not body:
            continue
        rows = [(line.number, split_cells(text.line(line.number).text, mark)) for line in body]
        if sum(len(cells) == columns for _, cells in rows) < AGREEING * len(rows):
            continue
        roles = _roles([head[a:b] for a, b in split_cells(head, mark)])
        if "content" in roles:
            return _grid(text, roles, rows)
    return None


def _roles(cells: Sequence[str]) -> tuple[str, ...]:
    """A role for each head cell; what is not known, or comes again, is a note of its own."""
    roles: list[str] = []
    for cell in cells:
        role = cell_role(cell) or "note"
        roles.append(role if role not in roles else f"note{len(roles)}")
    return tuple(roles)


def _grid(text: RestoredText, roles: tuple[str, ...], rows: Sequence[tuple[int, Pieces]]) -> Grid:
    grid = Grid(tuple(r for r in roles if not r.startswith("note")), exact=True)
    numbered = "number" in roles and sum(bool(_cell(text, n, c, roles, "number")) for n, c in rows) > len(rows) / 3
    for number, cells in rows:
        if len(cells) != len(roles):
            filled = [(number, a, b) for a, b in cells if a < b]
            if len(filled) == 1:
                grid.rows.append(GridRow({"content": GridCell([filled[0]], 1.0, [True])}, section=True))
            else:
                grid.loose += filled
            continue
        found = {role: (number, a, b) for role, (a, b) in zip(roles, cells, strict=True) if a < b}
        row = GridRow({role: GridCell([piece], 1.0, [True]) for role, piece in found.items()})
        if numbered and "number" not in row.cells and grid.rows and _goes_on(text, row, roles):
            _append(grid.rows[-1], row)
            continue
        if set(row.cells) <= {"number", "content"} and row.cells:
            label = _cell(text, number, cells, roles, "number")
            if "content" not in row.cells or not label or is_section_label(label):
                pieces = [c.pieces[0] for c in row.cells.values()]
                row = GridRow({"content": GridCell([_spanning(pieces)], 1.0, [True])}, section=True)
        for role in [r for r in row.cells if r.startswith("note")]:
            del row.cells[role]
        if row.cells:
            grid.rows.append(row)
    return grid


def _cell(text: RestoredText, number: int, cells: Pieces, roles: Sequence[str], role: str) -> str:
    if role not in roles or len(cells) != len(roles):
        return ""
    start, end = cells[roles.index(role)]
    return text.line(number).text[start:end]


def _spanning(pieces: Sequence[Range]) -> Range:
    """One range from the label to the end of the title (a separator between them is no text of either)."""
    return (pieces[0][0], min(p[1] for p in pieces), max(p[2] for p in pieces))


def _goes_on(text: RestoredText, row: GridRow, roles: Sequence[str]) -> bool:
    """A line without number continues the row above it if it leaves cells empty and does not begin afresh."""
    full = len(row.cells) >= len([r for r in roles if r != "number" and not r.startswith("note")])
    begun = [show(text, cell.pieces[0])[:1].isupper() for cell in row.cells.values()]
    return not full and not (set(row.cells) == {"content"} and all(begun))


def _append(row: GridRow, more: GridRow) -> None:
    for role, cell in more.cells.items():
        if role.startswith("note"):
            continue
        into = row.cells.setdefault(role, GridCell())
        into.pieces += cell.pieces
        into.full_lines += cell.full_lines

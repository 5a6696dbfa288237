"""Task tables whose ruling lines were seen: their cells are known, only the columns have to be named.

Pages each have a table of their own; those whose columns stand alike are one table, and a row without number at the
head of a page goes on with the row before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.head_names import USUAL_ORDER, fold_words, head_share, name_matches
from planparse.recognise.tables.joins import show
from planparse.restore.text import RestoredText
from planparse.source import RuledCell, RuledTable, Span

HEAD_ROWS = 3
"""A head has no more rows than this, one with (1) (2) (3) among them."""
NEAR = 0.03
"""Columns of two pages are the same if their borders differ by less than this share of the table's width."""


@dataclass
class RuledGrid:
    """A task table and the input lines that it took."""

    grid: Grid
    lines: set[int] = field(default_factory=set)


def ruled_grids(text: RestoredText) -> list[RuledGrid]:
    """All task tables among the ruled tables of a document, in order."""
    geometry = text.source.geometry
    found: list[tuple[RuledGrid, RuledTable, dict[int, str]]] = []
    for table in geometry.tables if geometry else ():
        rows = _rows(text, table)
        head, roles = _head(text, rows)
        if roles is None:
            last = found[-1] if found else None
            if last is None or not _alike(last[1], table):
                continue
            made, _, columns = last
            if _follows(made, table, text):
                _fill(text, made, rows, columns, goes_on=True)
                found[-1] = (made, table, columns)
            continue
        if found and _alike(found[-1][1], table) and found[-1][2] == roles and _follows(found[-1][0], table, text):
            made = found[-1][0]
            goes_on = True
        else:
            made = RuledGrid(Grid(tuple(roles[c] for c in sorted(roles) if roles[c] != "note"), exact=True))
            goes_on = False
        found = [*found[: -1 if goes_on else None], (made, table, roles)]
        made.lines.update(line for row in rows[:head] for cell in row.values() for line in _lines(cell))
        _fill(text, made, rows[head:], roles, goes_on)
    return [made for made, _, _ in found]


Row = dict[int, RuledCell]
"""The cells that cross a row of the grid, by each column that they cover."""


def _rows(text: RestoredText, table: RuledTable) -> list[Row]:
    rows: list[Row] = [{} for _ in range(table.height)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.rows, table.height)):
            for column in range(cell.column, cell.column + cell.columns):
                rows[row][column] = cell
    return [row for row in rows if any(cell.pieces for cell in row.values())]


def _lines(cell: RuledCell) -> list[int]:
    return [piece.line for piece in cell.pieces]


def _range(text: RestoredText, span: Span) -> Range:
    """The restored stretch behind a span of the input."""
    line = text.line(span.line)
    touched = [t for t in line.tokens if t.ink_start < span.end and span.start < t.ink_end]
    if not touched:
        return (span.line, 0, 0)
    return (span.line, touched[0].start, touched[-1].end)


def _said(text: RestoredText, cell: RuledCell | None) -> str:
    return " ".join(show(text, _range(text, piece)) for piece in cell.pieces) if cell else ""


def _head(text: RestoredText, rows: Sequence[Row]) -> tuple[int, dict[int, str] | None]:
    """How many rows are head, and the role of each column; None where no task table begins."""
    columns = sorted({column for row in rows[:HEAD_ROWS] for column in row})
    for count in range(min(HEAD_ROWS, len(rows)), 0, -1):
        last = rows[count - 1]
        if head_share(fold_words(" ".join(_said(text, c) for c in _distinct(last)))) < 0.6:
            continue
        titles = {c: _title(text, rows[:count], c) for c in columns}
        roles = _roles(titles, columns)
        if roles is not None:
            return _skip_counting(text, rows, count), roles
    return 0, None


def _title(text: RestoredText, rows: Sequence[Row], column: int) -> list[str]:
    """What the head says over a column, the nearest cell last."""
    said: list[str] = []
    for row in rows:
        shown = _said(text, row.get(column))
        if shown and shown not in said:
            said.append(shown)
    return said


def _roles(titles: dict[int, list[str]], columns: Sequence[int]) -> dict[int, str] | None:
    """A role for each column by its titles; None unless they are those of a task table.

    A first column whose short title was not read (``SIT``) holds the numbers.
    """
    roles: dict[int, str] = {}
    for column, said in titles.items():
        role = next((r for t in [*said[::-1][:1], " ".join(said)] if (r := _role(t)) is not None), None)
        roles[column] = role if role and role not in roles.values() else "note"
    found = set(roles.values()) - {"note"}
    first = columns[0]
    if "number" not in found and roles[first] == "note" and len("".join(titles[first])) <= 6:
        roles[first] = "number"
    return roles if "content" in found and len(found) >= 3 else None


def _role(title: str) -> str | None:
    matches = name_matches(tuple(fold_words(title)))
    whole = [m for m in matches if m[3]] or matches
    return next((r for r in USUAL_ORDER if whole and r in whole[0][2]), None)


def _distinct(row: Row) -> list[RuledCell]:
    return list(dict.fromkeys(row[c] for c in sorted(row)))


def _skip_counting(text: RestoredText, rows: Sequence[Row], at: int) -> int:
    """A row (1) (2) (3) below the head belongs to it."""
    if at < len(rows):
        shown = [_said(text, c).strip("()[] .") for c in _distinct(rows[at])]
        if len(shown) > 2 and all(len(s) <= 2 and s.isalnum() for s in shown):
            return at + 1
    return at


def _alike(one: RuledTable, two: RuledTable) -> bool:
    """Whether the columns of two tables stand at the same places."""
    if len(one.edges) != len(two.edges):
        return False
    width = max(1.0, one.edges[-1] - one.edges[0])
    a, b = one.edges[0], two.edges[0]
    return all(abs((x - a) - (y - b)) < NEAR * width for x, y in zip(one.edges, two.edges, strict=True))


def _follows(made: RuledGrid, table: RuledTable, text: RestoredText) -> bool:
    """Whether nothing but a page number stands between a table and the one on the next page."""
    first = min((line for cell in table.cells for line in _lines(cell)), default=0)
    last = max(made.lines, default=0)
    between = [text.line(n).text.strip() for n in range(last + 1, first)]
    return all(len(said) <= 5 for said in between)


def _fill(text: RestoredText, made: RuledGrid, rows: Sequence[Row], roles: dict[int, str], goes_on: bool) -> None:
    grid = made.grid
    labels = [_label(text, row, roles) for row in rows]
    for at, row in enumerate(rows):
        cells = _distinct(row)
        made.lines.update(line for cell in cells for line in _lines(cell))
        parted = at + 1 < len(rows) and bool(labels[at]) and labels[at + 1].startswith(labels[at] + ".")
        read = _row(text, row, roles, parted)
        if not read.cells:
            continue
        if goes_on and at == 0 and not labels[0] and _is_rest(read, grid):
            _append(grid.rows[-1], read)
        else:
            grid.rows.append(read)


def _label(text: RestoredText, row: Row, roles: dict[int, str]) -> str:
    column = next((c for c in row if roles.get(c) == "number"), None)
    return _said(text, row[column]).strip(" .)") if column is not None else ""


def _row(text: RestoredText, row: Row, roles: dict[int, str], parted: bool) -> GridRow:
    """The cells of a row by their roles, or a title: all in one cell, or all but a title's cells empty.

    ``parted`` tells that the next row is the first of its parts (2, 2.1).
    """
    filled = [cell for cell in _distinct(row) if any(_said(text, cell).strip())]
    by_role = {roles.get(column, "note"): column for column in sorted(row, reverse=True)}
    number = row.get(by_role["number"]) if "number" in by_role else None
    spans = any(cell.columns > 1 for cell in filled)
    others = [c for c in filled if c is not number and c is not row.get(by_role.get("content", -1))]
    label = _said(text, number) if number in filled else ""
    counted = label.strip(" .)").replace(".", "").isdigit()
    titled = not others and len(filled) <= 2 and (spans or not counted or parted)
    if filled and (titled or (len(filled) == 1 and spans)):
        pieces = [_range(text, p) for cell in filled for p in cell.pieces]
        return GridRow({"content": GridCell(pieces, 1.0, [True] * len(pieces))}, section=True)
    read = GridRow()
    for column in sorted(row):
        role, cell = roles.get(column, "note"), row[column]
        if role == "note" or role in read.cells or not cell.pieces:
            continue
        if cell.columns > 1 and any(cell is row[c] for c in row if c < column and roles.get(c, "note") != "note"):
            continue  # a cell over two columns is read once
        read.cells[role] = GridCell([_range(text, p) for p in cell.pieces], 1.0, list(cell.full))
    return read


def _is_rest(row: GridRow, grid: Grid) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    if not grid.rows or (row.section and set(row.cells) != {"content"}):
        return False
    last = grid.rows[-1]
    numbered = sum("number" in r.cells for r in grid.rows if not r.section)
    usual = numbered > 0.5 * sum(not r.section for r in grid.rows)
    return not last.section and usual and "number" not in row.cells


def _append(row: GridRow, more: GridRow) -> None:
    for role, cell in more.cells.items():
        into = row.cells.setdefault(role, GridCell())
        into.pieces += cell.pieces
        into.full_lines += cell.full_lines

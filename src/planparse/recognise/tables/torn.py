"""Rows that a page or a misreading tore apart, put together again.

No row of a plan begins in lower case, and none lacks its task. What looks like such a row is the rest of the row
above it, or that row is the beginning of this one.
"""

from __future__ import annotations

from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.joins import show
from planparse.recognise.tables.spans import give_labels, is_unlabelled, take_labels, true_rows, whole_titles
from planparse.restore.text import RestoredText


def mend_torn_rows(text: RestoredText, grid: Grid) -> None:
    """Make whole what was torn: titles cut into cells, labels by themselves, rows in two."""
    whole_titles(text, grid)
    give_labels(grid)
    true_rows(text, grid)
    rows: list[GridRow] = []
    for row in grid.rows:
        above = rows[-1] if rows and not rows[-1].section else None
        if above is not None and _is_result(text, grid, above, row):
            row.cells["result"] = row.cells.pop("content")
            _append(above, row)
        elif above is not None and _is_beginning(text, grid, above, row):
            _prepend(row, above)
            rows[-1] = row
        elif above is not None and _is_rest(text, grid, row):
            _append(above, row)
        else:
            rows.append(row)
    grid.rows[:] = rows
    take_labels(text, grid)


def _begins_small(text: RestoredText, cell: GridCell | None) -> bool:
    """Whether a cell begins in lower case."""
    if cell is None or not cell.pieces:
        return False
    return show(text, cell.pieces[0]).lstrip("“\"'(‘ ")[:1].islower()


def _is_beginning(text: RestoredText, grid: Grid, above: GridRow, row: GridRow) -> bool:
    """Whether a row without number, office and deadline is the first lines of the row below, which goes on in small.

    Cells are centred: the number and the short cells stand beside the middle of the long ones.
    """
    if row.section or "number" not in row.cells:
        return False
    if "content" not in above.cells:
        return not set(above.cells) & set(row.cells)
    bare = not {"number", "deadline", "responsible", "lead", "support"} & set(above.cells)
    return bare and "deadline" in grid.roles and _begins_small(text, row.cells.get("content"))


def _is_result(text: RestoredText, grid: Grid, above: GridRow, row: GridRow) -> bool:
    """Whether lines taken for a row, or for a title, are the result that the row above lacks, or its next paragraph.

    A task has an office or a deadline, a title a label or its rows.
    """
    content = row.cells.get("content")
    if "result" not in grid.roles or content is None or set(row.cells) != {"content"} or not content.pieces:
        return False
    if _begins_small(text, content):
        return False
    if row.section:
        return _lacks_result(grid, above) and is_unlabelled(text, row)
    bullet = show(text, content.pieces[0]).lstrip()[:1] in ("-", "–", "•")
    return _lacks_result(grid, above) or (bullet and "result" in above.cells and "deadline" in above.cells)


def _lacks_result(grid: Grid, row: GridRow) -> bool:
    """Whether a row has all its cells but the result."""
    return set(grid.roles) - set(row.cells) - {"number", "note"} == {"result"}


def _is_rest(text: RestoredText, grid: Grid, row: GridRow) -> bool:
    content = row.cells.get("content")
    if row.section:
        return _begins_small(text, content) and is_unlabelled(text, row)  # `ii` may be III
    if "number" in row.cells:
        return False
    if content is None:
        return True
    undated = "deadline" in grid.roles and "deadline" not in row.cells
    others = [cell for role, cell in row.cells.items() if role != "content"]
    return undated and (
        _begins_small(text, content) or (bool(others) and any(_begins_small(text, cell) for cell in others))
    )


def _append(above: GridRow, rest: GridRow) -> None:
    for role, cell in rest.cells.items():
        into = above.cells.setdefault(role, GridCell())
        into.pieces += cell.pieces
        into.full_lines += cell.full_lines
        into.certainty = min(into.certainty, cell.certainty, 0.5)


def _prepend(row: GridRow, beginning: GridRow) -> None:
    for role, cell in beginning.cells.items():
        into = row.cells.setdefault(role, GridCell())
        into.pieces[:0] = cell.pieces
        into.full_lines[:0] = cell.full_lines
        into.certainty = min(into.certainty, cell.certainty, 0.5)

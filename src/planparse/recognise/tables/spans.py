"""Titles that were taken for rows, and rows that were taken for titles.

A title runs across the columns; read column by column it looks like a row whose cells begin amid a sentence. And the
first line of a row stands alone where the other columns begin lower.
"""

from __future__ import annotations

import re
from itertools import pairwise

from planparse.lexicon import strip_marks
from planparse.recognise.due import read_due
from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.joins import cell_text, ink_of
from planparse.recognise.tables.label_ink import looks_like_label
from planparse.restore.text import RestoredText

_DEEP_LABEL = re.compile(r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,2})\.?\s+(?:[.|]\s+)?(?=[^\W\d_])")
_LABEL = re.compile(r"(?P<label>[1-9]\d?)[.)]?\s+(?:[.|]\s+)?(?=[A-ZÀ-ỸĐ][^\W\d_])")
"""A plain number may be one of the task itself; a capital tells that the task begins behind it."""
LEAST_WORDS = 4
"""A title in capitals has so many words; less may be an abbreviation in a cell."""


def whole_titles(text: RestoredText, grid: Grid) -> None:
    """Make spanning rows of those that are titles cut into cells, or the second line of a title in capitals."""
    for above, row in pairwise([GridRow(), *grid.rows]):
        if row.section or not (_is_title(text, row) or _ends_title(text, above, row)):
            continue
        pieces = sorted(piece for cell in row.cells.values() for piece in cell.pieces)
        certainty = min(cell.certainty for cell in row.cells.values())
        row.section = True
        row.cells = {"content": GridCell(_joined(pieces), certainty, [True] * len(_joined(pieces)))}


def _joined(pieces: list[Range]) -> list[Range]:
    """One piece for each line."""
    lines = sorted({line for line, _, _ in pieces})
    return [
        (line, min(a for n, a, _ in pieces if n == line), max(b for n, _, b in pieces if n == line)) for line in lines
    ]


def _is_title(text: RestoredText, row: GridRow) -> bool:
    """All in capitals; or one line without a break between its columns, where each goes on with the sentence."""
    cells = [cell for role, cell in row.cells.items() if role != "number" and cell.pieces]
    if len(cells) < 2 or "content" not in row.cells:
        return False
    deadline = row.cells.get("deadline")
    if deadline is not None and read_due(cell_text(text, deadline)) is not None:
        return False
    shown = [cell_text(text, cell) for cell in cells]
    if "number" not in row.cells and len(" ".join(shown).split()) >= LEAST_WORDS and all(map(_capitals, shown)):
        return True
    pieces = sorted(piece for cell in cells for piece in cell.pieces)
    if len({line for line, _, _ in pieces}) > 1:
        return False
    line = text.line(pieces[0][0]).text
    between = [line[a[2] : b[1]] for a, b in pairwise(pieces)]
    small = [text.line(n).text[a:b].lstrip("“\"'( ")[:1].islower() for n, a, b in pieces[1:]]
    return all(not gap.strip() and len(gap) < 3 for gap in between) and all(small)


def _ends_title(text: RestoredText, above: GridRow, row: GridRow) -> bool:
    """Whether a row without a number is in capitals, right below a title in capitals."""
    title = above.cells.get("content")
    if not above.section or title is None or "number" in row.cells or not _near(above, row):
        return False
    return all(_capitals(cell_text(text, cell)) for cell in (title, *row.cells.values()))


def _capitals(shown: str) -> bool:
    letters = [c for c in strip_marks(shown) if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def give_labels(grid: Grid) -> None:
    """Give a number that stands in a row by itself to the title or the row that lacks one: below it, or above it."""
    rows: list[GridRow] = []
    waiting: GridRow | None = None
    for row in grid.rows:
        if set(row.cells) == {"number"} and not row.section:
            above = rows[-1] if rows else None
            if waiting is not None:
                rows.append(waiting)
            waiting = row
            if above is not None and not above.section and "number" not in above.cells and _near(above, row):
                above.cells["number"], waiting = row.cells["number"], None
            continue
        if waiting is not None:
            if "number" not in row.cells and _near(waiting, row):
                row.cells["number"] = waiting.cells["number"]
            else:
                rows.append(waiting)
            waiting = None
        rows.append(row)
    if waiting is not None:
        rows.append(waiting)
    grid.rows[:] = rows


def take_labels(text: RestoredText, grid: Grid) -> None:
    """Make numbers of those that stand at the start of a task whose row has none: ``12 Rà soát …``."""
    if "number" not in grid.roles:
        return
    for row in grid.rows:
        content = row.cells.get("content")
        if row.section or content is None or "number" in row.cells:
            continue
        for at, (line, start, end) in enumerate(content.pieces):
            shown = text.line(line).text[start:end]
            found = _DEEP_LABEL.match(shown) or (_LABEL.match(shown) if not at else None)
            if found is not None and found.end() < len(shown):
                row.cells["number"] = GridCell([(line, start, start + found.end("label"))], content.certainty, [True])
                content.pieces[at] = (line, start + found.end(), end)
                break


def _near(above: GridRow, row: GridRow) -> bool:
    lines, below = above.lines(), row.lines()
    return bool(lines and below) and min(below) - max(lines) <= 2


def true_rows(text: RestoredText, grid: Grid) -> None:
    """Give a title without a label to the row below it, where that has no task."""
    rows: list[GridRow] = []
    for row in grid.rows:
        title = rows[-1] if rows and rows[-1].section else None
        empty = not row.section and "content" not in row.cells and len(row.cells) > 0
        if title is not None and empty and _near(title, row) and is_unlabelled(text, title):
            row.cells["content"] = title.cells["content"]
            rows[-1] = row
        else:
            rows.append(row)
    grid.rows[:] = rows


def is_unlabelled(text: RestoredText, title: GridRow) -> bool:
    """Whether a spanning row has neither a label nor capitals to say that it is a title."""
    cell = title.cells.get("content")
    if cell is None or "number" in title.cells:
        return False
    words = ink_of(text, cell.pieces[0]).split()
    return bool(words) and not looks_like_label(words[0]) and not _capitals(cell_text(text, cell))

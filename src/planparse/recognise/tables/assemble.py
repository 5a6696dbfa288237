"""From rows of cells to task records: numbers, sections, texts, evidence, diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planparse.recognise.agencies import read_responsible, split_bodies
from planparse.recognise.due import read_due
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.joins import cell_text, ink_of, show
from planparse.recognise.tables.like_columns import Like
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.numbering import Item, Label, Reading, is_numbered, read_labels
from planparse.recognise.tables.sections import Title, join_titles, read_title
from planparse.records import Task

FIELDS = {"content": ("content",), "responsible": ("responsible", "lead", "support"), "deadline": ("deadline",),
          "result": ("result",)}  # fmt: skip
"""Fields of a record and the columns that feed them."""
FOLLOWED = 0.7
"""What is left of a cell's confidence when it was read by its likes."""


@dataclass
class _Place:
    """Where in the plan the next task stands."""

    part: str | None = None
    section: str | None = None
    section_title: str | None = None
    groups: list[tuple[Label, str]] = field(default_factory=list)

    def enter(self, reading: Reading, title: str) -> None:
        """Go below a title."""
        label = reading.label or ""
        if reading.level == "part":
            self.part, self.section, self.section_title = f"{label}. {title}".rstrip(". "), None, None
        elif reading.level == "section":
            self.section, self.section_title = label, title or None
        if reading.level == "group":
            self.leave(reading.number)
            self.groups.append((reading.number, f"{label}. {title}".rstrip(". ")))
        else:
            self.groups.clear()

    def leave(self, number: Label) -> None:
        """Leave the groups that ``number`` does not belong to."""
        while self.groups and self.groups[-1][0] != number[: len(self.groups[-1][0])]:
            self.groups.pop()


class Assembler:
    """Builds the tasks of one document, table by table."""

    def __init__(self, notes: Notebook, mended: Mended, likes: Mapping[int, Like] | None = None) -> None:
        """``likes`` are cells that were read by their likes, by the ``id`` of the :class:`GridCell`."""
        self.notes = notes
        self.text = notes.text
        self.mended = mended
        self.likes = likes or {}
        self.tasks: list[Task] = []

    def add(self, grid: Grid) -> None:
        """Add the rows of one table."""
        join_titles(self.text, grid)
        printed = [None if row.section else self._printed(row) for row in grid.rows]
        items = [self._item(grid, row, ink) for row, ink in zip(grid.rows, printed, strict=True)]
        place = _Place()
        # under a head of numbers rows have them, also where OCR lost every one; what is written out shows its own
        headed = "number" in grid.roles and not grid.exact
        readings = read_labels(items, headed or is_numbered(items))
        for row, ink, reading in zip(grid.rows, printed, readings, strict=True):
            title = None if reading.level == "row" else self._title(row)
            if title and reading.level == "loose":
                message = f"«{title.whole}» spans the table and is no title in its sequence"
                self.notes.diagnose("PP208", "warning", message, None, title.lines)
                continue
            if title:
                place.enter(reading, shown := title.shown(reading.took_ink))
                self._note_title(reading, title, shown)
                continue
            if reading.label:
                place.leave(reading.number)
            self._add_task(grid, place, row, reading, ink)
        for piece in grid.loose:
            self._report_loose(piece)

    def _title(self, row: GridRow) -> Title:
        return read_title(self.text, row, self.mended.shown)

    def _item(self, grid: Grid, row: GridRow, ink: str | None) -> Item:
        """A row as the sequence of labels sees it."""
        if row.section:
            return self._title(row).item()
        others = set(grid.roles) - {"number", "content", "note"}
        if len(others) < 2 or not set(row.cells) <= {"number", "content"} or "content" not in row.cells:
            return Item(ink)
        return Item(ink, capitals=self._title(row).item().capitals, bare=True)

    def _note_title(self, reading: Reading, title: Title, shown: str) -> None:
        if reading.inferred:
            message = f"label {reading.label} of «{shown[:60]}» restored from the sequence"
            self.notes.diagnose("PP203", "info", message, None, title.lines)
        self._note_gap(reading, None, title.lines)

    def _note_gap(self, reading: Reading, pointer: str | None, lines: Iterable[int]) -> None:
        if not reading.skipped or not reading.label:
            return
        what = "row number" if reading.level in ("row", "group") else reading.level
        if reading.skipped < 0:
            message = f"{what} {reading.label} stands where a later one is due"
        else:
            message = f"before {what} {reading.label} the table leaves out {reading.skipped}"
        self.notes.diagnose("PP205", "warning", message, pointer, lines)

    def _printed(self, row: GridRow) -> str | None:
        """The ink of a row's number; the restorer would make words of it."""
        cell = row.cells.get("number")
        return (" ".join(ink_of(self.text, p) for p in cell.pieces).strip() or None) if cell else None

    def _add_task(self, grid: Grid, place: _Place, row: GridRow, number: Reading, ink: str | None) -> None:
        pointer = f"/tasks/{len(self.tasks)}"
        values: dict[str, str | None] = {}
        for name, roles in FIELDS.items():
            cells = [row.cells[r] for r in roles if r in row.cells]
            values[name] = "\n".join(t for t in map(self._shown, cells) if t) or None
            if cells:
                self._note_cells(f"{pointer}/{name}", cells, grid.exact)
        if number.label or number.inferred:
            self._note_number(pointer, row, number, ink)
        lead, support = self._agencies(row, values["responsible"])
        self.tasks.append(
            Task(
                part=place.part,
                section=place.section,
                section_title=place.section_title,
                subsection=place.groups[-1][1] if place.groups else None,
                number=number.label,
                content=values["content"],
                responsible=values["responsible"],
                deadline=values["deadline"],
                result=values["result"],
                lead_agencies=lead,
                supporting_agencies=support,
                due=read_due(values["deadline"]),
            )
        )
        self._note_empty(grid, row, values, pointer)

    def _note_empty(self, grid: Grid, row: GridRow, values: Mapping[str, str | None], pointer: str) -> None:
        """Tell of columns without text in a row, and of what stands there if no one can read it."""
        empty = []
        for name, roles in FIELDS.items():
            if values[name] is None and set(roles) & set(grid.roles):
                ink = " ".join(ink_of(self.text, p) for r in roles if r in row.cells for p in row.cells[r].pieces)
                empty.append(f"{name} (unreadable: «{ink.strip()}»)" if ink.strip() else name)
        if empty:
            self.notes.diagnose("PP201", "warning", f"no text found for: {', '.join(empty)}", pointer, row.lines())

    def _shown(self, cell: GridCell) -> str:
        """The text of a cell."""
        like = self.likes.get(id(cell))
        return like.text if like else cell_text(self.text, cell, self.mended.shown)

    def _note_cells(self, pointer: str, cells: Sequence[GridCell], exact: bool) -> None:
        sure = None if exact else min(c.certainty for c in cells)
        likes = [self.likes[id(c)] for c in cells if id(c) in self.likes]
        for like in likes:
            sure = (1.0 if sure is None else sure) * FOLLOWED * like.alike
            others = ", ".join(f"/tasks/{place}" for place in like.follows) or "the usual form of deadlines"
            message = f"«{like.ink}» read as «{like.text}», as in {others}"
            self.notes.diagnose("PP206", "info", message, pointer, sorted({p[0] for c in cells for p in c.pieces}))
        strays = [word for cell in cells for piece in cell.pieces for word in self.mended.strays.get(piece, ())]
        if strays:
            message = f"«{' '.join(strays)}» taken for strays in this cell"
            self.notes.diagnose("PP209", "info", message, pointer, sorted({p[0] for c in cells for p in c.pieces}))
        ink = "\n".join(like.ink for like in likes) or None
        self.notes.found(pointer, [p for c in cells for p in c.pieces], sure, ink)

    def _note_number(self, pointer: str, row: GridRow, number: Reading, ink: str | None) -> None:
        cell = row.cells.get("number")
        self.notes.found(
            f"{pointer}/number", cell.pieces if cell else [], 0.6 if number.inferred else None,
            ink if number.inferred else None,
        )  # fmt: skip
        if number.inferred:
            said = f"printed «{ink}»" if ink else "no number printed"
            message = f"row number {number.label} restored from the sequence ({said})"
            if number.label is None:
                message = f"row has no number in the sequence ({said})"
            self.notes.diagnose("PP202", "info", message, f"{pointer}/number", row.lines())
        self._note_gap(number, f"{pointer}/number", row.lines())

    def _agencies(self, row: GridRow, responsible: str | None) -> tuple[list[str], list[str]]:
        if "lead" not in row.cells and "support" not in row.cells:
            found = read_responsible(responsible)
            return found.lead, found.support
        cells = [row.cells.get(role) for role in ("lead", "support")]
        lead, support = (split_bodies(self._shown(c)) if c else [] for c in cells)
        return lead, support

    def _report_loose(self, piece: Range) -> None:
        shown = show(self.text, piece)
        if len(re.sub(r"\W", "", shown)) < 3:
            return
        self.notes.diagnose("PP204", "info", f"«{shown}» in a table was taken for specks", None, [piece[0]])

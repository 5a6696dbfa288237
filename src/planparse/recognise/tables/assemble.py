"""From rows of cells to task records: numbers, sections, texts, evidence, diagnostics."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from planparse.lexicon import strip_marks
from planparse.recognise.agencies import read_responsible, split_bodies
from planparse.recognise.due import read_due
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid, GridRow
from planparse.recognise.tables.joins import cell_text, show
from planparse.recognise.tables.mend import Mended
from planparse.recognise.tables.numbering import Numbered, number_rows, parse_label
from planparse.recognise.tables.sections import SectionLabel, read_section_label, roman
from planparse.records import Task

FIELDS = {"content": ("content",), "responsible": ("responsible", "lead", "support"), "deadline": ("deadline",),
          "result": ("result",)}  # fmt: skip
"""Fields of a record and the columns that feed them."""


@dataclass
class _Title:
    """A spanning row, read."""

    label: SectionLabel | None
    title: str
    lines: list[int]


@dataclass
class _Block:
    """Rows between two section titles: they are numbered together."""

    part: str | None = None
    section: str | None = None
    section_title: str | None = None
    rows: list[GridRow] = field(default_factory=list)
    titles: dict[int, _Title] = field(default_factory=dict)  # group rows, by their place in rows


class Assembler:
    """Builds the tasks of one document, table by table."""

    def __init__(self, notes: Notebook, mended: Mended) -> None:
        self.notes = notes
        self.text = notes.text
        self.mended = mended
        self.tasks: list[Task] = []

    def add(self, grid: Grid) -> None:
        """Add the rows of one table."""
        for block in self._blocks(grid):
            self._add_block(grid, block)
        for piece in grid.loose:
            self._report_loose(piece)

    def _blocks(self, grid: Grid) -> Iterator[_Block]:
        """Cut the rows at section titles; titles of groups stay among the rows."""
        block = _Block()
        sections = parts = 0
        for row in grid.rows:
            if not row.section:
                block.rows.append(row)
                continue
            title = self._title(row, sections + 1, parts + 1)
            level = (
                title.label.level if title.label else ("part" if _is_part_title(title.title, parts) else "section")
            )
            if level == "group":
                block.titles[len(block.rows)] = title
                block.rows.append(row)
                continue
            if title.label is None and not sections and not parts:
                level = "section"
            yield block
            if level == "part":
                parts = title.label.value if title.label else parts + 1
                sections = 0
                label = title.label.text if title.label else chr(64 + parts)
                block = _Block(part=f"{label}. {title.title}".rstrip(". "))
            else:
                sections = title.label.value if title.label else sections + 1
                label = title.label.text if title.label else roman(sections)
                block = _Block(block.part, label, title.title or None)
            if title.label is None or title.label.repaired:
                self._note_title(label, title)
        yield block

    def _title(self, row: GridRow, next_section: int, next_part: int) -> _Title:
        cell = row.cells["content"]
        shown = cell_text(self.text, cell, self.mended)
        first, _, rest = shown.partition(" ")
        label = read_section_label(first, next_section, next_part) if rest else None
        return _Title(label, (rest if label else shown).strip(" |"), row.lines())

    def _note_title(self, label: str, title: _Title) -> None:
        self.notes.diagnose(
            "PP203", "info", f"label {label} of «{title.title[:60]}» restored from the sequence", None, title.lines
        )

    def _add_block(self, grid: Grid, block: _Block) -> None:
        printed = [self._printed(row) for row in block.rows]
        for at, title in block.titles.items():
            printed[at] = title.label.text if title.label else None
        groups = [i in block.titles for i in range(len(block.rows))]
        numbers: Sequence[Numbered] = [Numbered(None, False)] * len(printed)
        if _is_numbered(grid, self._printed):
            numbers = number_rows(printed, groups)
        group: tuple[str, str] | None = None
        for at, (row, number, ink) in enumerate(zip(block.rows, numbers, printed, strict=True)):
            if at in block.titles:
                group = (number.text or ink or "", block.titles[at].title)
                continue
            if group and not (number.text or "").startswith(group[0] + "."):
                group = None
            self._add_task(grid, block, row, number, ink, group)

    def _printed(self, row: GridRow) -> str | None:
        cell = row.cells.get("number")
        return cell_text(self.text, cell, self.mended) if cell else None

    def _add_task(
        self,
        grid: Grid,
        block: _Block,
        row: GridRow,
        number: Numbered,
        ink: str | None,
        group: tuple[str, str] | None,
    ) -> None:
        pointer = f"/tasks/{len(self.tasks)}"
        values: dict[str, str | None] = {}
        for name, roles in FIELDS.items():
            cells = [row.cells[r] for r in roles if r in row.cells]
            values[name] = "\n".join(t for t in (cell_text(self.text, c, self.mended) for c in cells) if t) or None
            if cells:
                pieces = [p for c in cells for p in c.pieces]
                sure = None if grid.exact else min(c.certainty for c in cells)
                self.notes.found(f"{pointer}/{name}", pieces, sure)
        if number.text:
            self._note_number(pointer, row, number, ink)
        lead, support = self._agencies(row, values["responsible"])
        self.tasks.append(
            Task(
                part=block.part,
                section=block.section,
                section_title=block.section_title,
                subsection=f"{group[0]}. {group[1]}" if group else None,
                number=number.text,
                content=values["content"],
                responsible=values["responsible"],
                deadline=values["deadline"],
                result=values["result"],
                lead_agencies=lead,
                supporting_agencies=support,
                due=read_due(values["deadline"]),
            )
        )
        empty = [name for name, roles in FIELDS.items() if set(roles) & set(grid.roles) and values[name] is None]
        if empty:
            self.notes.diagnose("PP201", "warning", f"no text found for: {', '.join(empty)}", pointer, row.lines())

    def _note_number(self, pointer: str, row: GridRow, number: Numbered, ink: str | None) -> None:
        cell = row.cells.get("number")
        self.notes.found(
            f"{pointer}/number", cell.pieces if cell else [], 0.6 if number.inferred else None,
            ink if number.inferred else None,
        )  # fmt: skip
        if number.inferred:
            said = f"printed «{ink}»" if ink else "no number printed"
            self.notes.diagnose(
                "PP202", "info", f"row number {number.text} restored from the sequence ({said})", f"{pointer}/number",
                row.lines(),
            )  # fmt: skip

    def _agencies(self, row: GridRow, responsible: str | None) -> tuple[list[str], list[str]]:
        if "lead" not in row.cells and "support" not in row.cells:
            found = read_responsible(responsible)
            return found.lead, found.support
        cells = [row.cells.get(role) for role in ("lead", "support")]
        lead, support = (split_bodies(cell_text(self.text, c, self.mended)) if c else [] for c in cells)
        return lead, support

    def _report_loose(self, piece: Range) -> None:
        shown = show(self.text, piece)
        if len(re.sub(r"\W", "", shown)) < 3:
            return
        self.notes.diagnose("PP204", "info", f"«{shown}» in a table was taken for specks", None, [piece[0]])


def _is_numbered(grid: Grid, printed: Callable[[GridRow], str | None]) -> bool:
    """Whether the rows of a table are numbered: a stray figure at the start of a line does not make them so."""
    rows = [row for row in grid.rows if not row.section]
    return sum(parse_label(printed(row)) is not None for row in rows) > len(rows) / 8


def _is_part_title(title: str, parts: int) -> bool:
    """A spanning row in capitals without a label: the next part, where there are parts."""
    letters = [c for c in strip_marks(title) if c.isalpha()]
    return parts > 0 and bool(letters) and sum(c.isupper() for c in letters) > 0.8 * len(letters)

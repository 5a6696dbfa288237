"""Rows and cells as ranges of restored lines: what every table reader hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from planparse.recognise.passage import Range
from planparse.recognise.tables.head_names import ROLE_KINDS
from planparse.recognise.tables.kinds import Kind
from planparse.recognise.tables.tags import Judged


@dataclass
class GridCell:
    """The pieces of a cell in reading order, and how sure their assignment to it is (0 to 1)."""

    pieces: list[Range] = field(default_factory=list)
    certainty: float = 1.0
    full_lines: list[bool] = field(default_factory=list)
    """For each piece whether it fills the column's width (its line was broken only by the margin)."""


@dataclass
class GridRow:
    """A row of the table, or a row that spans it (``section``: all in the one cell)."""

    cells: dict[str, GridCell] = field(default_factory=dict)
    section: bool = False

    def lines(self) -> list[int]:
        """Input lines that the row touches."""
        return sorted({line for cell in self.cells.values() for line, _, _ in cell.pieces})

    def first(self) -> int:
        """The first of them."""
        return min(self.lines(), default=0)


@dataclass
class Grid:
    """One task table: roles of its columns left to right, its rows, and what no row took."""

    roles: tuple[str, ...]
    rows: list[GridRow] = field(default_factory=list)
    loose: list[Range] = field(default_factory=list)
    exact: bool = False
    """Read from separators alone; nothing was untangled."""
    sure: dict[Range, float] = field(default_factory=dict)
    """How sure it is of each piece that it is in its cell (0 to 1)."""
    judged: Judged | None = None
    """What the tagger said of its words; None where the lines were not untangled."""

    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of the columns."""
        return tuple(ROLE_KINDS[role] for role in self.roles)

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

    def hand_over(
        self,
        row: GridRow,
        taken: Range,
        rest: Range | None,
        giver: tuple[str, int],
        taker: tuple[str, int],
        full: bool,
        to: GridRow | None = None,
    ) -> None:
        """Give words of a piece to another cell of its row, or of row ``to``.

        ``taken`` are the words, ``rest`` what stays of the piece. ``giver`` and ``taker`` are columns: with the place
        of the piece in its cell, and the place that the words get; ``full``: their line fills that column.
        """
        role, at = giver
        cell = row.cells[role]
        self.sure[taken] = sure = self.sure.get(cell.pieces[at], 1.0)
        if rest is None:
            del cell.pieces[at], cell.full_lines[at]
        else:
            cell.pieces[at] = rest
            self.sure[rest] = sure
        role, at = taker
        other = (to or row).cells.setdefault(role, GridCell(certainty=cell.certainty))
        other.pieces.insert(at, taken)
        other.full_lines.insert(at, full)
        if not cell.pieces:
            del row.cells[giver[0]]

    def kinds(self) -> tuple[Kind, ...]:
        """Kinds of the columns."""
        return tuple(ROLE_KINDS[role] for role in self.roles)

"""Cells restored once more, each by itself, now that its lines stand together.

On the page a line mixes words of several cells, and the restorer's language model then judges a word by a
neighbour that has nothing to do with it. Once the pieces of a cell are known, its own ink is restored as the
running text that it is, and ``Trong nằm`` between two strangers becomes ``Trong năm``.
"""

from __future__ import annotations

from collections.abc import Iterable

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.joins import ink_of
from planparse.recognise.tables.wrecks import without_wrecks
from planparse.restore import readings
from planparse.restore.restorer import restorer
from planparse.restore.text import RestoredText

_PROFILES = {p.name: p for p in (readings.ENG, readings.VIE, readings.STRIPPED)}

Mended = dict[Range, str]
"""What each piece says when its cell is restored as a whole."""


def mend_cells(text: RestoredText, grids: Iterable[Grid]) -> Mended:
    """Restore all cells in one go; a text that was clean is left alone."""
    profile = _PROFILES.get(text.profile)
    if profile is None:
        return {}
    pieces: list[Range | None] = []
    lines: list[str] = []
    for grid in grids:
        for row in grid.rows if not grid.exact else ():
            for role, cell in row.cells.items():
                if role == "number":
                    continue
                for piece in cell.pieces:
                    pieces.append(piece)
                    lines.append(ink_of(text, piece))
                pieces.append(None)  # a blank line parts what does not belong together
                lines.append("")
    restored, _ = restorer().restore(lines, profile)
    return {
        piece: without_wrecks(line.text) for piece, line in zip(pieces, restored, strict=True) if piece is not None
    }

"""Words and lines given to the cell that they go on in, of their row or of the row beside it.

The search over a table knows the tagger's answers and how words follow one another; what a cell says as a whole shows
only once its words are restored. ``Báo cáo của Trường`` beside ``Bộ Chỉ huy Quân sự tỉnh Chính trị tỉnh`` lacks two
words that the other has too many. So words and lines are held against the cells that they might be of
(:mod:`reassign_moves`); a small network that learned from rendered tables (``python -m training reassign``) judges
such moves by their signs (:mod:`reassign_signs`). The cells that changed are restored again.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.mend import Damaged, Mended, mend
from planparse.recognise.tables.reassign_moves import Move, possible_moves
from planparse.recognise.tables.reassign_signs import signs_of_moves
from planparse.recognise.tables.reassign_table import Table, rows_of
from planparse.recognise.tables.small_network import SmallNetwork
from planparse.restore.text import RestoredText

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.6
"""How likely a move must be."""
ROUNDS = 3
"""How often cells that changed are looked at again."""
FARTHEST = 6.0
"""No sign counts as farther from the mean, in units of its spread."""


class ReassignJudge(SmallNetwork):
    """Judges moves by their signs."""

    def __call__(self, signs: NDArray[Any]) -> NDArray[Any]:
        """How likely each move is right, 0 to 1."""
        import numpy as np

        return self.odds(np.clip((signs - self.mean) / self.spread, -FARTHEST, FARTHEST))


def reassign(text: RestoredText, grids: Iterable[Grid], mended: Mended) -> None:
    """Give words of all tables to the cells that they go on in, and restore those again."""
    untangled = (grid for grid in grids if not grid.exact and grid.judged is not None)
    tables = [(grid, Table(text, grid, rows_of(grid, mended, range(len(grid.rows))))) for grid in untangled]
    looked_at = [(grid, table, list(range(len(table.rows)))) for grid, table in tables]
    moved: set[tuple[int, int]] = set()
    for _ in range(ROUNDS):
        changed = [(grid, table, _one_round(grid, table, rows, moved)) for grid, table, rows in looked_at]
        torn = [cell for _, _, cells in changed for _, cell in cells]
        if not torn:
            break
        mend(text, torn, mended)  # all at once: each call costs
        looked_at = [(grid, table, sorted({n for n, _ in cells})) for grid, table, cells in changed if cells]
        for grid, table, rows in looked_at:
            for n, row in zip(rows, rows_of(grid, mended, rows), strict=True):
                table.change(n, row)


def _one_round(grid: Grid, table: Table, at: Iterable[int], moved: set[tuple[int, int]]) -> list[tuple[int, Damaged]]:
    """Make the likeliest moves in some rows of a table, each cell in one at most; the cells that changed, and of
    which row they are. ``moved``: where the ink of the words starts that have moved; they never move again."""
    moves = [
        move
        for move in possible_moves(table, [table.rows[n] for n in at])
        if not any(said.place in moved for said in move.said)
    ]
    if not moves:
        return []
    odds = reassign_judge()(signs_of_moves(table, moves)).tolist()
    changed: dict[tuple[int, str], Damaged] = {}
    for odd, move in sorted(zip(odds, moves, strict=True), key=lambda each: -each[0]):
        cells = [(move.piece.row, move.piece.role), (move.to, move.role)]
        if odd < LIKELY:
            break
        if not any(cell in changed for cell in cells) and make(table.text, grid, move, odd):
            moved.update(said.place for said in move.said)
            for n, role in cells:
                row = grid.rows[n].cells
                changed[n, role] = Damaged(role, row[role].pieces if role in row else [])
    return [(n, torn) for (n, _), torn in changed.items()]


def make(text: RestoredText, grid: Grid, move: Move, odd: float) -> bool:
    """Make a move, unless the words can't be cut from their pieces; ``odd``: how likely it is right."""
    row, to, role = grid.rows[move.piece.row], grid.rows[move.to], move.piece.role
    giver = row.cells[role]
    if move.whole and len(giver.pieces) == len(move.run) and role == "content":
        return False  # a row is known by what is to be done
    parts = _cut(text, move)
    if parts is None:
        return False
    for piece, (taken, rest) in reversed(list(zip(move.run, parts, strict=True))):
        others = to.cells[move.role].pieces if move.role in to.cells else []
        behind = next((n for n, other in enumerate(others) if other[:2] > taken[:2]), len(others))
        grid.hand_over(row, taken, rest, (role, piece.at), (move.role, behind), giver.full_lines[piece.at], to)
    taker = to.cells[move.role]
    taker.certainty = min(taker.certainty, odd)
    return True


def _cut(text: RestoredText, move: Move) -> list[tuple[Range, Range | None]] | None:
    """For each piece of a move the words that go, as a range of the restored line, and the rest; None where they are
    one."""
    parts: list[tuple[Range, Range | None]] = [(piece.place, None) for piece in move.run]
    for at, first in ((0, move.first), (-1, move.last if move.last < len(move.run[-1].said) else 0)):
        if not first:
            continue
        piece = move.run[at]
        line, start, end = piece.place
        word = piece.said[first].word
        token = text.line(line).token_of_word(word.start, word.ink)
        cut = start if token is None else token.start
        if not start < cut < end:
            return None
        left = (line, start, start + len(text.line(line).text[start:cut].rstrip()))
        right = (line, cut, end)
        parts[at] = (left, right) if at else (right, left)
    return parts


@lru_cache(maxsize=1)
def reassign_judge() -> ReassignJudge:
    """The judge that ships with the package."""
    return ReassignJudge.shipped("reassign.npz")

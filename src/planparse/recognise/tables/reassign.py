"""Words given to the cell of their row that they go on in.

The search over a table knows the tagger's answers and how words follow one another; what a cell says as a whole shows
only once its words are restored. ``Báo cáo của Trường`` beside ``Bộ Chỉ huy Quân sự tỉnh Chính trị tỉnh`` lacks two
words that the other has too many. So each piece that the tagger is not sure of, and each beginning and end of it, is
held against the other cells of its row; a small network that learned from rendered tables (``python -m training
reassign``) judges such moves by their signs (:mod:`reassign_signs`). The cells that changed are restored again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.mend import Damaged, Mended, mend
from planparse.recognise.tables.reassign_signs import ROLES, Move, Piece, Row, Said, Table, signs_of_moves
from planparse.recognise.tables.small_network import SmallNetwork
from planparse.recognise.tables.stray_signs import FLOOR, language_number, letters_with_marks
from planparse.recognise.tables.wrecks import is_wreck
from planparse.restore.text import RestoredText

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIKELY = 0.55
"""How likely a move must be."""
ROUNDS = 3
"""How often cells that changed are looked at again."""
DOUBT = -1.0
"""A word is looked at when the tagger gives another column at least this log odds over its own."""
MOST = 5
"""Words at an end of a piece that may go; or all but so few that stay."""
STAY = 2
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
    for _ in range(ROUNDS):
        changed = [(grid, table, _one_round(grid, table, rows)) for grid, table, rows in looked_at]
        torn = [cell for _, _, cells in changed for _, cell in cells]
        if not torn:
            break
        mend(text, torn, mended)  # all at once: each call costs
        looked_at = [(grid, table, sorted({n for n, _ in cells})) for grid, table, cells in changed if cells]
        for grid, table, rows in looked_at:
            for n, row in zip(rows, rows_of(grid, mended, rows), strict=True):
                table.rows[n] = row


def _one_round(grid: Grid, table: Table, at: Iterable[int]) -> list[tuple[int, Damaged]]:
    """Make the likeliest moves in some rows of a table, each cell in one at most; the cells that changed, and of
    which row they are."""
    moves = possible_moves(table, [table.rows[n] for n in at])
    if not moves:
        return []
    odds = reassign_judge()(signs_of_moves(table, moves)).tolist()
    changed: dict[tuple[int, str], Damaged] = {}
    for odd, move in sorted(zip(odds, moves, strict=True), key=lambda each: -each[0]):
        cells = [(move.piece.row, role) for role in (move.piece.role, move.role)]
        if odd < LIKELY:
            break
        if not any(cell in changed for cell in cells) and _make(table.text, grid, move, odd):
            row = grid.rows[move.piece.row].cells
            changed |= {(n, role): Damaged(role, row[role].pieces if role in row else []) for n, role in cells}
    return [(n, torn) for (n, _), torn in changed.items()]


def rows_of(grid: Grid, mended: Mended, at: Iterable[int]) -> list[Row]:
    """The cells of some rows of a table that can give and take words; a row that spans the table has none."""
    rows = []
    for n in at:
        row = grid.rows[n]
        found: Row = {}
        for role, cell in row.cells.items() if not row.section else ():
            for k, place in enumerate(cell.pieces) if role in ROLES else ():
                said = [
                    Said(word, language_number(word.text), letters_with_marks(word.text))
                    for word in mended.words.get(place, ())
                    if not is_wreck(word.text)
                ]
                if said:
                    found.setdefault(role, []).append(Piece(n, role, k, place, said))
        rows.append(found)
    return rows


def possible_moves(table: Table, rows: Iterable[Row]) -> list[Move]:
    """The moves worth judging: of words that the tagger does not rule out where they would go."""
    order, doubts = table.order, table.judged.doubts
    found: list[Move] = []
    for row in rows:
        lines: dict[int, list[Piece]] = {}
        for pieces in row.values():
            for piece in pieces:
                lines.setdefault(piece.line, []).append(piece)
        for line in lines.values():
            line.sort(key=lambda piece: piece.start)
            for at, piece in enumerate(line):
                column = USUAL_ORDER.index(piece.role)
                if piece.role in order and any(doubts[n][column] >= DOUBT for n in table.judged.within(piece.place)):
                    least = order.get(line[at - 1].role, 0) if at else 0
                    last = order.get(line[at + 1].role, len(order)) if at + 1 < len(line) else len(order)
                    found += _moves_of(table, piece, least, last)
    return found


def _moves_of(table: Table, piece: Piece, least: int, last: int) -> Iterator[Move]:
    """Moves of a piece between whose neighbours on its line only columns ``least`` to ``last`` can be."""
    heard, own, here = table.heard(piece), USUAL_ORDER.index(piece.role), table.order[piece.role]
    size = len(piece.said)
    counts = [0, *accumulate(told is not None for told in heard)]
    for role, there in table.order.items():
        if role not in ROLES or role == piece.role or not least <= there <= last:
            continue
        other = USUAL_ORDER.index(role)
        odds = [0.0 if told is None else max(told[other], FLOOR) - max(told[own], FLOOR) for told in heard]
        if max(odds) < DOUBT:
            continue
        sums = [0.0, *accumulate(odds)]
        ends = [(0, size)]
        if there < here:
            ends += [(0, end) for end in range(1, size) if end <= MOST or size - end <= STAY]
        else:
            ends += [(start, size) for start in range(1, size) if size - start <= MOST or start <= STAY]
        for start, end in ends:
            if sums[end] - sums[start] > DOUBT * max(1, counts[end] - counts[start]) and _says(piece.said[start:end]):
                yield Move(piece, start, end, role)


def _says(said: Iterable[Said]) -> bool:
    """Whether there is a letter or a figure in some words."""
    return any(c.isalnum() for word, _, _ in said for c in word.text)


def _make(text: RestoredText, grid: Grid, move: Move, odd: float) -> bool:
    """Make a move, unless the words can't be cut from their piece."""
    row, role, at = grid.rows[move.piece.row], move.piece.role, move.piece.at
    giver = row.cells[role]
    parts = _cut(text, move)
    if parts is None:
        return False
    taken, rest = parts
    if rest is None and len(giver.pieces) == 1 and role == "content":
        return False  # a row is known by what is to be done
    others = row.cells[move.role].pieces if move.role in row.cells else []
    behind = next((n for n, piece in enumerate(others) if piece[:2] > taken[:2]), len(others))
    grid.hand_over(row, taken, rest, (role, at), (move.role, behind), giver.full_lines[at])
    taker = row.cells[move.role]
    taker.certainty = min(taker.certainty, odd)
    return True


def _cut(text: RestoredText, move: Move) -> tuple[Range, Range | None] | None:
    """The words of a move as a range of the restored line, and the rest of their piece; None where they are one."""
    line, start, end = move.piece.place
    if move.first == 0 and move.last == len(move.piece.said):
        return move.piece.place, None
    word = move.piece.said[move.first or move.last].word
    token = text.line(line).token_of_word(word.start, word.ink)
    cut = start if token is None else token.start
    if not start < cut < end:
        return None
    left = (line, start, start + len(text.line(line).text[start:cut].rstrip()))
    right = (line, cut, end)
    return (right, left) if move.first else (left, right)


@lru_cache(maxsize=1)
def reassign_judge() -> ReassignJudge:
    """The judge that ships with the package."""
    return ReassignJudge.shipped("reassign.npz")

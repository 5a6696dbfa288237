"""``python -m training reassign``: learns which words of a cell belong to another cell of their row.

Reads folders that ``python -m training tables`` made, as the program does, up to the cells restored by themselves,
and holds each move that might be against what is printed. The tagger is surer of tables that it learned from than of
any that come later, and in documents unlike those drawn it is wrong about whole pages; so folders that it has not
seen may be named twice, and some tables are learned once more with most of their pieces misjudged::

    python -m training reassign --tables /tmp/tables/train /tmp/tables/new /tmp/tables/new --held /tmp/tables/dev \\
        --out src/planparse/data/reassign.npz
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from planparse.recognise.tables.grid import Grid
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.reassign import FARTHEST, LIKELY, ReassignJudge, possible_moves, rows_of
from planparse.recognise.tables.reassign_signs import ROLES, Move, Row, Said, Table, signs_of_moves
from planparse.recognise.tables.stray_signs import FLOOR
from planparse.recognise.tables.tags import Judged
from training.drawn import asked, tables_of
from training.small_network import fit_network, save

HIDDEN, EPOCHS = 64, 6
RIGHT, WRONG = 0.6, 0.1
"""Share of the letters that a move must bring to their cell to be right (less those that it takes from it); from
which on it is not wrong."""
UNCLEAR = 0.3
"""What a move counts in learning that is neither."""
AGAIN, PIECES = 0.4, 0.6
"""Share of the tables that are learned once more, misjudged, and of their pieces that are."""


class Lesson(NamedTuple):
    """The moves of a table: their signs (moves, signs), and how right each is (1 all its letters, -1 none)."""

    signs: np.ndarray
    right: np.ndarray


def main(argv: list[str]) -> int:
    options = asked("reassign", __doc__, argv)
    chance = np.random.default_rng(options.seed)
    each = {folder: list(lessons(folder, chance)) for folder in dict.fromkeys(options.tables)}
    learned = [lesson for folder in options.tables for lesson in each[folder]]
    right = np.concatenate([lesson.right for lesson in learned])
    print(f"{len(right)} moves, {int((right > RIGHT).sum())} right", flush=True)
    judge = fit(learned, options.seed)
    save(judge, options.out)
    for folder in options.held:
        print(folder, judged(judge, list(lessons(folder))), flush=True)
    return 0


def lessons(folder: Path, chance: np.random.Generator | None = None) -> Iterator[Lesson]:
    """The tables of a folder; with ``chance`` some of them once more, misjudged."""
    for text, truth, grids, mended in tables_of(folder, reassigned=False):
        for grid in grids:
            if grid.exact or grid.judged is None:
                continue
            for again in (False, True):
                if again:
                    if chance is None or chance.random() > AGAIN:
                        continue
                    misjudge(grid, chance)
                table = Table(text, grid, rows_of(grid, mended, range(len(grid.rows))))
                moves = possible_moves(table, table.rows)
                if moves:
                    yield Lesson(signs_of_moves(table, moves), rightness(truth, table.rows, moves))


def rightness(truth: Mapping[str, Any], rows: Sequence[Row], moves: Sequence[Move]) -> np.ndarray:
    """How many of its letters each move brings to where they are printed, less those that it takes from there."""
    printed: dict[int, tuple[int, str] | None] = {}
    true_row: dict[int, int] = {}
    for n, row in enumerate(rows):
        found: Counter[int] = Counter()
        for role, pieces in row.items():
            for said in (said for piece in pieces for said in piece.said):
                cell = printed[id(said)] = _printed(truth, said)
                if cell is not None and cell[1] == role:
                    found[cell[0]] += len(said.word.ink)
        if found:
            true_row[n] = found.most_common(1)[0][0]
    shares = []
    for move in moves:
        row, ink, right = true_row.get(move.piece.row, -1), 0, 0
        for said in move.said:
            letters = len(said.word.ink)
            ink += letters
            right += letters * (
                (printed[id(said)] == (row, move.role)) - (printed[id(said)] == (row, move.piece.role))
            )
        shares.append(right / max(1, ink))
    return np.array(shares, dtype=np.float32)


def _printed(truth: Mapping[str, Any], said: Said) -> tuple[int, str] | None:
    """The row and the column in which a word is printed."""
    start, end = said.word.start, said.word.start + len(said.word.ink)
    shared = [
        (min(end, last) - max(start, first), row, role)
        for first, last, row, role in truth["lines"][said.word.line - 1]["segments"]
    ]
    most = max((each for each in shared if each[0] > 0), default=None, key=lambda each: each[0])
    return None if most is None or most[1] < 0 else most[1:]


def misjudge(grid: Grid, chance: np.random.Generator) -> None:
    """Let the tagger take most pieces for some other column, as it does in documents unlike those drawn."""
    assert grid.judged is not None
    answers = grid.judged.answers.copy()
    columns = [USUAL_ORDER.index(role) for role in grid.roles if role in ROLES]
    for role, cell in (item for row in grid.rows for item in row.cells.items()):
        own = USUAL_ORDER.index(role)
        others = [column for column in columns if column != own]
        for piece in cell.pieces if role in ROLES and others else ():
            if chance.random() < PIECES:
                words, other = grid.judged.within(piece), chance.choice(others)
                fall = chance.uniform(1, 7) + chance.normal(0, 0.4, len(words))
                answers[words, own] = np.maximum(answers[words, own] - fall, FLOOR)
                answers[words, other] = np.maximum(answers[words, other], -chance.exponential(0.15))
    grid.judged = Judged(grid.judged.words, answers)


def fit(learned: Sequence[Lesson], seed: int) -> ReassignJudge:
    """The network that tells the right moves of all lessons best."""
    signs = np.concatenate([lesson.signs for lesson in learned])
    right = np.concatenate([lesson.right for lesson in learned])
    mean, spread = signs.mean(0), signs.std(0) + 1e-3
    counts = np.where((right > RIGHT) | (right <= WRONG), 1, UNCLEAR).astype(np.float32)
    seen = np.clip((signs - mean) / spread, -FARTHEST, FARTHEST)
    wanted = (right > RIGHT).astype(np.float32)
    return ReassignJudge(mean, spread, *fit_network(seen, wanted, counts, HIDDEN, seed, EPOCHS))


def judged(judge: ReassignJudge, held: Sequence[Lesson]) -> dict[str, int]:
    """What the judge says of moves that it never saw: how many are right, how many are made, rightly, wrongly."""
    signs = np.concatenate([lesson.signs for lesson in held])
    right = np.concatenate([lesson.right for lesson in held])
    made = judge(signs) > LIKELY
    return {
        "right": int((right > RIGHT).sum()),
        "made": int(made.sum()),
        "rightly": int((made & (right > 0)).sum()),
        "wrongly": int((made & (right < 0)).sum()),
    }

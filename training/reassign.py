"""``python -m training reassign``: learns which words and lines of a cell belong to another cell.

Reads folders that ``python -m training tables`` made, as the program does, up to the cells restored by themselves,
and holds each move that might be against what is printed. The tagger is surer of tables that it learned from than of
any that come later, and in documents unlike those drawn it is wrong about whole pages; so folders that it has not
seen may be named twice, and some tables are learned once more with most of their pieces misjudged. Lines are put in a
wrong cell seldom, but then all that is to be learned from them; so every table is learned once more with words and
lines of up to three tenths of its rows put elsewhere::

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
from planparse.recognise.tables.mend import Damaged, Mended, mend
from planparse.recognise.tables.reassign import FARTHEST, LIKELY, ReassignJudge, make
from planparse.recognise.tables.reassign_moves import Doubt, Move, possible_moves
from planparse.recognise.tables.reassign_signs import signs_of_moves
from planparse.recognise.tables.reassign_table import ROLES, Row, Said, Table, rows_of
from planparse.recognise.tables.stray_signs import FLOOR
from planparse.recognise.tables.tags import Judged
from planparse.restore.text import RestoredText
from training.drawn import asked, tables_of
from training.small_network import Unseen, as_one, fit_network, save

HIDDEN, EPOCHS, NETWORKS = 128, 10, 4
"""Hidden units of a network, how often it sees each move, and how many networks judge together."""
UNSEEN = Unseen(signs=0.07, hidden=0.35)
RIGHT, WRONG = 0.6, 0.1
"""Share of the letters that a move must bring to their cell to be right (less those that it takes from it); from
which on it is not wrong."""
UNCLEAR = 0.3
"""What a move counts in learning that is neither."""
AGAIN, PIECES = 0.4, 0.6
"""Share of the tables that are learned once more, misjudged, and of their pieces that are."""
DISARRANGED, KINDS = 0.3, (0.45, 0.35, 0.2)
"""Share of the rows that are disarranged in tables that are learned once more so; how often words of one piece,
lines, and lines of another row are put elsewhere."""
SURE_OF_IT, ODDS_OF_TRUTH = (0.3, 1.0), (-7.0, 3.0)
"""How sure a table is then of the wrong place, and what log odds the tagger gives the right one."""
WIDER = Doubt(lines=-5, part=-5, piece=-np.inf, apart=1, near=100)
"""What is learned from: more moves than are asked."""
EVERYTHING = Doubt(-np.inf, -np.inf, -np.inf, -np.inf, apart=1, near=100)


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
    """The tables of a folder; with ``chance`` some of them once more, misjudged, and all of them disarranged."""
    for text, truth, grids, mended in tables_of(folder, reassigned=False):
        for grid in grids:
            if grid.exact or grid.judged is None:
                continue
            yield from _lesson(text, truth, grid, mended)
            if chance is None:
                continue
            judged = grid.judged
            if chance.random() < AGAIN:
                misjudge(grid, chance)
                yield from _lesson(text, truth, grid, mended)
                grid.judged = judged
            disarrange(text, grid, mended, chance)
            yield from _lesson(text, truth, grid, mended)


def _lesson(text: RestoredText, truth: Mapping[str, Any], grid: Grid, mended: Mended) -> Iterator[Lesson]:
    table = Table(text, grid, rows_of(grid, mended, range(len(grid.rows))))
    moves = possible_moves(table, table.rows, WIDER)
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
        here, there = (
            (true_row.get(n, -1), role) for n, role in ((move.piece.row, move.piece.role), (move.to, move.role))
        )
        ink = right = 0
        for said in move.said:
            letters = len(said.word.ink)
            ink += letters
            right += letters * ((printed[id(said)] == there) - (printed[id(said)] == here))
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


def disarrange(text: RestoredText, grid: Grid, mended: Mended, chance: np.random.Generator) -> None:
    """Put words of some rows where they don't belong, the tagger more or less sure of it, and restore those cells."""
    assert grid.judged is not None
    table = Table(text, grid, rows_of(grid, mended, range(len(grid.rows))))
    answers, torn = grid.judged.answers.copy(), []
    for n in chance.permutation(len(table.rows))[: int(len(table.rows) * DISARRANGED)]:
        moves = possible_moves(table, [table.rows[n]], EVERYTHING)
        kind = chance.choice(len(KINDS), p=KINDS)
        some = [move for move in moves if _kind(move) == kind]
        if not some or len(table.rows[n]) < 2:
            continue
        move = some[chance.integers(len(some))]
        if not make(text, grid, move, chance.uniform(*SURE_OF_IT)):
            continue
        _believe(text, grid, answers, move, chance)
        for role, at in ((move.piece.role, n), (move.role, move.to)):
            row = grid.rows[at].cells
            torn.append(Damaged(role, row[role].pieces if role in row else []))
            table.change(at, {})  # once is enough
    grid.judged = Judged(grid.judged.words, answers)
    mend(text, torn, mended)


def _believe(text: RestoredText, grid: Grid, answers: np.ndarray, move: Move, chance: np.random.Generator) -> None:
    """Let the tagger and the table be more or less sure of a wrong move."""
    assert grid.judged is not None
    words = [said.word for said in move.said]
    found = (grid.judged.of_ink(text.line(word.line), word.start, word.ink) for word in words)
    at = [place for place in found if place is not None]
    own, true = USUAL_ORDER.index(move.role), USUAL_ORDER.index(move.piece.role)
    if own != true and at:
        odds = chance.uniform(*ODDS_OF_TRUTH) + chance.normal(0, 0.7, len(at))
        answers[at, own] = np.minimum(-0.1, -odds)
        answers[at, true] = np.minimum(-0.1, odds)
    lines = {piece.line for piece in move.run}
    for place in grid.rows[move.to].cells[move.role].pieces:
        if place[0] in lines:
            grid.sure[place] = chance.uniform(*SURE_OF_IT)


def _kind(move: Move) -> int:
    """Whether words of one piece go (0), lines (1), or lines to another row (2)."""
    return 2 if move.to != move.piece.row else int(len(move.run) > 1)


def fit(learned: Sequence[Lesson], seed: int) -> ReassignJudge:
    """The networks that tell the right moves of all lessons best, as one: the mean of what they tell."""
    signs = np.concatenate([lesson.signs for lesson in learned])
    right = np.concatenate([lesson.right for lesson in learned])
    mean, spread = signs.mean(0), signs.std(0) + 1e-3
    counts = np.where((right > RIGHT) | (right <= WRONG), 1, UNCLEAR).astype(np.float32)
    seen = np.clip((signs - mean) / spread, -FARTHEST, FARTHEST)
    wanted = (right > RIGHT).astype(np.float32)
    seeds = range(seed, seed + NETWORKS)
    networks = (fit_network(seen, wanted, counts, HIDDEN, each, EPOCHS, UNSEEN) for each in seeds)
    return ReassignJudge(mean, spread, *as_one(networks))


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

"""Words that a deadline lost to the cell beside it, taken back.

Deadlines are nearly a closed set. Where one lacks some words in a row to be a usual deadline (or one that the plan
says more than once), and one line of the other cells of its row begins or ends with just these, they are its own:
``Ngay sau khi Kế hoạch được`` beside ``… thực hiện ban hành``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planparse.recognise.passage import Range
from planparse.recognise.tables.deadline_forms import timeless_forms
from planparse.recognise.tables.doubts import word_key
from planparse.recognise.tables.grid import Grid, GridRow
from planparse.recognise.tables.joins import show
from planparse.restore.text import RestoredText

MOST = 4
"""Words that a deadline may lack."""
LINES = 2
"""Lines by which they may be away from it."""
_WORD = re.compile(r"\S+")

Keys = tuple[str, ...]


class Lack(NamedTuple):
    """Words that a deadline lacks, and how many of its own stand before them."""

    words: Keys
    before: int


class Shred(NamedTuple):
    """Where words stand: at an end of a piece of a cell."""

    role: str
    piece: int
    place: Range


def take_back(text: RestoredText, grids: Iterable[Grid]) -> None:
    """Give the deadlines of all tables the words that stand in the cells beside them."""
    open_rows = [
        (grid, row, _keys(text, row.cells["deadline"].pieces))
        for grid in grids
        for row in grid.rows
        if not grid.exact and "deadline" in row.cells
    ]
    said = Counter(keys for _, _, keys in open_rows)
    known = {*timeless_forms().whole, *(keys for keys, times in said.items() if keys and times > 1)}
    begun, ended = defaultdict[str, list[Keys]](list), defaultdict[str, list[Keys]](list)
    for form in known:
        begun[form[0]].append(form)
        ended[form[-1]].append(form)
    for grid, row, keys in open_rows:
        if not keys or keys in known or row.section:
            continue
        lacks = {lack for form in (*begun[keys[0]], *ended[keys[-1]]) if (lack := lacking(keys, form))}
        found = [(lack, shred) for lack in lacks for shred in _shreds(text, row, lack.words)]
        if len(found) == 1:
            _move(text, grid, row, *found[0])


def lacking(keys: Keys, form: Keys) -> Lack | None:
    """What some words lack to be a form, if it is a few in a row.

    >>> lacking(("dinh", "ky", "thang"), ("dinh", "ky", "hang", "thang"))
    Lack(words=('hang',), before=2)
    """
    count = len(form) - len(keys)
    if not 1 <= count <= MOST:
        return None
    before = next((at for at, (one, other) in enumerate(zip(keys, form, strict=False)) if one != other), len(keys))
    return Lack(form[before : before + count], before) if form[before + count :] == keys[before:] else None


def _keys(text: RestoredText, pieces: Sequence[Range]) -> Keys:
    return tuple(key for piece in pieces for key, _, _ in _words(text, piece))


def _words(text: RestoredText, piece: Range) -> list[tuple[str, int, int]]:
    """The words of a piece: key, start and end in the line; without those that have no letter."""
    start = piece[1]
    found = _WORD.finditer(show(text, piece))
    return [(key, start + word.start(), start + word.end()) for word in found if (key := word_key(word.group()))]


def _shreds(text: RestoredText, row: GridRow, wanted: Keys) -> list[Shred]:
    """Where the other cells of a row, close to its deadline, begin or end a line with these words."""
    lines = [line for line, _, _ in row.cells["deadline"].pieces]
    found = []
    for role, cell in row.cells.items():
        for at, piece in enumerate(cell.pieces if role not in ("deadline", "number") else ()):
            if min(abs(piece[0] - line) for line in lines) > LINES:
                continue
            words = _words(text, piece)
            keys = tuple(key for key, _, _ in words)
            if keys[-len(wanted) :] == wanted:
                found.append(Shred(role, at, (piece[0], words[-len(wanted)][1], piece[2])))
            elif keys[: len(wanted)] == wanted:
                found.append(Shred(role, at, (piece[0], piece[1], words[len(wanted) - 1][2])))
    return found


def _move(text: RestoredText, grid: Grid, row: GridRow, lack: Lack, shred: Shred) -> None:
    """Move a shred to the deadline, where a line of it ends there."""
    counts = [len(_words(text, piece)) for piece in row.cells["deadline"].pieces]
    places = [at for at in range(len(counts) + 1) if sum(counts[:at]) == lack.before]
    if not places:
        return
    line, start, end = shred.place
    _, first, last = row.cells[shred.role].pieces[shred.piece]
    rest = _trimmed(text, (line, first, start) if end == last else (line, end, last))
    left = rest if rest[1] < rest[2] else None
    grid.hand_over(row, shred.place, left, (shred.role, shred.piece), ("deadline", places[0]), full=True)


def _trimmed(text: RestoredText, piece: Range) -> Range:
    """A piece without the spaces at its ends."""
    line, start, end = piece
    said = show(text, piece)
    return line, start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())

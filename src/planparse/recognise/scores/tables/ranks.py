"""Ranks in a table: ``39/63``. All rows are ranked among the same number of provinces."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from planparse.recognise.scores.tables.cells import Cell
from planparse.recognise.scores.tables.readings import ALIKE, LETTERS


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank as read; ``repaired`` names the proof where it is not what is printed."""

    rank: int | None = None
    total: int | None = None
    repaired: str | None = None


_RANK = re.compile(r"(?P<rank>\d{1,2})(?:/(?P<total>\d{2}))?")


def read_ranks(cells: list[Cell | None]) -> list[Rank]:
    """The ranks of all rows, in order."""
    printed = [_printed(cell.ink) if cell else None for cell in cells]
    totals = Counter(total for pair in printed if pair and (total := pair[1]))
    usual, times = totals.most_common(1)[0] if totals else (None, 0)
    sure = usual if times > 2 or len(totals) == 1 else None
    return [_rank(cell, pair, sure) for cell, pair in zip(cells, printed, strict=True)]


def _printed(ink: str) -> tuple[int, int | None] | None:
    match = _RANK.fullmatch(ink.strip("|()., "))
    return (int(match["rank"]), int(match["total"]) if match["total"] else None) if match else None


def _rank(cell: Cell | None, pair: tuple[int, int | None] | None, usual: int | None) -> Rank:
    if cell is None:
        return Rank()
    if pair is None:
        spelled = "".join(LETTERS.get(c, c) for c in cell.ink.strip("(). "))
        mended = _RANK.fullmatch(spelled)
        if mended and mended["total"] and usual and int(mended["total"]) == usual:
            return Rank(int(mended["rank"]), usual, "letters stand for the digits that they look like")
        return Rank()
    rank, total = pair
    if rank == 0 or (total is None and usual is not None):
        return Rank()  # where all others are `…/63`, a number alone has lost a part of itself
    if total is not None and usual is not None and total != usual:
        alike = len(str(total)) == len(str(usual)) and all(
            a == b or a in ALIKE[b] or b in ALIKE[a] for a, b in zip(str(total), str(usual), strict=True)
        )
        if alike and rank <= usual:
            return Rank(rank, usual, "all other rows are ranked out of as many")
    return Rank(rank, total)

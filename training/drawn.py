"""Drawn tables as the program reads them, for the trainers of its judges, and how these are called."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from planparse import read
from planparse.recognise.tables import read_grids
from planparse.recognise.tables.grid import Grid, GridCell
from planparse.recognise.tables.mend import Mended, mend_cells
from planparse.recognise.tables.reassign import reassign
from planparse.restore import restore
from planparse.restore.text import RestoredText


def asked(name: str, description: str | None, argv: Sequence[str], seeded: bool = True) -> argparse.Namespace:
    """What a trainer was called with: folders of tables, others to judge by, a seed if it asks for one, and where its
    weights go."""
    ask = argparse.ArgumentParser(prog=f"python -m training {name}", description=description)
    ask.add_argument("--tables", type=Path, nargs="+", required=True)
    ask.add_argument("--held", type=Path, nargs="*", default=[], help="tables to judge by, not learned from")
    if seeded:
        ask.add_argument("--seed", type=int, default=0)
    ask.add_argument("--out", type=Path, required=True)
    return ask.parse_args(argv)


def tables_of(folder: Path, reassigned: bool = True) -> Iterator[tuple[RestoredText, Any, list[Grid], Mended]]:
    """The documents of a folder with their truth, their tables, and the cells restored once more, words given to
    the cells that they go on in or not yet (``reassigned``)."""
    for path in sorted(folder.glob("*.json")):
        text = restore(read(path.with_suffix(".txt")))
        grids = read_grids(text)
        mended = mend_cells(text, grids)
        if reassigned:
            reassign(text, grids, mended)
        yield text, json.loads(path.read_text(encoding="utf-8")), grids, mended


def true_text(text: RestoredText, truth, role: str, cell: GridCell) -> str | None:  # type: ignore[no-untyped-def]
    """What the row says in its column to which most of a cell's letters belong."""
    rows: Counter[int] = Counter()
    for line, start, end in cell.pieces:
        left, right = text.line(line).ink_range(start, end)
        for first, last, row, kind in truth["lines"][line - 1]["segments"]:
            if row >= 0 and kind == role and (shared := min(right, last) - max(left, first)) > 0:
                rows[row] += shared
    if not rows:
        return None
    row = truth["rows"][rows.most_common(1)[0][0]]
    return None if row["span"] else row["cells"].get(role)

"""How well task tables are read: planparse over a folder that ``python -m training tables`` made.

    python -m training tables --out /tmp/tables --pages 40 --seed 7
    python benchmarks/tables.py /tmp/tables [--documents] [--speed]

Prints cells F1 (a cell counts from 95 % similarity), the same with cells exactly right, row numbers, rows found and
invented, and how many cells could be put together at all from what Tesseract left (``ceiling``); by reading, and by
shape: *cell by cell* where at most a fifth of the lines mix columns, *interleaved* from four fifths, else *mixed*.
``--speed`` times the table stage alone on annexes of 25, 50 and 100 pages put together from the same tables.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scoring import Tally, pair_rows, tally_tasks
from planparse.threads import use_one_thread


def shape(truth: dict[str, Any]) -> str:
    """Which of the three shapes a table took in the text."""
    cells = [{(row, kind) for _start, _end, row, kind in line["segments"]} for line in truth["lines"]]
    filled = [len(found) for found in cells if found]
    mixed = sum(n > 1 for n in filled) / max(1, len(filled))
    return "cell by cell" if mixed <= 0.2 else "interleaved" if mixed >= 0.8 else "mixed"


LINES_A_PAGE = 42


def speed(texts: list[str]) -> None:
    """Time the table stage on annexes that grow, and how much of it restores the cells once more, each by itself."""
    from planparse.reading import read_bytes
    from planparse.recognise.notes import Notebook
    from planparse.recognise.tables import find_tasks, mend
    from planparse.restore import restore

    restored, restoring = mend.restored_cells, 0.0

    def timed(*cells: Any) -> Any:
        nonlocal restoring
        began = time.process_time()
        found = restored(*cells)
        restoring += time.process_time() - began
        return found

    mend.restored_cells = timed
    for pages in (25, 50, 100):
        lines: list[str] = []
        while len(lines) < pages * LINES_A_PAGE:
            for text in texts:
                lines += text.split("\n")
        content = "\n".join(lines[: pages * LINES_A_PAGE])
        text = restore(read_bytes(content.encode(), "annex.txt"))
        started, restoring = time.process_time(), 0.0
        tasks = find_tasks(text, Notebook(text))
        spent = time.process_time() - started
        print(f"{pages} pages: {spent:.2f} s, of which {restoring:.2f} s restoring cells, {len(tasks)} tasks")
    mend.restored_cells = restored


def main() -> None:
    use_one_thread()
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--documents", action="store_true", help="print every document by itself")
    ask.add_argument("--speed", action="store_true", help="time long annexes as well")
    options = ask.parse_args()

    from planparse import pipeline, read

    total: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    ceiling: dict[str, list[float]] = defaultdict(list)
    rows: dict[str, Tally] = defaultdict(Tally)
    lines = 0
    started = time.perf_counter()
    for path in sorted(options.folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        said = pipeline.extract(read(path.with_suffix(".txt")), force=True).model_dump(mode="json")["tasks"]
        figures = tally_tasks(truth["tasks"], said)
        paired = Tally(len(pair_rows(truth["tasks"], said)), len(said), len(truth["tasks"]))
        lines += len(truth["lines"])
        for group in ("all", truth["setting"]["lang"], shape(truth)):
            rows[group] += paired
            if "readable" in truth:
                ceiling[group].append(truth["readable"])
            for name, tally in figures.items():
                total[group][name] += tally
        if options.documents:
            shown = "  ".join(f"{name} {tally.f1:.3f}" for name, tally in figures.items())
            print(f"{truth['name']} ({shape(truth)}, {len(said)} of {len(truth['tasks'])} rows)  {shown}")
    if not total:
        sys.exit(f"no tables in {options.folder}: make some with python -m training tables")
    print(f"{'tables':<14}{'cells F1':>9}{'strict':>9}{'numbers':>9}{'found':>9}{'invented':>9}{'ceiling':>9}")
    for group, figures in total.items():
        found = f"{rows[group].right / max(1, rows[group].wanted):.3f}"
        mean = f"{sum(ceiling[group]) / len(ceiling[group]):.3f}" if ceiling[group] else "-"
        shown = "".join(f"{figures[name].f1:>9.3f}" for name in ("tasks", "strict", "numbers"))
        print(f"{group:<14}{shown}{found:>9}{rows[group].given - rows[group].right:>9}{mean:>9}")
    print(f"{lines} lines in {time.perf_counter() - started:.1f} s, restoration included")
    if options.speed:
        speed([p.with_suffix(".txt").read_text(encoding="utf-8") for p in sorted(options.folder.glob("*.json"))])


if __name__ == "__main__":
    main()

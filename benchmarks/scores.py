"""How well scores, citations and deadlines are read: the samples, and score tables damaged on purpose.

    python benchmarks/scores.py [--tables N] [--documents DIR]

Prints F1 over the samples by reading (eng, eng-large, vie), then how many of N invented score tables with one figure
misread were repaired, flagged, or passed on wrong. ``--documents`` takes other documents laid out like ``samples``.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.gate import SAMPLES, measure, summarise  # noqa: E402
from plain_text import all_body, as_read  # noqa: E402
from planparse.recognise.notes import Notebook  # noqa: E402
from planparse.recognise.scores import find_indicators  # noqa: E402
from score_tables import COLUMNS, damage, par_table, printed  # noqa: E402

FIGURES = ("scores", "prose", "citations", "deadlines")


def read(page: str) -> tuple[list[object], bool]:
    """All figures of the first table of a page, and whether a warning was given."""
    text = as_read(page)
    notes = Notebook(text)
    tables, _ = find_indicators(text, all_body(text), notes)
    figures = [str(getattr(row, c)).strip("+> ") for row in tables[0].rows for c in COLUMNS[1:]] if tables else []
    return [_value(figure) for figure in figures], any(d.severity == "warning" for d in notes.diagnostics)


def _value(figure: str) -> float | None:
    return None if figure == "None" else float(figure.replace(",", "."))


def damaged(count: int) -> Counter[str]:
    """What became of ``count`` tables with one figure misread."""
    outcome: Counter[str] = Counter()
    true: dict[int, list[object]] = {}
    for seed in range(count):
        dice = random.Random(seed)
        lines = par_table(seed % 50)
        if seed % 50 not in true:
            true[seed % 50] = read(printed(lines))[0]
        line = lines[dice.randrange(len(lines))]
        column = dice.choice([c for c in line.cells if c != "rank"])
        line.cells[column] = damage(line.cells[column], dice)
        said, flagged = read(printed(lines))
        outcome["repaired" if said == true[seed % 50] else "flagged" if flagged else "silently wrong"] += 1
    return outcome


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--tables", type=int, default=1000)
    ask.add_argument("--documents", type=Path, default=SAMPLES)
    args = ask.parse_args()
    for name, value in sorted(summarise(measure(args.documents)).items()):
        if name.split(".")[0] in FIGURES:
            print(f"{name:24} {value:.4f}")
    for name, number in damaged(args.tables).most_common():
        print(f"tables {name:17} {number}")


if __name__ == "__main__":
    main()

"""The quality gate: planparse over the samples, no figure below its floor.

    python benchmarks/gate.py                    measure, print, exit 1 when a figure is below its floor
    python benchmarks/gate.py --update           raise floors to what was measured; never lowers one
    python benchmarks/gate.py --update --lower "REASON"
                                                 lower floors too; the reason is written beside them
    python benchmarks/gate.py --documents        every document by itself
    python benchmarks/gate.py --samples DIR      other documents (python -m training documents), without floors

Floors stand in ``floors.json`` with a digest of the samples that they were measured on: when a sample changes, the
floors have to be measured again (``--update``). Figures are sums over the six samples, by reading: Tesseract's small
and its larger English model, and its Vietnamese one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scoring import Tally, tally_figures, tally_record, tally_text

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
FLOORS = Path(__file__).resolve().parent / "floors.json"
READINGS = ("eng", "eng-large", "vie")


def digest(samples: Path = SAMPLES) -> str:
    """A digest of all that the figures depend on, whatever order the files come in."""
    total = hashlib.sha256()
    for path in sorted(p for p in samples.glob("*/*") if p.suffix in (".txt", ".json")):
        total.update(f"{path.parent.name}/{path.name}\n".encode() + path.read_bytes())
    return total.hexdigest()[:16]


def measure(samples: Path = SAMPLES) -> dict[str, dict[str, Tally]]:
    """Run planparse over every sample: document/reading → figure → tally."""
    from planparse import pipeline, read
    from planparse.restore import restore

    report: dict[str, dict[str, Tally]] = {}
    for folder in sorted(p.parent for p in samples.glob("*/truth.json")):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        for reading in (r for r in READINGS if (folder / f"{r}.txt").exists()):
            source = read(folder / f"{reading}.txt")
            lines = (folder / f"{reading}.truth.txt").read_text(encoding="utf-8").split("\n")
            record = pipeline.extract(source).model_dump(mode="json")
            restored = [line.text for line in restore(source).lines]
            figures = {"text": tally_text(lines, restored), "figures": tally_figures(lines, restored)}
            report[f"{folder.name}/{reading}"] = figures | tally_record(truth, record)
    return report


def summarise(report: dict[str, dict[str, Tally]]) -> dict[str, float]:
    """Figures over all documents, by reading: ``text.eng`` …; a figure that nothing asks for is left out."""
    total: dict[str, Tally] = defaultdict(Tally)
    for name, figures in report.items():
        for figure, tally in figures.items():
            total[f"{figure}.{name.rsplit('/', 1)[1]}"] += tally
    return {figure: tally.f1 for figure, tally in total.items() if tally.wanted}


def failures(figures: dict[str, float], floors: dict[str, Any], corpus: str) -> list[str]:
    """What stands against passing: figures below their floors, or missing, or floors of other samples."""
    if floors["corpus"] != corpus:
        return ["the samples changed since the floors were measured: run with --update"]
    found = []
    for figure, floor in sorted(floors["floors"].items()):
        if figure not in figures:
            found.append(f"{figure} is no longer measured")
        elif figures[figure] < floor:
            found.append(f"{figure} is {figures[figure]:.4f}, its floor is {floor:.2f}")
    return found


def updated(figures: dict[str, float], floors: dict[str, Any], corpus: str, lower: str | None) -> dict[str, Any]:
    """New floors: raised to the figures; lowered only with a reason, which is kept beside them."""
    new = dict(floors["floors"])
    lowered = list(floors.get("lowered", []))
    for figure in sorted({*figures, *new}):
        # a whole percent, rounded down: a word more or less is no decision, a lost field is one
        have = math.floor(figures.get(figure, 0.0) * 100 + 1e-9) / 100
        if have >= new.get(figure, 0.0):
            new[figure] = have
        elif lower:
            lowered.append({"figure": figure, "from": new[figure], "to": have, "reason": lower})
            new[figure] = have
    return {"corpus": corpus, "floors": dict(sorted(new.items())), "lowered": lowered}


def main(argv: list[str] | None = None) -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--update", action="store_true", help="raise the floors to what was measured")
    ask.add_argument("--lower", metavar="REASON", help="with --update: lower floors too, for this reason")
    ask.add_argument(
        "--samples", type=Path, metavar="DIR", help="measure other documents, made by python -m training"
    )
    ask.add_argument("--documents", action="store_true", help="print every document by itself")
    options = ask.parse_args(argv)
    if options.lower is not None and not (options.update and options.lower.strip()):
        ask.error("--lower needs --update and a reason")

    if options.samples and options.update:
        ask.error("floors are of the samples in the repository: --samples and --update do not go together")

    report = measure(options.samples) if options.samples else measure()
    corpus, figures = digest(), summarise(report)
    floors = {"corpus": "", "floors": {}, "lowered": []}
    if FLOORS.exists():
        floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    if options.documents:
        for name, tallies in report.items():
            print(name, "  ".join(f"{k} {t.f1:.3f}" for k, t in tallies.items() if t.wanted))
    for figure in sorted(figures):
        floor = None if options.samples else floors["floors"].get(figure)
        print(f"{figure:<16} {figures[figure]:.4f}   floor {'none' if floor is None else f'{floor:.2f}'}")
    if options.update:
        floors = updated(figures, floors, corpus, options.lower)
        FLOORS.write_text(json.dumps(floors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        print(f"floors written to {FLOORS}")
    found = [] if options.samples else failures(figures, floors, corpus)
    for line in found:
        print(f"FAILED: {line}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

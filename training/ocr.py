"""Reads pages with the Tesseract command and lays what it read beside what was printed."""

from __future__ import annotations

import csv
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz import fuzz

from training.render import Page, Word

WORD = "5"
"""TSV level of a word."""


@dataclass(frozen=True)
class ReadLine:
    """A line as Tesseract gave it, the true words under it, and which cell each stretch of it is of."""

    text: str
    truth: str
    segments: list[tuple[int, int, int, str]]
    """(start, end, row, column kind): characters ``text[start:end]`` stand in that cell."""
    pieces: list[str] = field(default_factory=list)
    """The true words of each segment."""


def tesseract(
    page: Page, lang: str, tessdata: Path | None = None, psm: int = 3, engine: int = 1
) -> tuple[str, list[dict[str, str]]]:
    """Read a page: the text as ``tesseract`` writes it, and its words with boxes (TSV rows of level 5).

    ``engine`` is Tesseract's ``--oem``, of matter to models from another folder: those of the ``tessdata`` repository
    hold the old engine too, and 3, Tesseract's own default, asks it wherever the network is in doubt.
    """
    with tempfile.TemporaryDirectory() as folder:
        image, out = Path(folder, "page.png"), Path(folder, "out")
        page.image.save(image, dpi=(page.style.dpi, page.style.dpi))
        command = ["tesseract", str(image), str(out), "-l", lang, "--psm", str(psm)]
        if tessdata:
            command += ["--tessdata-dir", str(tessdata), "--oem", str(engine)]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        # settings and not the config files "txt" and "tsv": a folder of models need not hold those
        wanted = ["-c", "tessedit_create_txt=1", "-c", "tessedit_create_tsv=1"]
        subprocess.run([*command, *wanted], check=True, capture_output=True, env=environment)
        text = out.with_suffix(".txt").read_text(encoding="utf-8")
        with out.with_suffix(".tsv").open(encoding="utf-8") as rows:
            words = [r for r in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE) if r["level"] == WORD]
    return text, words


def align(text: str, words: list[dict[str, str]], printed: list[Word]) -> list[ReadLine]:
    """Lay the printed words under the lines read, by their boxes; lines keep the order and count of ``text``."""
    grouped: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for word in words:
        grouped.setdefault(tuple(word[k] for k in ("block_num", "par_num", "line_num")), []).append(word)
    # lines and pictures without a word show up as blank "words"; the text has no line for most of them
    read = [line for line in grouped.values() if any(w["text"].strip() for w in line)]
    owners = _owners([w for line in read for w in line], printed)
    result: list[ReadLine] = []
    position = word_number = 0
    for line in text.split("\n"):
        if position < len(read) and line.strip("\f ") == " ".join(w["text"] for w in read[position]).strip():
            owned = [owners.get(word_number + i, []) for i in range(len(read[position]))]
            result.append(_read_line(line, [w["text"] for w in read[position]], owned))
            word_number += len(read[position])
            position += 1
        else:
            result.append(ReadLine(line, "", []))
    if position < len(read):
        raise ValueError("Tesseract's text and TSV do not list the same lines")
    return result


def _owners(read: list[dict[str, str]], printed: list[Word]) -> dict[int, list[Word]]:
    """For each word read (by index): the printed words that its box covers best, left to right."""
    boxes = [(float(w["left"]), float(w["top"]), float(w["width"]), float(w["height"])) for w in read]
    owners: dict[int, list[Word]] = {}
    for word in printed:
        x0, y0, x1, y1 = word.box
        best, where = 0.0, None
        for i, (left, top, width, height) in enumerate(boxes):
            wide = min(x1, left + width) - max(x0, left)
            high = min(y1, top + height) - max(y0, top)
            if wide > 0 and high > 0 and wide * high > best and read[i]["text"].strip():
                best, where = wide * high, i
        if where is None:
            continue
        # a hyphen's or a point's box as read is far smaller than its line is high
        area = min((x1 - x0) * (y1 - y0), boxes[where][2] * boxes[where][3])
        if best > 0.3 * area:
            owners.setdefault(where, []).append(word)
    return {i: sorted(found, key=lambda w: w.box[0]) for i, found in owners.items()}


def _read_line(line: str, words: list[str], owned: list[list[Word]]) -> ReadLine:
    truth = " ".join(w.text for group in owned for w in group)
    segments: list[tuple[int, int, int, str]] = []
    pieces: list[str] = []
    at = 0
    for word, group in zip(words, owned, strict=True):
        start = line.find(word, at)
        at = start + len(word)
        cell = group[0].cell if group else None
        if cell is None:
            continue
        true = " ".join(w.text for w in group)
        if segments and segments[-1][2:] == cell:
            segments[-1] = (segments[-1][0], at, *cell)
            pieces[-1] += " " + true
        else:
            segments.append((start, at, *cell))
            pieces.append(true)
    return ReadLine(line, truth, segments, pieces)


def readable(rows: list[dict[str, str]], lines: list[ReadLine]) -> float:
    """Share of a table's cells of which Tesseract left enough: the ceiling for whoever puts them together.

    ``rows`` hold the true cells by column kind. A cell counts when the true words under its pieces, in reading
    order, are at least 95 % similar to it.
    """
    found: dict[tuple[int, str], list[str]] = {}
    for line in lines:
        for (_start, _end, row, kind), piece in zip(line.segments, line.pieces, strict=True):
            found.setdefault((row, kind), []).append(piece)
    cells = [(index, kind, text) for index, row in enumerate(rows) for kind, text in row.items() if text]
    good = sum(fuzz.ratio(" ".join(text.split()), " ".join(found.get((i, k), []))) >= 95 for i, k, text in cells)
    return good / len(cells) if cells else 1.0

"""``python -m training tables``: invented appendix tables, rendered, read by Tesseract, with their truth.

Writes for each document ``NAME.txt`` (form feeds between pages, as Tesseract puts them) and ``NAME.json``:
``columns`` (kind, title), ``rows`` (every row of the table with its cells by column kind; ``span`` marks rows that
are no tasks), ``tasks`` (the fields of the record), ``lines`` (per line of the text: the true words under it, and
``segments`` [start, end, row, column kind]; row -1 is the head; ``pieces``, the true words of each segment),
``readable`` (share of the cells that can be put together at all).
"""

from __future__ import annotations

import argparse
import json
import random
from dataclasses import asdict, replace
from pathlib import Path

from training.flow import Flow
from training.invent import TablePlan, invent_table
from training.ocr import ReadLine, align, readable, tesseract
from training.render import Page, Style, degrade
from training.tablepages import TableLook, TablePages, random_look


def read_pages(pages: list[Page], lang: str, tessdata: Path | None, engine: int = 1) -> tuple[str, list[ReadLine]]:
    """Text of all pages and its lines; line i of the text is entry i. A form feed opens each further page."""
    texts, lines = [], []
    for page in pages:
        text, words = tesseract(page, lang, tessdata, engine=engine)
        read = align(text, words, page.words)
        texts.append(text)
        if lines:
            first, last = read[0], lines.pop()
            if last.text:
                raise ValueError("the text of a page does not end in a line break")
            shifted = [(start + 1, end + 1, row, kind) for start, end, row, kind in first.segments]
            read[0] = ReadLine("\f" + first.text, first.truth, shifted, first.pieces)
        lines += read
    return "\f".join(texts), lines


def draw(plan: TablePlan, style: Style, look: TableLook) -> list[Page]:
    """The pages of an appendix: its headings, centred, and its table."""
    flow = Flow(style, margin_mm=look.margin_mm, left_mm=look.margin_mm)
    flow.new_page(look.landscape)
    for i, heading in enumerate(plan.heading):
        flow.paragraph(heading, "centre", bold=i < 2, italic=i == 2)
    flow.space()
    TablePages(flow, plan.columns, look).render(plan.rows)
    return flow.pages


def main(argv: list[str]) -> int:
    ask = argparse.ArgumentParser(prog="python -m training tables", description=__doc__)
    ask.add_argument("--out", type=Path, required=True, help="folder to write to")
    ask.add_argument("--pages", type=int, default=20, help="about how many pages to make")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--lang", choices=["eng", "vie"], default="eng", help="Tesseract model")
    ask.add_argument("--tessdata", type=Path, help="folder of another model")
    ask.add_argument(
        "--engine", type=int, default=1, help="Tesseract's --oem for a model of --tessdata: 3 is its default"
    )
    ask.add_argument("--clauses", type=Path, help="text file, one clause a line, to vary the wording with")
    ask.add_argument(
        "--clean", action="store_true", help="ruled landscape pages of 13 points with repeated heads, not degraded"
    )
    ask.add_argument("--images", action="store_true", help="keep the page images")
    options = ask.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    clauses = options.clauses.read_text(encoding="utf-8").splitlines() if options.clauses else None
    made = number = 0
    while made < options.pages:
        number += 1
        name = f"{options.lang}-{options.seed:03d}-{number:03d}"
        rng = random.Random(f"{options.seed}-{number}")
        plan = invent_table(rng, rng.randint(6, 16), clauses)
        style, look = random_look(rng)
        if options.clean:
            style, look = replace(style, size=13), replace(look, landscape=True, ruled=True, repeat_head=True)
        pages = draw(plan, style, look)
        strength = 0 if options.clean else rng.choice([0, 0.3, 0.6, 1.0])
        for index, page in enumerate(pages, 1):
            degrade(page, rng, strength)
            if options.images:
                page.image.save(options.out / f"{name}-{index}.png")
        text, lines = read_pages(pages, options.lang, options.tessdata, options.engine)
        truth = {
            "name": name,
            "pages": len(pages),
            "setting": {**asdict(style), **asdict(look), "degraded": strength, "lang": options.lang},
            "columns": [{"kind": c.kind, "title": c.title} for c in plan.columns],
            "rows": [{"span": r.span, "cells": r.cells} for r in plan.rows],
            "tasks": [r.as_task() for r in plan.rows if r.span is None],
            "readable": readable([{} if r.span else r.cells for r in plan.rows], lines),
            "lines": [{"truth": line.truth, "segments": line.segments, "pieces": line.pieces} for line in lines],
        }
        (options.out / f"{name}.txt").write_text(text, encoding="utf-8")
        (options.out / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
        made += len(pages)
        print(f"{name}: {len(pages)} pages, {len(truth['tasks'])} tasks")
    return 0

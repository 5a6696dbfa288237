"""Pages as JSON, between the process that reads them and ours, and in the cache.

JSON and not pickle: a process that a hostile file has taken over can at worst send wrong words.
"""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from planparse.reading.pages.model import Cell, Page, PageWord, Table
from planparse.reading.pages.upright import Turned
from planparse.source import Box


def page_to(page: Page) -> dict[str, Any]:
    """A page as JSON has it."""
    return {
        "size": [page.width, page.height],
        "words": [[w.text, *(round(s, 2) for s in w.box), w.confidence, w.line, w.other] for w in page.words],
        "tables": [
            {
                "box": list(t.box),
                "edges": list(t.edges),
                "height": t.height,
                "cells": [[c.row, c.column, c.rows, c.columns, *c.box] for c in t.cells],
            }
            for t in page.tables
        ],
        "turned": None if page.turned is None else astuple(page.turned),
    }


def page_from(found: dict[str, Any]) -> Page:
    """The page again; raises ValueError, TypeError, KeyError or IndexError for what is none."""
    width, height = found["size"]
    words = tuple(
        PageWord(
            str(w[0]),
            _box(w[1:5]),
            None if w[5] is None else float(w[5]),
            None if w[6] is None else int(w[6]),
            None if w[7] is None else str(w[7]),
        )
        for w in found["words"]
    )
    tables = tuple(
        Table(
            _box(t["box"]),
            tuple(float(x) for x in t["edges"]),
            int(t["height"]),
            tuple(Cell(int(c[0]), int(c[1]), int(c[2]), int(c[3]), _box(c[4:8])) for c in t["cells"]),
        )
        for t in found["tables"]
    )
    turned = found["turned"]
    if turned is not None:
        turned = Turned(float(turned[0]), float(turned[1]), int(turned[2]), float(turned[3]))
    return Page(float(width), float(height), words, tables, turned)


def _box(sides: list[Any]) -> Box:
    left, top, right, bottom = (float(side) for side in sides)
    return Box(left, top, right, bottom)

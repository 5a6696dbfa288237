"""Numbers and levels of the rows: which is a row of the index, and which a part of the row above it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from planparse.lexicon import similarity
from planparse.lexicon.indices import Component, Index, best_match
from planparse.recognise.plain import plain
from planparse.recognise.scores.tables.rows import Row

_TOTAL = re.compile(r"\s*(?:tong|cong)\b(?:\s+(?:cong|so|diem|hop))*\W*$")


def is_total(row: Row) -> bool:
    """Whether the row is of the whole table (``Tổng cộng``, or the index itself above its components)."""
    return row.heads or bool(_TOTAL.match(plain(row.name)))


def set_levels(rows: list[Row], index: Index | None) -> None:
    """Give each row its number, level and parent.

    A numbered row is of level 1 (``1.1`` of level 2). A row without number that has fewer figures, or whose name
    is a known part (``Điều tra XHH``), is a part of the last numbered row. A number that OCR lost is put back
    where the rows before and after it leave one only.
    """
    full = Counter(len(row.cells) for row in rows if row.label).most_common(1)
    usual = full[0][0] if full else max(len(row.cells) for row in rows)
    numbered = any(row.label for row in rows)
    for row in rows:
        if is_total(row):
            row.number, row.level = None, 1
        elif row.label and "." in row.label:
            row.number, row.level = row.label, row.label.count(".") + 1
            row.parent = row.label.rpartition(".")[0]
        elif row.label or not numbered or not _is_part(row, usual, index):
            row.level = 1
        else:
            row.level = 2
    counted = [row for row in rows if row.level == 1 and not is_total(row)]
    if any(row.label and row.label.isdigit() for row in counted):
        for row in (row for row in counted if _heads(row)):
            row.number, row.heads = row.label, True
        counted = [row for row in counted if not row.heads]
    _number(counted, numbered)
    last: str | None = None
    for row in rows:
        if row.level == 1:
            last = row.number
        elif row.parent is None:
            row.parent = last


@dataclass(frozen=True)
class Known:
    """The component that a row is of; ``name`` where the printed one could not be read and this one is proven."""

    component: Component
    name: str | None = None


def find_components(rows: list[Row], index: Index | None, year: int | None) -> dict[int, Known]:
    """Components of the rows of level 1, by their place; the last one unmatched follows from all others."""
    if index is None:
        return {}
    tops = [i for i, row in enumerate(rows) if row.level == 1 and not is_total(row)]
    found = {i: Known(c) for i in tops if (c := index.component(rows[i].name, year)) is not None}
    criteria = index.criteria(year)
    taken = {known.component.id for known in found.values()}
    left = [c for c in criteria.components if c.id not in taken] if criteria else []
    unread = [i for i in tops if i not in found]
    if criteria and len(left) == len(unread) == 1 and len(tops) == len(criteria.components):
        (component,), (i,) = left, unread
        names = (component.name, *component.aliases)
        found[i] = Known(component, max(names, key=lambda name: similarity(name, rows[i].name)))
    return found


def _heads(row: Row) -> bool:
    """Whether a row with a Roman number stands above rows with Arabic ones: the index itself, not a component."""
    return bool(row.label and len(row.label) < 5 and re.fullmatch(r"[IVX]+", row.label))


def _is_part(row: Row, usual: int, index: Index | None) -> bool:
    if index is not None:
        if index.component(row.name) is not None and len(row.cells) >= usual:
            return False
        if best_match(row.name, list(index.parts), 0.75) is not None:
            return True
    return len(row.cells) < usual


def _number(rows: list[Row], numbered: bool) -> None:
    """Labels that are numbers stay; one that is not, or that breaks the count, is inferred from its neighbours."""
    if not numbered:
        return
    printed = [int(row.label) if row.label and row.label.isdigit() else None for row in rows]
    offset = Counter(n - i for i, n in enumerate(printed) if n is not None).most_common(1)
    for i, row in enumerate(rows):
        expected = i + offset[0][0] if offset and offset[0][1] * 2 > len(rows) else None
        if expected is not None and printed[i] != expected:
            row.number, row.label_inferred = str(expected), True
        else:
            row.number = row.label

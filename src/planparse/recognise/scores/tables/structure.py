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
        elif row.label or row.lost or not numbered or not _is_part(row, usual, index):
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


def find_parts(rows: list[Row], index: Index | None) -> dict[int, str]:
    """Names of parts that could not be read, by their place: of two parts of a row one is known, one is left."""
    found: dict[int, str] = {}
    by_parent: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row.level == 2 and row.parent:
            by_parent.setdefault(row.parent, []).append(i)
    for pair in by_parent.values():
        known = {i: best_match(rows[i].name, list(index.parts), 0.75) for i in pair} if index else {}
        unread = [i for i in pair if known.get(i) is None]
        read = [part for part in known.values() if part is not None]
        if index and len(pair) == 2 and len(unread) == len(read) == 1:
            left = next((part for part in index.parts if part.id == read[0].beside), None)
            like = (
                max((similarity(rows[unread[0]].name, n) for n in (left.name, *left.aliases)), default=0)
                if left
                else 0
            )
            if left and like > 0.5:
                found[unread[0]] = left.name
    return found


def _heads(row: Row) -> bool:
    """Whether a row with a Roman number stands above rows with Arabic ones: the index itself, not a component."""
    return bool(row.label and len(row.label) < 5 and re.fullmatch(r"[IVX]+", row.label))


def _is_part(row: Row, usual: int, index: Index | None) -> bool:
    if index is not None:
        if index.component(row.name, cutoff=0.78 if len(row.cells) >= usual else 0.9) is not None:
            return False
        if best_match(row.name, list(index.parts), 0.75) is not None:
            return True
    return len(row.cells) < usual


def _number(rows: list[Row], numbered: bool) -> None:
    """Labels that count upwards stay; one that does not is inferred where its neighbours leave one number only."""
    if not numbered:
        return
    printed = [int(row.label) if row.label and row.label.isdigit() else None for row in rows]
    sure = _upwards(printed)
    for i, row in enumerate(rows):
        row.number = row.label if i in sure else None
        before = max((j for j in sure if j < i), default=None)
        after = min((j for j in sure if j > i), default=None)
        if i in sure or before is None:
            continue
        expected = (printed[before] or 0) + i - before
        if after is None or (printed[after] or 0) - expected == after - i:
            row.number, row.label_inferred = str(expected), True


def _upwards(printed: list[int | None]) -> set[int]:
    """Places of the longest run of numbers that grow from row to row."""
    best: dict[int, list[int]] = {}
    for i, number in enumerate(printed):
        if number is not None:
            longest: list[int] = []
            for j, run in best.items():
                if number - (printed[j] or 0) >= i - j and len(run) > len(longest):
                    longest = run
            best[i] = [*longest, i]
    return set(sorted(best.values(), key=len)[-1]) if best else set()

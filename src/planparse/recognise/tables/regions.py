"""Where task tables begin and end, and which of their lines are body.

A table runs from its head to the next annex, to a head with other columns, or to the end of the document.
Repeated heads, page numbers and blank lines are not body, but they tell where a page or a block begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass

from planparse.lexicon import strip_marks
from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK
from planparse.recognise.tables.deadline_forms import begins_deadline
from planparse.recognise.tables.head import Head, find_heads, is_column_name
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.repeats import find_repeats
from planparse.restore.text import RestoredText

_ANNEX = re.compile(r"\s*ph[uvy]\s*l[uyv]g?c\s*(?:so\s*)?[0-9ivxl]{0,4}\s*[.:]?\s*$", re.IGNORECASE)
"""``Phụ lục``, ``PHỤ LỤC II``, ``Phu luc 01`` alone on a line; ``PHU LUGC`` and ``Phulucl`` are what OCR makes."""

_RECIPIENTS = re.compile(r"\s*n[oa]i\s+nh[aâ]n\s*[:.]?", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*\d{1,3}\s*[-–]?\s*")


@dataclass(frozen=True)
class BodyLine:
    """A line of the body and what stands before it: SAME_BLOCK, BLANK_LINE or NEW_PAGE."""

    number: int
    before: int


@dataclass(frozen=True)
class Region:
    """One table: its columns, its head's first line, and the lines of its body."""

    roles: tuple[str, ...]
    head: Head
    lines: tuple[BodyLine, ...]


def agree(heads: Sequence[Head]) -> tuple[str, ...]:
    """The columns of a table whose head is repeated: those that most of its heads name, in their usual order there.

    Tidy readings count double; a column that few heads show is a misreading.
    """
    weight = Counter[str]()
    orders: Counter[tuple[str, ...]] = Counter()
    for head in heads:
        for role in head.roles:
            weight[role] += 1 + head.tidy
        orders[head.roles] += 1 + head.tidy
    total = sum(orders.values())
    known = {role for role, votes in weight.items() if votes >= 0.25 * total}
    best = max(orders, key=lambda order: (len(known & set(order)) - 0.5 * len(set(order) - known), orders[order]))
    roles = [r for r in best if r in known]
    for role in sorted(known - set(roles), key=USUAL_ORDER.index):
        later = [k for k, r in enumerate(roles) if USUAL_ORDER.index(r) > USUAL_ORDER.index(role)]
        roles.insert(later[0] if later else len(roles), role)
    if "number" in roles:
        roles.remove("number")
        roles.insert(0, "number")
    return tuple(roles)


def _same_table(a: Head, b: Head) -> bool:
    """Whether a later head repeats an earlier one; a column or two may have been lost in either."""
    one, two = set(a.roles) - {"number"}, set(b.roles) - {"number"}
    return len(one & two) >= min(len(one), len(two)) - 1


def annex_lines(shown: Sequence[str]) -> list[int]:
    """The lines that are headings of annexes."""
    return [number for number, line in enumerate(shown, 1) if _ANNEX.match(strip_marks(line))]


def find_regions(text: RestoredText) -> list[Region]:
    """All task tables of a document, in order."""
    lines = [line.text for line in text.lines]
    heads = find_heads(lines, frozenset(text.source.page_starts))
    if not heads:
        return []
    inks = [line.text for line in text.source.lines]
    annexes = annex_lines(lines)
    groups: list[list[Head]] = []
    for head in heads:
        previous = groups[-1][-1] if groups else None
        fresh = previous is None or any(previous.last < a < head.first for a in annexes)
        if fresh or not _same_table(groups[-1][0], head):
            groups.append([head])
        else:
            groups[-1].append(head)
    regions = []
    for index, group in enumerate(groups):
        stop = groups[index + 1][0].first if index + 1 < len(groups) else len(lines) + 1
        stop = min([stop, *(a for a in annexes if a > group[-1].last)])
        names = [
            number
            for name in column_names(lines, group[0].last + 1, stop)
            if name[-1] >= len(lines) or not lines[name[-1]].strip()
            for number in name
        ]
        repeats = find_repeats(lines, inks, group, stop)
        body = body_lines(text, lines, [*group, *repeats], stop, frozenset(names))
        if body:
            roles = agree(group)
            if "number" not in roles:
                # its narrow head is the first to be lost; where no rows are numbered the column stays empty
                roles = ("number", *roles)
            regions.append(Region(roles, group[0], tuple(body)))
    return regions


def column_names(shown: Sequence[str], first: int, stop: int) -> list[tuple[int, ...]]:
    """Blocks from line ``first`` to before ``stop`` that begin with the name of a column: heads far apart.

    For each name its line, or its two lines where it is broken.
    """
    found: list[tuple[int, ...]] = []
    for n in range(max(first, 2), stop):
        if shown[n - 2].strip():
            continue
        if n + 1 < stop and shown[n].strip() and is_column_name(f"{shown[n - 1]} {shown[n]}"):
            found.append((n, n + 1))
        elif is_column_name(shown[n - 1]) and not begins_deadline(shown[n - 1]):
            found.append((n,))
    return found


def body_lines(
    text: RestoredText, lines: Sequence[str], heads: Sequence[Head], stop: int, names: Container[int] = ()
) -> list[BodyLine]:
    """The lines of a table's body, from its first head to the line ``stop``, which is not of it.

    ``names`` are lines amid it that name single columns; unlike heads they do not tell where a page begins.
    """
    in_head = {n for h in heads for n in range(h.first, h.last + 1)}
    head_starts = {h.first for h in heads}
    page_starts = set(text.source.page_starts)
    body: list[BodyLine] = []
    before = NEW_PAGE
    for number in range(heads[0].last + 1, stop):
        shown = lines[number - 1]
        if number in page_starts or number in in_head:
            before = NEW_PAGE
        if number in in_head:
            continue
        if not shown.strip() or number in names:
            before = max(before, BLANK_LINE)
            continue
        if _RECIPIENTS.match(strip_marks(shown)):
            break
        if _PAGE_NUMBER.fullmatch(shown) and _turns_page(lines, number, head_starts, page_starts):
            before = NEW_PAGE
            continue
        body.append(BodyLine(number, before))
        before = SAME_BLOCK
    return body


def _turns_page(lines: Sequence[str], number: int, heads: set[int], pages: set[int]) -> bool:
    """Whether a lone number stands at the edge of a page: right before a repeated head, or beside a form feed."""
    after = number + 1
    while after <= len(lines) and not lines[after - 1].strip() and after - number < 4:
        after += 1
    return after in heads or any(p in pages for p in range(number, after + 1))

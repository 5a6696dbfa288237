"""Task tables of annexes whose head OCR lost, or read column by column.

A head may be garbled beyond knowing, on the first page only or wherever it stands; and where a page is read one
column after the other, the names of the columns stand far apart, each above its own cells. Nothing below them is
the worse for it. So an annex, or what stands in it above the first head that was read, is asked whether it is a task
table: the tagger judges its words without a head, and time after time something must come that reads like a deadline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planparse.lexicon import strip_marks
from planparse.recognise.due import read_due
from planparse.recognise.phrases import capitals
from planparse.recognise.tables.head import Head, is_task_head
from planparse.recognise.tables.head_names import USUAL_ORDER, cell_role, fold_words, head_share
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.regions import Region, annex_lines, body_lines, column_names
from planparse.recognise.tables.settling import settle_roles
from planparse.recognise.tables.signs import read_signs
from planparse.recognise.tables.tagger import tagger
from planparse.recognise.tables.tags import N_TAGS
from planparse.recognise.tables.words import Word, words_of
from planparse.restore.text import RestoredText

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_LINES = 8
"""Filled lines of an annex below which nothing is looked for."""
ASKED = 240
"""Lines of an annex that are judged: six pages or so."""
LEAST_DUES, LINES_A_DUE = 3, 80
"""Deadlines that a task table has at least, and lines that it has at most for each. Of 19 tables whose head was lost
the poorest had 3 in 120 lines; of 40 first pages of running text 38 had 2 or less, read as if they were tables."""
MOST_TASK = 0.7
"""Share of the words that may be of one column: running text reads as one long task."""
NAMED = 4
"""Columns, those of numbers and tasks included, from which names that stand far apart are believed to be all."""
BROKEN = 5
"""Lines that a deadline in a narrow column takes at most."""
HEADING = 14
"""Filled lines that the heading of an annex takes at most."""
SHREDS = 6
"""Filled lines below it that may be what OCR left of a head."""
_SHRED = 0.35
"""Share of its letters in words of heads from which a line up there is taken for one."""
_BASIS = re.compile(r"\W*k[eè]m theo\b|\W*ban hanh kem\b")
"""``(Kèm theo Kế hoạch số …)``: the last line of an annex's heading, or the last but one."""
_LABEL = re.compile(r"\W*(?:[IVXl]{1,4}|\d{1,2}|[A-H])\b(?:[.)_|\s]|$)")


def with_lost(text: RestoredText, regions: Sequence[Region], taken: frozenset[int] = frozenset()) -> list[Region]:
    """``regions``, those that begin above their first head that was read, and those without any, in order.

    Lines ``taken`` are of tables that were read otherwise.
    """
    shown = [line.text for line in text.lines]
    found = list(regions)
    for first, stop in pairwise([*annex_lines(shown), len(shown) + 1]):
        inside = min((r for r in regions if first <= r.head.first < stop), key=lambda r: r.head.first, default=None)
        end = inside.head.first if inside else stop
        if not any(first <= line < end for line in taken):
            lost = _look(text, shown, first, end, inside)
            if lost is not None:
                found = [region for region in found if region is not inside]
                found.append(lost)
    return sorted(found, key=lambda region: region.head.first)


def _look(text: RestoredText, shown: Sequence[str], annex: int, stop: int, below: Region | None) -> Region | None:
    """The table between an annex's first line and ``stop``, joined to the one ``below`` it."""
    filled = [n for n in range(annex + 1, stop) if shown[n - 1].strip()]
    if len(filled) < LEAST_LINES:
        return None
    heading = _heading(shown, filled)
    names = [number for name in column_names(shown, heading + 1, stop) for number in name]
    rest = [n for n in filled if n > heading]
    apart = bool(rest) and rest[0] in names  # the names of columns stand far apart, and can be read
    shreds = [] if apart else _shreds(shown, [n for n in rest if n not in names])
    heads = [Head(n, n, (), False) for n in (heading, *shreds)]
    body = body_lines(text, shown, heads, stop, frozenset(names))
    lines = [(words, line.before) for line in body[:ASKED] if (words := words_of(text.line(line.number)))]
    if len(lines) < LEAST_LINES:
        return None
    named = _named(shown, names)
    if below is not None and apart:
        roles: tuple[str, ...] | None = below.roles  # the column above its head may be the tasks alone
    else:
        roles = _task_roles(lines, below.roles if below else named, below is not None or len(named) >= NAMED)
    if roles is None:
        return None
    head = Head(heading, heading, roles, False)
    if below is None:
        return Region(roles, head, tuple(body))
    return replace(below, head=replace(below.head, first=heading), lines=(*body, *below.lines))


def _heading(shown: Sequence[str], filled: Sequence[int]) -> int:
    """The last line of an annex's heading: its title, in capitals, and on what it is issued."""
    last = filled[0] - 1
    for number in filled[:HEADING]:
        line = shown[number - 1]
        if _BASIS.match(strip_marks(line).lower()):
            closed = [n for n in filled if number <= n < number + 3 and shown[n - 1].rstrip().endswith(")")]
            last = closed[0] if closed else number
    for number in (n for n in filled[:HEADING] if n > last):
        line = shown[number - 1]
        if capitals(line) < 0.8 or len(line.split()) < 3 or _LABEL.match(line):
            break
        last = number
    return last


def _shreds(shown: Sequence[str], filled: Sequence[int]) -> list[int]:
    """What OCR left of a head on the first lines below the heading."""
    last = 0
    for at, number in enumerate(filled[:SHREDS], 1):
        line = shown[number - 1]
        if _LABEL.match(line):
            break
        if head_share(fold_words(line)) >= _SHRED:
            last = at
    return list(filled[:last])


def _named(shown: Sequence[str], names: Sequence[int]) -> tuple[str, ...]:
    """The columns that lines far apart name, in their order on the page, which is that of the columns."""
    roles = [role for number in names if (role := cell_role(shown[number - 1])) is not None]
    rest = [role for role in dict.fromkeys(roles) if role != "number"]
    return ("number", *rest) if "content" in rest else ("number", "content", *rest)


def _task_roles(
    lines: Sequence[tuple[list[Word], int]], roles: tuple[str, ...], known: bool
) -> tuple[str, ...] | None:
    """The columns of what stands on some lines, if it is a task table: ``roles`` and, unless ``known``, others."""
    words = [some for some, _ in lines]
    signs = read_signs(column_language(), words, [before for _, before in lines])
    if not known:
        roles = settle_roles(tagger()(signs.under(())), [len(some) for some in words], roles, False, len(USUAL_ORDER))
    answers = tagger()(signs.under(roles))
    dues = _dues(words, answers)
    if not is_task_head(roles) or dues < max(LEAST_DUES, len(words) / LINES_A_DUE):
        return None
    tags = answers[:, : len(USUAL_ORDER)].argmax(1)
    return roles if max((tags == tag).mean() for tag in range(len(USUAL_ORDER))) <= MOST_TASK else None


def _dues(lines: Sequence[Sequence[Word]], answers: NDArray[Any]) -> int:
    """How many deadlines stand on some lines, each on one line or broken over a few."""
    tags = answers[:, :N_TAGS].argmax(1) == USUAL_ORDER.index("deadline")
    count = at = 0
    above: list[str] = []
    for line in lines:
        said = " ".join(word.text for word, tag in zip(line, tags[at : at + len(line)], strict=True) if tag)
        at += len(line)
        above = [*above[1 - BROKEN :], said] if said else []
        if any(read_due(" ".join(above[first:])) for first in range(len(above))):
            count += 1
            above = []
    return count

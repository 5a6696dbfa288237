"""The head of a task table: which lines are it, and which columns it announces.

A head comes on one line (``STT | Nội dung công việc | …``), a cell a line, or with the words of narrow
columns spread over two or three lines that mix with the others (``Tiến độ`` above, ``thực hiện`` amid the
rest). So a line is first measured: how much of it is made of words that heads are made of. Lines that are,
standing together, are matched against the phrases of the lexicon, whole or in part.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from planparse.recognise.tables.head_names import (
    LONGEST,
    USUAL_ORDER,
    WORD,
    NameMatch,
    fold_words,
    head_share,
    name_matches,
)

_LABELLED = re.compile(r"\s*(?:(?:[IVX]+|\d+|[a-zđ])[.)]\s|[IVX]+\s+(?:\|\s*)?[A-ZÀ-ỸĐ][^\W\d_]*[a-zà-ỹđ])")
"""A row or the title of a section: ``1. …``, ``II | Phát triển …``."""

LEAST_SHARE = 0.5
"""Share of a line's letters in words of heads from which it may be a head by itself."""


@dataclass(frozen=True)
class Head:
    """A table head: its lines (numbers of the input) and the roles of its columns, left to right."""

    first: int
    last: int
    roles: tuple[str, ...]
    tidy: bool
    """Every column was found whole, so the order can be trusted."""


def _stacked(lines: Sequence[Sequence[NameMatch]]) -> tuple[list[str], bool]:
    """Roles of columns that stand one below the other, and whether every one was read whole."""
    order: list[str] = []
    tidy = True
    for line in lines:
        for _, _, roles, whole, _ in line:
            known = [r for r in USUAL_ORDER if r in roles and r not in order]
            if known and not (set(order) & roles):
                order.append(known[0])
                tidy = tidy and whole
    return order, tidy


def _abreast(main: _Line, others: Sequence[_Line]) -> tuple[list[str], bool]:
    """Roles of columns that one line names left to right, and whether every one was read there.

    Heads of narrow columns break over lines and are the first to be garbled. A word of the main line that is no
    column by itself (``thực hiện``, or one that nobody knows) marks a place; a column that the lines above and below
    announce (``Tiến độ``) goes there, and if none does, the dates, without which a plan is rare.
    """
    seats: list[str] = []  # "" is a place whose column is not known
    at = 0
    for start, end, roles, whole, _ in main.matches:
        if start > at and seats and seats[-1]:
            seats.append("")
        at = end
        free = [r for r in USUAL_ORDER if r in roles and r not in seats]
        if free and (whole or not roles & set(seats)):
            seats.append(free[0])
        elif seats and seats[-1]:
            seats.append("")
    if main.words > at and seats and seats[-1]:
        seats.append("")
    told = [r for line in others for m in line.matches if len(m[2]) == 1 or m[3] for r in USUAL_ORDER if r in m[2]]
    missing = [r for r in USUAL_ORDER if r in told and r not in seats]
    if {"lead", "responsible"} & set(seats):
        missing = [r for r in missing if r not in ("lead", "responsible")]
    tidy = "" not in seats and not missing
    for role in missing:
        if "" in seats:
            seats[seats.index("")] = role
        else:
            later = [k for k, r in enumerate(seats) if USUAL_ORDER.index(r) > USUAL_ORDER.index(role)]
            seats.insert(later[0] if later else len(seats), role)
    if "" in seats and "deadline" not in seats:
        seats[seats.index("")] = "deadline"
    return [r for r in seats if r], tidy


def is_task_head(roles: Iterable[str]) -> bool:
    """Whether columns are those of a task table: the task and two things that are said of it."""
    found = set(roles)
    return "content" in found and len(found - {"number", "note"}) >= 2 and len(found) >= 3


def is_column_name(text: str) -> bool:
    """Whether a line is the name of one column or of some, whole, and nothing else."""
    line = _Line(text)
    return line.share >= LEAST_SHARE and line.names


def columns_named(text: str) -> int:
    """How many columns a line names, in whole or in part."""
    return len(_Line(text).matches)


class _Line:
    """How far one line is head: ``strong`` announces columns by itself, ``solo`` is the name of one column."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.blank = not self.text
        fits = not self.blank and len(self.text) <= 160 and not _LABELLED.match(self.text)
        self._folded = tuple(fold_words(self.text)) if fits else ()
        self.words = len(self._folded)
        self.share = head_share(self._folded)

    @cached_property
    def matches(self) -> tuple[NameMatch, ...]:
        """Phrases and parts of phrases in the line."""
        return name_matches(self._folded) if self.share >= 0.4 else ()

    @cached_property
    def cover(self) -> float:
        """Share of the line's letters that they take."""
        letters = sum(map(len, self._folded)) or 1
        return sum(len("".join(self._folded[a:b])) for a, b, *_ in self.matches) / letters

    @cached_property
    def _capital(self) -> list[bool]:
        """Which words begin with a capital."""
        return [w[0].isupper() for w in WORD.findall(self.text)]

    @cached_property
    def _begun(self) -> list[NameMatch]:
        """Whole phrases that begin with a capital, as those of a head do and those of running text do not."""
        capital = self._capital
        return [m for m in self.matches if m[3] and m[0] < len(capital) and capital[m[0]]]

    @cached_property
    def strong(self) -> bool:
        """Names two columns or more."""
        if self.share < LEAST_SHARE or self.words < 2 or sum(self._capital) < 2:
            return False
        distinct = len(frozenset().union(*(m[2] for m in self._begun)))
        whole = sum(m[3] for m in self.matches)
        return len(self._begun) >= 2 and len(self._begun) >= 0.6 * whole and distinct >= 2 and self.cover >= 0.6

    @cached_property
    def names(self) -> bool:
        """Is names of columns and nothing else."""
        short = self.share >= 0.7 and self.words <= LONGEST and any(self._capital)
        return short and len(self.matches) == len(self._begun) > 0 and self.cover >= 0.85

    @cached_property
    def solo(self) -> bool:
        """Is the name of one column and nothing else."""
        return self.names and len(self.matches) == 1

    @cached_property
    def part(self) -> bool:
        """Is made of parts of columns' names."""
        return self.words <= 5 and bool(self.matches) and self.cover >= 0.75

    @cached_property
    def upper(self) -> bool:
        """May be the upper half of a repeated head, right below the rows of the page before."""
        return self.part and not self.text.endswith((".", ";"))

    @cached_property
    def shred(self) -> bool:
        """May be the upper half of a broken head, among specks."""
        return self.words <= 10 and bool(self.matches) and not self.text.endswith((")", ".", ";"))

    @cached_property
    def tail(self) -> bool:
        """May be the lower half of a broken head."""
        return self.part and ":" not in self.text and self.text[0] not in "-–"


def find_heads(texts: Sequence[str], pages: Container[int] = ()) -> list[Head]:
    """All heads of task tables in a document, repeated ones too. ``texts[i]`` is line ``i + 1``; pages begin with
    the lines ``pages``."""
    lines = [_Line(t) for t in texts]
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        head = None
        line = lines[at]
        if line.share >= LEAST_SHARE and line.strong:
            head = _around(lines, at, not heads, pages)
        elif line.share >= LEAST_SHARE and line.solo:
            head = _column_a_line(lines, at)
        if head and (not heads or head.first > heads[-1].last):
            heads.append(head)
            at = head.last
        else:
            at += 1
    return heads


def _near(lines: Sequence[_Line], at: int, step: int) -> int | None:
    """The next line that is not blank, if it is at most two lines off."""
    for distance in (1, 2):
        there = at + step * distance
        if not 0 <= there < len(lines):
            return None
        if not lines[there].blank:
            return there
    return None


def _around(lines: Sequence[_Line], main: int, first_head: bool, pages: Container[int]) -> Head | None:
    """The head around a line that names several columns, with the shreds of narrow columns above and below."""
    first = last = main
    for step in (-1, 1):
        at = main
        for _ in range(3):
            there = _near(lines, at, step)
            if there is None or (step < 0 and any(n + 1 in pages for n in range(there + 1, at + 1))):
                break  # a head is printed anew on each page
            line = lines[there]
            # above the first head stand titles only; above a later one, the rows of the page before
            if not (line.tail if step > 0 else line.shred if first_head else line.upper or _is_upper(lines, there)):
                break
            at = there
        first, last = min(first, at), max(last, at)
    others = [line for i, line in enumerate(lines[first : last + 1], first) if i != main]
    roles, tidy = _abreast(lines[main], others)
    if not is_task_head(roles) or lines[main].words < 4:
        return None
    return Head(first + 1, last + 1, tuple(roles), tidy)


def _is_upper(lines: Sequence[_Line], there: int) -> bool:
    """Whether a line that opens a block is, but for specks, the upper half of columns' names."""
    opens = not there or lines[there - 1].blank
    return opens and lines[there].shred and all(whole for _, _, _, whole, _ in lines[there].matches)


def _column_a_line(lines: Sequence[_Line], first: int) -> Head | None:
    """A head whose columns stand one below the other; ends when nothing new comes."""
    taken: list[_Line] = []
    roles: list[str] = []
    tidy = True
    last = first
    at: int | None = first
    while at is not None and (lines[at].solo or lines[at].part) and len(taken) < 12:
        now, clear = _stacked([line.matches for line in [*taken, lines[at]]])
        fresh_block = at == first or lines[at - 1].blank
        if len(now) == len(roles) and fresh_block:
            break
        taken.append(lines[at])
        roles, tidy, last = now, clear, at
        at = _near(lines, at, 1)
    if len(taken) < 3 or not is_task_head(roles):
        return None
    return Head(first + 1, last + 1, tuple(roles), tidy)

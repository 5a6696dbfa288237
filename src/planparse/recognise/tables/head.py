"""The head of a task table: which lines are it, and which columns it announces.

A head comes on one line (``STT | Nội dung công việc | …``), a cell a line, or with the words of narrow
columns spread over two or three lines that mix with the others (``Tiến độ`` above, ``thực hiện`` amid the
rest). So a line is first measured: how much of it is made of words that heads are made of. Lines that are,
standing together, are matched against the phrases of the lexicon, whole or in part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from operator import itemgetter

import yaml
from rapidfuzz import fuzz, process

from planparse.lexicon import strip_marks
from planparse.recognise.tables.kinds import Kind

ROLE_KINDS = {
    "number": Kind.NUMBER,
    "content": Kind.CONTENT,
    "responsible": Kind.RESPONSIBLE,
    "lead": Kind.RESPONSIBLE,
    "support": Kind.RESPONSIBLE,
    "deadline": Kind.DEADLINE,
    "result": Kind.RESULT,
    "note": Kind.NOTE,
}
"""Roles in the order in which plans usually put their columns."""

USUAL_ORDER = list(ROLE_KINDS)
SHORT = 4
"""Names of so few letters must be read exactly: STT, TT."""
LONGEST = 9
"""Words of the longest name, and some."""

_LABELLED = re.compile(r"\s*(?:[IVX]+|\d+|[a-zđ])[.)]\s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Head:
    """A table head: its lines (numbers of the input) and the roles of its columns, left to right."""

    first: int
    last: int
    roles: tuple[str, ...]
    tidy: bool
    """Every column was found whole, so the order can be trusted."""


@dataclass(frozen=True)
class _Fragment:
    text: str
    role: str
    words: int
    whole: bool


def fold_words(text: str) -> list[str]:
    """Words of a line, lower case without marks."""
    return _WORD.findall(strip_marks(text).lower())


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    raw = yaml.safe_load((resources.files("planparse") / "data" / "table_heads.yaml").read_text(encoding="utf-8"))
    return tuple((entry["role"], tuple(fold_words(entry["name"]))) for entry in raw["entries"])


@lru_cache(maxsize=1)
def _fragments() -> dict[tuple[int, int], tuple[list[_Fragment], list[str]]]:
    """Whole phrases and their beginnings and ends, by the numbers of letters and words that may stand for them.

    OCR may split or join words: one word and three letters are allowed for. With each list come its texts.
    """
    seen: dict[tuple[str, str], _Fragment] = {}
    for role, words in _phrases():
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                if start and end < len(words):
                    continue
                whole = start == 0 and end == len(words)
                text = "".join(words[start:end])
                if whole or (text, role) not in seen:
                    seen[text, role] = _Fragment(text, role, end - start, whole)
    grouped: dict[tuple[int, int], list[_Fragment]] = {}
    for fragment in seen.values():
        slack = 0 if len(fragment.text) <= SHORT else 3
        for letters in range(len(fragment.text) - slack, len(fragment.text) + slack + 1):
            for count in range(fragment.words - 1, fragment.words + 2):
                grouped.setdefault((letters, count), []).append(fragment)
    return {size: (fragments, [f.text for f in fragments]) for size, fragments in grouped.items()}


@lru_cache(maxsize=1)
def _head_words() -> frozenset[str]:
    return frozenset(word for _, words in _phrases() for word in words)


@lru_cache(maxsize=8192)
def _is_head_word(word: str) -> bool:
    if word in _head_words():
        return True
    return len(word) >= 4 and any(
        fuzz.ratio(word, other) >= 75 for other in _head_words() if abs(len(other) - len(word)) < 2
    )


def head_share(text: str) -> float:
    """Share of a line's letters that stand in words of heads, 0 to 1."""
    words = fold_words(text)
    total = sum(map(len, words))
    return sum(len(w) for w in words if _is_head_word(w)) / total if total else 0.0


_Match = tuple[int, int, frozenset[str], bool, float]


@lru_cache(maxsize=512)
def _spans(words: tuple[str, ...]) -> tuple[_Match, ...]:
    """The best cover of a line by phrases and parts of phrases: (from, to, roles, whole, similarity)."""
    best: list[tuple[float, tuple[_Match, ...]]] = [(0.0, ())]
    fragments = _fragments()
    strange = [not _is_head_word(w) for w in words]
    for end in range(1, len(words) + 1):
        choice = best[end - 1]
        for start in range(max(0, end - LONGEST), end):
            if sum(strange[start:end]) > 1:
                continue
            shown = "".join(words[start:end])
            found: dict[str, tuple[float, bool]] = {}
            some, texts = fragments.get((len(shown), end - start), ((), ()))
            alike = process.extract(shown, texts, scorer=fuzz.ratio, score_cutoff=78, limit=None) if some else []
            for _, score, at in sorted(alike, key=itemgetter(2)):
                fragment, like = some[at], score / 100
                if like < 0.99 and len(fragment.text) <= SHORT:
                    continue
                value = like * (1.0 if fragment.whole else 0.9) * min(len(fragment.text), len(shown))
                if value > found.get(fragment.role, (0.0, False))[0]:
                    found[fragment.role] = (value, fragment.whole)
            if not found:
                continue
            value = max(v for v, _ in found.values())
            roles = frozenset(r for r, (v, _) in found.items() if v > 0.9 * value - 0.01)
            whole = any(w for r, (_, w) in found.items() if r in roles)
            # long phrases beat the same letters in pieces
            total = best[start][0] + value + (0.5 if whole else 0.2) * (end - start) - 1
            if total > choice[0]:
                choice = (total, (*best[start][1], (start, end, roles, whole, value)))
        best.append(choice)
    return best[-1][1]


def _stacked(lines: Sequence[Sequence[_Match]]) -> tuple[list[str], bool]:
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


def cell_role(text: str) -> str | None:
    """The role that one cell of a head announces, if it is a head's cell."""
    matches = _spans(tuple(fold_words(text)))
    whole = [m for m in matches if m[3]] or matches
    return next((r for r in USUAL_ORDER if whole and r in whole[0][2]), None)


def is_column_name(text: str) -> bool:
    """Whether a line is the name of one column and nothing else."""
    return _Line(text).solo


class _Line:
    """How far one line is head: ``strong`` announces columns by itself, ``solo`` is the name of one column."""

    def __init__(self, text: str) -> None:
        self.text = " ".join(text.split())
        self.blank = not self.text
        fits = not self.blank and len(self.text) <= 160 and not _LABELLED.match(self.text)
        self._folded = tuple(fold_words(self.text)) if fits else ()
        self.words = len(self._folded)
        self.share = head_share(self.text) if fits else 0.0

    @cached_property
    def matches(self) -> tuple[_Match, ...]:
        """Phrases and parts of phrases in the line."""
        return _spans(self._folded) if self.share >= 0.4 else ()

    @cached_property
    def cover(self) -> float:
        """Share of the line's letters that they take."""
        letters = sum(map(len, self._folded)) or 1
        return sum(len("".join(self._folded[a:b])) for a, b, *_ in self.matches) / letters

    @cached_property
    def _begun(self) -> list[_Match]:
        """Whole phrases that begin with a capital, as those of a head do and those of running text do not."""
        capital = [w[0].isupper() for w in _WORD.findall(self.text)]
        return [m for m in self.matches if m[3] and m[0] < len(capital) and capital[m[0]]]

    @cached_property
    def strong(self) -> bool:
        """Names two columns or more."""
        if self.share < 0.5 or self.words < 2:
            return False
        distinct = len(frozenset().union(*(m[2] for m in self._begun)))
        whole = sum(m[3] for m in self.matches)
        return len(self._begun) >= 2 and len(self._begun) >= 0.6 * whole and distinct >= 2 and self.cover >= 0.6

    @cached_property
    def solo(self) -> bool:
        """Is the name of one column and nothing else."""
        short = self.share >= 0.7 and self.words <= LONGEST
        return short and len(self.matches) == len(self._begun) == 1 and self.cover >= 0.85

    @cached_property
    def part(self) -> bool:
        """Is made of parts of columns' names."""
        return self.words <= 5 and bool(self.matches) and self.cover >= 0.75

    @cached_property
    def shred(self) -> bool:
        """May be the upper half of a broken head, among specks."""
        return self.words <= 10 and bool(self.matches) and not self.text.endswith((")", ".", ";"))

    @cached_property
    def tail(self) -> bool:
        """May be the lower half of a broken head."""
        return self.part and ":" not in self.text and self.text[0] not in "-–"


def find_heads(texts: Sequence[str]) -> list[Head]:
    """All heads of task tables in a document, repeated ones too. ``texts[i]`` is line ``i + 1``."""
    lines = [_Line(t) for t in texts]
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        head = None
        if lines[at].strong:
            head = _around(lines, at, not heads)
        elif lines[at].solo:
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


def _around(lines: Sequence[_Line], main: int, first_head: bool) -> Head | None:
    """The head around a line that names several columns, with the shreds of narrow columns above and below."""
    first = last = main
    for step in (-1, 1):
        at = main
        for _ in range(3):
            there = _near(lines, at, step)
            if there is None:
                break
            line = lines[there]
            # above the first head stand titles only; above a later one, the rows of the page before
            if not (line.tail if step > 0 else (line.shred if first_head else line.part)):
                break
            at = there
        first, last = min(first, at), max(last, at)
    others = [line for i, line in enumerate(lines[first : last + 1], first) if i != main]
    roles, tidy = _abreast(lines[main], others)
    if not is_task_head(roles) or lines[main].words < 4:
        return None
    return Head(first + 1, last + 1, tuple(roles), tidy)


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

"""The head of a task table: which lines are it, and which columns it announces.

A head comes on one line (``STT | Nội dung công việc | …``), a cell a line, or with the words of narrow
columns spread over two or three lines that mix with the others (``Tiến độ`` above, ``thực hiện`` amid the
rest). So a line is first measured: how much of it is made of words that heads are made of. Lines that are,
standing together, are matched against the phrases of the lexicon, whole or in part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

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
HEAD_SHARE = 0.7
"""A line is head-like if this share of its letters is in words of heads."""

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
def _fragments() -> dict[int, list[_Fragment]]:
    """Whole phrases and their beginnings and ends, by number of words."""
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
    grouped: dict[int, list[_Fragment]] = {}
    for fragment in seen.values():
        grouped.setdefault(fragment.words, []).append(fragment)
    return grouped


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


@cache
def _of_length(count: int, letters: int) -> tuple[list[_Fragment], list[str]]:
    """The fragments of ``count`` words that are about as long as a text of so many letters, and their texts."""
    near = [f for f in _fragments()[count] if abs(len(f.text) - letters) <= 3]
    return near, [f.text for f in near]


@lru_cache(maxsize=1 << 16)
def _announced(count: int, shown: str) -> tuple[frozenset[str], bool, float] | None:
    """The roles that a stretch of ``count`` words announces: (roles, whole, similarity)."""
    found: dict[str, tuple[float, bool]] = {}
    fragments, texts = _of_length(count, len(shown))
    alike = process.extract(shown, texts, scorer=fuzz.ratio, score_cutoff=77, limit=None)
    for _, ratio, at in sorted(alike, key=lambda one: one[2]):
        fragment, like = fragments[at], ratio / 100
        if like >= (0.99 if len(fragment.text) <= 4 else 0.78):
            value = like * (1.0 if fragment.whole else 0.8)
            if value > found.get(fragment.role, (0.0, False))[0]:
                found[fragment.role] = (value, fragment.whole)
    if not found:
        return None
    value = max(v for v, _ in found.values())
    roles = frozenset(r for r, (v, _) in found.items() if v > value - 0.1)
    return roles, any(w for r, (_, w) in found.items() if r in roles), value


@lru_cache(maxsize=512)
def _spans(words: tuple[str, ...]) -> tuple[_Match, ...]:
    """The best cover of a line by phrases and parts of phrases: (from, to, roles, whole, similarity)."""
    best: list[tuple[float, tuple[_Match, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        choice = best[end - 1]
        for count in _fragments():
            # OCR may split or join a word: one word more or less is allowed for
            for start in {max(0, end - count - 1), max(0, end - count), max(0, min(end - 1, end - count + 1))}:
                shown = "".join(words[start:end])
                announced = _announced(count, shown)
                if announced is None:
                    continue
                roles, whole, value = announced
                # long phrases beat the same letters in pieces
                score = best[start][0] + value * len(shown) + (1.5 if whole else 0.2) * (end - start) - 1
                if score > choice[0]:
                    choice = (score, (*best[start][1], (start, end, roles, whole, value)))
        best.append(choice)
    return best[-1][1]


def _order(lines: Sequence[Sequence[_Match]]) -> tuple[list[str], bool]:
    """Roles left to right, and whether every one was read whole and in a clear place."""
    main = max(range(len(lines)), key=lambda i: len(lines[i]), default=0)
    elsewhere = Counter(
        role for i, line in enumerate(lines) if i != main for m in line if len(m[2]) == 1 or m[3] for role in m[2]
    )
    flat = all(len(line) <= 1 for line in lines)
    order: list[str] = []
    tidy = True
    if flat:
        for line in lines:
            for _, _, roles, whole, _ in line:
                known = [r for r in USUAL_ORDER if r in roles and r not in order]
                if whole and known and not (len(known) > 1 and set(order) & roles):
                    order.append(known[0])
                elif known and not (set(order) & roles):
                    order.append(known[0])
                    tidy = False
        return order, tidy
    for _, _, roles, whole, _ in lines[main]:
        taken = roles & set(order)
        free = [r for r in USUAL_ORDER if r in roles and r not in order]
        if not free:
            continue
        if not whole:
            # the end of a phrase whose beginning stands on the line above; most often of a narrow date column
            wanted = [r for r in free if elsewhere[r]] or [r for r in free if r == "deadline"]
            if not wanted and taken:
                continue
            free = wanted or free
        order.append(free[0])
    for i, line in enumerate(lines):
        for at, (_, _, roles, _, _) in enumerate(line):
            if i == main or roles & set(order) or len(roles) > 1:
                continue
            role = next(iter(roles))
            tidy = False
            before = [r for m in line[:at] for r in m[2] if r in order]
            after = [r for m in line[at + 1 :] for r in m[2] if r in order]
            if before:
                order.insert(order.index(before[-1]) + 1, role)
            elif after:
                order.insert(order.index(after[0]), role)
            else:
                later = [k for k, r in enumerate(order) if USUAL_ORDER.index(r) > USUAL_ORDER.index(role)]
                order.insert(later[0] if later else len(order), role)
    return order, tidy


def _is_task_head(roles: Iterable[str]) -> bool:
    found = set(roles)
    return "content" in found and len(found - {"number", "note"}) >= 2 and len(found) >= 3


class _Line:
    """How far one line is head: ``strong`` announces columns by itself, ``solo`` is the name of one column."""

    def __init__(self, text: str) -> None:
        self.blank = not text.strip()
        words = tuple(fold_words(text)) if len(text) <= 160 and not _LABELLED.match(text) else ()
        plausible = bool(words) and head_share(text) >= 0.4
        self.matches = _spans(words) if plausible else ()
        letters = sum(map(len, words)) or 1
        cover = sum(len("".join(words[a:b])) for a, b, *_ in self.matches) / letters
        capital = [w[0].isupper() for w in _WORD.findall(text)] if self.matches else []
        whole = [m for m in self.matches if m[3]]
        begun = [m for m in whole if m[0] < len(capital) and capital[m[0]]]
        self.words = len(words)
        distinct = len(frozenset().union(*(m[2] for m in whole)))
        self.strong = len(begun) >= 2 and len(begun) >= 0.6 * len(whole) and distinct >= 2 and cover >= 0.6
        self.solo = len(self.matches) == len(begun) == 1 and cover >= 0.85
        self.part = bool(self.matches) and cover >= 0.75 and self.words <= 5


def find_heads(texts: Sequence[str]) -> list[Head]:
    """All heads of task tables in a document, repeated ones too. ``texts[i]`` is line ``i + 1``."""
    lines = [_Line(t) for t in texts]
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        head = None
        if lines[at].strong:
            head = _around(lines, at)
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


def _around(lines: Sequence[_Line], main: int) -> Head | None:
    """The head around a line that names several columns, with the shreds of narrow columns above and below."""
    first = last = main
    for step in (-1, 1):
        at = main
        for _ in range(3):
            there = _near(lines, at, step)
            if there is None or not (lines[there].part or (lines[there].strong and step > 0)):
                break
            at = there
        first, last = min(first, at), max(last, at)
    roles, tidy = _order([line.matches for line in lines[first : last + 1] if line.matches])
    if not _is_task_head(roles) or lines[main].words < 4:
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
        now, clear = _order([line.matches for line in [*taken, lines[at]]])
        fresh_block = at == first or lines[at - 1].blank
        if len(now) == len(roles) and fresh_block:
            break
        taken.append(lines[at])
        roles, tidy, last = now, clear, at
        at = _near(lines, at, 1)
    if len(taken) < 3 or not _is_task_head(roles):
        return None
    return Head(first + 1, last + 1, tuple(roles), tidy)

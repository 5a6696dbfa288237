"""Names of columns in the words of a line: the phrases of the lexicon (``data/table_heads.yaml``), whole or in part.

OCR garbles heads as it garbles all else, splits words and joins them; so names are looked for by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
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

WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class _Fragment:
    text: str
    role: str
    words: int
    whole: bool


def fold_words(text: str) -> list[str]:
    """Words of a line, lower case without marks."""
    return WORD.findall(strip_marks(text).lower())


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


@lru_cache(maxsize=64)
def _head_words_of_about(letters: int) -> tuple[str, ...]:
    return tuple(word for word in _head_words() if abs(len(word) - letters) < 2)


@lru_cache(maxsize=8192)
def _is_head_word(word: str) -> bool:
    if word in _head_words():
        return True
    likely = _head_words_of_about(len(word)) if len(word) >= 4 else ()
    return bool(likely) and process.extractOne(word, likely, scorer=fuzz.ratio, score_cutoff=75) is not None


def head_share(words: Sequence[str]) -> float:
    """Share of the letters of a line's folded words that stand in words of heads, 0 to 1."""
    total = sum(map(len, words))
    return sum(map(len, filter(_is_head_word, words))) / total if total else 0.0


NameMatch = tuple[int, int, frozenset[str], bool, float]
"""Where a name stands (from word, to word), roles of the columns that it may be of, whether it is whole, and how well
it was read (letters)."""


@lru_cache(maxsize=32768)
def _alike(shown: str, words: int) -> tuple[tuple[_Fragment, float], ...]:
    """The phrases and parts of phrases that some words look like, and how much, 0 to 1."""
    some, texts = _fragments().get((len(shown), words), ((), ()))
    alike = process.extract(shown, texts, scorer=fuzz.ratio, score_cutoff=78, limit=None) if some else []
    return tuple((some[at], score / 100) for _, score, at in sorted(alike, key=itemgetter(2)))


@lru_cache(maxsize=512)
def name_matches(words: tuple[str, ...]) -> tuple[NameMatch, ...]:
    """The best cover of a line by phrases and parts of phrases: (from, to, roles, whole, similarity)."""
    best: list[tuple[float, tuple[NameMatch, ...]]] = [(0.0, ())]
    strange = [not _is_head_word(w) for w in words]
    open_from = 0  # a name has one strange word at most
    for end in range(1, len(words) + 1):
        choice = best[end - 1]
        while sum(strange[open_from:end]) > 1 or end - open_from > LONGEST:
            open_from += 1
        for start in range(open_from, end):
            shown = "".join(words[start:end])
            found: dict[str, tuple[float, bool]] = {}
            for fragment, like in _alike(shown, end - start):
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


def cell_role(text: str) -> str | None:
    """The role that one cell of a head announces, if it is a head's cell."""
    matches = name_matches(tuple(fold_words(text)))
    whole = [m for m in matches if m[3]] or matches
    return next((r for r in USUAL_ORDER if whole and r in whole[0][2]), None)

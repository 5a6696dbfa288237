"""Finding fixed phrases in garbled lines, with offsets that still fit the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from planparse import lexicon
from planparse.recognise.passage import Range
from planparse.restore.text import RestoredText


@dataclass(frozen=True)
class Found:
    """Where a phrase stands in a line, on word boundaries, and how alike it is (0 to 1)."""

    start: int
    end: int
    score: float


@cache
def key(phrase: str) -> str:
    """A phrase as :func:`lexicon.mask` sees it."""
    return lexicon.mask(phrase)


def locate(phrase: str, line: str, cutoff: float = 0.78) -> Found | None:
    """The stretch of ``line`` most like ``phrase``, widened to whole words."""
    wanted, seen = key(phrase), lexicon.mask(line)
    if len(seen) < 0.75 * len(wanted):
        return None
    best = fuzz.partial_ratio_alignment(wanted, seen, score_cutoff=cutoff * 100)
    if best is None or best.dest_end == best.dest_start:
        return None
    start, end = best.dest_start, best.dest_end
    while start < end and seen[start] == " ":
        start += 1
    while end > start and seen[end - 1] == " ":
        end -= 1
    while start > 0 and seen[start - 1] != " ":
        start -= 1
    while end < len(seen) and seen[end] != " ":
        end += 1
    return Found(start, end, best.score / 100)


_MOST_WORDS = 32


@lru_cache(maxsize=4096)
def _beginnings(line: str) -> tuple[int, tuple[tuple[int, str], ...]]:
    """Where the words of a line begin; for its first word, its first two …: where they end, and their letters."""
    seen = lexicon.mask(line)
    start = at = len(seen) - len(seen.lstrip(" -–_.\"'“‘*"))
    found: list[tuple[int, str]] = []
    while len(found) < _MOST_WORDS:
        stop = seen.find(" ", at)
        end = len(seen) if stop < 0 else stop
        found.append((end, seen[start:end].replace(" ", "").strip(".:;,*")))
        if stop < 0:
            break
        at = end + 1
    return start, tuple(found)


@cache
def _sought(phrase: str, cutoff: float) -> tuple[str, slice, int, int]:
    """The letters of a phrase; which beginnings of a line have about its words; how many letters these have at least
    and at most to be as alike. Cutoffs are above 0.5."""
    wanted, words = key(phrase).replace(" ", ""), phrase.count(" ") + 1
    lengths = range(4 * len(wanted) + 4)
    fitting = [n for n in lengths if 2 * min(len(wanted), n) >= (cutoff - 0.01) * (len(wanted) + n)]
    return wanted, slice(max(0, words - 2), words + 1), fitting[0], fitting[-1]


def openings(phrases: Iterable[str], line: str, cutoff: float = 0.8) -> Iterator[tuple[str, Found]]:
    """Those of some phrases with which ``line`` begins, whatever words OCR has merged or split."""
    start, beginnings = _beginnings(line)
    for phrase in phrases:
        wanted, about, shortest, longest = _sought(phrase, cutoff)
        best: Found | None = None
        for end, shown in beginnings[about]:
            if not shortest <= len(shown) <= longest:
                continue  # too long or too short to be as alike
            score = fuzz.ratio(wanted, shown) / 100
            if score >= cutoff and (best is None or score > best.score):
                best = Found(start, end, score)
        if best is not None:
            yield phrase, best


def opens(phrase: str, line: str, cutoff: float = 0.8) -> Found | None:
    """The phrase where ``line`` begins with it."""
    return next((found for _, found in openings((phrase,), line, cutoff)), None)


def opens_any(kind: str, line: str, cutoff: float = 0.8) -> Found | None:
    """The best of the lexicon's phrases of a kind with which ``line`` begins."""
    hits = (hit for _, hit in openings(lexicon.phrases(kind), line, cutoff))
    return max(hits, key=lambda hit: hit.score, default=None)


def capitals(text: str) -> float:
    """Share of capitals among the letters of a text."""
    letters = [c for c in text if c.isalpha()]
    return sum(c.isupper() for c in letters) / len(letters) if letters else 0.0


def trim(text: RestoredText, place: Range, marks: str = " _~|'\"*’‘=—–-.°¬") -> Range:
    """A range without the specks and blanks at its ends."""
    number, start, end = place
    line = text.line(number).text
    while start < end and (line[start] in marks or line[start].isspace()):
        start += 1
    while end > start and (line[end - 1] in marks or line[end - 1].isspace()):
        end -= 1
    return number, start, end

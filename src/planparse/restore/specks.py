"""Specks: dirt, ruling lines and the feet of letters of a neighbouring line, read as stray characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_MARKS = re.compile(r"[.,:;'`´’‘°£\\~«»<>¢¥•·=_\"“”]+$")
"""Chunks of nothing but small marks; dashes, plus signs and bars mean something in plans and tables."""
_LETTER = re.compile(r"[^\W\d]$|[A-Za-z¢£€¥&][.,]?$")
_ROMAN = frozenset("IVX")
_POINTS = frozenset("abcdđeghk")
_RUN = 3


def specks(chunks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of chunks of one line (first, behind the last) that are dirt and no text.

    A run is at least three chunks long, all single letters or small marks, at least one of them a mark. At
    the edge of its line two are enough, or three without a mark. Digits end a run: a row number
    among dirt is still a row number.

    >>> list(specks("Van phong UBND , . R N A £ \\\\".split()))
    [(3, 10)]
    >>> list(specks("I . CONG TAC".split())), list(specks("Z. I . la 05 ngay".split()))
    ([], [(0, 3)])
    >>> list(specks("a) b , c".split()))
    []
    """
    start = 0
    while start < len(chunks):
        if _is_speck(chunks[start]) is None:  # as most are
            start += 1
            continue
        end = start
        marks = 0
        while end < len(chunks) and (is_mark := _is_speck(chunks[end])) is not None:
            marks += is_mark
            end += 1
        run = chunks[start:end]
        if _is_heading(run) or _is_enumeration(run):
            marks, end = 0, start
        at_edge = start == 0 or end == len(chunks)
        enough = end - start >= _RUN if marks == 0 else end - start >= _RUN - at_edge
        if enough and (marks or at_edge) and end - start < len(chunks):
            yield start, end
        start = max(end, start + 1)


@lru_cache(maxsize=65536)
def _is_speck(chunk: str) -> bool | None:
    """True for a mark, False for a letter, None for anything that may be text."""
    if _MARKS.match(chunk) and chunk not in ("...", "....."):
        return True
    return False if _LETTER.match(chunk) else None


def _is_heading(run: Sequence[str]) -> bool:
    """``I .``: Roman numbers and marks alone."""
    letters = [chunk[0] for chunk in run if _LETTER.match(chunk)]
    return bool(letters) and all(letter in _ROMAN for letter in letters)


def _is_enumeration(run: Sequence[str]) -> bool:
    """``a , b , c`` of "điểm a, b, c": small letters in their order."""
    letters = [chunk[0] for chunk in run if _LETTER.match(chunk)]
    return bool(letters) and set(letters) <= _POINTS and letters == sorted(set(letters))

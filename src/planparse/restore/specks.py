"""Specks: dirt, ruling lines and the feet of letters of a neighbouring line, read as stray characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_MARKS = re.compile(r"[.,:;'`´’‘°£\\~«»<>¢¥•·=_\"“”]+$")
"""Chunks of nothing but small marks; dashes, plus signs and bars mean something in plans and tables."""
_LETTER = re.compile(r"[^\W\d]$|[A-Za-z¢£€¥&][.,]$")
_ROMAN = frozenset("IVX")
_RUN = 3


def specks(chunks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Runs of chunks of one line (first, behind the last) that are dirt and no text.

    A run is at least three chunks long, all single letters or small marks, at least one of them a mark. At
    the edge of its line two are enough, or three without a mark. Digits end a run: a row number
    among dirt is still a row number.

    >>> list(specks("Van phong UBND , . R N A £ \\\\".split()))
    [(3, 10)]
    >>> list(specks("a) b , c".split()))
    []
    """
    start = 0
    while start < len(chunks):
        end = start
        marks = 0
        while end < len(chunks) and (is_mark := _is_speck(chunks[end])) is not None:
            marks += is_mark
            end += 1
        at_edge = start == 0 or end == len(chunks)
        enough = end - start >= _RUN if marks == 0 else end - start >= _RUN - at_edge
        if enough and (marks or at_edge) and end - start < len(chunks):
            yield start, end
        start = max(end, start + 1)


def _is_speck(chunk: str) -> bool | None:
    """True for a mark, False for a letter, None for anything that may be text."""
    if _MARKS.match(chunk) and chunk not in ("...", "....."):
        return True
    if _LETTER.match(chunk) and chunk[0] not in _ROMAN:
        return False
    return None

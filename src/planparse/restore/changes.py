"""What restoration changed: each changed word with the ink that it replaces."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from planparse.restore.text import RestoredLine, RestoredText, Token


@dataclass(frozen=True, slots=True)
class Change:
    """One word that reads differently from its ink.

    ``start``/``end`` count characters of the source line's text; ``new`` is empty where ink was taken for
    dirt and dropped, and ``token`` is then ``None``.
    """

    line: int
    start: int
    end: int
    old: str
    new: str
    token: Token | None


def changes(text: RestoredText) -> Iterator[Change]:
    """All changes of a document in reading order; composing a letter from its parts is none."""
    for line in text.lines:
        yield from line_changes(line, text.source.lines[line.number - 1].text)


def line_changes(line: RestoredLine, ink: str) -> Iterator[Change]:
    """The changes of one line whose source text is ``ink``."""
    at = 0
    for token in line.tokens:
        yield from _dropped(line.number, ink, at, token.ink_start)
        old = ink[token.ink_start : token.ink_end]
        if unicodedata.normalize("NFC", old) != token.text:
            yield Change(line.number, token.ink_start, token.ink_end, old, token.text, token)
        at = max(at, token.ink_end)
    yield from _dropped(line.number, ink, at, len(ink))


def _dropped(number: int, ink: str, start: int, end: int) -> Iterator[Change]:
    gap = ink[start:end]
    if word := gap.strip():
        left = start + len(gap) - len(gap.lstrip())
        yield Change(number, left, left + len(word), word, "", None)

"""Restored text that still knows its ink: line *i* restores line *i*, every token has its source span."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from planparse.source import SourceText, Span


class Token(NamedTuple):
    """A restored word (or number, or mark) and the stretch of ink that it restores.

    ``start``/``end`` count characters of the restored line, ``ink_start``/``ink_end`` characters of the
    source line's ``text``. ``confidence`` is the decoder's posterior, 0 to 1. ``candidates`` holds the
    other readings that were weighed, best first, with their posteriors; empty where nothing was weighed.
    """

    text: str
    start: int
    end: int
    ink_start: int
    ink_end: int
    confidence: float = 1.0
    candidates: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class RestoredLine:
    """One line after restoration: its text and the tokens in it, in order."""

    number: int
    text: str
    tokens: tuple[Token, ...] = ()

    @cached_property
    def _edges(self) -> tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]:
        """Of all tokens the starts, the ends, and those of their ink."""
        _, starts, ends, ink_starts, ink_ends, *_ = zip(*self.tokens, strict=True) if self.tokens else ((),) * 5
        return starts, ends, ink_starts, ink_ends

    def tokens_of_ink(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that restore characters ``start`` to ``end`` of the source line's text."""
        _, _, starts, ends = self._edges
        return self.tokens[bisect_right(ends, start) : bisect_left(starts, end)]

    def token_of_word(self, start: int, ink: str) -> Token | None:
        """The token that restores the beginning of a word whose ink stands at character ``start``."""
        found = self.tokens_of_ink(start, start + max(1, len(ink)))
        return found[0] if found else None

    def tokens_in(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that characters ``start`` to ``end`` of the restored text touch."""
        starts, ends, _, _ = self._edges
        return self.tokens[bisect_right(ends, start) : bisect_left(starts, end)]

    def ink_range(self, start: int, end: int) -> tuple[int, int]:
        """Where characters ``start`` to ``end`` of the restored text stand in the source line's text.

        Inside a token whose text the restorer left alone the answer is exact to the character; otherwise
        it is the whole token, because no single letter of a changed word has an ink of its own.
        """
        starts, ends, _, _ = self._edges
        at, behind = bisect_right(ends, start), bisect_left(starts, end)
        if at >= behind:
            nowhere = self.tokens[at - 1].ink_end if at else 0
            return nowhere, nowhere
        _, first, first_end, left, left_end, _, _ = self.tokens[at]
        _, last, last_end, right_start, right, _, _ = self.tokens[behind - 1]
        if start > first and first_end - first == left_end - left:
            left += start - first
        if last_end > end and last_end - last == right - right_start:
            right -= last_end - end
        return left, right


@dataclass(frozen=True)
class RestoredText:
    """A whole document after restoration; ``lines[i]`` restores ``source.lines[i]``."""

    source: SourceText
    lines: tuple[RestoredLine, ...]
    profile: str = field(default="clean")
    """What the text was taken for: ``eng``, ``vie``, ``stripped`` or ``clean``."""

    @property
    def text(self) -> str:
        """All restored lines, joined by line feeds."""
        return "\n".join(line.text for line in self.lines)

    def line(self, number: int) -> RestoredLine:
        """The restored line with this number (1-based)."""
        return self.lines[number - 1]

    def span(self, line: int, start: int, end: int) -> Span:
        """The span of the *input* behind characters ``start`` to ``end`` of restored line ``line``."""
        return self.source.lines[line - 1].span(*self.line(line).ink_range(start, end))

    def confidence(self, ranges: Iterable[tuple[int, int, int]]) -> float:
        """Mean confidence of the tokens within ``(line, start, end)`` ranges of the restored text."""
        found = [t.confidence for line, a, b in ranges for t in self.line(line).tokens_in(a, b)]
        return sum(found) / len(found) if found else 1.0

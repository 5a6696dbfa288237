"""Running text over line ends: one string, and for each character the line and column it came from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from planparse.restore.text import RestoredText

Range = tuple[int, int, int]
"""``(line, start, end)``: characters of a *restored* line."""


@dataclass(frozen=True)
class Passage:
    """Pieces of restored lines joined into one string.

    ``starts[i]`` is where piece ``i`` begins in :attr:`text`; ``pieces[i]`` is its range.
    """

    text: str
    starts: tuple[int, ...]
    pieces: tuple[Range, ...]

    def ranges(self, start: int, end: int) -> list[Range]:
        """The ranges of restored lines behind characters ``start`` to ``end`` of the passage."""
        found: list[Range] = []
        first = max(0, bisect_right(self.starts, start) - 1)
        for at, (line, left, right) in zip(self.starts[first:], self.pieces[first:], strict=True):
            if at >= end:
                break
            a, b = max(start - at, 0), min(end - at, right - left)
            if a < b:
                found.append((line, left + a, left + b))
        return found

    def line_at(self, position: int) -> int:
        """The line on which a character of the passage stands."""
        return self.pieces[max(0, bisect_right(self.starts, position) - 1)][0]


def join(text: RestoredText, pieces: Iterable[Range]) -> Passage:
    """Join pieces with one space each; a hyphen that ends a piece closes up with what follows.

    ``Nghị quyết số 01-`` + ``NQ/TU ngày …`` reads ``01-NQ/TU``; a dash with a space before it stays a dash.
    """
    lines = text.lines
    built: list[str] = []
    starts, kept = [], []
    length, end_so_far = 0, ""
    for line, start, end in pieces:
        printed = lines[line - 1].text[start:end]
        shown = printed.strip()
        if not shown:
            continue
        left = 0 if shown is printed else printed.index(shown)
        if built and not (end_so_far.endswith(("-", "/")) and not end_so_far.startswith(" ")):
            built.append(" ")
            length += 1
        starts.append(length)
        kept.append((line, start + left, start + left + len(shown)))
        built.append(shown)
        length += len(shown)
        end_so_far = "".join(built[-2:])[-2:]
    return Passage("".join(built), tuple(starts), tuple(kept))

"""Rows of words: what stands beside one another on a page, however its boxes came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from planparse.reading.pages.model import PageWord

WIDE_GAP = 1.6
"""Blanks wider than so many heights of a letter part columns, not words."""


@dataclass
class Row:
    """Words that stand beside one another, left to right."""

    words: list[PageWord]

    @property
    def left(self) -> float:
        return min(w.box.left for w in self.words)

    @property
    def right(self) -> float:
        return max(w.box.right for w in self.words)

    @property
    def top(self) -> float:
        return min(w.box.top for w in self.words)

    @property
    def bottom(self) -> float:
        return max(w.box.bottom for w in self.words)

    @property
    def middle(self) -> float:
        return median((w.box.top + w.box.bottom) / 2 for w in self.words)

    @property
    def height(self) -> float:
        return median(w.box.bottom - w.box.top for w in self.words)

    def gaps(self) -> list[tuple[float, float]]:
        """The wide blanks of the row, from and to."""
        found = []
        reach, wide = self.words[0].box.right, WIDE_GAP * self.height
        for word in self.words[1:]:
            if word.box.left - reach > wide:
                found.append((reach, word.box.left))
            reach = max(reach, word.box.right)
        return found


def lean(words: Sequence[PageWord]) -> float:
    """How far lines fall per point to the right, by the lines that the OCR told; 0 where it told none."""
    lines: dict[int, list[PageWord]] = {}
    for word in words:
        if word.line is not None:
            lines.setdefault(word.line, []).append(word)
    slopes = []
    for line in lines.values():
        first, last = line[0].box, line[-1].box
        if len(line) >= 5 and last.left - first.right > 60:
            slopes.append((last.bottom - first.bottom) / (last.left - first.left))
    return median(slopes) if len(slopes) >= 3 else 0.0


def find_rows(words: Sequence[PageWord]) -> list[Row]:
    """The rows of some words, top to bottom.

    Words that the OCR put on one line stay together; a line that stands beside another joins it.
    """
    slope = lean(words)
    runs: dict[int, list[PageWord]] = {}
    for index, word in enumerate(words):
        runs.setdefault(-1 - index if word.line is None else word.line, []).append(word)
    rows: list[Row] = []
    levels: list[float] = []
    heights: list[float] = []

    def level(row: Row) -> float:
        return median((w.box.top + w.box.bottom) / 2 - slope * (w.box.left + w.box.right) / 2 for w in row.words)

    for run in sorted((Row(w) for w in runs.values()), key=level):
        at, height = level(run), run.height
        for index in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            near = abs(levels[index] - at) < 0.45 * min(height, heights[index])
            if near and not _collide(rows[index], run):
                rows[index].words += run.words
                levels[index], heights[index] = level(rows[index]), rows[index].height
                break
        else:
            rows.append(run)
            levels.append(at)
            heights.append(height)
    for row in rows:
        row.words.sort(key=lambda w: w.box.left)
    return [row for _, row in sorted(zip(levels, rows, strict=True), key=lambda pair: pair[0])]


def _collide(one: Row, two: Row) -> bool:
    """Whether words of two rows stand on top of one another: then they are two rows."""
    if two.left >= one.right or one.left >= two.right:
        return False
    return any(
        min(a.box.right, b.box.right) - max(a.box.left, b.box.left)
        > 0.4 * min(a.box.right - a.box.left, b.box.right - b.box.left)
        for a in one.words
        for b in two.words
    )

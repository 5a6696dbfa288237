"""The tagger's answers: places in its rows of numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planparse.recognise.passage import Range
from planparse.recognise.tables.head_names import USUAL_ORDER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from planparse.recognise.tables.words import Word
    from planparse.restore.text import RestoredLine

SPAN, JUNK = len(USUAL_ORDER), len(USUAL_ORDER) + 1
"""The roles of columns in their order, then these two: a row that spans the table, and specks."""
N_TAGS = len(USUAL_ORDER) + 2
BEGINS, OPENS = N_TAGS, N_TAGS + 1
"""Yes/no answers, as log odds: the word begins its cell, or opens a row. A third, that it is of an earlier row, is
learned beside them and not asked."""


@dataclass(frozen=True)
class Judged:
    """The words of a table, in any order, and the tagger's answers for each (words, N_TAGS + 3)."""

    words: Sequence[Word]
    answers: NDArray[Any]

    @cached_property
    def _places(self) -> dict[int, tuple[list[int], list[int]]]:
        """For each line where its words start, in order, and which words they are."""
        found: dict[int, tuple[list[int], list[int]]] = {}
        for at, word in sorted(enumerate(self.words), key=lambda each: each[1].start):
            starts, places = found.setdefault(word.line, ([], []))
            starts.append(word.start)
            places.append(at)
        return found

    @cached_property
    def doubts(self) -> list[list[float]]:
        """For each word by how much (log odds) the tagger would rather have it in another column than in each."""
        import numpy as np

        columns = self.answers[:, : len(USUAL_ORDER)]
        order = np.sort(columns, axis=1)
        best, second = order[:, -1:], order[:, -2:-1]
        found: list[list[float]] = (np.where(columns == best, second, best) - columns).tolist()
        return found

    def within(self, place: Range) -> list[int]:
        """The words that begin within a range of a restored line."""
        line, start, end = place
        starts, places = self._places.get(line, ([], []))
        return places[bisect_left(starts, start) : bisect_left(starts, end)]

    def at(self, line: int, place: int) -> int | None:
        """The word of a line that character ``place`` of its restored text is in; None before the first."""
        starts, places = self._places.get(line, ([], []))
        after = bisect_right(starts, place)
        return places[after - 1] if after else None

    def of_ink(self, line: RestoredLine, start: int, ink: str) -> int | None:
        """The word whose ink stands at character ``start`` of a line; None where the tagger was not asked of it."""
        token = line.token_of_word(start, ink)
        return None if token is None else self.at(line.number, token.start)

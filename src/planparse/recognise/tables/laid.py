"""A broken cell laid beside a text that it may be: what is the same, misread, strayed in, lost, and where."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from planparse.recognise.tables.alignment import Pair, align
from planparse.recognise.tables.deadline_forms import Example
from planparse.recognise.tables.doubts import CellWord

BEFORE, AMID, AFTER = "before", "amid", "after"
"""Where a pair stands: before, amid or after what the cell and the text share."""
BESIDE = 2
"""Words that count as beside another."""


class Question(NamedTuple):
    """A cell in question: its words that have letters or figures, and for each of them its piece."""

    words: list[CellWord]
    pieces: list[int]
    settled: list[float]
    """How sure it is of the piece of each word that it is of this cell."""
    whole: bool
    """Its last word is one with which cells of the column end."""
    deadline: bool
    opens: bool = True
    """It is a cell, or the first clause of one: nothing stands before it."""

    @property
    def broken(self) -> bool:
        """Whether a word of it is in doubt."""
        return any(word.doubtful for word in self.words)


class Laid:
    """A cell and a text, word beside word."""

    def __init__(self, cell: Question, example: Example) -> None:
        self.cell, self.example = cell, example
        self.pairs = align(cell.words, example.keys)
        met = [at for at, (one, other) in enumerate(self.pairs) if one is not None and other is not None]
        self.meets = bool(met)
        self._met = (met[0], met[-1]) if met else (len(self.pairs), len(self.pairs))
        self.small = cell.words[0].text[:1].islower()
        """The cell begins in small letters: its first words may be lost."""

    def where(self, at: int) -> str:
        """Where a pair stands."""
        return BEFORE if at < self._met[0] else AFTER if at > self._met[1] else AMID

    @cached_property
    def kept(self) -> set[int]:
        """Pieces of the cell of which a word stands in the text."""
        return {
            self.cell.pieces[one]
            for one, other in self.pairs
            if one is not None and other is not None and self.cell.words[one].key == self.example.keys[other]
        }

    def doubted(self, pairs: Sequence[Pair] | None = None) -> float:
        """Half of the letters of the words in doubt, of all or of those in some pairs."""
        words = [self.cell.words[one] for one, _ in (self.pairs if pairs is None else pairs) if one is not None]
        return sum(len(word.key) for word in words if word.doubtful) / 2

    def beside(self, at: int) -> Sequence[Pair]:
        """The pairs beside one."""
        return self.pairs[max(0, at - BESIDE) : at + BESIDE + 1]

    def within_piece(self, at: int) -> bool:
        """Whether what was lost stands between two words of one line that are not in doubt."""
        before = next((one for one, _ in reversed(self.pairs[:at]) if one is not None), None)
        after = next((one for one, _ in self.pairs[at + 1 :] if one is not None), None)
        if before is None or after is None or self.cell.pieces[before] != self.cell.pieces[after]:
            return False
        return not self.cell.words[before].doubtful and not self.cell.words[after].doubtful

"""What ink may be read as, letter by letter.

Where the line finder takes two lines that stand half a line apart for one, Tesseract reads letters together with the
marks of the line below: ``tr}rc ti¢’p`` is ``trực tiếp``. Nobody saw such a form before, so the channels of whole
words and of their onsets and rimes know little of it. Here every syllable is laid over the ink letter by letter
(weighted edit distance, Brill and Moore 2000) by what letters turned into on rendered tables (``training letters``;
``data/letters.json``), all syllables at once along a tree of their letters.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from planparse.native import kernels

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

LONGEST = 3
"""Characters of ink that one letter turns into at most."""
_NEVER = np.float32(-1e4)
_STRANGE = np.float32(-11.0)
"""Log price of a letter turned into a character that it was never seen to turn into."""
_HOPELESS = 12.0
"""Beginnings of words so far (nats) behind the best of their length are not followed."""
_MOST = 16
"""Ink longer than this is no word."""


class Letters:
    """What letters turn into: for each bit of ink a column of log prices over all letters."""

    def __init__(self, learned: dict[str, dict[str, float]], added: dict[str, float], rare: float) -> None:
        self.letters = sorted(learned)
        self.index = {letter: at for at, letter in enumerate(self.letters)}
        self._added, self._rare = added, rare
        self._columns: dict[str, Floats] = {}
        for letter, inks in learned.items():
            for ink, price in inks.items():
                column = self._columns.get(ink)
                if column is None:
                    start = _STRANGE if len(ink) == 1 else _NEVER
                    column = self._columns[ink] = np.full(len(self.letters), start, dtype=np.float32)
                column[self.index[letter]] = price
        self._strange = np.full(len(self.letters), _STRANGE, dtype=np.float32)
        self._never = np.full(len(self.letters), _NEVER, dtype=np.float32)
        self.lost = self._columns.get("", self._never)

    def columns(self, form: str, size: int) -> Floats:
        """``[letter, i]``: log price of the letter turning into ``form[i : i + size]``."""
        absent = self._strange if size == 1 else self._never
        found = [self._columns.get(form[i : i + size], absent) for i in range(len(form) - size + 1)]
        return np.stack(found, axis=1)

    def added(self, form: str) -> Floats:
        """Log price of each character standing for nothing."""
        return np.array([self._added.get(c, self._rare) for c in form], dtype=np.float32)


class Level(NamedTuple):
    """The nodes of one depth: parents in the depth above, letters; nodes at which words end, and those words."""

    parents: Ints
    letters: Ints
    ends: Ints
    words: Ints


class Tree:
    """Words as a tree of their letters, level by level."""

    def __init__(self, words: Sequence[tuple[int, str]], letters: dict[str, int]) -> None:
        known = sorted((word, number) for number, word in words if all(c in letters for c in word))
        lengths = np.array([len(word) for word, _ in known])
        numbers = np.array([number for _, number in known], dtype=np.int64)
        spelled = np.full((len(known), int(lengths.max())), -1, dtype=np.int64)
        spelled[np.arange(spelled.shape[1]) < lengths[:, None]] = [letters[c] for word, _ in known for c in word]
        self.levels: list[Level] = []
        above = np.zeros(len(known), dtype=np.int64)  # of each word, the node that its letters so far lead to
        fresh = np.arange(len(known)) == 0
        for depth in range(1, spelled.shape[1] + 1):
            letter = spelled[:, depth - 1]
            # words in order: a node begins where one above it does, or where the letter changes
            fresh |= np.diff(letter, prepend=-2) != 0
            long = lengths >= depth
            first = fresh & long
            here = np.cumsum(first) - 1
            ends = lengths == depth
            self.levels.append(Level(above[first], letter[first], here[ends], numbers[ends]))
            above = here

    @cached_property
    def arrays(self) -> tuple[Ints, ...]:
        """All levels one after the other, and where nodes and ends of each begin, for the compiled reading."""
        joined = (np.concatenate(column) for column in zip(*self.levels, strict=True))
        nodes, ends = ([len(level[at]) for level in self.levels] for at in (0, 2))
        return (*joined, np.cumsum([0, *nodes]), np.cumsum([0, *ends]))


class LetterReader:
    """Reads ink letter by letter, under one noise."""

    def __init__(self, words: Sequence[tuple[int, str]], noise: str) -> None:
        """``noise``: whose letters, ``eng`` or ``vie``, with ``.broken`` those of lines that were merged."""
        learned = _learned().get(noise) or _learned()[noise.removesuffix(".broken")]
        self._letters = Letters(learned["letters"], learned["added"], learned["rare"])
        self._tree = Tree(words, self._letters.index)

    def scores(self, form: str) -> tuple[Ints, Floats]:
        """Numbers of words, and log P(form | word) of each along the best way (nats); the hopeless are left out."""
        if not form or len(form) > _MOST:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        by_size = [self._letters.columns(form, size) for size in range(1, min(LONGEST, len(form)) + 1)]
        added, lost = self._letters.added(form), self._letters.lost
        begun = np.concatenate((np.zeros(1, np.float32), np.cumsum(added)))
        kernel = kernels()
        if kernel is None:
            return self._scores(len(form), by_size, added, lost, begun)
        numbers, prices = kernel.read_by_letters(
            *self._tree.arrays, lost, *by_size, *[b""] * (LONGEST - len(by_size)), added, begun, _HOPELESS
        )
        return np.frombuffer(numbers, dtype=np.int64), np.frombuffer(prices, dtype=np.float32)

    def _scores(
        self, length: int, by_size: Sequence[Floats], added: Floats, lost: Floats, begun: Floats
    ) -> tuple[Ints, Floats]:
        """The same by arrays of a whole level: what ``native/by_letters.c`` must do alike.

        ``begun``: for each boundary the price of all characters before it standing for nothing.
        """
        reached = begun[None, :]
        row = np.zeros(1, dtype=np.int64)  # where each node of the depth above is; -1: given up
        numbers, prices = [], []
        for level in self._tree.levels:
            at = np.flatnonzero(row[level.parents] >= 0)
            if not len(at):
                break
            above, letters = reached[row[level.parents[at]]], level.letters[at]
            reached = above + lost[letters][:, None]
            for size, columns in enumerate(by_size, 1):
                np.maximum(reached[:, size:], above[:, :-size] + columns[letters], out=reached[:, size:])
            for i in range(1, length + 1):
                np.maximum(reached[:, i], reached[:, i - 1] + added[i - 1], out=reached[:, i])
            best = reached.max(axis=1)
            kept = np.flatnonzero(best > best.max() - _HOPELESS)
            at, reached = at[kept], reached[kept]
            row = np.full(len(level.parents), -1)
            row[at] = np.arange(len(at))
            ending = row[level.ends]
            alive = ending >= 0
            numbers.append(level.words[alive])
            prices.append(reached[ending[alive], -1])
        return np.concatenate(numbers), np.concatenate(prices)


@cache
def _learned() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("planparse") / "data" / "letters.json").read_text(encoding="utf-8"))
    return found

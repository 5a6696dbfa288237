"""What ink may be read as, letter by letter.

Where the line finder takes two lines that stand half a line apart for one, Tesseract reads letters together with the
marks of the line below: ``tr}rc ti¢’p`` is ``trực tiếp``. Nobody saw such a form before, so the channels of whole
words and of their onsets and rimes know little of it. Here every syllable is laid over the ink letter by letter
(weighted edit distance, Brill and Moore 2000) by what letters turned into on rendered tables (``training letters``;
``data/letters.json``), all syllables at once along a tree of their letters.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from functools import cache, cached_property
from importlib.resources import files
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from planparse.native import kernels

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]

LONGEST = 3
"""Characters of ink that one letter turns into at most."""
_NEVER = np.float32(-1e4)
_STRANGE = np.float32(-11.0)
"""Log price of a letter turned into a character that it was never seen to turn into."""
_HOPELESS = 12.0
"""Beginnings of words so far (nats) behind the best of their length are not followed."""
_UNSEEN = 2
"""Columns of bits that no letter was seen to turn into."""
_MOST = 16
"""Ink longer than this is no word."""


class Letters:
    """What letters turn into: for each bit of ink a column of log prices over all letters."""

    def __init__(self, learned: dict[str, dict[str, float]], added: dict[str, float], rare: float) -> None:
        self.letters = sorted(learned)
        self.index = {letter: at for at, letter in enumerate(self.letters)}
        self._added, self._rare = added, rare
        inks = {ink for turned in learned.values() for ink in turned}
        self._bits = {ink: at for at, ink in enumerate(sorted(inks - {""}), _UNSEEN)}
        self.columns = np.full((len(self._bits) + _UNSEEN, len(self.letters)), _NEVER, dtype=np.float32)
        """By bit, and for a bit that no letter was seen to turn into: the first of one character, then longer."""
        self.columns[[0, *(at for ink, at in self._bits.items() if len(ink) == 1)]] = _STRANGE
        self.lost = np.full(len(self.letters), _NEVER, dtype=np.float32)
        for letter, turned in learned.items():
            for ink, price in turned.items():
                column = self.columns[self._bits[ink]] if ink else self.lost
                column[self.index[letter]] = price

    def bits(self, form: str, size: int) -> list[int]:
        """Which column holds the log prices of letters turning into ``form[i : i + size]``, for each ``i``."""
        of, absent = self._bits.get, 0 if size == 1 else 1
        return [of(form[i : i + size], absent) for i in range(len(form) - size + 1)]

    def added(self, form: str) -> array[float]:
        """Log price of each character standing for nothing."""
        return array("f", [self._added.get(c, self._rare) for c in form])


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
    def arrays(self) -> tuple[Ints32, Ints32, Ints32, Ints]:
        """Parents, letters, ends and words of all levels one after the other, for the compiled reading."""
        parents, letters, ends, words = (np.concatenate(column) for column in zip(*self.levels, strict=True))
        return parents.astype(np.int32), letters.astype(np.int32), ends.astype(np.int32), words

    @cached_property
    def starts(self) -> tuple[Ints32, Ints32]:
        """Where the nodes and the ends of each level begin there."""
        nodes, ends = (np.cumsum([0, *(len(level[at]) for level in self.levels)], dtype=np.int32) for at in (0, 2))
        return nodes, ends


class LetterReader:
    """Reads ink letter by letter, under one noise."""

    def __init__(self, words: Sequence[tuple[int, str]], noise: str, credit: Floats) -> None:
        """``noise``: whose letters, ``eng`` or ``vie``, with ``.broken`` those of lines that were merged.

        ``credit``: for each number of a word what its price is ranked with.
        """
        learned = _learned().get(noise) or _learned()[noise.removesuffix(".broken")]
        self._letters = Letters(learned["letters"], learned["added"], learned["rare"])
        self._tree = Tree(words, self._letters.index)
        self._credits = credit[self._tree.arrays[-1]].astype(np.float32)

    def best(self, form: str, most: int) -> dict[int, float]:
        """Numbers of at most so many words, and log P(form | word) of each along the best way (nats), best first.

        They rank by that and their credit; of the same rank those of fewer letters come first.
        """
        if not form or len(form) > _MOST:
            return {}
        spelled = [self._letters.bits(form, size) for size in range(1, min(LONGEST, len(form)) + 1)]
        added = self._letters.added(form)
        kernel = kernels()
        if kernel is None:
            return self._best(spelled, np.array(added), most)
        found: dict[int, float] = kernel.read_by_letters(
            *self._tree.arrays, self._credits, *self._tree.starts, self._letters.lost, self._letters.columns,
            array("i", chain.from_iterable(spelled)), added, _HOPELESS, most,
        )  # fmt: skip
        return found

    def _best(self, spelled: Sequence[Sequence[int]], added: Floats, most: int) -> dict[int, float]:
        """The same by arrays of a whole level: what ``native/by_letters.c`` must do alike."""
        by_size = [self._letters.columns[bits].T for bits in spelled]
        # before any letter all characters stand for nothing
        reached = np.concatenate((np.zeros(1, np.float32), np.cumsum(added)))[None, :]
        row = np.zeros(1, dtype=np.int64)  # where each node of the depth above is; -1: given up
        prices = np.full(len(self._credits), -np.inf, dtype=np.float32)
        ends_from = self._tree.starts[1].tolist()
        for depth, level in enumerate(self._tree.levels):
            at = np.flatnonzero(row[level.parents] >= 0)
            if not len(at):
                break
            above, letters = reached[row[level.parents[at]]], level.letters[at]
            reached = above + self._letters.lost[letters][:, None]
            for size, columns in enumerate(by_size, 1):
                np.maximum(reached[:, size:], above[:, :-size] + columns[letters], out=reached[:, size:])
            for i in range(1, len(added) + 1):
                np.maximum(reached[:, i], reached[:, i - 1] + added[i - 1], out=reached[:, i])
            best = reached.max(axis=1)
            kept = np.flatnonzero(best > best.max() - _HOPELESS)
            at, reached = at[kept], reached[kept]
            row = np.full(len(level.parents), -1)
            row[at] = np.arange(len(at))
            ending = row[level.ends]
            alive = np.flatnonzero(ending >= 0)
            prices[ends_from[depth] + alive] = reached[ending[alive], -1]
        ranked = np.argsort(-(prices + self._credits), kind="stable")[:most]
        ranked = ranked[prices[ranked] > -np.inf]
        return dict(zip(self._tree.arrays[-1][ranked].tolist(), prices[ranked].tolist(), strict=True))


@cache
def _learned() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files("planparse") / "data" / "letters.json").read_text(encoding="utf-8"))
    return found

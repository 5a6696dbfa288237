"""What a table's words show to the tagger: names, marks, places, neighbours.

Everything is an array over the words of a table's body in reading order, so that the tagger
(:mod:`planparse.recognise.tables.tagger`) can judge them all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from planparse.native import kernels
from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE
from planparse.recognise.tables.forms import LOOKS
from planparse.recognise.tables.head_names import USUAL_ORDER as ROLES
from planparse.recognise.tables.language import ColumnLanguage
from planparse.recognise.tables.words import SPACE_WIDTH, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PLAIN = 36
_FOLLOWS = 6
N_SIGNS = _PLAIN + _FOLLOWS + 2 * len(ROLES)
HEAD_SIGNS = slice(N_SIGNS - 2 * len(ROLES), N_SIGNS)
"""Which columns the head announces, and where; all 0 where no head is to be believed."""
RULE_SIGNS = [20, 32]

AWAY = 6
"""Lines up and down in which the word that a broken line goes on with is looked for."""
A_LINE = 0.2
"""What each of those lines counts against it, in buckets of the language model (see :mod:`language`)."""
CANDIDATES = 96
"""Words that are looked at for it."""
NO_FIT = 9.0
LINKS = 3
"""Likeliest such words that the tagger hears of, each way."""
SET_PHRASE = 4
"""Least bucket for two words to be called fitting."""
NEIGHBOURS = 9 + 2 * LINKS
LINE_SLOTS = (0, 1, 2, 5, 6)
WORD_SLOTS = tuple(slot for slot in range(NEIGHBOURS) if slot not in LINE_SLOTS)
"""Neighbours that all words of a line share, and those that each word has for itself."""


@dataclass(frozen=True)
class Signs:
    """Arrays over n words: ``names`` (n) of the vocabulary, ``hashes`` (n, MOST_HASHES; HASHES is none), ``signs``
    (n, N_SIGNS), ``near`` (n, NEIGHBOURS): places of the words around, n where there is none."""

    names: NDArray[Any]
    hashes: NDArray[Any]
    signs: NDArray[Any]
    near: NDArray[Any]

    def under(self, roles: Sequence[str]) -> Signs:
        """The same words under a head that announces the columns ``roles``, left to right."""
        import numpy as np

        places = np.zeros((2, len(ROLES)), dtype=np.float32)
        for at, role in enumerate(roles):
            places[:, ROLES.index(role)] = 1.0, (at + 1) / len(roles)
        signs = self.signs.copy()
        signs[:, HEAD_SIGNS] = places.ravel()
        return replace(self, signs=signs)

    def first(self, count: int) -> Signs:
        """The first words alone."""
        import numpy as np

        count = min(count, len(self.names))
        near = np.minimum(self.near[:count], count)
        return Signs(self.names[:count], self.hashes[:count], self.signs[:count], near)


def read_signs(language: ColumnLanguage, lines: Sequence[Sequence[Word]], before: Sequence[int]) -> Signs:
    """The signs of the words of ``lines``, under no head yet.

    ``before`` tells what stands before each line: SAME_BLOCK, BLANK_LINE or NEW_PAGE.
    """
    import numpy as np

    words = [word for line in lines for word in line]
    count = len(words)
    sizes = np.array([len(line) for line in lines])
    starts = np.cumsum(sizes) - sizes
    place = np.arange(count) - np.repeat(starts, sizes)
    widths = np.array([word.width for word in words])
    left = np.array(
        [at for line in lines for at in accumulate([w.width + SPACE_WIDTH for w in line[:-1]], initial=0.0)]
    )
    by_line = np.repeat(_line_signs(lines, before), sizes, axis=0)
    total = by_line[:, 0]
    forms = language.forms(words)
    signs = np.zeros((count, N_SIGNS), dtype=np.float32)
    signs[:, :LOOKS] = forms["look"]
    for at, column in enumerate(
        (
            [word.ruled for word in words],
            [word.confidence for word in words],
            place == 0,
            place == np.repeat(sizes, sizes) - 1,
            np.minimum(left, 60.0) / 30,
            np.minimum(total - left - widths, 60.0) / 30,
            np.minimum(total, 70.0) / 30,
            widths / 4,
        ),
        LOOKS,
    ):
        signs[:, at] = column
    signs[:, LOOKS + 8 : _PLAIN] = by_line[:, 1:]
    names = np.ascontiguousarray(forms["id"])
    near, fits = neighbours(language.buckets, names, np.repeat(np.arange(len(lines), dtype=np.int32), sizes), left)
    signs[:, _PLAIN : HEAD_SIGNS.start] = fits
    return Signs(
        np.ascontiguousarray(forms["full_id"]),
        np.ascontiguousarray(forms["hashes"]),
        signs,
        near,
    )


def _line_signs(lines: Sequence[Sequence[Word]], before: Sequence[int]) -> list[tuple[float, ...]]:
    """For each line its width in ems, and the signs that all its words share."""
    shown: list[tuple[float, ...]] = []
    since_page = since_blank = 0
    widths = [sum([w.width for w in words]) + SPACE_WIDTH * (len(words) - 1) for words in lines]
    for words, opens, broad, block in zip(lines, before, widths, _blocks(widths, before), strict=True):
        since_page = 0 if opens == NEW_PAGE else since_page + 1
        since_blank = 0 if opens else since_blank + 1
        shown.append(
            (
                broad,
                float(opens == BLANK_LINE),
                float(opens == NEW_PAGE),
                min(since_page, 40) / 20,
                min(since_blank, 10) / 5,
                min(sum([w.ruled for w in words]), 4) / 4,
                *block,
            )
        )
    return shown


def _blocks(widths: Sequence[float], before: Sequence[int]) -> list[tuple[float, float, float]]:
    """For each line: how many lines of its block follow, how many the block has, and how wide its widest is.

    In the shape where each cell is a block that is the cell's height and width.
    """
    starts = [i for i, opens in enumerate(before) if opens or not i] + [len(widths)]
    found: list[tuple[float, float, float]] = []
    for first, last in pairwise(starts):
        widest = max(widths[first:last])
        size, wide = min(last - first, 12) / 6, min(widest, 70.0) / 30
        found += [(min(last - 1 - line, 10) / 5, size, wide) for line in range(first, last)]
    return found


def neighbours(
    follows: NDArray[Any], names: NDArray[Any], rows: NDArray[Any], left: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """For n words the places of those around them (n, NEIGHBOURS), and how well they fit (n, 6; 0 to 1).

    Around a word stand: the first word of its line, of the lines above and below; the words above and below it
    counted from the left and from the right edge; the last words of those lines; and, each way, the words of other
    lines that it may go on from or with. ``follows`` (v, v): buckets of the language model.
    """
    import numpy as np

    count = len(names)
    order = np.arange(count)
    starts = np.flatnonzero(np.r_[True, rows[1:] != rows[:-1]])
    line = np.cumsum(np.r_[True, rows[1:] != rows[:-1]]) - 1
    ends = np.r_[starts[1:], count]
    begin, end = starts[line], ends[line]
    right = left[end - 1] - left
    near = np.full((count, NEIGHBOURS), count, dtype=np.int32)
    near[:, 0] = begin
    for at, step in ((1, -1), (5, 1)):
        other = line + step
        there = (other >= 0) & (other < len(starts))
        other = np.clip(other, 0, len(starts) - 1)
        # lines do not overlap on one axis of 200 ems each, so that one search finds the nearest place in any line
        by_left = np.searchsorted(line * 200.0 + left, other * 200.0 + left)
        from_right = np.searchsorted(line * 200.0 + left, other * 200.0 + left[ends[other] - 1] - right)
        low, high = starts[other], ends[other] - 1
        for slot, found in (
            (0, low),
            (1, high),
            (2, np.clip(by_left, low, high)),
            (3, np.clip(from_right, low, high)),
        ):
            near[:, at + slot] = np.where(there, found, count)
    fits = np.zeros((count, _FOLLOWS), dtype=np.float32)
    inside = order[1:] > begin[1:]
    fits[1:, 0] = np.where(inside, follows[names[:-1], names[1:]], 0)
    fits[:-1, 1] = fits[1:, 0]
    lines = line.astype(np.int32)
    for at, edges, step, slot in ((9, begin - 1, -1, 2), (9 + LINKS, end, 1, 4)):
        ill = _ill_fits(follows, names, lines, edges.astype(np.int32), step)
        best = np.argpartition(ill, LINKS, axis=1)[:, :LINKS]
        value = -np.take_along_axis(ill, best, 1)
        place = edges[:, None] + step * best
        # the nearest first
        ranked = np.argsort(-value, axis=1, kind="stable")
        value, place = np.take_along_axis(value, ranked, 1), np.take_along_axis(place, ranked, 1)
        near[:, at : at + LINKS] = np.where(value >= SET_PHRASE - A_LINE * AWAY, place, count)
        fits[:, slot : slot + 2] = np.clip(value[:, :2], 0, 7)
    return near, fits / 7


def _ill_fits(
    follows: NDArray[Any], names: NDArray[Any], lines: NDArray[Any], edges: NDArray[Any], step: int
) -> NDArray[Any]:
    """How ill the words fit each word that stand from an edge of its line on; (words, CANDIDATES), NO_FIT for none.

    ``step``: -1 for words that it may go on from, 1 for words that may go on from it.
    """
    import numpy as np

    count = len(names)
    kernel = kernels()
    if kernel is not None:
        ill = np.empty((count, CANDIDATES), dtype=np.float32)
        kernel.weigh_links(follows, names, lines, edges, step, AWAY, A_LINE, NO_FIT, ill)
        return ill
    candidates = edges[:, None] + step * np.arange(CANDIDATES, dtype=np.int32)  # 32 bits: half as much to move
    safe = np.clip(candidates, 0, count - 1)
    pairs = (names[safe], names[:, None]) if step < 0 else (names[:, None], names[safe])
    score = follows[pairs].astype(np.float32)
    away = np.abs(lines[safe] - lines[:, None])
    score -= A_LINE * away
    score[(candidates != safe) | (away > AWAY)] = -NO_FIT
    return np.asarray(-score)

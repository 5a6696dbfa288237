"""Specks: what OCR makes of rules, dust and half-cut lines, and writes between the words of a table.

Cells that are centred stand half a line apart, and Tesseract then reads the upper halves of one cell's letters
once more among the words of its neighbours (``ees Lear tal Bl``). Such shreds belong to no cell. Each word is
judged by what it is and what stands beside it, with weights learned from tables whose every word is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.forms import LENGTHS
from planparse.recognise.tables.language import FOLLOW_BUCKETS, ColumnLanguage
from planparse.recognise.tables.words import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

DROP_ABOVE = 0.6
"""Words that are specks with at least this probability are left out."""

_KNOWN = 0
_SHAPE = _KNOWN + 2 * LENGTHS * 4
_BEFORE = _SHAPE + 8
_AFTER = _BEFORE + FOLLOW_BUCKETS + 1
_NEIGHBOURS = _AFTER + FOLLOW_BUCKETS + 1
_WORD = _NEIGHBOURS + 25
_CONFIDENCE = _WORD + 12
_BIAS = _CONFIDENCE + 7
N_SPECK_WEIGHTS = _BIAS + 1


def speck_features(language: ColumnLanguage, lines: Sequence[Sequence[Word]]) -> NDArray[Any]:
    """For each word of some lines the places of the weights that judge it: (words, 8)."""
    import numpy as np

    words = [word for line in lines for word in line]
    sizes = np.array([len(line) for line in lines if line])
    ends = np.cumsum(sizes) - 1
    starts = ends - sizes + 1
    forms = language.forms(words)
    ids, shape, odd, doubt = (forms[name].astype(np.int64) for name in ("id", "shape", "odd", "doubt"))
    unknown = ids == 0
    junk = np.where(unknown, 0.0, np.array(language.junk)[ids])
    # of each word 0 known, 1 known but as often a speck, 2 unknown, 3 unknown and short, 4 odd
    doubts = np.where(unknown, doubt, (junk > 0.8) & (doubt != 0))
    follows = language.buckets[ids[:-1], ids[1:]].astype(np.int64)
    before, after = np.r_[FOLLOW_BUCKETS, follows], np.r_[follows, FOLLOW_BUCKETS]
    left, right = np.r_[0, doubts[:-1]], np.r_[doubts[1:], 0]
    before[starts], after[ends] = FOLLOW_BUCKETS, FOLLOW_BUCKETS
    left[starts], right[ends] = 0, 0
    confidence = np.array([word.confidence for word in words])
    return np.stack(
        [
            _KNOWN + unknown * LENGTHS * 4 + shape,
            _SHAPE + odd + 4 * unknown,
            _BEFORE + before,
            _AFTER + after,
            _NEIGHBOURS + left * 5 + right,
            _WORD + np.clip((2 * junk).astype(np.int64) + 6, 0, 11),
            _CONFIDENCE + np.clip((confidence * 6.99).astype(np.int64), 0, 6),
            np.full(len(words), _BIAS),
        ],
        axis=1,
    )


def speck_flags(language: ColumnLanguage, lines: Sequence[Sequence[Word]]) -> NDArray[Any]:
    """For each word of some lines whether it is a speck."""
    import numpy as np

    if not any(lines):
        return np.zeros(0, dtype=bool)
    weights = np.array(language.specks)
    scores = np.zeros(sum(map(len, lines)))
    for places in speck_features(language, lines).T:
        scores += weights[places]
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30.0, 30.0))) > DROP_ABOVE)


def without_specks(language: ColumnLanguage, words: Sequence[Word]) -> list[Word]:
    """The words of a line that are words."""
    return [word for word, speck in zip(words, speck_flags(language, [words]).tolist(), strict=True) if not speck]

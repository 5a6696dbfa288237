"""Specks: what OCR makes of rules, dust and half-cut lines, and writes between the words of a table.

Cells that are centred stand half a line apart, and Tesseract then reads the upper halves of one cell's letters
once more among the words of its neighbours (``ees Lear tal Bl``). Such shreds belong to no cell. Each word is
judged by what it is and what stands beside it, with weights learned from tables whose every word is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from planparse.recognise.tables.language import FOLLOW_BUCKETS, ColumnLanguage
from planparse.recognise.tables.words import Word

LENGTHS = 6
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


@lru_cache(maxsize=65536)
def _odd(text: str) -> int:
    """How unlike a word the ink looks: 0 plain letters … 3 mixed letters, digits and signs."""
    text = text.strip(".,;:()\"“”'")
    letters, digits = any(c.isalpha() for c in text), any(c.isdigit() for c in text)
    signs = any(not c.isalnum() and c not in "-/.,%+&" for c in text)
    return (1 if letters and digits else 0) + (2 if signs else 0)


@lru_cache(maxsize=65536)
def _look(text: str, key: str) -> tuple[int, int, int]:
    """What a word is by itself: its length and how it begins, how odd it is, and how doubtful if nobody knows it."""
    initial, odd, named = text[0], _odd(text), key.startswith("<")
    manner = 0 if initial.islower() else (1 if initial.isupper() else (2 if initial.isdigit() else 3))
    length = LENGTHS - 1 if named else max(min(len(key), LENGTHS) - 1, 0)
    doubt = 0 if named else (4 if odd else (3 if len(key) <= 3 else 2))
    return length * 4 + manner, odd, doubt


def _doubts(language: ColumnLanguage, words: Sequence[Word], ids: Sequence[int]) -> list[int]:
    """Of each word 0 known, 1 known but as often a speck, 2 unknown, 3 unknown and short, 4 odd."""
    junk = language.junk
    return [
        _look(word.text, word.key)[2] if not at else (1 if junk[at] > 0.8 and not word.key.startswith("<") else 0)
        for word, at in zip(words, ids, strict=True)
    ]


def speck_features(language: ColumnLanguage, words: Sequence[Word]) -> list[list[int]]:
    """For each word of a line the places of the weights that judge it."""
    ids = [language.id(w) for w in words]
    doubts = [0, *_doubts(language, words, ids), 0]
    follows = [FOLLOW_BUCKETS, *(language.follow(a, b) for a, b in pairwise(ids)), FOLLOW_BUCKETS]
    features = []
    for i, (word, at) in enumerate(zip(words, ids, strict=True)):
        shape, odd, _ = _look(word.text, word.key)
        known = 0 if at else 1
        junk = language.junk[at] if at else 0.0
        features.append(
            [
                _KNOWN + known * LENGTHS * 4 + shape,
                _SHAPE + odd + 4 * known,
                _BEFORE + follows[i],
                _AFTER + follows[i + 1],
                _NEIGHBOURS + doubts[i] * 5 + doubts[i + 2],
                _WORD + max(0, min(11, int(2 * junk) + 6)),
                _CONFIDENCE + max(0, min(6, int(word.confidence * 6.99))),
                _BIAS,
            ]
        )
    return features


def speck_flags(language: ColumnLanguage, words: Sequence[Word]) -> list[bool]:
    """For each word of a line whether it is a speck."""
    weights = language.specks
    scores = [sum([weights[f] for f in features]) for features in speck_features(language, words)]
    return [1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) > DROP_ABOVE for score in scores]


def without_specks(language: ColumnLanguage, words: Sequence[Word]) -> list[Word]:
    """The words of a line that are words."""
    return [word for word, speck in zip(words, speck_flags(language, words), strict=True) if not speck]

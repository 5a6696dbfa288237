"""Words of a table line as the column model sees them: folded, classed, measured.

A line of a table that OCR has read is a row of words from one to seven cells. What tells cells apart is
which words may follow one another, what a column talks about, where separators stand and how wide a
column is; so every word carries its folded key, its class, the mark before it and its printed width.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache, partial
from typing import NamedTuple

from planparse.lexicon import strip_marks
from planparse.restore.text import RestoredLine
from planparse.restore.tokens import RULE_INSIDE

_RULE = re.compile(r"[|¦\[\]{}\\]+|[_—]{2,}|[|_!.]*\|[|_!.]*")
"""What OCR makes of a vertical rule between two cells: ``|``, ``]``, ``_|``."""
_GLUED = "|¦_"
"""Rules that OCR glued to a word: ``|Văn``, ``5_``."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_SIGN = re.compile(r"\W")
_SPACE = re.compile(r"\S+")

# Classes of words that are no syllables; each stands for all of its kind in the column model.
CLASSES = (
    ("<date>", re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")),
    ("<year>", re.compile(r"(?:19|20)\d\d(?:-(?:19|20)\d\d)?")),
    ("<percent>", re.compile(r"\d+(?:[.,]\d+)?%")),
    ("<code>", re.compile(r"\d+(?:/\d{4})?/[^\W\d].*|[^\W\d]+-[^\W\d]+")),
    ("<month>", re.compile(r"\d{1,2}/\d{2,4}")),
    ("<number>", re.compile(r"\d+(?:[.,]\d+)*")),
)

# Advance widths of Times in thousandths of an em, by the letter under the marks (Adobe Times-Roman AFM).
_WIDTHS = {
    **dict.fromkeys(".,", 250),
    **dict.fromkeys("ijlt:;/|'", 278),
    **dict.fromkeys("fr-()!I[]", 333),
    **dict.fromkeys("sJ", 389),
    **dict.fromkeys("acez", 444),
    **dict.fromkeys("SPF", 556),
    **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667),
    **dict.fromkeys("ADGHKNOQUVXYw", 722),
    **dict.fromkeys("m&", 778),
    **dict.fromkeys("%M", 860),
    "W": 944,
}
SPACE_WIDTH = 0.25


@lru_cache(maxsize=65536)
def plain_letters(word: str) -> str:
    """The letters and figures of a word, small and without marks: ``(Thường,`` → ``thuong``."""
    return _SIGN.sub("", strip_marks(word).lower())


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """The folded key of a word, or the name of its class.

    ``Thường`` → ``thuong``; ``05/12/2025`` → ``<date>``; a mark alone → ``<mark>``.
    """
    bare = _EDGE.sub("", unicodedata.normalize("NFC", word))
    if not bare:
        return "<mark>"
    if word.endswith("%"):
        bare += "%"
    if any(c.isdigit() for c in bare):
        for name, pattern in CLASSES:
            if pattern.fullmatch(bare):
                return name
    return strip_marks(bare).lower()


@lru_cache(maxsize=65536)
def full_key(word: str) -> str:
    """The key of a word with its marks: ``Thường,`` → ``thường``; numbers as :func:`key` has them."""
    folded = key(word)
    return folded if folded.startswith("<") else _EDGE.sub("", unicodedata.normalize("NFC", word)).lower()


def width(word: str) -> float:
    """Printed width of a word in ems, as a Times face sets it."""
    return sum(_WIDTHS.get(c, 500) for c in strip_marks(word)) / 1000


class Word(NamedTuple):
    """One word of a restored line, ``start`` to ``end``; ``ruled`` tells of a rule or a wide gap before it."""

    line: int
    start: int
    end: int
    text: str
    key: str
    width: float
    ruled: bool
    confidence: float = 1.0


_word = partial(tuple.__new__, Word)
"""A word from a tuple of its fields, which costs half of naming them."""


_Piece = tuple[bool, tuple[int, str, str, float] | None, bool]


@lru_cache(maxsize=65536)
def _piece(shown: str) -> _Piece:
    """What stands between two spaces: whether a rule stands before it, the word, whether one stands after it.

    The word: where it starts, its text, key and width; None for a rule or a speck.
    """
    bare = shown.strip(_GLUED)
    opens, closes = shown[0] in _GLUED, shown[-1] in _GLUED
    if not bare.isalnum():  # as most words are
        if not bare or _RULE.fullmatch(bare):
            return True, None, True
        if not any(c.isalnum() for c in bare) and bare not in {"-", "–", "+", "&", "/", "•", "*"}:
            return opens, None, closes
    return opens, (shown.index(bare), bare, key(bare), width(bare)), closes


def _spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where what stands between spaces starts and ends; a rule that joins two words goes with the second."""
    spans = [found.span() for found in _SPACE.finditer(text, start, end)]
    if "|" not in text and "¦" not in text:
        return spans
    cut: list[tuple[int, int]] = []
    for left, right in spans:
        for rule in () if text[left:right].isalnum() else RULE_INSIDE.finditer(text, left, right):
            cut.append((left, rule.start()))
            left = rule.start()
        cut.append((left, right))
    return cut


_Fields = tuple[int, int, str, str, float, bool]
"""Start, end, text, key, width, ruled."""


def _words(text: str, start: int, end: int) -> list[_Fields]:
    words: list[_Fields] = []
    ruled, last = False, start
    for left, right in _spans(text, start, end):
        opens, word, closes = _piece(text[left:right])
        if opens or (words and (left - last >= 3 or "\t" in text[last:left])):
            ruled = True
        last = right
        if word is not None:
            at, bare, folded, broad = word
            at += left
            words.append((at, at + len(bare), bare, folded, broad, ruled))
            ruled = closes
    return words


def split_words(line: int, text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a line; marks that are rules or specks are left out, and rules are remembered.

    A dash, or a mark that belongs to writing (``–``, ``+``, ``&``), stays a word.
    """
    return [_word((line, *fields, 1.0)) for fields in _words(text, start, len(text) if end is None else end)]


def words_of(line: RestoredLine) -> list[Word]:
    """The words of a restored line, each with the least confidence of its tokens."""
    number, tokens, words = line.number, line.tokens, []
    first, count = 0, len(line.tokens)  # words and tokens come in the same order
    for fields in _words(line.text, 0, len(line.text)):
        start, end = fields[:2]
        while first < count and tokens[first].end <= start:
            first += 1
        at, sure = first, math.inf
        while at < count and (token := tokens[at]).start < end:
            if token.confidence < sure:
                sure = token.confidence
            at += 1
        words.append(_word((number, *fields, 1.0 if at == first else sure)))
    return words

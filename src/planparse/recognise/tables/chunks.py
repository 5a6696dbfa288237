"""A piece of a line: words that surely belong together, and all that can be said of them in advance.

:mod:`~planparse.recognise.tables.cuts` makes them; here stands what is seen of their words and of the gaps between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.tables.tags import BEGINS, N_TAGS, OPENS, SPAN
from planparse.recognise.tables.words import Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

NUMBER_LABEL = re.compile(r"\d{1,2}(?:[.,]\d{1,2}){0,3}[.)]?")
ROMAN_LABEL = re.compile(r"[IVX1l|H]{1,5}[.)]?|[A-EĐ][.)]?")

# How the first word of a chunk is written.
LOWER, CAPITAL, DIGIT, DASH = range(4)
# How a word ends.
OPEN, COMMA, CLAUSE, FULL_STOP = range(4)
# What stands before a line.
SAME_BLOCK, BLANK_LINE, NEW_PAGE = range(3)


def manner(word: Word) -> int:
    """LOWER, CAPITAL, DIGIT or DASH, by the word's first character."""
    return manner_of(word.text)


def manner_of(text: str) -> int:
    """The same, by how it is written."""
    first = text.lstrip("“\"'(‘")[:1]
    if first in "-–+•*":
        return DASH
    if first.isdigit():
        return DIGIT
    return CAPITAL if first.isupper() else LOWER


def ending(word: Word) -> int:
    """OPEN, COMMA, CLAUSE or FULL_STOP, by the word's last character."""
    return ending_of(word.text)


def ending_of(text: str) -> int:
    """The same, by how it is written."""
    last = text[-1]
    if last == ",":
        return COMMA
    if last in ";:":
        return CLAUSE
    return FULL_STOP if last == "." else OPEN


def label_class(text: str) -> int:
    """0 for no label, 1 for Arabic ``2.1``, 2 for Roman or a letter."""
    if NUMBER_LABEL.fullmatch(text):
        return 1
    return 2 if ROMAN_LABEL.fullmatch(text) else 0


class Chunk(NamedTuple):
    """Words ``first`` to ``last`` (inclusive) of the region, and all that can be said of them in advance."""

    first: int
    last: int
    row: int  # which line of the region, counted without blank lines
    opens_line: bool
    before: int  # SAME_BLOCK, BLANK_LINE or NEW_PAGE; of the first chunk of a line
    ruled: bool
    follow: int  # bucket of the first word after the word before it in the line
    previous_ending: int
    manner: int
    ending: int
    label: int
    unknown: int  # words that the corpus does not know
    head_id: int
    tail_id: int
    full_follow: int
    full_head: int
    full_tail: int
    head_width: float
    width: float
    speaks: Sequence[float]
    opens: Sequence[float]
    tags: Sequence[float]  # what the tagger gives its words for each column, and for a row that spans the table
    begins: Sequence[float]  # log probability, by the tagger, that it begins its cell, and that it does not
    row_opens: Sequence[float]  # the same for opening a row
    line_gaps: int  # how many likely borders the line holds
    line_width: float
    closes_line: bool


LEAST, FLOOR = -2.0, -5.0
"""No word, and no piece, counts for less, whatever the tagger says of it: it is sometimes wrong."""


SPAN_GAIN = 1.5
"""What a word counts more that the tagger surely takes for one of a row that spans the table: there it is right."""


class Heard(NamedTuple):
    """What the tagger says of words, as the search weighs it; arrays with a row for each word."""

    likeliest: NDArray[Any]
    """Of the columns, left to right, and a row that spans the table."""
    tags: NDArray[Any]
    """Log probability of each of them."""
    begins: NDArray[Any]
    """Log probability that it begins its cell, and that it does not."""
    opens: NDArray[Any]
    """The same for opening a row."""

    def of(self, words: Any) -> Heard:
        """The same of some of the words: a slice, their places, or a flag for each."""
        return Heard(*(told[words] for told in self))


CERTAIN, CERTAIN_WEIGHT = (0.955, 0.975), 1.8
"""Between these means of what it gives its likeliest answers the tagger comes to count for so many times as much: of
a table that it is sure of throughout it is mostly right. Of a real plan it was 0.90, of drawn tables 0.94 to 0.99."""


def heard(answers: NDArray[Any], order: Sequence[int]) -> Heard:
    """The tagger's answers (words, answers) of one table, for the columns that ``order`` lists, left to right."""
    import numpy as np

    told = np.asarray(answers, dtype=np.float64)
    certain = float(np.exp(told[:, :N_TAGS].max(1)).mean()) if len(told) else 0.0
    weight = 1 + (CERTAIN_WEIGHT - 1) * min(1.0, max(0.0, (certain - CERTAIN[0]) / (CERTAIN[1] - CERTAIN[0])))
    tags = told[:, [*order, SPAN]]
    odds = np.clip(told[:, [BEGINS, OPENS]], -8.0, 8.0)
    yes_no = np.stack([-np.log1p(np.exp(-odds)), -np.log1p(np.exp(odds))], axis=2) * weight
    likeliest = tags.argmax(1)
    sure_span = np.exp(tags[:, -1])
    tags = np.maximum(tags, LEAST)
    tags[:, -1] += SPAN_GAIN * sure_span
    return Heard(likeliest, tags * weight, yes_no[:, 0], yes_no[:, 1])

"""Words that surely belong together: a line of a table cut at every place where a cell might end.

A gap between two words may be a border between cells if a rule or a wide gap stands there, if the second
word hardly ever follows the first, or if a new sentence begins. Where none of this holds the words stay
together, so that the search has four or five pieces a line to place instead of fifteen words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from planparse.recognise.tables.language import FOLLOW_BUCKETS, ColumnLanguage
from planparse.recognise.tables.tags import BEGINS, N_TAGS, OPENS, SPAN
from planparse.recognise.tables.words import SPACE_WIDTH, Word

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
    return _manner(word.text)


@lru_cache(maxsize=65536)
def _manner(text: str) -> int:
    first = text.lstrip("“\"'(‘")[:1]
    if first in "-–+•*":
        return DASH
    if first.isdigit():
        return DIGIT
    return CAPITAL if first.isupper() else LOWER


def ending(word: Word) -> int:
    """OPEN, COMMA, CLAUSE or FULL_STOP, by the word's last character."""
    last = word.text[-1]
    if last == ",":
        return COMMA
    if last in ";:":
        return CLAUSE
    return FULL_STOP if last == "." else OPEN


@lru_cache(maxsize=4096)
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
    speaks: tuple[float, ...]
    opens: tuple[float, ...]
    tags: Sequence[float]  # what the tagger gives its words for each column, and for a row that spans the table
    begins: Sequence[float]  # log probability, by the tagger, that it begins its cell, and that it does not
    row_opens: Sequence[float]  # the same for opening a row
    line_gaps: int  # how many likely borders the line holds
    line_width: float
    closes_line: bool


def gap_feature(ruled: bool, follow: int, previous_ending: int, starts: int) -> tuple[int, int]:
    """Places of the two learned weights that judge a gap."""
    return (
        (FOLLOW_BUCKETS if ruled else 0) + follow,
        2 * FOLLOW_BUCKETS + previous_ending * 4 + starts,
    )


N_GAP_WEIGHTS = 2 * FOLLOW_BUCKETS + 16 + 1


def border_probability(language: ColumnLanguage, one: int, two: int) -> float:
    """How likely a border between cells stands in a gap, by its two features alone."""
    score = language.gaps[one] + language.gaps[two] + language.gaps[-1]
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


SURE = 0.015
"""Below this probability a gap is no border."""


LEAST, FLOOR = -2.0, -5.0
"""No word, and no piece, counts for less, whatever the tagger says of it: it is sometimes wrong."""


SPAN_GAIN = 1.5
"""What a word counts more that the tagger surely takes for one of a row that spans the table: there it is right."""


class Heard(NamedTuple):
    """What the tagger says of a word, as the search weighs it."""

    likeliest: int  # of the columns, left to right, and a row that spans the table
    tags: Sequence[float]  # log probability of each of them
    begins: Sequence[float]  # log probability that it begins its cell, and that it does not
    opens: Sequence[float]  # the same for opening a row


CERTAIN, CERTAIN_WEIGHT = (0.955, 0.975), 1.8
"""Between these means of what it gives its likeliest answers the tagger comes to count for so many times as much: of
a table that it is sure of throughout it is mostly right. Of a real plan it was 0.90, of drawn tables 0.94 to 0.99."""


def heard(answers: NDArray[Any], order: Sequence[int]) -> list[Heard]:
    """The tagger's answers (words, answers) of one table, for the columns that ``order`` lists, left to right."""
    import numpy as np

    told = np.asarray(answers, dtype=np.float64)
    certain = float(np.exp(told[:, :N_TAGS].max(1)).mean()) if len(told) else 0.0
    weight = 1 + (CERTAIN_WEIGHT - 1) * min(1.0, max(0.0, (certain - CERTAIN[0]) / (CERTAIN[1] - CERTAIN[0])))
    tags = told[:, [*order, SPAN]]
    odds = np.clip(told[:, [BEGINS, OPENS]], -8.0, 8.0)
    yes_no = np.stack([-np.log1p(np.exp(-odds)), -np.log1p(np.exp(odds))], axis=2) * weight
    begins, opens = yes_no.transpose(1, 0, 2).tolist()
    likeliest = tags.argmax(1).tolist()
    sure_span = np.exp(tags[:, -1])
    tags = np.maximum(tags, LEAST)
    tags[:, -1] += SPAN_GAIN * sure_span
    tags = (tags * weight).tolist()
    return list(map(partial(tuple.__new__, Heard), zip(likeliest, tags, begins, opens, strict=True)))


def cut_line(
    language: ColumnLanguage, words: Sequence[Word], told: Sequence[Heard], offset: int, row: int, before: int
) -> list[Chunk]:
    """Cut the words of one line into chunks; ``offset`` is the place of its first word in the region.

    ``told`` is what the tagger says of each word.
    """
    count = len(words)
    ids = [language.id(w) for w in words]
    follows = [0] + [language.follow(a, b) for a, b in pairwise(ids)]
    starts, endings = [manner(w) for w in words], [ending(w) for w in words]
    known = language.borders
    borders = [0.0]
    for gap in zip([w.ruled for w in words[1:]], follows[1:], endings, starts[1:], strict=False):
        likely_border = known.get(gap)
        if likely_border is None:
            likely_border = known[gap] = border_probability(language, *gap_feature(*gap))
        borders.append(likely_border)
    labels = label_class(words[0].text)
    cuts = [0]
    for i in range(1, count):
        label_ends = i == 1 and labels != 0
        shred = (not ids[i]) or (not ids[i - 1])
        if borders[i] > SURE or label_ends or shred or told[i].likeliest != told[i - 1].likeliest:
            cuts.append(i)
    cuts.append(count)
    likely = sum(p > 0.5 for p in borders)
    line_width = sum([w.width for w in words]) + SPACE_WIDTH * (count - 1)
    chunks = []
    full_tail = 0
    for a, b in pairwise(cuts):
        before_it, full_head = full_tail, language.full_id(words[a])
        full_tail = full_head if b - a == 1 else language.full_id(words[b - 1])
        first, inside = words[a], ids[a:b]
        head = ids[a + 1] if first.key == "<mark>" and b - a > 1 else ids[a]
        alone = b - a == 1
        chunks.append(
            Chunk(
                first=offset + a,
                last=offset + b - 1,
                row=row,
                opens_line=a == 0,
                before=before,
                ruled=first.ruled,
                follow=follows[a],
                previous_ending=endings[a - 1] if a else 0,
                manner=starts[a],
                ending=endings[b - 1],
                label=labels if a == 0 and b == 1 else 0,
                unknown=inside.count(0),
                head_id=ids[a],
                tail_id=ids[b - 1],
                full_follow=language.full_follow(before_it, full_head) if a else 0,
                full_head=full_head,
                full_tail=full_tail,
                head_width=first.width,
                width=first.width if alone else sum([w.width for w in words[a:b]]) + SPACE_WIDTH * (b - a - 1),
                speaks=language.speaks[ids[a]] if alone else _sums([language.speaks[i] for i in inside]),
                opens=language.opens[head],
                tags=told[a].tags if alone else _floored([word.tags for word in told[a:b]]),
                begins=told[a].begins,
                row_opens=told[a].opens,
                line_gaps=likely,
                line_width=line_width,
                closes_line=b == count,
            )
        )
    return chunks


def _sums(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _floored(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    return tuple([FLOOR if total < FLOOR else total for total in _sums(rows)])

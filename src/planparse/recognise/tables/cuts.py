"""Words that surely belong together: lines of a table cut at every place where a cell might end.

A gap between two words may be a border between cells if a rule or a wide gap stands there, if the second
word hardly ever follows the first, or if a new sentence begins. Where none of this holds the words stay
together, so that the search has four or five pieces a line to place instead of fifteen words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.chunks import FLOOR, Chunk, Heard
from planparse.recognise.tables.language import ColumnLanguage
from planparse.recognise.tables.moves import Label, may_be_number, read_label
from planparse.recognise.tables.words import SPACE_WIDTH, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PLACES = (
    "row", "opens_line", "before", "ruled", "follow", "previous_ending", "manner", "ending", "label", "head_id",
    "tail_id", "full_follow", "full_head", "full_tail", "line_gaps", "closes_line", "number", "may_number",
)  # fmt: skip
LAYOUT = [
    *((name, "f8") for name in ("head_width", "width", "line_width")), ("begins", "f8", 2), ("row_opens", "f8", 2),
    *((name, "i4") for name in _PLACES),
]  # fmt: skip
"""A row of ``Chunks.table``, as ``Chunk`` of ``native/search.h``: fields of a :class:`~.chunks.Chunk`, then which of
``Chunks.labels`` its label shows (-1 for none) and whether that may be a row's number."""
NO_LABEL = -1
SURE = 0.015
"""Below this probability a gap is no border."""


@dataclass(frozen=True)
class Chunks:
    """The pieces of a table's lines in order, laid out in arrays; they come one by one as :class:`~.chunks.Chunk`."""

    table: NDArray[Any]
    """(chunks), of :data:`LAYOUT`."""
    first: NDArray[Any]
    last: NDArray[Any]
    """Places of their words, the last one of theirs."""
    unknown: NDArray[Any]
    speaks: NDArray[Any]
    opens: NDArray[Any]
    """(chunks, kinds)"""
    tags: NDArray[Any]
    """(chunks, columns and one more)"""
    labels: tuple[Label, ...]
    """The numbers that they show, once each; the first stands for a title with a label that is no number."""

    def __len__(self) -> int:
        return len(self.table)

    def __iter__(self) -> Iterator[Chunk]:
        return iter(self._rows)

    def until(self, count: int) -> Chunks:
        """The first ``count`` of them."""
        return Chunks(
            self.table[:count], self.first[:count], self.last[:count], self.unknown[:count],
            self.speaks[:count], self.opens[:count], self.tags[:count], self.labels,
        )  # fmt: skip

    @cached_property
    def _rows(self) -> list[Chunk]:
        fields = {name: self.table[name].tolist() for name, *_ in LAYOUT}
        fields |= {name: self.table[name].astype(bool).tolist() for name in ("opens_line", "ruled", "closes_line")}
        beside = ("first", "last", "unknown", "speaks", "opens", "tags")
        fields |= {name: getattr(self, name).tolist() for name in beside}
        return list(map(Chunk._make, zip(*(fields[name] for name in Chunk._fields), strict=True)))


def cut_lines(
    language: ColumnLanguage, words: Sequence[Word], rows: NDArray[Any], before: Sequence[int], told: Heard
) -> Chunks:
    """Cut lines into chunks.

    ``rows`` (words): the line that each word is of, in order; ``before``: what stands before each line; ``told``:
    what the tagger says of each word.
    """
    import numpy as np

    forms = language.forms(words)
    ids, fulls, manners = (forms[name].astype(np.intp) for name in ("id", "full_id", "manner"))
    endings, classes = forms["ending"], forms["label"]
    widths = np.array([word.width for word in words])
    ruled = np.array([word.ruled for word in words], dtype=np.intp)
    opens = np.r_[True, rows[1:] != rows[:-1]]
    starts = np.flatnonzero(opens)
    line = np.cumsum(opens) - 1  # rows may be missing; lines are those that are there

    def shifted(of: NDArray[Any]) -> NDArray[Any]:
        """What the word before has; 0 at the start of a line."""
        return np.where(opens, 0, np.r_[0, of[:-1]])

    id_before, ending_before, full_before = shifted(ids), shifted(endings), shifted(fulls)
    follows = np.where(opens, 0, language.buckets[id_before, ids])
    borders = np.where(opens, 0.0, language.borders[ruled, follows, ending_before, manners])
    after_label = shifted(opens & (classes != 0)) != 0
    differs = np.r_[True, told.likeliest[1:] != told.likeliest[:-1]]
    shred = (ids == 0) | (id_before == 0)
    first = np.flatnonzero(opens | (borders > SURE) | after_label | shred | differs)
    last = np.r_[first[1:], len(words)] - 1
    count = last - first + 1
    of_line = line[first]

    line_counts = np.diff(starts, append=len(words))
    line_widths = _sums(widths, starts, line_counts) + SPACE_WIDTH * (line_counts - 1)
    tags = _sums(told.tags, first, count)
    heads = first + (forms["mark"][first] & (count > 1))  # a mark says nothing of the column that it opens
    labelled = np.where(opens[first] & (count == 1), classes[first], 0)
    labels, number, may_number = _labels(words, first, labelled)

    table = np.empty(len(first), dtype=LAYOUT)
    for name, values in (
        ("head_width", widths[first]),
        ("width", _sums(widths, first, count) + SPACE_WIDTH * (count - 1)),
        ("line_width", line_widths[of_line]),
        ("begins", told.begins[first]),
        ("row_opens", told.opens[first]),
        ("row", rows[first]),
        ("opens_line", opens[first]),
        ("before", np.array(before)[rows[first]]),
        ("ruled", ruled[first]),
        ("follow", follows[first]),
        ("previous_ending", ending_before[first]),
        ("manner", manners[first]),
        ("ending", endings[last]),
        ("label", labelled),
        ("head_id", ids[first]),
        ("tail_id", ids[last]),
        ("full_follow", language.full_follows(full_before[first], fulls[first])),
        ("full_head", fulls[first]),
        ("full_tail", fulls[last]),
        ("line_gaps", np.add.reduceat(borders > 0.5, starts, dtype=np.intp)[of_line]),
        ("closes_line", np.r_[opens[1:], True][last]),
        ("number", number),
        ("may_number", may_number),
    ):
        table[name] = values
    return Chunks(
        table, first, last, np.add.reduceat(ids == 0, first, dtype=np.intp),
        _sums(language.speech[ids], first, count), language.openings[ids[heads]],
        np.where(count[:, None] > 1, np.maximum(tags, FLOOR), tags), labels,
    )  # fmt: skip


def cut_line(
    language: ColumnLanguage, words: Sequence[Word], told: Heard, offset: int, row: int, before: int
) -> list[Chunk]:
    """The chunks of one line; ``offset`` is the place of its first word in the region, ``row`` its own."""
    import numpy as np

    chunks = cut_lines(language, words, np.zeros(len(words), dtype=np.intp), [before], told)
    return [chunk._replace(first=chunk.first + offset, last=chunk.last + offset, row=row) for chunk in chunks]


def _labels(
    words: Sequence[Word], first: NDArray[Any], labelled: NDArray[Any]
) -> tuple[tuple[Label, ...], NDArray[Any], NDArray[Any]]:
    """The numbers that labels show, for each chunk which of them it shows, and whether that may be a row's."""
    import numpy as np

    known: dict[Label, int] = {(0,): 0}
    number = np.full(len(first), NO_LABEL)
    may_number = np.zeros(len(first), dtype=bool)
    for at in np.flatnonzero(labelled).tolist():
        text = words[first[at]].text
        found = read_label(text)
        if found is not None:
            number[at] = known.setdefault(found, len(known))
        may_number[at] = may_be_number(int(labelled[at]), text)
    return tuple(known), number, may_number


def _sums(rows: NDArray[Any], first: NDArray[Any], count: NDArray[Any]) -> NDArray[Any]:
    """The sums of ``count`` rows from each ``first``, added up one after the other as Python would."""
    import numpy as np

    sums = rows[first]
    for at in range(1, int(count.max())):
        longer = np.flatnonzero(count > at)
        sums[longer] += rows[first[longer] + at]
    return np.asarray(sums)

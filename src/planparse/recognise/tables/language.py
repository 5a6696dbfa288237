"""What the columns of plans sound like: learned tables, loaded once.

Three small tables over folded words, estimated by ``training/columns.py`` from tables rendered, read by
OCR, and known word by word:

* ``follows``: which word may follow which inside a cell (pointwise mutual information of the corpus);
* ``speaks``: how much a word speaks for a kind of column, ``opens``: the same for the first word of a cell;
* ``junk``: how much a word speaks for a speck, and ``specks``: the weights that tell specks from words;
* ``weights``: of the moves between cells (see :mod:`planparse.recognise.tables.moves`), ``gaps``: of the
  gaps between words.
"""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.forms import WordForms
from planparse.recognise.tables.words import Word, full_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAGGED = (0.25, 0.25, 0.25)
"""Weights of what the tagger says of a piece, before they are fitted: its column, whether it begins a cell, or
a row."""
FOLLOW_BUCKETS = 8
"""Bucket 0 holds pairs of which a word is unknown, 1 pairs that avoid each other … 7 set phrases."""


def follow_bucket(half_nats: int) -> int:
    """The bucket of a pair of known words, by its mutual information in half nats."""
    for bucket, limit in enumerate((-3, -1, 1, 3, 5, 8), 1):
        if half_nats < limit:
            return bucket
    return FOLLOW_BUCKETS - 1


def gap_feature(ruled: bool, follow: int, previous_ending: int, starts: int) -> tuple[int, int]:
    """Places of the two learned weights that judge a gap."""
    return (
        (FOLLOW_BUCKETS if ruled else 0) + follow,
        2 * FOLLOW_BUCKETS + previous_ending * 4 + starts,
    )


N_GAP_WEIGHTS = 2 * FOLLOW_BUCKETS + 16 + 1


@dataclass(frozen=True)
class ColumnLanguage:
    """The learned tables; see the module's docstring."""

    index: dict[str, int]
    full_index: dict[str, int]
    pairs: dict[int, int]
    common: array[float]
    follows: tuple[bytes, ...]
    speaks: list[tuple[float, ...]]
    opens: list[tuple[float, ...]]
    gaps: list[float]
    specks: list[float]
    junk: list[float]
    weights: list[float]

    @cached_property
    def buckets(self) -> Any:
        """The buckets of all pairs of folded words, (v, v) as uint8."""
        import numpy as np

        return np.frombuffer(b"".join(self.follows), dtype=np.uint8).reshape(len(self.follows), -1)

    @cached_property
    def borders(self) -> Any:
        """How likely a border between cells stands in a gap: (ruled, follow, ending before, manner), doubles."""
        import numpy as np

        def likely(one: int, two: int) -> float:
            score = self.gaps[one] + self.gaps[two] + self.gaps[-1]
            return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

        shape = (2, FOLLOW_BUCKETS, 4, 4)
        return np.array([likely(*gap_feature(bool(ruled), *rest)) for ruled, *rest in np.ndindex(shape)]).reshape(
            shape
        )

    @cached_property
    def forms(self) -> WordForms:
        """What is known of words by themselves."""
        return WordForms(self.index, self.full_index)

    @cached_property
    def speech(self) -> Any:
        """:attr:`speaks` as an array."""
        import numpy as np

        return np.array(self.speaks)

    @cached_property
    def openings(self) -> Any:
        """:attr:`opens` as an array."""
        import numpy as np

        return np.array(self.opens)

    @cached_property
    def arrays(self) -> tuple[Any, Any, Any, Any]:
        """:attr:`buckets`, the keys of ``pairs`` in order, their buckets, and ``common``, for the compiled search."""
        import numpy as np

        keys = np.array(sorted(self.pairs), dtype=np.int64)
        found = np.fromiter(map(self.pairs.__getitem__, keys.tolist()), dtype=np.uint8, count=len(keys))
        return self.buckets, keys, found, np.frombuffer(self.common)

    def id(self, word: Word) -> int:
        """The word's place in the vocabulary; 0 for words that the corpus does not know."""
        return self.index.get(word.key, 0)

    def follow(self, before: int, after: int) -> int:
        """Bucket of how well one word follows another, by their ids."""
        return self.follows[before][after]

    def full_id(self, word: Word) -> int:
        """The word's place in the vocabulary of words with their marks; 0 for words that it lacks."""
        return self.full_id_of(word.text)

    def full_id_of(self, text: str) -> int:
        """The same, by how the word is written."""
        return self.full_index.get(full_key(text), 0)

    def full_follow(self, before: int, after: int) -> int:
        """Bucket of how well one word follows another, marks counted: 0 unknown … 7 set phrase.

        A pair of common words that were never seen together is bucket 1: they avoid each other.
        """
        if not before or not after:
            return 0
        seen = self.pairs.get(before * len(self.full_index) + after)
        if seen is not None:
            return seen
        return 1 if self.common[before] + self.common[after] > 0 else 2

    def full_follows(self, before: NDArray[Any], after: NDArray[Any]) -> NDArray[Any]:
        """:meth:`full_follow` for many pairs."""
        import numpy as np

        _, keys, buckets, common = self.arrays
        pairs = before * len(self.full_index) + after
        at = np.minimum(np.searchsorted(keys, pairs), len(keys) - 1)
        unseen = np.where(common[before] + common[after] > 0, 1, 2)
        found = np.where(keys[at] == pairs, buckets[at], unseen)
        return np.asarray(np.where((before != 0) & (after != 0), found, 0))


def full_bucket(half_nats: int) -> int:
    """The bucket of a pair that was seen, by its mutual information in half nats."""
    return 3 + sum(half_nats >= limit for limit in (0, 3, 6, 10))


def read_language(path: Path) -> ColumnLanguage:
    """Load the tables from the file that the trainer wrote."""
    import numpy as np

    with path.open("rb") as file, np.load(file) as data:
        arrays: dict[str, Any] = {name: data[name] for name in data.files}
    buckets = np.array([follow_bucket(v) for v in range(-128, 128)], dtype=np.uint8)
    table = buckets[arrays["follows"].astype(np.int16) + 128]
    table[0, :] = table[:, 0] = 0
    full_buckets = np.array([full_bucket(v) for v in range(-128, 128)])
    pair_buckets = full_buckets[arrays["pair_values"].astype(np.int16) + 128].tolist()
    return ColumnLanguage(
        index={word: i for i, word in enumerate(arrays["vocabulary"].tolist())},
        full_index={word: i for i, word in enumerate(arrays["full_vocabulary"].tolist())},
        pairs=dict(zip(np.cumsum(arrays["pair_steps"], dtype=np.int64).tolist(), pair_buckets, strict=True)),
        common=array("d", arrays["common"].astype(float).tobytes()),
        follows=tuple(row.tobytes() for row in table),
        speaks=list(map(tuple, (arrays["speaks"].astype(np.float32) / 32).T.tolist())),
        opens=list(map(tuple, (arrays["opens"].astype(np.float32) / 32).T.tolist())),
        gaps=arrays["gaps"].astype(float).tolist(),
        specks=arrays["specks"].astype(float).tolist(),
        junk=(arrays["junk"].astype(float) / 32).tolist(),
        weights=[*arrays["weights"].astype(float).tolist(), *arrays["tagged"].astype(float).tolist()],
    )


@lru_cache(maxsize=1)
def column_language() -> ColumnLanguage:
    """The tables that ship with the package."""
    with resources.as_file(resources.files("planparse") / "data" / "columns.npz") as path:
        return read_language(path)

"""What tells a word that is none of its cell's: a shred of the cell beside it, or a word made of ruined ink.

One row of numbers for each word: how sure the restorer is of it and how like its ink it looks, how well the language
goes on with it and without it, what the tagger said of the ink, how it is written, where it stands, and how often the
document says it, and says it so. :mod:`strays` judges a word by its own row and those of its neighbours.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz

from planparse.recognise.tables.tags import BEGINS, JUNK, N_TAGS, OPENS, SPAN
from planparse.recognise.tables.words import plain_letters
from planparse.recognise.tables.wrecks import EDGE
from planparse.restore.model import load
from planparse.restore.words import CODE_ID, SPECIAL, UNK, N, P, S, fold_case

if TYPE_CHECKING:
    from numpy.typing import NDArray

SURE, AT_HOME = 0.98, -1.0
"""A word is in doubt when the restorer is less sure of it, or the tagger less (log probability) of its column."""
REACH = 2
"""Words to the left and to the right that a word is judged by."""

_NUMBER = re.compile(r"[\d.,%/-]+")
_NO_LETTER = re.compile(r"\W")
_ODD_SIGN = re.compile(r"[^\w\s.,;:()/%-]")
_BROKEN = re.compile(r"[a-z][A-Z]|\d[A-Za-z]|[A-Za-z]\d")
BEHIND = 3
"""Words that the language model sees before a word."""
FLOOR, ODDS = -8.0, 6.0
"""Least log probability of the tagger that is told, and farthest of its log odds."""
_NO_ANSWERS = 1e3
_LOOKS, _HEARD = 20, 7
OWN, OTHER, FITS = 1 + _LOOKS, 3 + _LOOKS, 1 + _LOOKS + _HEARD
"""Places among the signs: what the tagger gives a word for its column, and for the likeliest other; how much likelier
(log odds) the words around are with it."""


class Asked(NamedTuple):
    """A word of a cell: as it was restored, its ink, how sure the restorer is, the place of its column among the
    tagger's answers, these (None where the tagger never saw it), whether it is the first or the last word of its
    line in the cell, and whether that line is full."""

    text: str
    ink: str
    sure: float
    column: int
    answers: NDArray[Any] | None
    opens: bool
    closes: bool
    full: bool

    @property
    def doubtful(self) -> bool:
        """Whether anything speaks against it at first sight."""
        stranger = self.answers is not None and self.answers[self.column] < AT_HOME
        return stranger or unsure(self.text, self.sure)


Cells = Sequence[Sequence[Asked]]


def unsure(text: str, sure: float) -> bool:
    """Whether the restorer doubts a word, or the language model does not know it."""
    return sure < SURE or language_number(text) == UNK


def signs_of(cells: Cells, document: Iterable[Sequence[str]]) -> NDArray[Any]:
    """Signs of all words of some cells, (words, signs); ``document``: the words of all cells of the document."""
    import numpy as np

    words = [word for cell in cells for word in cell]
    looks = np.array([_look(word.text, word.ink) for word in words], dtype=np.float32)
    sure = np.array([math.log(p / (1 - p)) for word in words for p in (min(max(word.sure, 1e-3), 1 - 1e-3),)])
    places = [
        (word.opens, word.closes, word.full, at == 0, at == len(cell) - 1)
        for cell in cells
        for at, word in enumerate(cell)
    ]
    signs = [sure[:, None], looks, _heard(words), _language(cells), _document(cells, document), np.array(places)]
    return np.concatenate(signs, axis=1).astype(np.float32)


@lru_cache(maxsize=65536)
def _look(text: str, ink: str) -> tuple[float, ...]:
    """What a word shows by itself."""
    number = language_number(text)
    letters, left = plain_letters(text), plain_letters(ink)
    return (
        number == UNK,
        number == CODE_ID,
        number == N,
        number == P,
        fuzz.ratio(letters, left) / 100,
        min(len(letters), 8),
        min(len(left), 10),
        not left,
        _ODD_SIGN.search(ink) is not None,
        _BROKEN.search(ink) is not None,
        ink.isupper(),
        ink[:1].isupper(),
        text[:1].isupper(),
        text.isdigit(),
        text.endswith((".", ";", ":")),
        text.endswith(","),
        float(load().language.unigram[number]),
        text.isupper(),
        text[:1] in "-–+•",
        text[:1] in '(“"',
    )


@lru_cache(maxsize=65536)
def language_number(text: str) -> int:
    """The number under which the language model knows a word."""
    bare = fold_case(text.strip(EDGE))
    if not bare:
        return P
    known = load().numbers.get(bare)
    if known is not None and known >= len(SPECIAL):
        return known
    if _NUMBER.fullmatch(bare):
        return N
    return CODE_ID if "/" in bare or any(c.isdigit() for c in bare) else UNK


def _heard(words: Sequence[Asked]) -> NDArray[Any]:
    """What the tagger said: the word's column, a speck, the likeliest other, a row across, begins, opens a row; and
    whether it said anything."""
    import numpy as np

    heard = np.zeros((len(words), _HEARD), dtype=np.float32)
    at = [n for n, word in enumerate(words) if word.answers is not None]
    if not at:
        return heard
    answers = np.array([words[n].answers for n in at])
    tags = answers[:, :N_TAGS]
    rows, columns = np.arange(len(at)), np.array([words[n].column for n in at])
    own = tags[rows, columns]
    others = tags.copy()
    others[rows, columns] = -_NO_ANSWERS
    told = np.stack([own, tags[:, JUNK], others.max(1), tags[:, SPAN]], axis=1)
    odds = np.clip(answers[:, [BEGINS, OPENS]], -ODDS, ODDS)
    heard[at] = np.concatenate([np.maximum(told, FLOOR), odds, np.ones((len(at), 1))], axis=1)
    return heard


def _language(cells: Cells) -> NDArray[Any]:
    """How much likelier the words around are with a word than without it, and how likely it is behind the last."""
    import numpy as np

    model = load().language
    ends = [S] * BEHIND
    line = np.array(
        [*chain.from_iterable([*ends, *(language_number(word.text) for word in cell)] for cell in cells), *ends]
    )
    sizes = np.array([len(cell) for cell in cells])
    at = np.arange(sizes.sum()) + BEHIND * (1 + np.repeat(np.arange(len(cells)), sizes))
    around = line[at[:, None] + np.arange(-BEHIND, BEHIND + 1)]
    without = np.delete(around, BEHIND, axis=1)
    grams = [around[:, n : n + BEHIND + 1] for n in range(BEHIND + 1)]
    grams += [without[:, n : n + BEHIND + 1] for n in range(BEHIND)]
    told = model.log_p(np.concatenate(grams)).reshape(len(grams), -1)  # all at once: each question costs
    with_it, rest = told[: BEHIND + 1], told[BEHIND + 1 :]
    return np.stack([with_it.sum(0) - rest.sum(0), with_it[0]], axis=1)


def _document(cells: Cells, document: Iterable[Sequence[str]]) -> NDArray[Any]:
    """How often the document says a word elsewhere, behind the word before it, and before the word after it; and how
    often those two without it."""
    import numpy as np

    alone: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for texts in document:
        keys = [letters_with_marks(text) for text in texts]
        alone.update(keys)
        pairs.update(pairwise(["^", *keys, "$"]))
    rows = []
    for cell in cells:
        keys = ["^", *(letters_with_marks(word.text) for word in cell), "$"]
        for before, key, after in zip(keys, keys[1:], keys[2:], strict=False):
            rows.append((alone[key] - 1, pairs[before, key] - 1, pairs[key, after] - 1, pairs[before, after]))
    return np.minimum(np.log1p(np.maximum(np.array(rows, dtype=np.float32), 0)), (4, 3, 3, 3))


@lru_cache(maxsize=65536)
def letters_with_marks(word: str) -> str:
    return _NO_LETTER.sub("", word).lower()

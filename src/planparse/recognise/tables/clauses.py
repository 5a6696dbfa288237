"""The clauses of office cells: ``Sở Nội vụ; | các sở, ban, ngành; | UBND các xã, phường``.

Cells that are unlike any other are often made of what others say: the same offices in another company.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from planparse.recognise.tables.deadline_forms import Example
from planparse.recognise.tables.doubts import word_key

DUTIES = frozenset({("chu", "tri"), ("phoi", "hop"), ("tham", "muu"), ("thuc", "hien")})
"""Words that say what an office has to do: a clause of their own begins with them."""
SHORTEST = 2
"""Words of a clause at least."""


def clauses_of(words: Sequence[str]) -> list[range]:
    """Where the clauses of a cell stand among its words: at bullets, duties, and after ``;``, ``.`` and ``:``."""
    keys = [word_key(word) for word in words]
    starts = [
        at
        for at in range(1, len(words))
        if words[at - 1].endswith((";", ".", ":"))
        or words[at] in ("-", "–", "•")
        or (at + 1 < len(words) and (keys[at], keys[at + 1]) in DUTIES)
    ]
    return [range(a, b) for a, b in pairwise([0, *starts, len(words)]) if b - a >= SHORTEST]


def known_clauses(examples: Iterable[Example]) -> list[Example]:
    """The clauses of clean cells, with how often they come."""
    found: dict[tuple[str, ...], Example] = {}
    for example in examples:
        for span in clauses_of(example.words):
            words = example.words[span.start : span.stop]
            keys = tuple(word_key(word) for word in words)
            clause = found.setdefault(keys, Example(keys, words, sure=0.0, settled=0.0))
            clause.texts[" ".join(words)] += len(example.places)
            clause.places += example.places
            clause.sure = max(clause.sure, example.sure)
            clause.settled = max(clause.settled, example.settled)
    return sorted(found.values(), key=lambda clause: -len(clause.places))

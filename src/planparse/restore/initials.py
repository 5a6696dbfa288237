"""Abbreviations nobody has seen (``VBĐT``): which of their D are Đ, told from the abbreviations of the corpus."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import cache, cached_property
from importlib import resources
from itertools import product

_MOST = 3
"""D's to weigh in one word; what has more is no abbreviation."""
_LONG, _REPEATED = 4, 3
"""Letters that an abbreviation needs to be told from its neighbours, and sightings of the one that counts."""
_SURE = 2.0
"""Nats by which Đ must be likelier than the D that the ink shows."""


def agree_on(form: str, often: Mapping[str, int]) -> str:
    """An abbreviation met once as the one letter-for-letter neighbour that the document repeats.

    >>> agree_on("VPQPPL", {"VBQPPL": 7, "CCHC": 9})
    'VBQPPL'
    """
    near = [
        other
        for other, count in often.items()
        if count >= _REPEATED
        and len(other) == len(form)
        and sum(a != b for a, b in zip(form, other, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 and len(form) >= _LONG and often.get(form, 0) <= 1 else form


@cache
def _known() -> dict[str, str]:
    """Abbreviations of ``data/abbreviations.tsv`` by what is left of them without the bars of their Đ."""
    lines = (
        resources.files("planparse").joinpath("data", "abbreviations.tsv").read_text(encoding="utf-8").splitlines()
    )
    forms = (line.split("\t")[0] for line in lines if line and not line.startswith("#"))
    return {form.replace("Đ", "D"): form for form in forms}


class Initials:
    """A letter trigram model over abbreviations; counts are damped, so that no single one rules."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    @cached_property
    def _letters(self) -> tuple[Counter[str], Counter[str]]:
        """How often two and three letters follow one another; counted when it is first asked for."""
        two: Counter[str] = Counter()
        three: Counter[str] = Counter()
        for word, count in self.counts.items():
            weight = max(1, round(math.sqrt(count)))
            padded = f"^{word}$"
            for at in range(len(padded) - 1):
                two[padded[at : at + 2]] += weight
                three[padded[at : at + 3]] += weight
        return two, three

    def mend(self, form: str) -> str:
        """The form with its D's as Đ where that is far likelier; any other form as it is.

        >>> Initials({"ĐT": 900, "CĐT": 100, "VBQPPL": 50}).mend("VBDT")
        'VBĐT'
        """
        if not 0 < form.count("D") <= _MOST or not form.isalpha() or form in self.counts:
            return form
        if (known := _known().get(form)) is not None:
            return known
        choices = ["".join(letters) for letters in product(*(("D", "Đ") if c == "D" else (c,) for c in form))]
        best = max(choices, key=self._worth)
        return best if self._worth(best) > self._worth(form) + _SURE else form

    def _worth(self, word: str) -> float:
        pairs, triples = self._letters
        padded = f"^{word}$"
        three = sum(math.log(triples[padded[at : at + 3]] + 0.5) for at in range(len(padded) - 2))
        two = sum(math.log(pairs[padded[at : at + 2]] + 1.0) for at in range(len(padded) - 1))
        return three + two + (3.0 + math.log(self.counts[word]) if word in self.counts else 0.0)

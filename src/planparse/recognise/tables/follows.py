"""Cells that follow another of their column because the odds say so.

The rules (:mod:`like_rules`) follow a cell only where every sound word stands in it. In ruined ink some sound words
are strays or misreadings themselves; then it must be weighed how much is alike, how much would have strayed in, been
lost or been read as something else, how often the other text comes, and how sure the table is of each piece. The
weights are learned from rendered tables (``python -m training follows``): a choice among the texts of the column and
the cell as it is. Beyond learning, some things are never done (:mod:`follow_rules`): a sure word is not read as
another, nothing is added to a cell that is sound, and figures are neither supplied nor dropped.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from planparse.recognise.tables.deadline_forms import Example
from planparse.recognise.tables.doubts import ink_key
from planparse.recognise.tables.figures import figures_agree
from planparse.recognise.tables.follow_rules import allowed, may_shorten
from planparse.recognise.tables.follow_signs import Signs, as_it_is, signs_of
from planparse.recognise.tables.laid import Laid, Question

ODDS = 0.5
"""How likely a text must be for a cell to follow it."""
OFFERED = 6
"""Texts that are weighed for a cell, the likest first."""
LIKE, ALIKE, KEPT = 0.45, 0.5, 0.35
"""Likeness from which a text is looked at and weighed, and the share of its letters that must stand in the cell."""


class Texts:
    """What cells of a column may follow, with their letters and those letters as ink is compared."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.examples = list(examples)
        self._times = {example.keys: len(example.places) for example in self.examples}
        self.times = sum(len(example.places) or 1 for example in self.examples)
        self._letters = [example.letters for example in self.examples]
        self._folded = [example.look for example in self.examples]

    def within(self, edits: Callable[[int], int], *, letters: Iterable[str], ink: str) -> list[Example]:
        """Those at most so many edits from an ink or from some letters; ``edits``: how many, by length."""
        distance, near = Levenshtein.distance, set[int]()
        for one, others in [(ink, self._folded), *((some, self._letters) for some in letters)]:
            found = process.extract(one, others, scorer=distance, score_cutoff=edits(len(one)), limit=None)
            near.update(at for _, _, at in found)
        return [self.examples[at] for at in sorted(near)]

    def said(self, keys: tuple[str, ...], by_itself: bool = False) -> bool:
        """Whether a text is among these; ``by_itself``: one time is the cell's own."""
        times = self._times.get(keys)
        return times is not None and not (by_itself and times == 1)

    def near(self, shown: str, ink: str) -> Iterator[tuple[float, Example]]:
        """Those that some letters, or the ink behind them, are like, and how like (0 to 1)."""
        found: dict[int, float] = {}
        by_letters = process.extract(shown, self._letters, scorer=fuzz.ratio, score_cutoff=100 * LIKE, limit=None)
        for _, percent, at in by_letters:
            found[at] = percent / 100
        similar = Levenshtein.normalized_similarity
        for _, alike, at in process.extract(ink, self._folded, scorer=similar, score_cutoff=LIKE, limit=None):
            found[at] = max(alike, found.get(at, 0.0))
        return ((found[at], self.examples[at]) for at in sorted(found))


def follow(cell: Question, texts: Sequence[Texts], year: str | None) -> Example | None:
    """The text that a cell very likely is; None where it is better left as it is."""
    offered = choices(cell, texts, year)
    if not offered:
        return None
    weights = learned_weights()
    scores = [sum(weights[name] * value for name, value in signs.items()) for _, signs in offered]
    best = max(range(len(offered)), key=scores.__getitem__)
    odds = 1 / sum(math.exp(score - scores[best]) for score in scores)
    return offered[best][0] if odds >= ODDS else None


def choices(
    cell: Question, texts: Sequence[Texts], year: str | None, ruled: bool = True
) -> list[tuple[Example | None, Signs]]:
    """The cell as it is (None) and the texts that it may be, with what speaks for each; nothing where none may.

    The learner sees the texts too that no cell may follow whatever the odds (``ruled`` false).
    """
    keys = tuple(word.key for word in cell.words)
    if any(some.said(keys, by_itself=not cell.broken) for some in texts):
        return []  # it says what others say
    shown, ink = "".join(keys), ink_key(cell.words)
    near = sorted((one for some in texts for one in some.near(shown, ink)), key=lambda one: -one[0])
    found: list[tuple[Example | None, Signs]] = []
    for _, example in near:
        if ruled and not cell.broken and not may_shorten(cell, example):
            continue
        by_letters = Levenshtein.normalized_similarity(shown, example.letters)
        by_ink = Levenshtein.normalized_similarity(ink, example.look)
        if example.keys == keys or max(by_ink, by_letters) < ALIKE:
            continue
        if not figures_agree(cell.words, example.keys, year):
            continue
        laid = Laid(cell, example)
        if ruled and not allowed(laid):
            continue
        signs = signs_of(laid)
        if signs["kept"] >= KEPT:
            found.append((example, signs | {"alike": by_letters, "alike by ink": by_ink}))
            if len(found) == OFFERED:
                break
    return [(None, as_it_is(cell)), *found] if found else []


@lru_cache(maxsize=1)
def learned_weights() -> defaultdict[str, float]:
    """The weight of each sign, by its name; 0 for those that the learner never saw."""
    raw = json.loads((resources.files("planparse") / "data" / "follows.json").read_text(encoding="utf-8"))
    return defaultdict(float, raw["weights"])

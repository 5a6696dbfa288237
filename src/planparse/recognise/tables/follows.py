"""Cells that follow another of their column because the odds say so.

The rules of :mod:`likes` follow a cell only where every sound word stands in it. In ruined ink some sound words are
strays or misreadings themselves; then it must be weighed how much is alike, how much would have strayed in, been lost
or been read as something else, how often the other text comes, and how sure the table is of each piece. The weights
are learned from rendered tables (``python -m training follows``): a choice among the texts of the column and the cell
as it is. Beyond learning, some things are never done: a sure word is not read as another, nothing is added to a cell
that is sound, and figures are neither supplied nor dropped.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from planparse.recognise.tables.alignment import Pair, align, likeness
from planparse.recognise.tables.deadline_forms import Example, form_words
from planparse.recognise.tables.doubts import CellWord, ink_key
from planparse.recognise.tables.figures import figures_agree

ODDS = 0.5
"""How likely a text must be for a cell to follow it."""
OFFERED = 6
"""Texts that are weighed for a cell, the likest first."""
LIKE, ALIKE, KEPT = 0.45, 0.5, 0.35
"""Likeness from which a text is looked at and weighed, and the share of its letters that must stand in the cell."""
SURE = 0.9
"""Confidence from which a word is not read as another."""
CLEAN = 0.8
"""The same of the worst word of a text that is to be followed."""
LOST = 0.4
"""Share of a text's letters that may be lost, besides half of those in doubt; of a deadline only as many as are in
doubt, for each of its words counts."""
LOST_AMID = 4
"""Letters that may be lost amid a cell, besides half of those in doubt beside them."""
SETTLED = 0.5
"""How sure the table may be at most of a piece that is dropped from a cell that is sound."""
HARDLY = 0.2
"""Likeness below which a word is not read as another; two letters in the name of an office may stand for anything."""
DATED = frozenset({"quy", "thang", "ngay"})
"""Deadlines whose figures are several: a word amid them may be one more."""
BESIDE = 2
"""Words that count as beside another."""

AS_IT_IS = "as it is"
Signs = dict[str, float]
"""What speaks for a choice, by name; letters in fives, at most six of them."""


class Cell(NamedTuple):
    """A cell in question: its words that have letters or figures, and for each of them its piece."""

    words: list[CellWord]
    pieces: list[int]
    settled: list[float]
    """How sure it is of the piece of each word that it is of this cell."""
    whole: bool
    """Its last word is one with which cells of the column end."""
    deadline: bool

    @property
    def broken(self) -> bool:
        """Whether a word of it is in doubt."""
        return any(word.doubtful for word in self.words)


class Texts:
    """What cells of a column may follow, with their letters and those letters as ink is compared."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self.examples = list(examples)
        self.known = {example.keys for example in self.examples}
        self._letters = [example.letters for example in self.examples]
        self._folded = [example.look for example in self.examples]

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


def follow(cell: Cell, texts: Sequence[Texts], year: str | None) -> Example | None:
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
    cell: Cell, texts: Sequence[Texts], year: str | None, ruled: bool = True
) -> list[tuple[Example | None, Signs]]:
    """The cell as it is (None) and the texts that it may be, with what speaks for each; nothing where none may.

    The learner sees the texts too that no cell may follow whatever the odds (``ruled`` false).
    """
    keys = tuple(word.key for word in cell.words)
    if any(keys in some.known for some in texts):
        return []  # it says what others say
    shown, ink = "".join(keys), ink_key(cell.words)
    near = sorted((one for some in texts for one in some.near(shown, ink)), key=lambda one: -one[0])
    found: list[tuple[Example | None, Signs]] = []
    for _, example in near:
        by_letters = Levenshtein.normalized_similarity(shown, example.letters)
        by_ink = Levenshtein.normalized_similarity(ink, example.look)
        if max(by_ink, by_letters) < ALIKE or not figures_agree(cell.words, example.keys, year):
            continue
        pairs = align(cell.words, example.keys)
        if ruled and not _allowed(cell, example, pairs):
            continue
        signs = _signs(cell, example, pairs)
        if signs["kept"] >= KEPT:
            found.append((example, signs | {"alike": by_letters, "alike by ink": by_ink}))
            if len(found) == OFFERED:
                break
    return [(None, _as_it_is(cell)), *found] if found else []


def _allowed(cell: Cell, example: Example, pairs: Sequence[Pair]) -> bool:
    """Whether a cell may be a text at all, whatever the odds."""
    words, keys = cell.words, example.keys
    met = [at for at, (one, other) in enumerate(pairs) if one is not None and other is not None]
    if not met or (not cell.broken and (len(example.places) == 1 or any(one is None for one, _ in pairs))):
        return False
    kept = _kept_pieces(cell, example, pairs)
    small = words[0].text[:1].islower()
    lost = 0
    for at, (one, other) in enumerate(pairs):
        if one is None:
            assert other is not None
            lost += len(keys[other])
            if at < met[0] and not small and not words[0].doubtful:
                return False
            if at > met[-1] and cell.whole:
                return False
            if met[0] < at < met[-1] and lost > LOST_AMID + _doubted(
                words, pairs[max(0, at - BESIDE) : at + BESIDE + 1]
            ):
                return False
            continue
        word = words[one]
        if other is not None and len(word.key) > 2 - cell.deadline and likeness(word, keys[other]) < HARDLY:
            return False
        if other is None and cell.deadline and met[0] < at < met[-1] and not DATED.isdisjoint(keys):
            return False  # it may be one more figure
        if word.doubtful or word.sure < SURE:
            if other is None and not cell.broken and cell.settled[one] > SETTLED:
                return False
        elif other is not None:
            near = not (cell.deadline and word.key in form_words()) and _nearly(word.key, keys[other])
            if word.key != keys[other] and not near:
                return False
        elif (cell.pieces[one] in kept and not (small and at < met[0])) or (
            not cell.broken and cell.settled[one] > SETTLED
        ):
            return False
    doubted = _doubted(words, pairs)
    return lost <= (2 * doubted if cell.deadline else LOST * len(example.letters) + doubted)


def _nearly(one: str, other: str) -> bool:
    return len(one) > 3 and Levenshtein.distance(one, other) < 2


def _kept_pieces(cell: Cell, example: Example, pairs: Sequence[Pair]) -> set[int]:
    """Pieces of a cell of which a word stands in the text."""
    return {
        cell.pieces[one]
        for one, other in pairs
        if one is not None and other is not None and cell.words[one].key == example.keys[other]
    }


def _doubted(words: Sequence[CellWord], pairs: Sequence[Pair]) -> float:
    """Half of the letters of the words in doubt."""
    return sum(len(words[one].key) for one, _ in pairs if one is not None and words[one].doubtful) / 2


def _signs(cell: Cell, example: Example, pairs: Sequence[Pair]) -> Signs:
    """What speaks for a cell being a text, and against it."""
    words, keys, times = cell.words, example.keys, len(example.places)
    met = [at for at, (one, other) in enumerate(pairs) if one is not None and other is not None] or [len(pairs)]
    kept = _kept_pieces(cell, example, pairs)
    letters: dict[str, float] = defaultdict(float)
    counts: dict[str, float] = defaultdict(float)
    same = 0
    for at, (one, other) in enumerate(pairs):
        if one is None:
            assert other is not None
            place = "before" if at < met[0] else "after" if at > met[-1] else "amid"
            letters[f"lost {place}"] += len(keys[other])
            counts["lost"] += 1
            counts["lost after"] += place == "after"
            if _within_piece(cell, pairs, at):
                letters["lost within a line"] += len(keys[other])
            if place == "before" and words[0].text[:1].isupper() and not words[0].doubtful:
                letters["lost before a capital"] += len(keys[other])
            continue
        word = words[one]
        sure = max(word.sure - CLEAN, 0) / (1 - CLEAN)
        if other is None:
            size = len(word.key)
            letters["stray, in doubt" if word.doubtful else "stray"] += size
            letters["stray, loose"] += size * (1 - cell.settled[one])
            letters["stray at an end"] += size * (at < met[0] or at > met[-1])
            if not word.doubtful:
                letters["stray, sure"] += size * sure * cell.settled[one]
                letters["stray within a line"] += size * (cell.pieces[one] in kept)
            if cell.pieces[one] not in kept:
                letters["stray line"] += size * cell.settled[one]
            counts["strays"] += 1
        elif word.key == keys[other]:
            same += len(word.key)
        else:
            alike = likeness(word, keys[other])
            wrong = (1 - alike) * max(len(word.key), len(keys[other]))
            letters["misread, in doubt" if word.doubtful else "misread"] += wrong
            letters["misread, sure"] += 0.0 if word.doubtful else wrong * sure
            counts["misread"] += 1
            counts["misread, unlike"] += alike < ALIKE - 0.1
    return {
        **{name: min(value, 30) / 5 for name, value in letters.items()},
        **{f"{name} words": min(value, 30) / 5 for name, value in counts.items()},
        "times": math.log(max(times, 0.5)),
        "often": float(times >= 3),
        "once": float(times <= 1),
        "usual form": float(times == 0),
        "kept": same / max(len(example.letters), 1),
        "same start": float(words[0].key == keys[0]),
        "same end": float(words[-1].key == keys[-1]),
        "text sure": example.sure,
        "text settled": example.settled,
    }


def _within_piece(cell: Cell, pairs: Sequence[Pair], at: int) -> bool:
    """Whether what was lost stands between two words of one line that are not in doubt."""
    before = next((one for one, _ in reversed(pairs[:at]) if one is not None), None)
    after = next((one for one, _ in pairs[at + 1 :] if one is not None), None)
    if before is None or after is None or cell.pieces[before] != cell.pieces[after]:
        return False
    return not cell.words[before].doubtful and not cell.words[after].doubtful


def _as_it_is(cell: Cell) -> Signs:
    """What speaks for leaving a cell as it is."""
    letters = sum(len(word.key) for word in cell.words)
    return {
        AS_IT_IS: 1.0,
        "in doubt": sum(len(word.key) for word in cell.words if word.doubtful) / max(letters, 1),
        "broken": float(cell.broken),
        "settled": min(cell.settled),
        "size": min(letters, 60) / 20,
        "deadline": float(cell.deadline),
        "ends": float(cell.words[-1].text.endswith((".", ";"))),
    }


@lru_cache(maxsize=1)
def learned_weights() -> defaultdict[str, float]:
    """The weight of each sign, by its name; 0 for those that the learner never saw."""
    raw = json.loads((resources.files("planparse") / "data" / "follows.json").read_text(encoding="utf-8"))
    return defaultdict(float, raw["weights"])

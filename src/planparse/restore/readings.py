"""What each piece of ink may be read as, under one profile of noise."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from unidecode import unidecode

from planparse.restore.channel import WIDTH, Scores
from planparse.restore.model import Model
from planparse.restore.spelling import canonical, is_syllable
from planparse.restore.tokens import CODE, MARK, NUMBER, STOP
from planparse.restore.words import CODE_ID, SPECIAL, UNK, N, P, S


@dataclass(frozen=True)
class Profile:
    """How a text was damaged: by ``eng`` or ``vie`` OCR, by losing its marks, or hardly at all."""

    name: str
    channel: str | None
    """Whose pairs explain the damage; None when only marks were lost."""
    faithful: float = 0.0
    """Share of words that are what they look like; 0 leaves that to the pairs."""
    language_weight: float = 0.85
    sharpness: float = 0.75
    """Scores are multiplied by this before they become probabilities: calibration on held-out pages."""


ENG = Profile("eng", "eng")
VIE = Profile("vie", "vie")
STRIPPED = Profile("stripped", None)
CLEAN = Profile("clean", "vie", faithful=0.9995)

UNKNOWN_PRICE = -1.0
UNKNOWN_LETTER = -2.3
"""A word outside the vocabulary is its own reading: so much, and so much a letter."""
NUMBER_LETTER = -1.2
WIDEST = 24
"""At most so many readings a piece."""
_FOREIGN_SAME, _FOREIGN_FOLDED = -0.4, -1.8


@dataclass
class Readings:
    """Growing table of forms; form *f* has the readings ``offsets[f]`` to ``offsets[f + 1]``."""

    model: Model
    profile: Profile
    index: dict[tuple[int, str], int] = field(default_factory=dict)
    offsets: list[int] = field(default_factory=lambda: [0])
    words: list[int] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    _folded: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Marks never vary; stripped text finds every word by its bare letters.
        for number, word in enumerate(self.model.words[len(SPECIAL) :], len(SPECIAL)):
            if self.profile.channel is None or not is_syllable(word):
                self._folded.setdefault(unidecode(word), []).append(number)

    def number_of(self, kind: int, form: str) -> int:
        """Index of a form, its readings worked out on first sight."""
        key = (kind, form)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.offsets) - 1
            scores = self._scores(kind, form)
            self.words += scores.keys()
            self.prices += scores.values()
            self.offsets.append(len(self.words))
        return found

    def _scores(self, kind: int, form: str) -> Scores:
        if kind == STOP:
            return {S: 0.0}
        if kind == MARK:
            return {P: 0.0}
        if kind == CODE:
            return {CODE_ID: 0.0}
        scores = self.explain(form)
        if kind == NUMBER:
            scores.setdefault(N, NUMBER_LETTER * len(form))
        else:
            scores.setdefault(UNK, UNKNOWN_PRICE + UNKNOWN_LETTER * len(form))
        return self._best(scores)

    def explain(self, form: str) -> Scores:
        """Words that may stand behind a form, unpruned."""
        numbers, channel = self.model.numbers, self.profile.channel
        scores: Scores = {}
        folded = unidecode(form).lower()
        if channel is not None:
            remembered = self.model.remembered(channel)
            scores = dict(remembered.get(form) or remembered.get(form.lower()) or {})
            if not scores and not form.isdigit():
                scores = self.model.parts(channel).scores(form)
        elif not form.isdigit():
            scores = dict.fromkeys(self._folded.get(folded, ()), 0.0)
        lower = canonical(form).lower()
        same = numbers.get(lower)
        if channel is not None:
            for number in self._folded.get(folded, ()):
                scores[number] = max(scores.get(number, -99), _FOREIGN_SAME if number == same else _FOREIGN_FOLDED)
        if same is not None and self.profile.faithful:
            slip = math.log(1 - self.profile.faithful)
            scores = {number: slip + price for number, price in scores.items() if number != same}
            scores[same] = 0.0
        return scores

    def _best(self, scores: Scores) -> Scores:
        unigram = self.model.language.unigram
        ranked = sorted(((price + 0.7 * float(unigram[n]), n) for n, price in scores.items()), reverse=True)
        bar = ranked[0][0] - WIDTH
        return {n: scores[n] for rank, n in ranked[:WIDEST] if rank >= bar}

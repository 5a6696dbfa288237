"""What each piece of ink may be read as, under one profile of noise."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from unidecode import unidecode

from planparse.restore import runs
from planparse.restore.channel import FREQUENCY, NO_SYLLABLE, WIDTH, Scores
from planparse.restore.codes import looks_like_digits
from planparse.restore.columns import Column
from planparse.restore.language import Flags, Floats, Ints
from planparse.restore.model import Model
from planparse.restore.spelling import canonical
from planparse.restore.tokens import BROKEN, CODE, EDGE, MARK, NUMBER, STOP, WORD
from planparse.restore.words import CODE_ID, SPECIAL, UNK, N, P, S


@dataclass(frozen=True)
class Profile:
    """How a text was damaged: by ``eng`` or ``vie`` OCR, by losing its marks, or hardly at all."""

    name: str
    channel: str | None
    """Whose pairs explain the damage; None when only marks were lost."""
    faithful: float = 0.0
    """Belief that a word is what it looks like, over what the pairs say; 0 leaves that to the pairs."""
    unknown: tuple[float, float, float] = (-2.0, -3.5, -2.3)
    """Log price of a word outside the vocabulary: with a capital, without, and for every letter."""
    number: float = 0.0
    """Added to the log price of digits being a number: OCR of a language without marks reads words as digits."""
    single: float = -0.4
    """Log price of one or two small letters standing for themselves and not for a syllable."""
    width: float = WIDTH
    """Readings this far (nats, with the word's own frequency) behind the best are dropped."""
    cache: float = 0.6
    """Weight of how the rest of the document reads the same form."""
    language_weight: float = 0.9
    letters: str | None = None
    """Whose letters (``data/letters.json``) explain words where whole forms and parts say little; None: nobody's."""
    sharpness: float = 0.75
    """Scores are multiplied by this before they become probabilities: calibration on held-out pages."""


ENG = Profile("eng", "eng", letters="eng", unknown=(-3.0, -6.0, -2.6), number=1.5, single=-2.5, width=11.0)
VIE = Profile("vie", "vie", letters="vie", number=2.5, width=11.0)
STRIPPED = Profile("stripped", None)
CLEAN = Profile("clean", "vie", faithful=0.9, number=5.0, width=16.0)

NUMBER_LETTER = -0.9
LETTER_AS_DIGIT = 3.0
WIDEST = 24
"""At most so many readings a piece."""
WEAK = -14.0
"""A form whose best reading explains it worse than this (nats, with the word's frequency) is in doubt."""
LONELY = 16
LONELY_SYLLABLE = -5.0
LONELY_LETTER = -1.6
"""Capitals among small letters: the price of a syllable, and of each letter of an unknown abbreviation."""
EXTRA_SPACE = -5.0
"""Price of a space put in by the OCR; those that it lost are priced in :mod:`runs`."""
POOR = -7.0
NEAR_PRICE = -4.5
"""For a form that is one letter away from forms that were seen."""
STROKE_PRICE = -4.0
"""For a form with strokes of marks or of the neighbouring line in it."""
CLEAR = -9.0
"""A form whose best reading explains it better than this needs no look at its letters."""
LETTERS_PRICE = -0.5
"""For a word that only its letters speak for, not a form seen whole."""
BROKEN_EDGE = -4.0
"""For a mark at the edge of broken ink that is not read as part of a letter."""
BROKEN_LETTER = -4.5
"""Log price of each letter of an unknown word with marks in it: nobody writes such words."""
BROKEN_SPLIT = 6
"""Broken ink of so many characters may be two words."""
# Hats and hooks of tall letters come out as quotation marks or as a capital A amid small letters.
_ROMAN = re.compile(r"(?:II|III|IV|VI|VII|VIII|IX|XI|XII)$")
_STROKES = re.compile(r"[^\w]|_|(?<=[^\W\dA-Z])A|^A(?=[^\W\dA-Z])|A(?=[^\W\d]*[‘’'])")
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
    weak: list[bool] = field(default_factory=list)
    """Is the form itself so poorly explained that it may be a piece of a word, or two words in one?"""
    splits: dict[int, list[runs.Split]] = field(default_factory=dict)
    """Forms that may be words run together, and how they may be cut."""
    _known: dict[tuple[int, str, int, str], int] = field(default_factory=dict)
    _folded: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._columns = (
            Column(self.offsets, np.int64),
            Column(self.words, np.int64),
            Column(self.prices, np.float32),
            Column(self.weak, np.bool_),
        )
        # Marks never vary; stripped text finds every word by its bare letters.
        lengths = self.model.onset_lengths
        for number, word in enumerate(self.model.words[len(SPECIAL) :], len(SPECIAL)):
            if self.profile.channel is None or lengths[number] == NO_SYLLABLE:
                self._folded.setdefault(unidecode(word), []).append(number)

    def number_of(self, kind: int, form: str, lonely: bool = False) -> int:
        """Index of a form, its readings worked out on first sight.

        ``lonely``: capitals among small letters, which is what an abbreviation looks like.
        """
        key = (kind + LONELY * lonely, form)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.offsets) - 1
            scores = self._scores(kind, form, lonely)
            self.words += scores.keys()
            self.prices += scores.values()
            self.offsets.append(len(self.words))
            weak = kind <= NUMBER and self._is_weak(form, scores)
            self.weak.append(weak)
            if weak and kind == WORD:
                self._split(found, form)
            elif kind == BROKEN:
                self._split_broken(found, form)
        return found

    def number_as(self, form: str, lonely: bool, known: tuple[int, str], judged: Callable[[Scores], Scores]) -> int:
        """Index of a word of which more is known than its letters; ``judged`` weighs its readings anew."""
        plain = self.number_of(WORD, form, lonely)
        key = (WORD + LONELY * lonely, form, *known)
        found = self._known.get(key)
        if found is None:
            scores = self._best(judged(self._at(plain)))  # which may add forms, so the index comes after
            found = self._known[key] = len(self.offsets) - 1
            self.words += scores.keys()
            self.prices += scores.values()
            self.offsets.append(len(self.words))
            self.weak.append(self.weak[plain])
            if plain in self.splits:
                self.splits[found] = self.splits[plain]
        return found

    def scores_of(self, form: str) -> Scores:
        """The readings of a word and their prices."""
        return self._at(self.number_of(WORD, form))

    def _at(self, found: int) -> Scores:
        start, end = self.offsets[found], self.offsets[found + 1]
        return dict(zip(self.words[start:end], self.prices[start:end], strict=True))

    def _scores(self, kind: int, form: str, lonely: bool = False) -> Scores:
        if kind == STOP:
            return {S: 0.0}
        if kind == MARK:
            return {P: 0.0}
        if kind == CODE:
            return {CODE_ID: 0.0}
        if kind == BROKEN:
            return self._best(self._behind_broken(form))
        scores = self.explain(form)
        if kind == WORD and self.profile.letters and not form.isdigit() and self._is_weak(form, scores, CLEAR):
            for number, price in self._by_letters(form).items():
                scores[number] = max(scores.get(number, -99.0), price + LETTERS_PRICE)
        if kind == NUMBER:
            scores[N] = self.profile.number + max(scores.get(N, -99.0), NUMBER_LETTER * len(form))
        else:
            capital, plain, letter = self.profile.unknown
            price = (capital if form[0].isupper() else plain) + letter * len(form)
            scores.setdefault(UNK, price)
            if looks_like_digits(form):
                scores[N] = self.profile.number + max(
                    scores.get(N, -99.0), NUMBER_LETTER * len(form) - LETTER_AS_DIGIT
                )
            if lonely:
                self._as_abbreviation(form, scores)
        return self._best(scores)

    def _behind_broken(self, form: str) -> Scores:
        """Words behind an ink that is no longer letters, as whole forms know them and letter by letter."""
        scores = self._by_letters(form, ".broken")
        core = form.strip(EDGE)
        for number, price in (self.explain(core) if core and " " not in core else {}).items():
            price += BROKEN_EDGE * (len(form) - len(core))
            scores[number] = max(scores.get(number, -99.0), price)
        capital, plain, letter = self.profile.unknown
        if not form.isalpha():
            letter = BROKEN_LETTER
        scores.setdefault(UNK, (capital if form[0].isupper() else plain) + letter * len(form))
        return scores

    def _by_letters(self, form: str, kind: str = "") -> Scores:
        """The words that a form is likeliest to be, letter by letter."""
        return self.model.by_letters(f"{self.profile.letters}{kind}").best(form, WIDEST)

    def _split_broken(self, found: int, form: str) -> None:
        """Two broken words without the space between them."""
        if len(form) < BROKEN_SPLIT or " " in form:
            return
        cuts = sorted(
            ((self._worth(form[:at], BROKEN) + self._worth(form[at:], BROKEN), at) for at in range(2, len(form) - 1)),
            reverse=True,
        )
        for _, at in cuts[:2]:
            self._cut_at(found, form, (at,), BROKEN)

    def _as_abbreviation(self, form: str, scores: Scores) -> None:
        lengths = self.model.onset_lengths
        for number in scores:
            if number >= len(SPECIAL) and lengths[number] != NO_SYLLABLE:
                scores[number] += LONELY_SYLLABLE
        scores[UNK] = max(scores[UNK], LONELY_LETTER * len(form))

    def _is_weak(self, form: str, scores: Scores, bar: float = WEAK) -> bool:
        unigram = self.model.language.unigrams
        return max([p + unigram[n] for n, p in scores.items() if n != UNK and n != N], default=-99.0) < bar

    def remembers(self, form: str) -> bool:
        """Was this form seen in the channel's pairs, or is it a word?"""
        channel = self.profile.channel
        if channel is None:
            return unidecode(form).lower() in self._folded
        seen = self.model.remembered(channel)
        return form in seen or form.lower() in seen or form.lower() in self.model.numbers

    def _split(self, found: int, form: str) -> None:
        """Two words without the space between them: the two most likely places to cut."""
        if len(form) < 4 or not any(letter.isalpha() for letter in form):
            return
        cuts = []
        for at in range(1, len(form)):
            left, right = form[:at], form[at:]
            if min(at, len(form) - at) == 1 and at != len(form) - 1:
                continue
            if self.remembers(left) and self.remembers(right):
                cuts.append((self._worth(left) + self._worth(right), at))
        own = self._worth(form)
        for worth, at in sorted(cuts, reverse=True)[:2]:
            if worth + runs.space(form, at, True) > own - WIDTH:
                self._cut_at(found, form, (at,))
        marked = self.profile.channel != "vie" or not form.isascii()  # words without marks are addresses there
        if marked and runs.LEAST <= len(form) <= runs.MOST:
            for worth, ends in runs.runs(form, self._known_worth):
                if len(ends) > 1 and worth > own - WIDTH:
                    self._cut_at(found, form, ends)

    def _cut_at(self, found: int, form: str, ends: Sequence[int], kind: int = WORD) -> None:
        """Take down that a form may be words that begin at its start and at some characters of it."""
        parts = [form[a:b] for a, b in pairwise((0, *ends, len(form)))]
        numbers = (self.number_of(NUMBER if part.isdigit() and kind == WORD else kind, part) for part in parts)
        spaces = tuple(runs.space(form, at, not n) for n, at in enumerate(ends))
        split = runs.Split(tuple(numbers), tuple(ends), spaces)
        self.splits.setdefault(found, []).append(split)

    def _known_worth(self, form: str) -> float | None:
        """What a form is worth that was seen; None for others."""
        return self._worth(form) if self.remembers(form) else None

    def _worth(self, form: str, kind: int = WORD) -> float:
        unigram = self.model.language.unigrams
        found = self.index.get((kind, form))
        scores = self._scores(kind, form) if found is None else self._at(found)
        return max([p + FREQUENCY * unigram[n] for n, p in scores.items()])

    def arrays(self) -> tuple[Ints, Ints, Floats]:
        """Offsets, words and prices as arrays."""
        offsets, words, prices, _ = self._columns
        return offsets.array(), words.array(), prices.array()

    def doubtful(self, forms: Ints) -> Flags:
        """Which of some forms are :attr:`weak`."""
        *_, weak = self._columns
        return np.asarray(weak.array()[forms])

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
                if max(scores.values(), default=-99.0) < POOR:
                    self._add_near(form, scores)
                    self._add_scrubbed(form, scores)
        elif not form.isdigit():
            scores = dict.fromkeys(self._folded.get(folded, ()), 0.0)
        lower = canonical(form).lower()
        same = numbers.get(lower)
        if channel is not None:
            for number in self._folded.get(folded, ()):
                price = _FOREIGN_FOLDED if number != same else _FOREIGN_SAME
                if len(form) <= 2 and form.islower():
                    price = min(price, self.profile.single)
                scores[number] = max(scores.get(number, -99), price)
        if same is not None and _ROMAN.match(form):
            return {same: 0.0}  # which number it is, the sequence of headings knows better than the words around
        if same is not None and self.profile.faithful:
            slip = math.log(1 - self.profile.faithful)
            scores = {number: slip + price for number, price in scores.items() if number != same}
            scores[same] = 0.0
        return scores

    def _add_scrubbed(self, form: str, scores: Scores) -> None:
        """Readings of the form without the strokes that crept into it: ``Ba‘n``, ``Anu’a``, ``tAO‘i``."""
        assert self.profile.channel is not None
        bare = _STROKES.sub("", form)
        if bare == form or len(bare) < 2:
            return
        found = dict(self.model.remembered(self.profile.channel).get(bare.lower()) or {})
        if not found:
            found = self.model.parts(self.profile.channel).scores(bare)
            self._add_near(bare, found)
        for number, price in found.items():
            if price + STROKE_PRICE > scores.get(number, -99.0):
                scores[number] = price + STROKE_PRICE

    def _add_near(self, form: str, scores: Scores) -> None:
        """Readings of the remembered forms one letter away."""
        assert self.profile.channel is not None
        remembered = self.model.remembered(self.profile.channel)
        for near in self.model.near(self.profile.channel)(form):
            for number, price in (remembered.get(near) or {}).items():
                if price + NEAR_PRICE > scores.get(number, -99.0):
                    scores[number] = price + NEAR_PRICE

    def _best(self, scores: Scores) -> Scores:
        unigram = self.model.language.unigrams
        ranked = [(price + FREQUENCY * unigram[n], n) for n, price in scores.items()]
        bar = max(ranked)[0] - self.profile.width
        best = sorted([one for one in ranked if one[0] >= bar], reverse=True)[:WIDEST]
        return {n: scores[n] for _, n in best}

"""Learning the channel from aligned pieces: whole forms, and the onsets and rimes they are made of."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from planparse.restore.channel import FLOOR, PartTables, Scores, skeleton, written_parts

Counts = Counter[tuple[str, str]]
"""(form, word) → how often; the word in lower case, or a class symbol."""

_VOWELS = frozenset("aăâeêioôơuưyàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ")
FORGET = 4.0
"""Sightings' worth of belief in the parts against the remembered whole form (chosen on held-out pages)."""
ONCE = 0.5
"""Taken off every count of sightings: what was seen once may have been seen by chance."""
_RARE_RIME = 3.0
_RARE_HALF = 2.0


def learn_parts(counts: Counts, rounds: int = 3) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Log probabilities of onset forms and rime forms, by hard EM over where the ink is cut.

    Returns form → {onset: log P(form | onset)} and the same for rimes. Rimes are smoothed with their
    nucleus and coda, so that a rime form never seen with this rime still has a price.
    """
    triples = [(form, written_parts(word), n) for (form, word), n in counts.items()]
    known = [(form, parts, n) for form, parts, n in triples if parts is not None]
    onset: _Table | None = None
    rime: _Table | None = None
    for _ in range(rounds):
        onset_counts, rime_counts = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for form, (a, b), n in known:
            at = _best_cut(form, a, b, onset, rime)
            onset_counts[form[:at], a] += n
            rime_counts[form[at:], b] += n
        onset, rime = _Table(onset_counts, 0.5), _Table(rime_counts, 0.5)
    assert onset is not None
    return onset.by_form(), _smooth_rimes(rime_counts)


class _Table:
    """Smoothed log P(form | part)."""

    def __init__(self, counts: Counts, unseen: float) -> None:
        self.counts = counts
        self.total: Counter[str] = Counter()
        for (_, part), n in counts.items():
            self.total[part] += n
        self.unseen = unseen

    def log_p(self, form: str, part: str) -> float:
        seen = self.counts.get((form, part), 0)
        floor = self.unseen * 0.01 ** max(1, len(form))
        return math.log((seen + floor) / (self.total[part] + self.unseen))

    def by_form(self) -> dict[str, dict[str, float]]:
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for form, part in self.counts:
            found[form][part] = self.log_p(form, part)
        return dict(found)


def _best_cut(form: str, a: str, b: str, onset: _Table | None, rime: _Table | None) -> int:
    def score(at: int) -> float:
        if onset is None or rime is None:
            return _alike(form[:at], a) + _alike(form[at:], b)
        return onset.log_p(form[:at], a) + rime.log_p(form[at:], b)

    return max(range(min(5, len(form)) + 1), key=lambda at: (score(at), -abs(at - len(a))))


def _alike(form: str, part: str) -> float:
    if not form and not part:
        return 0.0
    return -float(Levenshtein.distance(skeleton(form), skeleton(part))) - 0.1 * abs(len(form) - len(part))


def _halves(rime: str) -> tuple[str, str]:
    at = len(rime)
    while at and rime[at - 1] not in _VOWELS:
        at -= 1
    return rime[:at], rime[at:]


def _smooth_rimes(counts: Counts) -> dict[str, dict[str, float]]:
    """Rime tables, each rime backed by what its nucleus and coda look like elsewhere."""
    nucleus_counts, coda_counts = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for (form, rime), n in counts.items():
        nucleus, coda = _halves(rime)
        at = _best_half(form, coda)
        nucleus_counts[form[:at], nucleus] += n
        coda_counts[form[at:], coda] += n
    nuclei, codas = _Table(nucleus_counts, _RARE_HALF), _Table(coda_counts, _RARE_HALF)
    forms_of_nucleus: dict[str, list[str]] = defaultdict(list)
    for form, nucleus in nucleus_counts:
        forms_of_nucleus[nucleus].append(form)
    forms_of_coda: dict[str, list[str]] = defaultdict(list)
    for (form, coda), n in coda_counts.items():
        if n > 1:
            forms_of_coda[coda].append(form)
    total: Counter[str] = Counter()
    for (_, rime), n in counts.items():
        total[rime] += n
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for rime, n in total.items():
        nucleus, coda = _halves(rime)
        made: dict[str, float] = {}
        for a in forms_of_nucleus[nucleus]:
            for b in forms_of_coda[coda]:
                p = math.exp(nuclei.log_p(a, nucleus) + codas.log_p(b, coda))
                made[a + b] = max(made.get(a + b, 0.0), p)
        seen = {form: k for (form, part), k in counts.items() if part == rime} if n < 3 else None
        for form, p in made.items():
            k = counts.get((form, rime), 0)
            log_p = math.log((k + _RARE_RIME * p) / (n + _RARE_RIME))
            if log_p > -9.5:
                found[form][rime] = log_p
        for form in seen or ():
            found[form].setdefault(rime, math.log(0.5 / (n + 1)))
    for (form, rime), k in counts.items():
        if rime not in found.get(form, {}):
            found[form][rime] = math.log(0.5 * k / (total[rime] + _RARE_RIME))
    return dict(found)


def _best_half(form: str, coda: str) -> int:
    choices = range(max(0, len(form) - 3), len(form) + 1)
    return max(choices, key=lambda at: (_alike(form[at:], coda), at))


def remember(
    counts: Counts, parts: PartTables, numbers: Mapping[str, int], vocabulary: list[str]
) -> dict[str, Scores]:
    """Log P(form | word) of every form seen: sightings, smoothed by what the parts say."""
    total: Counter[str] = Counter()
    words_of: dict[str, dict[str, int]] = defaultdict(dict)
    for (form, word), n in counts.items():
        total[word] += n
        if word in numbers:
            words_of[form][word] = n
    found: dict[str, Scores] = {}
    for form, seen in words_of.items():
        guess = parts.scores(form)
        scores: Scores = {}
        for number in {*guess, *(numbers[w] for w in seen)}:
            word = vocabulary[number]
            p = math.exp(guess[number]) if number in guess else 1e-5 * 0.1 ** len(form)
            sighted = max(0.0, seen.get(word, 0) - ONCE)
            scores[number] = math.log((sighted + FORGET * p) / (total[word] + FORGET))
        found[form] = {number: p for number, p in scores.items() if p > FLOOR}
    return found

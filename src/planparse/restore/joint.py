"""What two readings of one word say together, and what one says that its reader doubted.

Both readings are ink of the same word: log P(first | word) + log P(second | word), each under the channel of its own
noise and each weighed by how far it can be trusted. The decoder then weighs the words by the language as ever.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from planparse.restore.channel import FREQUENCY, Scores
from planparse.restore.readings import Readings
from planparse.restore.sheet import Known
from planparse.restore.tokens import WORD
from planparse.restore.words import UNK

ALONE, DOUBTED = 1.0, 0.45
"""Weight of a reading of which the OCR was sure, and of one that it all but guessed."""
SECOND = 0.5
"""Weight of the other reading: its mistakes are partly those of the first, for the same smear is behind both."""
STRANGE, LETTER = -2.0, -1.5
"""Price of a word outside the vocabulary being read in two ways, and of each letter in which they differ."""


def joint_number(readings: Readings, other: Readings | None, form: str, lonely: bool, known: Known) -> int:
    """Index in ``readings`` of a form of which more is known than its letters."""
    doubt = round(4 * known.confidence)  # few steps, so that equal forms stay one form for the document's memory
    if known.other is None or other is None:
        if doubt >= 4:
            return readings.number_of(WORD, form, lonely)
        return readings.number_as(form, lonely, (doubt, ""), lambda scores: _doubted(scores, doubt))
    second, channel = known.other, other
    return readings.number_as(
        form, lonely, (doubt, second), lambda scores: _both(readings, scores, form, channel, second, doubt)
    )


def _trust(doubt: int) -> float:
    return DOUBTED + (ALONE - DOUBTED) * doubt / 4


def _doubted(scores: Scores, doubt: int) -> Scores:
    """Scores drawn nearer to each other."""
    weight = _trust(doubt)
    return {word: weight * price for word, price in scores.items()}


def _both(readings: Readings, scores: Scores, form: str, other: Readings, second: str, doubt: int) -> Scores:
    """Words that either reading speaks for, with what both say of each."""
    more = other.scores_of(second)
    low, lower = _floor(readings, scores), _floor(other, more)
    first = _trust(doubt)
    unigram = readings.model.language.unigram
    made: Scores = {}
    for word in {*scores, *more}:
        if word == UNK:
            continue
        rank = FREQUENCY * float(unigram[word])
        made[word] = first * scores.get(word, low - rank) + SECOND * more.get(word, lower - rank)
    if UNK in scores:
        apart = Levenshtein.distance(form.lower(), second.lower())
        made[UNK] = first * scores[UNK] + (SECOND * (STRANGE + LETTER * apart) if apart else 0.0)
    return made


def _floor(readings: Readings, scores: Scores) -> float:
    """The rank (price with the word's frequency) of what a reading does not speak for at all."""
    unigram = readings.model.language.unigram
    best = max(price + FREQUENCY * float(unigram[word]) for word, price in scores.items())
    return best - readings.profile.width

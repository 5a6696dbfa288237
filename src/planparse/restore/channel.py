"""The channel: which words may stand behind a piece of ink, and how well each explains it.

Frequent forms are remembered whole, as they were seen in pairs of truth and ink. A form never seen is
taken apart like the syllable it once was: an onset form, a rime form, each remembered from many words
(``x4`` + ``hdi`` explain ``xã hội`` though nobody saw ``xhdi``). Probabilities are natural logarithms of
P(form | word).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from unidecode import unidecode

from planparse.restore.spelling import parse

Scores = dict[int, float]
"""Word number → log P(form | word)."""

FLOOR = -13.0
"""Candidates worse than this are not worth weighing."""
WIDTH = 9.0
"""Candidates this far (nats, with the word's own frequency) behind the best are dropped."""
FREQUENCY = 0.7
"""Weight of a word's own frequency (log probability) where candidates are ranked without the words around."""
CASE_PRICE = 0.7
"""For a part of a form that was seen only in another letter case."""
SKELETON_PRICE = -6.0
"""For a part that merely looks alike once marks and look-alike letters are made equal."""
LOOKS_PRICE = -7.5
"""The same where other readings of the part were seen."""

_ALIKE = str.maketrans(
    {
        "0": "o",
        "6": "o",
        "9": "o",
        "1": "i",
        "l": "i",
        "!": "i",
        "|": "i",
        "j": "i",
        "5": "s",
        "4": "a",
        "@": "a",
        "$": "s",
        "y": "i",
        "w": "u",
        "z": "s",
        "8": "o",
    }
)


def skeleton(text: str) -> str:
    """Base letters, look-alikes made equal."""
    return unidecode(text).lower().translate(_ALIKE)


NO_SYLLABLE = 255


def onset_length(word: str) -> int:
    """Letters of the onset of a written syllable; ``NO_SYLLABLE`` for other words."""
    parts = written_parts(word)
    return NO_SYLLABLE if parts is None else len(parts[0])


def written_parts(word: str) -> tuple[str, str] | None:
    """A syllable as written, cut after its onset: ``("ngh", "iệp")``; None for other words."""
    parts = parse(word)
    if parts is None:
        return None
    length = len(parts.onset)
    if parts.onset == "gi" and len(word) - 2 < len(parts.rime):
        length = 1  # gì, giếng: the i belongs to both
    return word[:length], word[length:]


class PartTables:
    """Forms of onsets and rimes with the log probabilities of what they may stand for."""

    def __init__(
        self,
        onsets: Mapping[str, Mapping[str, float]],
        rimes: Mapping[str, Mapping[str, float]],
        words: Sequence[str],
        onset_lengths: Sequence[int],
    ) -> None:
        self.onsets, self.rimes = onsets, rimes
        self._numbers: dict[str, dict[str, int]] = {}
        rimes_known: set[str] = set()
        for number, (word, length) in enumerate(zip(words, onset_lengths, strict=True)):
            if length != NO_SYLLABLE:
                self._numbers.setdefault(word[:length], {})[word[length:]] = number
                rimes_known.add(word[length:])
        self._rime_skeletons: dict[str, list[str]] = {}
        for rime in sorted(rimes_known):
            self._rime_skeletons.setdefault(skeleton(rime), []).append(rime)

    def scores(self, form: str) -> Scores:
        """All words that the parts of ``form`` can explain."""
        found: Scores = {}
        for at in range(min(5, len(form))):
            onsets = self._onset(form[:at])
            if not onsets:
                continue
            rimes = self._rime(form[at:])
            for onset, p in onsets.items():
                numbers = self._numbers.get(onset)
                if not numbers:
                    continue
                for rime, q in rimes.items():
                    number = numbers.get(rime)
                    if number is not None and p + q > found.get(number, FLOOR):
                        found[number] = p + q
        return found

    def _onset(self, form: str) -> Mapping[str, float]:
        return self.onsets.get(form) or _dearer(self.onsets.get(form.lower()), CASE_PRICE)

    @lru_cache(maxsize=65536)  # noqa: B019 - one model lives as long as the process
    def _rime(self, form: str) -> Mapping[str, float]:
        seen = self.rimes.get(form) or _dearer(self.rimes.get(form.lower()), CASE_PRICE)
        alike = self._rime_skeletons.get(skeleton(form), ())
        if seen:
            return {**dict.fromkeys(alike, LOOKS_PRICE), **seen}
        return dict.fromkeys(alike, SKELETON_PRICE)


def _dearer(scores: Mapping[str, float] | None, price: float) -> Mapping[str, float]:
    return {key: value - price for key, value in scores.items()} if scores else {}

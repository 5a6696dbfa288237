"""What speaks for a cell being a text of its column, and against it: named, for weights to be learned."""

from __future__ import annotations

import math
from collections import defaultdict

from planparse.recognise.tables.alignment import likeness
from planparse.recognise.tables.laid import AMID, BEFORE, Laid, Question

Signs = dict[str, float]
"""What speaks for a choice, by name; letters and words in fives, at most six of them."""
AS_IT_IS = "as it is"
CLEAN = 0.8
"""Confidence of the worst word of a text that is to be followed."""
UNLIKE = 0.4
"""Likeness below which two words count as unlike."""
OFTEN = 3
"""Cells that make a text frequent."""


class _Tally:
    """Letters and words of each kind of difference."""

    def __init__(self) -> None:
        self.letters: dict[str, float] = defaultdict(float)
        self.words: dict[str, float] = defaultdict(float)

    def signs(self) -> Signs:
        told = {name: min(value, 30) / 5 for name, value in self.letters.items()}
        return told | {f"{name} words": min(value, 30) / 5 for name, value in self.words.items()}


def signs_of(laid: Laid) -> Signs:
    """What speaks for a cell being a text, and against it."""
    words, example, times = laid.cell.words, laid.example, len(laid.example.places)
    tally, same = _Tally(), 0
    for at, (one, other) in enumerate(laid.pairs):
        if one is None:
            assert other is not None
            _lose(tally, laid, at, len(example.keys[other]))
        elif other is None:
            _stray(tally, laid, at, one)
        elif words[one].key == example.keys[other]:
            same += len(words[one].key)
        else:
            _misread(tally, laid, one, example.keys[other])
    return tally.signs() | {
        "times": math.log(max(times, 0.5)),
        "often": float(times >= OFTEN),
        "once": float(times <= 1),
        "usual form": float(times == 0),
        "kept": same / max(len(example.letters), 1),
        "same start": float(words[0].key == example.keys[0]),
        "same end": float(words[-1].key == example.keys[-1]),
        "text sure": example.sure,
        "text settled": example.settled,
    }


def _lose(tally: _Tally, laid: Laid, at: int, size: int) -> None:
    where, first = laid.where(at), laid.cell.words[0]
    tally.letters[f"lost {where}"] += size
    tally.words["lost"] += 1
    tally.words["lost after"] += where not in (BEFORE, AMID)
    if laid.within_piece(at):
        tally.letters["lost within a line"] += size
    if where == BEFORE and first.text[:1].isupper() and not first.doubtful:
        tally.letters["lost before a capital"] += size


def _stray(tally: _Tally, laid: Laid, at: int, one: int) -> None:
    word, settled, amid_kept = laid.cell.words[one], laid.cell.settled[one], laid.cell.pieces[one] in laid.kept
    size = len(word.key)
    tally.words["strays"] += 1
    tally.letters["stray, in doubt" if word.doubtful else "stray"] += size
    tally.letters["stray, loose"] += size * (1 - settled)
    tally.letters["stray at an end"] += size * (laid.where(at) != AMID)
    if not word.doubtful:
        tally.letters["stray, sure"] += size * _sureness(word.sure) * settled
        tally.letters["stray within a line"] += size * amid_kept
    if not amid_kept:
        tally.letters["stray line"] += size * settled


def _misread(tally: _Tally, laid: Laid, one: int, key: str) -> None:
    word = laid.cell.words[one]
    alike = likeness(word, key)
    wrong = (1 - alike) * max(len(word.key), len(key))
    tally.words["misread"] += 1
    tally.words["misread, unlike"] += alike < UNLIKE
    tally.letters["misread, in doubt" if word.doubtful else "misread"] += wrong
    tally.letters["misread, sure"] += 0.0 if word.doubtful else wrong * _sureness(word.sure)


def _sureness(confidence: float) -> float:
    """Confidence from that of a clean text upwards, 0 to 1."""
    return max(confidence - CLEAN, 0) / (1 - CLEAN)


def as_it_is(cell: Question) -> Signs:
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

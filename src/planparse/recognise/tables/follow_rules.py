"""What is never done to a cell, whatever the odds that it says what another of its column says."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from planparse.recognise.tables.alignment import likeness
from planparse.recognise.tables.deadline_forms import Example, form_words
from planparse.recognise.tables.laid import AFTER, AMID, BEFORE, Laid, Question

SURE = 0.9
"""Confidence from which a word is not read as another."""
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


def allowed(laid: Laid) -> bool:
    """Whether a cell may be a text at all."""
    cell, example = laid.cell, laid.example
    if not laid.meets:
        return False
    if not cell.broken and not (may_shorten(cell, example) and all(one is not None for one, _ in laid.pairs)):
        return False
    lost = 0
    for at, (one, other) in enumerate(laid.pairs):
        if one is None:
            assert other is not None
            lost += len(example.keys[other])
            if not _may_be_lost(laid, at, lost):
                return False
        elif other is None:
            if not _may_stray(laid, at, one):
                return False
        elif not _may_be_read_as(laid, one, example.keys[other]):
            return False
    return lost <= (2 * laid.doubted() if cell.deadline else LOST * len(example.letters) + laid.doubted())


def may_shorten(cell: Question, example: Example) -> bool:
    """Whether a sound cell may be a text: one that others say, and that adds no word to it."""
    return len(example.places) != 1 and len(example.keys) <= len(cell.words)


def _may_be_lost(laid: Laid, at: int, lost: int) -> bool:
    """Whether OCR may have lost a word of the text; ``lost``: letters up to it."""
    where = laid.where(at)
    if where == BEFORE:
        return laid.cell.opens and (laid.small or laid.cell.words[0].doubtful)
    if where == AFTER:
        return not laid.cell.whole
    return lost <= LOST_AMID + laid.doubted(laid.beside(at))


def _may_stray(laid: Laid, at: int, one: int) -> bool:
    """Whether a word may be no word of the cell."""
    cell, word, where = laid.cell, laid.cell.words[one], laid.where(at)
    if cell.deadline and where == AMID and not DATED.isdisjoint(laid.example.keys):
        return False  # it may be one more figure
    if not cell.broken and cell.settled[one] > SETTLED:
        return False
    unsure = word.doubtful or word.sure < SURE
    return unsure or cell.pieces[one] not in laid.kept or (laid.small and where == BEFORE)


def _may_be_read_as(laid: Laid, one: int, key: str) -> bool:
    """Whether a word may be one of the text."""
    cell, word = laid.cell, laid.cell.words[one]
    if word.key == key:
        return True
    if len(word.key) > 2 - cell.deadline and likeness(word, key) < HARDLY:
        return False
    if word.doubtful or word.sure < SURE:
        return True
    near = len(word.key) > 3 and Levenshtein.distance(word.key, key) < 2
    return near and not (cell.deadline and word.key in form_words())

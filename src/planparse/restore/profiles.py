"""Which damage a text has suffered, told from the text itself."""

from __future__ import annotations

from collections.abc import Iterable

from planparse.restore.readings import CLEAN, ENG, STRIPPED, VIE, Profile
from planparse.restore.spelling import toneless

_BARE = 0.03
"""Fewer words than this with Vietnamese marks, and they are gone altogether."""
_MARKED = 0.55
"""Running Vietnamese has marks on about seven words in ten; ``eng`` leaves look-alikes on one in three."""
_MIXED = 0.01


def marked(word: str) -> bool:
    """Does a word carry a tone mark or a Vietnamese letter?"""
    if word.isascii():
        return False
    bare, tone = toneless(word)
    return tone > 0 or not bare.isascii()


def guess(words: Iterable[tuple[str, int]]) -> Profile:
    """Profile of a text from its distinct words and how often each occurs."""
    total = with_marks = with_digits = 0
    for word, count in words:
        if len(word) < 2:
            continue
        total += count
        if marked(word):
            with_marks += count
        if not word.isalpha() and any(letter.isdigit() for letter in word):
            with_digits += count
    if not total:
        return CLEAN
    share = with_marks / total
    if share < _BARE and with_digits < _MIXED * total:
        return STRIPPED
    return ENG if share < _MARKED else VIE


__all__ = ["CLEAN", "ENG", "STRIPPED", "VIE", "Profile", "guess", "marked"]

"""Which words of a cell are in doubt: broken by OCR, or shreds of the cells beside it.

Only a cell with such words may be read by its likes (:mod:`likes`); one without is left as it is, however rare.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from planparse.lexicon import agencies, fold, strip_marks
from planparse.recognise.due import read_due
from planparse.recognise.tables.mend import MendedWord
from planparse.recognise.tables.wrecks import is_wreck
from planparse.restore.spelling import is_syllable
from planparse.restore.tokens import BROKEN_INSIDE

UNSURE = 0.45
"""Below this the restorer itself hardly believes a word."""
UNLIKE = 0.4
"""Likeness to broken ink below which a word is in doubt, however sure the restorer is."""
_EDGE = "“”\"'‘’(),.;:!?…[]|–-+/ "
_CAPITALS = re.compile(r"[A-ZĐ]{2,8}(?:-[A-ZĐ]{2,8})*")
_FIGURES = re.compile(r"\(?\d[\d.,/%-]*\)?")
_CODE = re.compile(r"[^\W\d_]+\d+[^\W_]*|\d+[^\W\d_]+")
_LONE = re.compile(r"\d{1,2}")
_LETTER = re.compile(r"[^\W\d_I]")
_QUARTERS = frozenset({"I", "II", "III", "IV"})
_MARKS = re.compile(r"[-–—+•*/&,.;:]+")
_JOINS = re.compile(r"[-–/.,&()\"“”]")


class CellWord(NamedTuple):
    """A word of a cell: as restored, its ink, its folded key, whether it is in doubt, how sure it is."""

    text: str
    ink: str
    key: str
    doubtful: bool
    sure: float = 1.0


@lru_cache(maxsize=1)
def _abbreviations() -> frozenset[str]:
    return frozenset(a.abbreviation for a in agencies())


@lru_cache(maxsize=65536)
def word_key(word: str) -> str:
    """A word as words are compared: small letters without marks and without signs at its edges."""
    return strip_marks(word).lower().strip(_EDGE)


def common_codes(words: Iterable[str]) -> frozenset[str]:
    """Abbreviations and codes that a document's cells use more than twice; one that comes alone may be a shred."""
    seen = Counter(w.strip(_EDGE) for w in words)
    return frozenset(w for w, times in seen.items() if times > 2 and (_CAPITALS.fullmatch(w) or _CODE.fullmatch(w)))


def judge(
    words: Sequence[MendedWord], codes: frozenset[str], deadline: bool, odd: frozenset[str] = frozenset()
) -> list[CellWord]:
    """The words of a cell with a verdict on each.

    ``codes`` are the document's abbreviations; in a deadline only those of the lexicon count. ``odd`` are years that
    the plan cannot mean. A lone figure of a cell that is broken elsewhere may be a shred, and so may a single letter
    in a deadline, which is made of none; one amid the name of an office stands for letters (``50 Nội vụ``).
    """
    bare = [w.text.strip(_EDGE) for w in words]
    doubtful = [
        _doubtful(word, frozenset() if deadline else codes)
        or (deadline and (shown in odd or _LETTER.fullmatch(shown) is not None))
        for word, shown in zip(words, bare, strict=True)
    ]
    if any(doubtful) or (deadline and read_due(" ".join(w.text for w in words)) is None):
        doubtful = [d or _LONE.fullmatch(shown) is not None for d, shown in zip(doubtful, bare, strict=True)]
    elif not deadline:
        doubtful = [_amid_name(bare, at) for at in range(len(bare))]
    return [CellWord(w.text, w.ink, word_key(w.text), d, w.confidence) for w, d in zip(words, doubtful, strict=True)]


def _amid_name(bare: Sequence[str], at: int) -> bool:
    """Whether a word of an office is a figure that its name goes on from, and not the number of it (``số 2``)."""
    numbers = at > 0 and word_key(bare[at - 1]) == "so"
    return at + 1 < len(bare) and _LONE.fullmatch(bare[at]) is not None and not numbers


def _doubtful(word: MendedWord, codes: frozenset[str]) -> bool:
    if _MARKS.fullmatch(word.text):
        return False
    bare = word.text.strip(_EDGE)
    if not bare:
        return True
    if _FIGURES.fullmatch(bare):
        return any(c in "\"'“”‘’=_~" for c in word.ink)
    if is_wreck(word.text) or _unlike_its_ink(word):
        return True
    if bare in codes or bare in _QUARTERS:
        return False
    if _CAPITALS.fullmatch(bare):
        return bare not in _abbreviations() and (len(bare) < 4 or not is_syllable(bare.lower()))
    if any(c.isdigit() for c in bare):
        return _CODE.fullmatch(bare) is not None
    return word.confidence < UNSURE or not _is_spelled(bare)


@lru_cache(maxsize=65536)
def _is_spelled(bare: str) -> bool:
    """Whether all that a word is joined of are syllables."""
    return all(is_syllable(part.lower()) for part in _JOINS.split(bare) if part)


def _unlike_its_ink(word: MendedWord) -> bool:
    """Whether a word has little in common with ink that has marks amid its letters."""
    if not BROKEN_INSIDE.search(word.ink) or any(c.isdigit() for c in word.text):
        return False
    letters = "".join(c for c in strip_marks(word.ink).lower() if c.isalnum())
    return Levenshtein.normalized_similarity(letters, word_key(word.text)) < UNLIKE


def ink_key(words: Iterable[CellWord]) -> str:
    """The ink of words as look-alike letters, without spaces."""
    return fold(" ".join(w.ink for w in words)).replace(" ", "")

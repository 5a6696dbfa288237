"""Whether a page's text layer is real Vietnamese, and what it says where an old font hid it.

A layer can be somebody's OCR with the wrong language, letters of fonts that only look Vietnamese (TCVN3, VNI), runs
of words without spaces, or nonsense from a broken font. The measures: everyday words, accents, and length of words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from planparse.reading.decoding import from_tcvn3, from_vni, vietnamese_share
from planparse.reading.pages.model import PageWord

FEW = 8
"""Fewer words than this are no text layer: a page number, a stamp."""
ENOUGH = 40
"""From so many words on shares mean something."""
EVERYDAY_SHARE = 0.05
"""Of real pages 0.1 to 0.3 of the words are everyday ones; of a page read with the English model hardly any."""
ACCENTED_SHARE = 0.35
"""Of Vietnamese syllables some 0.7 have an accent; of those that the English model reads 0.2."""
LONGEST_MEAN = 6.0
"""Letters in a word on average; Vietnamese syllables have 3.3."""


def repaired(words: Sequence[PageWord]) -> list[PageWord] | None:
    """The words as TCVN3 or VNI fonts showed them; None where they are in neither."""
    text = " ".join(w.text for w in words)
    before = vietnamese_share(text)
    best: tuple[float, list[PageWord]] | None = None
    for decode, encoding in ((from_tcvn3, "latin-1"), (from_vni, "cp1252")):
        made = [w._replace(text=_through(w.text, decode, encoding)) for w in words]
        share = vietnamese_share(" ".join(w.text for w in made))
        if best is None or share > best[0]:
            best = (share, made)
    if best is not None and best[0] >= EVERYDAY_SHARE and best[0] > 1.5 * before + 0.02:
        return best[1]
    return None


def _through(text: str, decode: object, encoding: str) -> str:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return text
    return decode(data)  # type: ignore[operator, no-any-return]


def fault(words: Sequence[PageWord]) -> str | None:
    """Why a text layer can't be trusted; None for a good one (an empty one is none at all)."""
    if len(words) < FEW:
        return "has no text layer"
    spoken = [w.text for w in words if any(c.isalpha() for c in w.text)]
    if len(spoken) < ENOUGH:
        return None if any(_accented(w) for w in spoken) or len(spoken) < FEW else "has a text layer without accents"
    if sum(len(w) for w in spoken) / len(spoken) > LONGEST_MEAN:
        return "has a text layer without spaces"
    accented = sum(_accented(w) for w in spoken) / len(spoken)
    if vietnamese_share(" ".join(spoken)) < EVERYDAY_SHARE or accented < ACCENTED_SHARE:
        return "has a text layer that is no sound Vietnamese"
    return None


def _accented(word: str) -> bool:
    return "đ" in word.lower() or any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", word))

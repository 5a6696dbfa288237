"""Wrecks: words that OCR broke beyond reading and no restoration could mend (``N(i)u?ml/tfhv’?``, ``_73°``).

They stay in the evidence, as the ink that they are; in a cell's text they would only be noise.
"""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.lexicon import strip_marks
from planparse.recognise.tables.words import key
from planparse.restore.text import RestoredLine
from planparse.restore.tokens import BROKEN_INSIDE

EDGE = "“”\"'‘’(),.;:!?…[]|"
"""Marks that may stand at either end of a word and are none of it."""
_PLAIN = re.compile(r"[\w\-–/.,%&+()'°²³]+")
_CODE = re.compile(
    r"\(?\d+[\d.,/:-]*%?\)?|[\w.]*\d[\w.]*(?:[/-][\w&.Đ]+)+|[A-ZĐ]{1,6}\d{1,3}[A-Z]?|\d{1,3}[a-zA-Zđ]?"
    r"|[IVX1l|]{1,4}(?:[,;/-][IVX1l|]{1,4})+(?:/\d{4})?"
)
"""Figures and codes, Roman figures in a row among them (``I,II/2026``): no letter of them is another."""
_LONE = frozenset("aăâeêioôơuưyàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự")
_CHUNK = re.compile(r"\S+")
_FIGURES = re.compile(r"[\W\d_]*")
_LOST, _DOUBTED = 0.6, 0.95
"""Confidence below which a word is broken, and below which it is beside one that is."""
_BROKEN_CASE = re.compile(r"[a-z]{2}[A-Z]{1,2}$")
"""``banA``: capitals at the end of a word, as no one writes them."""


@lru_cache(maxsize=65536)
def is_wreck(word: str) -> bool:
    """Whether a word, once restored, still looks like nothing that people write."""
    bare = word.strip(EDGE)
    if not bare:
        return any(c not in "-–+/&" for c in word)
    if _CODE.fullmatch(bare):
        return False
    if not _PLAIN.fullmatch(bare):
        return not _good_parts(bare)
    plain = strip_marks(bare)
    if len(bare) == 1:
        return bare.islower() and bare not in _LONE
    if _BROKEN_CASE.search(plain) and not bare.isupper():
        return True
    digits = sum(c.isdigit() for c in bare)
    return 0 < digits < len(bare) and any(c.isalpha() for c in bare) and "/" not in bare and "-" not in bare


def broken_chunks(ink: str, line: RestoredLine) -> list[tuple[int, int]]:
    """Where the chunks of a line start and end that the restorer made nothing of, and doubtful ones beside them."""
    least = min((token.confidence for token in line.tokens), default=1.0)
    if least >= _LOST and not any(map(_unlike_words, ink.split())):  # as most lines
        return []
    chunks = [(m.start(), m.end()) for m in _CHUNK.finditer(ink)]
    sure = [1.0] * len(chunks)
    at = 0
    for token in line.tokens:
        while at < len(chunks) - 1 and token.ink_start >= chunks[at][1]:
            at += 1
        sure[at] = min(sure[at], token.confidence)
    inks = [ink[start:end] for start, end in chunks]
    wrecks = [
        _unlike_words(chunk) or (s < _LOST and not _is_figure(chunk)) for chunk, s in zip(inks, sure, strict=True)
    ]
    return [
        place
        for at, place in enumerate(chunks)
        if wrecks[at] or (sure[at] < _DOUBTED and any(wrecks[max(0, at - 1) : at + 2]) and not _is_figure(inks[at]))
    ]


def _is_figure(chunk: str) -> bool:
    return _FIGURES.fullmatch(chunk) is not None


@lru_cache(maxsize=65536)
def _unlike_words(chunk: str) -> bool:
    """Whether marks or digits stand amid the letters, and it is no code either."""
    return BROKEN_INSIDE.search(chunk) is not None and not _CODE.fullmatch(chunk.strip(EDGE))


def _good_parts(bare: str) -> bool:
    """Words run together with quotation marks or signs between them (``“một cửa”``, ``&``)."""
    parts = re.split(r"[“”\"‘’;:&!?]", bare)
    return all(p.isalpha() and len(p) > 1 and not key(p).startswith("<") for p in parts if p)


def without_wrecks(text: str) -> str:
    """The words of a line that can be read; all of them where nothing could."""
    words = text.split(" ")
    if "_" in text:
        words = [w.rstrip("_") or w for w in words]  # what a rule left at the end of a word
    if "—" in text:  # amid a cell it is a dash of its text; at its edge it is a rule between cells
        words = ["–" if w == "—" and 0 < at < len(words) - 1 else w for at, w in enumerate(words)]
    kept = [w for w in words if not is_wreck(w)]
    return " ".join(kept) if kept else ""

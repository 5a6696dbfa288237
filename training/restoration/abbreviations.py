"""What the corpus says of document symbols, and of how abbreviations and names are cased."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from planparse.restore.spelling import is_syllable
from planparse.restore.tokens import CODE, WORD, cut

_SYMBOL = re.compile(r"\d{1,6}[A-Za-z]?(?:/\d{4})?[/-]([A-ZĐa-z0-9/&.-]*[A-ZĐ][A-ZĐa-z0-9/&.-]*)$")
_SEEN = 4
_COMMON = 40


def symbols(chunks: Counter[str]) -> dict[str, int]:
    """Symbols of document codes (``NĐ-CP``) with weighted counts."""
    found: Counter[str] = Counter()
    for chunk, count in chunks.items():
        if chunk.isalpha():
            continue
        for piece in cut(chunk):
            if piece.kind == CODE and (match := _SYMBOL.match(chunk[piece.start : piece.end])):
                found[match.group(1)] += count
    return {symbol: count for symbol, count in sorted(found.items()) if count >= _SEEN}


def cased(chunks: Counter[str], vocabulary: list[str]) -> dict[str, str]:
    """Words that are not syllables and are mostly written with capitals inside (``UBND``, ``TTg``)."""
    wanted = {word for word in vocabulary if not is_syllable(word)}
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for chunk, count in chunks.items():
        for piece in cut(chunk):
            word = chunk[piece.start : piece.end]
            if piece.kind == WORD and word.lower() in wanted:
                forms[word.lower()][word] += count
    best = {word: max(sorted(seen), key=lambda form: seen[form]) for word, seen in sorted(forms.items())}
    return {word: form for word, form in best.items() if any(letter.isupper() for letter in form[1:])}


def initials(chunks: Counter[str]) -> dict[str, int]:
    """Words of two to eight capitals that are no syllables, with weighted counts."""
    found: Counter[str] = Counter()
    for chunk, count in chunks.items():
        for piece in cut(chunk):
            word = chunk[piece.start : piece.end]
            capitals = piece.kind == WORD and word.isalpha() and word.isupper()
            if capitals and 2 <= len(word) <= 8 and not is_syllable(word):
                found[word] += count
    return {word: count for word, count in sorted(found.items()) if count >= _COMMON}

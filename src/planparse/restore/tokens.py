"""Cutting lines into what is decoded: words, numbers, document codes and the marks between them.

Training and restoring use the same cut, so that the language model sees at run time what it saw in the
corpus. A *chunk* is what stands between spaces; its edges are marks, its core is one or more pieces.
"""

from __future__ import annotations

import re
from typing import NamedTuple

WORD, NUMBER, CODE, STOP, MARK, BROKEN = range(6)
"""Kinds of pieces. STOP ends a sentence or clause for the language model, MARK only interrupts it. BROKEN is a word
whose ink is no longer letters, marks within it and all; only who says so gets it (:func:`cut_broken`)."""

EDGE = ".,;:()[]{}\"“”‘’'…?!*/-–—|«»•·_=+<>~`\\^°"
"""Characters that are no part of a word where they stand at its edge."""

STOPS = frozenset(".;:?!…")
RULE_INSIDE = re.compile(
    r"(?<=[\w.,;:)%]{2})[|¦]+(?=[^\W\d_][^\s|¦]|[-–+](?:\s|$))"  # before a word of two letters, or a bullet
    r"|(?<=[^\W\d]{2})[|¦]+(?=\d{2})"  # before figures, but not amid them
)
"""A ruling line that OCR set between two words without a space: ``khu|Các``, ``hội,|Các``, ``trước|-``; a single
letter beside a bar may be one with it (``V|II``)."""
_INNER = re.compile(rf"""{RULE_INSIDE.pattern}|[.,;:()\[\]"“”…!/–—-]+""")
_NUMBER = re.compile(r"\d[\d.,/:%-]*$")
# 118/KH-UBND, 12/2021/TT-BNV, 91-KL/TU, 63/2025/QH15, with the misreadings that keep the shape (0H15);
# not 286/Ngày, which is a number and a word.
_CODE = re.compile(r"\d{1,6}[A-Za-z]?(?:/\d{4})?[/-](?!.*[^\W\dA-ZĐ_]{3})0?[A-Za-zĐđ][\w&/.-]*$")
# What English OCR makes of ư and ơ: "(mg" and "{ng" are ứng, "co’" is cơ. Such marks belong to the word.
_HORN_AHEAD = re.compile(r"[({](?=(?:m|n|in|rn)g\b)")
_HORN_BEHIND = re.compile(r"(?<=[^\W\d_])[’'](?=[.,;:)]*$)")
_ADDRESS = re.compile(r"\w+://|www\.|[\w.-]+@[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|org|net)\b", re.I)
_LETTER = re.compile(r"[^\W\d_]")


BROKEN_INSIDE = re.compile(
    r"""[^\W\d_][^\w\s/–&-]+[^\W_]  # marks between letters
    |[^\W\d_]\d+[^\W\d_]           # digits between letters
    |[^\w\s/"“”‘’(\[-]{2}[^\W\d_]  # marks before a letter
    |[^\W\d_][?}{\]\[<>~=*^!]      # a mark that no word ends in
    |[?}{\]<>~=*^!][^\W\d_]         # or begins with
    """,
    re.VERBOSE,
)
"""Marks or digits amid the letters of a chunk."""


class Piece(NamedTuple):
    """A stretch of a chunk: ``kind``, and where it starts and ends in the chunk."""

    kind: int
    start: int
    end: int


def cut(chunk: str) -> tuple[Piece, ...]:
    """Cut a chunk (no spaces in it) into pieces that cover it, in order; neighbouring marks are merged.

    >>> [chunk[p.start:p.end] for chunk in ["(CCHC)/TTHC;"] for p in cut(chunk)]
    ['(', 'CCHC', ')/', 'TTHC', ';']
    >>> [chunk[p.start:p.end] for chunk in ["khu|Các", "hội,|Tỉnh"] for p in cut(chunk)]
    ['khu', '|', 'Các', 'hội', ',', '|', 'Tỉnh']
    """
    if chunk.isalpha():  # most words, fast
        return (Piece(WORD, 0, len(chunk)),)
    core = chunk.strip(EDGE)
    if not core:
        return (_mark(chunk, 0, len(chunk)),)
    left = chunk.index(core)
    right = left + len(core)
    if left and _HORN_AHEAD.match(chunk, left - 1):
        left -= 1
    if right < len(chunk) and "‘" not in chunk and _HORN_BEHIND.match(chunk, right):
        right += 1
    found = [_mark(chunk, 0, left)] if left else []
    if _NUMBER.match(core):
        found.append(Piece(NUMBER, left, right))
    elif _CODE.match(core) or _ADDRESS.match(core):
        found.append(Piece(CODE, left, right))
    else:
        at = left
        for inner in _INNER.finditer(chunk, left + 1, right):
            if inner.start() > at:  # two marks may touch: a comma, and the rule after it
                found.append(_word(chunk, at, inner.start()))
            found.append(_mark(chunk, inner.start(), inner.end()))
            at = inner.end()
        found.append(_word(chunk, at, right))
    if right < len(chunk):
        found.append(_mark(chunk, right, len(chunk)))
    return tuple(found)


def cut_broken(chunk: str) -> tuple[Piece, ...]:
    """A chunk that is a broken word, or as many as its letters leave room for; marks amid them are part of it.

    >>> [chunk[p.start:p.end] for chunk in ["TTr,KH,(.n_oi", "?hong,", "(Tinh"] for p in cut_broken(chunk)]
    ['TTr,KH,(.n_oi', '?hong', ',', '(', 'Tinh']
    """
    if (rule := RULE_INSIDE.search(chunk)) is not None:
        left, right = rule.span()
        behind = [Piece(p.kind, p.start + right, p.end + right) for p in cut_broken(chunk[right:])]
        return (*cut_broken(chunk[:left]), _mark(chunk, left, right), *behind)
    if not BROKEN_INSIDE.search(chunk):
        return tuple(p._replace(kind=BROKEN) if p.kind == WORD else p for p in cut(chunk))
    if len(chunk) > 2 and chunk[-1] in ".,;:":
        return (Piece(BROKEN, 0, len(chunk) - 1), _mark(chunk, len(chunk) - 1, len(chunk)))
    return (Piece(BROKEN, 0, len(chunk)),)


def _mark(chunk: str, start: int, end: int) -> Piece:
    return Piece(STOP if STOPS & set(chunk[start:end]) else MARK, start, end)


def _word(chunk: str, start: int, end: int) -> Piece:
    word = chunk[start:end]
    return Piece(NUMBER if word[0].isdigit() and not _LETTER.search(word) else WORD, start, end)

"""What a document says about itself in its body, for heads that are lost: who issues it, and what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse import lexicon
from planparse.recognise.body_names import body_name
from planparse.recognise.head_number import HeadNumber
from planparse.recognise.layout import Layout, Role
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Passage, join
from planparse.recognise.phrases import openings
from planparse.recognise.plain import plain
from planparse.restore.text import RestoredText

REACH = 45
"""A document says who issues it within so many lines of its body."""

_ISSUES = re.compile(
    r"(?<!\w)(?P<verb>ban hanh|xay dung|thong bao|bao cao|de nghi)\s+(?P<what>[^\W\d_]+(?:\s[^\W\d_]+)?)"
)
_LONGEST_NAME = 110


@dataclass(frozen=True)
class Inferred:
    """What was inferred; ``None`` where nothing was asked for or nothing was found."""

    issuer: str | None = None
    doc_type: str | None = None
    doc_type_code: str | None = None


def infer_from_body(
    text: RestoredText,
    layout: Layout,
    notes: Notebook,
    want_type: bool,
    want_issuer: bool,
    place: str | None,
    number: HeadNumber,
) -> Inferred:
    """Find ``Ủy ban nhân dân tỉnh … ban hành Kế hoạch …`` in the first lines of the body."""
    if not (want_type or want_issuer):
        return Inferred()
    lines = layout.lines(Role.BODY)[:REACH]
    passage = join(text, [(n, 0, len(text.line(n).text)) for n in lines])
    for match in _ISSUES.finditer(plain(passage.text)):
        entry = lexicon.doc_types().find(match["what"], 0.85)
        if entry is None:
            continue
        body = _named_before(passage.text, match.start())
        if body is None:
            continue
        issuer = _issuer(passage, body, notes) if want_issuer else None
        doc_type = code = None
        if want_type:
            doc_type, code = entry.entry.name, entry.entry.code
            ranges = passage.ranges(match.start("what"), match.end("what"))
            notes.found("/header/doc_type", ranges, 0.8)
            if code:
                notes.found("/header/doc_type_code", ranges, 0.8)
            message = f"the type was taken from the body: {passage.text[match.start('verb') : match.end('what')]!r}"
            notes.diagnose("PP115", "warning", message, "/header/doc_type", [r[0] for r in ranges])
        return Inferred(issuer, doc_type, code)
    return Inferred(issuer=_by_symbol(number, place, notes) if want_issuer else None)


def _named_before(text: str, verb: int) -> tuple[int, int] | None:
    """The body that stands before a verb: from its capital to the verb, within the clause that the verb ends."""
    window = max(0, verb - _LONGEST_NAME)
    clause = max(text.rfind(mark, window, verb) for mark in ".;:,")
    end = window + len(text[window:verb].rstrip(" ,"))
    for start in (max(clause + 1, window), window):
        for capital in re.finditer(r"(?<!\w)[A-ZĐỦ]", text[start:verb]):
            if _is_body(text[start + capital.start() : end]):
                return start + capital.start(), end
    return None


def _is_body(words: str) -> bool:
    heads = [head.name for head in lexicon.body_heads()]
    abbreviated = re.match(r"(?:UBND|HĐND|HDND)\s", words)
    return bool(abbreviated) or any(openings(heads, words, 0.86))


def _issuer(passage: Passage, body: tuple[int, int], notes: Notebook) -> str:
    words = passage.text[body[0] : body[1]]
    ranges = passage.ranges(*body)
    named = body_name(words)
    notes.found("/header/issuer", ranges, named.confidence * 0.85, words if named.repaired else None)
    message = f"the head shows no issuer; taken from the body: {words!r}"
    notes.diagnose("PP115", "warning", message, "/header/issuer", [r[0] for r in ranges])
    return named.name


def _by_symbol(number: HeadNumber, place: str | None, notes: Notebook) -> str | None:
    """A body of the centre by its abbreviation in the symbol (``12/2021/TT-BNV``: Bộ Nội vụ)."""
    for agency in lexicon.agencies():
        if agency.abbreviation in number.issuer_codes and agency.level == "central":
            notes.found("/header/issuer", number.ranges, 0.9)
            message = f"the head shows no issuer; taken from the symbol {number.symbol}"
            notes.diagnose("PP115", "warning", message, "/header/issuer", [r[0] for r in number.ranges])
            return agency.name
    return None

"""Symbols too damaged to be read by themselves, recovered from what the citation says in words.

``Kết luận số 64-K U ngày 09/5/2023 của Thường trực Tỉnh ủy``: the type gives ``KL``, the body gives ``TU``, and
the ink fits ``KL/TU`` and nothing else. Without such a proof nothing is recovered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from planparse.lexicon import agencies, doc_types, fold
from planparse.recognise.citations.mentions import Mention, date_after, type_before
from planparse.recognise.number_symbol import NumberSymbol, find_number_symbols
from planparse.recognise.passage import Passage
from planparse.recognise.plain import plain

_STUMP = re.compile(
    r"(?:\bs[\w]{0,2}|\b[58][6o])\s+(?P<number>\d{1,5})\s?(?P<bar>[-/])\s?"
    r"(?P<rest>[a-z0-9/&. -]{1,14}?)\s+(?P<day>ng[ado]{1,2}y)\b"
)
"""``số 91-K U ngày``: a number after ``số``, letters that are no symbol, then a date."""

_ENOUGH = 60.0
"""How alike (0 to 100) the letters left and the letters expected must be."""


def find_damaged(passage: Passage, known: Iterable[Mention]) -> list[Mention]:
    """Mentions whose symbol only the words around it, or the same number elsewhere, can restore."""
    text, folded = passage.text, plain(passage.text)
    taken = [mention.whole for mention in known]
    elsewhere = {m.number.number: m.number for m in known if m.number}
    found = []
    for stump in _STUMP.finditer(folded):
        start, end = stump.start("number"), stump.end("rest")
        if any(a < end and start < b for a, b in taken) or find_number_symbols(text[start:end]):
            continue
        doc_type, begin = type_before(passage, start)
        day = date_after(passage, end)
        window = text[end : end + 320]
        symbols = set(_expected(doc_type, stump["bar"], window))
        if (same := elsewhere.get(stump["number"])) and same.party == (stump["bar"] == "-"):
            symbols.add(same.symbol)
        fitting = sorted(((_fit(stump["rest"], s), s) for s in symbols), reverse=True)
        if not fitting or fitting[0][0] < _ENOUGH or (len(fitting) > 1 and fitting[1][0] == fitting[0][0]):
            continue
        symbol = fitting[0][1]
        number = NumberSymbol(stump["number"], None, symbol, stump["bar"] == "-", start, end, text[start:end])
        mention = Mention(passage, doc_type, number, None, None, (begin, end), (start, end))
        mention.mended_from = text[start:end]
        mention.lines = sorted({passage.line_at(begin), passage.line_at(start)})
        if day is not None:
            mention.date, mention.date_at, mention.whole = day.date, (day.start, day.end), (begin, day.end)
        found.append(mention)
    return found


def _expected(doc_type: str | None, bar: str, window: str) -> Iterable[str]:
    """Symbols that the type and the bodies named behind the number call for."""
    codes = {entry.code for entry in doc_types() if entry.code and doc_type and entry.name == doc_type}
    folded = fold(window)
    for body in agencies():
        if any(fold(name) in folded for name in (body.name, *body.aliases) if len(name) > 5):
            for code in codes:
                yield f"{code}/{body.abbreviation}" if bar == "-" else f"{code}-{body.abbreviation}"


def _fit(rest: str, symbol: str) -> float:
    return fuzz.ratio(re.sub(r"[^a-z0-9]", "", rest), re.sub(r"[^a-z0-9]", "", plain(symbol)))

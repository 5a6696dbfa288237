"""The grammar of numbers and symbols of documents (số, ký hiệu), tolerant of what OCR does to them.

This is the shared grammar: any module that meets a document's number reads it by this one. It knows

- administrative form ``273/QĐ-BNV``, with year ``73/2023/NĐ-CP``, without type ``5842/UBND-KSTT``;
- legislature ``202/2025/QH15``, and the form of the Party ``91-KL/TU``;
- damage: spaces within (``1118 /KH-UBND``, ``ND- CP``), lost marks and bars (``QD``, ``Qb``, ``QĐUBND``).

Digits are taken as they stand. Letters are put right by :func:`planparse.lexicon.read_symbol`, that is only
towards abbreviations that they can be a misreading of; an unknown one stays as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from planparse.lexicon import agencies, doc_types, read_symbol

NUMBER = r"(?<![\w,./-])\d{1,5}[a-z]?"
YEAR = r"(?:19[4-9]\d|20\d\d)"
PART = r"[A-ZĐÐƯ][A-Za-zĐÐđƯ&]{0,17}\d{0,2}(?!\w)"
"""One abbreviation within a symbol: ``QĐ``, ``TTg``, ``QH15``, ``CCHC&VTLT``."""

_SHAPE = re.compile(
    rf"(?P<number>{NUMBER})"
    rf"(?P<bar>\s?[/-]\s?)"
    rf"(?:(?P<year>{YEAR})\s?/\s?)?"
    rf"(?P<symbol>{PART}(?:\s?[-/–]\s?{PART}){{0,7}})"
)
_BARLESS = re.compile(rf"(?P<number>{NUMBER})(?P<bar>\s)(?P<year>)(?P<symbol>{PART}(?:[-/]{PART})+)")
_JOINT = re.compile(r"\s?([-/–])\s?")
_LEGISLATURE = re.compile(r"(?:UBTV)?QH\d{1,2}")
_BROKEN_D = re.compile(r"(?<=[A-Z])(?:[ĐÐD]b|b)(?![a-z])")
"""Two letters that the English model makes of one Đ: ``QDb``."""
_PRIME_MINISTER = re.compile(r"TT[es9q]$")
"""``TTg`` with its g misread."""


@dataclass(frozen=True, slots=True)
class NumberSymbol:
    """A number and symbol as read; ``start``/``end`` are its place in the text that was searched."""

    number: str
    year: int | None
    symbol: str
    party: bool
    start: int
    end: int
    printed: str
    type_codes: tuple[str, ...] = ()
    """What the first abbreviation can stand for: one code, none, or several (``DA``: Dự án, Đề án)."""
    issuer_codes: tuple[str, ...] = ()
    """Those of the other abbreviations that are bodies of the lexicon."""

    @property
    def text(self) -> str:
        """Number and symbol as they are written: ``12/2021/TT-BNV``, ``91-KL/TU``."""
        if self.party:
            return f"{self.number}-{self.symbol}"
        return "/".join([self.number, *([str(self.year)] if self.year else []), self.symbol])

    @property
    def ambiguous(self) -> bool:
        """Whether the letters of its type fit several types."""
        return len(self.type_codes) > 1


def find_number_symbols(text: str, doc_type: str | None = None) -> list[NumberSymbol]:
    """All numbers and symbols in a text, in order.

    ``doc_type`` is the type's name where the text around says it; it settles what letters alone cannot
    (``04-DA/TU`` after ``Đề án`` is ``04-ĐA/TU``).
    """
    return list(_found(text, doc_type))


def read_number_symbol(text: str, doc_type: str | None = None) -> NumberSymbol | None:
    """The first number and symbol of a text that is known to hold one, so that even its bar may be lost."""
    found = next(_found(text, doc_type), None)
    if found is None and (match := _BARLESS.search(text)):
        found = _read(match, doc_type)
    return found


def type_named(code: str) -> str | None:
    """The name of the document type with this code (of several the administrative or legal one)."""
    return _names().get(code)


def _found(text: str, doc_type: str | None) -> Iterator[NumberSymbol]:
    at = 0
    while match := _SHAPE.search(text, at):
        read = _read(match, doc_type)
        if read is not None:
            yield read
        at = read.end if read else match.end("number")


def _read(match: re.Match[str], doc_type: str | None) -> NumberSymbol | None:
    """What a match of the shape says; ``None`` where its letters are no symbol (``10/63 Tỉnh``)."""
    raw, end = match["symbol"], match.end("symbol")
    pieces = _JOINT.split(raw)
    parts, joints = pieces[::2], pieces[1::2]
    while not _is_symbol(parts):
        if len(parts) == 1:
            return None
        # what follows a symbol may look like one more part of it: `01/NQ-CP - CHỦ`
        raw = raw[: raw.rfind(parts[-1])].rstrip(" -/–")
        end = match.start("symbol") + len(raw)
        parts, joints = parts[:-1], joints[:-1]
    parts = _unglued(parts)
    type_codes = _types(parts[0])
    codes = [_chosen(parts[0], type_codes, doc_type), *(_canonical(part) for part in parts[1:])]
    if codes[0] in type_codes and doc_type and type_named(codes[0]) == doc_type:
        type_codes = (codes[0],)
    year = int(match["year"]) if match["year"] else None
    # the Party sets a hyphen after the number and a bar before the body
    party = year is None and len(codes) > 1 and (codes[-1] in _PARTY_BODIES or joints[-1:] == ["/"])
    return NumberSymbol(
        number=match["number"],
        year=year,
        symbol="-".join(codes[:-1]) + "/" + codes[-1] if party else "-".join(codes),
        party=party,
        start=match.start(),
        end=end,
        printed=match.string[match.start() : end],
        type_codes=type_codes,
        issuer_codes=tuple(c for c in (codes[1:] if type_codes else codes) if _is_body(c)),
    )


def _is_symbol(parts: list[str]) -> bool:
    if len(parts) == 1:
        return bool(_LEGISLATURE.fullmatch(_canonical(parts[0]))) or len(_unglued(parts)) > 1
    if _types(parts[0]):  # abbreviations are capitals for the most part: not `KH - Phòng`
        return all(sum(map(str.isupper, part)) * 2 >= len(part) for part in parts[1:])
    return all(part.isupper() for part in parts)  # a công văn, or a type outside the decree


def _unglued(parts: list[str]) -> list[str]:
    """``QĐUBND`` → ``QĐ``, ``UBND``: the hyphen between two known abbreviations was lost."""
    if len(parts) > 1:
        return parts
    part = parts[0]
    for cut in range(2, len(part) - 1):
        if _types(part[:cut]) and _is_body(_canonical(part[cut:])):
            return [part[:cut], part[cut:]]
    return parts


def _types(part: str) -> tuple[str, ...]:
    return read_symbol(_mended(part)).doc_type_codes


def _canonical(part: str) -> str:
    return read_symbol("X-" + _mended(part)).symbol[2:]  # `X-`: in any place but the first


def _mended(part: str) -> str:
    return _PRIME_MINISTER.sub("TTg", _BROKEN_D.sub("Đ", part))


def _chosen(part: str, codes: tuple[str, ...], doc_type: str | None) -> str:
    """Which type a first part stands for: what the words say, else what is printed, else as printed."""
    named = [code for code in codes if doc_type and type_named(code) == doc_type]
    if named:
        return named[0]
    if len(codes) == 1:
        return codes[0]
    return part if codes else _canonical(part)


@cache
def _names() -> dict[str, str]:
    return {entry.code: entry.name for entry in reversed(doc_types().entries) if entry.code}


@cache
def _bodies() -> frozenset[str]:
    return frozenset(body.abbreviation for body in agencies())


def _is_body(code: str) -> bool:
    return code in _bodies() or bool(_LEGISLATURE.fullmatch(code))


_PARTY_BODIES = frozenset({"TW", "TU", "HU", "ĐU", "VPTW", "VPTU", "BTCTU", "BTGTU", "UBKTTU"})
"""Bodies of the Party whose documents are numbered in its form even where a bar was lost."""

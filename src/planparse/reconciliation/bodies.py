"""Who is meant: bodies as records name them, spelled out and given their province."""

from __future__ import annotations

import re
from functools import cache

from planparse.lexicon import agencies, provinces, strip_marks
from planparse.records import Header, PlanRecord


def plainly(name: str) -> str:
    """A name without marks, case and abbreviations: ``UBND tỉnh`` → ``uy ban nhan dan tinh``."""
    words = " ".join(strip_marks(name).lower().split())
    for short, spelled in _abbreviations().items():
        words = re.sub(rf"\b{short}\b", spelled, words)
    return words


@cache
def _abbreviations() -> dict[str, str]:
    return {
        strip_marks(body.abbreviation).lower(): strip_marks(body.name).lower()
        for body in agencies()
        if body.abbreviation in ("UBND", "HĐND", "MTTQ")
    }


@cache
def _provinces() -> tuple[str, ...]:
    return tuple(sorted({strip_marks(p.name).lower() for p in provinces()}, key=len, reverse=True))


def province_of(record: PlanRecord) -> str | None:
    """The province that a record's issuer belongs to, without marks."""
    header: Header = record.header
    for text in (header.issuer, header.parent_issuer, header.place):
        found = province_in(text)
        if found:
            return found
    return None


def province_in(text: str | None) -> str | None:
    """The first province that a text names, without marks."""
    words = plainly(text) if text else ""
    return next((name for name in _provinces() if re.search(rf"\b{re.escape(name)}\b", words)), None)


def is_central(symbol: str | None) -> bool:
    """Whether a symbol ends in a body of which the country has one (``QĐ-BNV``, ``NQ/TW``)."""
    last = re.split(r"[-/]", symbol or "")[-1]
    bare = re.sub(r"\d+$", "", last)
    return any(body.abbreviation == bare and body.level == "central" for body in agencies())


def home_of(symbol: str | None, issuer: str | None, record: PlanRecord) -> str | None:
    """The province within which a number counts; the same number is another document in another province."""
    if is_central(symbol):
        return "trung ương"
    return province_in(issuer) or province_of(record)


def compatible(cited: str | None, own: str | None) -> bool:
    """Whether the issuer that a citation names can be the body that a document's head names."""
    if cited is None or own is None:
        return True
    a, b = plainly(cited), plainly(own)
    if a.startswith(("chu tich ", "bo truong ", "giam doc ")):
        a = a.split(" ", 2)[-1]
    return a in b or b in a

"""Number and symbol of documents (số, ký hiệu): how the parts make the whole.

State bodies write ``607/KH-UBND`` and, for legal documents, ``12/2021/TT-BNV``; the Party writes ``91-KL/TU``.
"""

from __future__ import annotations

import re

NUMBER = re.compile(r"\d{1,6}[a-zđ]?", re.IGNORECASE)
"""A document number: digits, at times with a letter for one squeezed in later (12a)."""

SYMBOL = re.compile(r"[^\W\d_]+\d*(?:[-/&.,+ ]*[^\W_]+)*")
"""A symbol: groups of letters (and the digits of QH15, HĐND14 …) joined by ``-``, ``/`` or ``&``."""


def composed(number: str | None, year: int | None, symbol: str | None) -> frozenset[str]:
    """All ways in which number, year and symbol may be written together."""
    if number is None or symbol is None:
        return frozenset()
    if year is not None:
        return frozenset({f"{number}/{year}/{symbol}"})
    return frozenset({f"{number}/{symbol}", f"{number}-{symbol}"})


def type_part(symbol: str) -> str:
    """The part of a symbol that names the type: ``KH`` of ``KH-UBND``, ``QĐ`` of ``QĐ-TTg``, ``KL`` of ``KL/TU``."""
    return re.split(r"[-/]", symbol, maxsplit=1)[0]

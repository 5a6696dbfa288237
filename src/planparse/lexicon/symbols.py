"""Symbols of documents (ký hiệu): ``KH-UBND``, ``QĐ-TTg``, ``TT-BLĐTBXH``, ``UBND-KSTT``.

A symbol is abbreviations joined by hyphens. Tesseract loses the stroke of Đ and mistakes Q for O; an
abbreviation that the lexicon knows can be put right, any other is left as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from planparse.lexicon.folding import strip_marks
from planparse.lexicon.tables import agencies, doc_types

_PARTS = re.compile(r"([-–/&.+])")

_NATIONAL_ASSEMBLY = re.compile(r"(UBTV)?[QO0]H(\d{1,2})")
"""Quốc hội and its term: ``QH15``, ``UBTVQH14``; eng reads OH15."""

_LOOK_ALIKE_CAPITALS = str.maketrans({"P": "D", "B": "D", "Q": "O", "0": "O", "1": "I", "l": "I", "5": "S"})
"""Capitals that stand for one another in eng readings: Đ is read D, P or B; Q is read O or 0."""


@dataclass(frozen=True)
class SymbolReading:
    """A symbol as it should be written.

    ``known`` says that every part is in the lexicon; ``changed`` that a letter differs from the input;
    ``doc_type_codes`` are the codes that the first part can stand for (HD: HD or HĐ).
    """

    symbol: str
    known: bool
    changed: bool
    doc_type_codes: tuple[str, ...]


def read_symbol(raw: str) -> SymbolReading:
    """Put the abbreviations of a symbol right: ``QD-TTg`` → ``QĐ-TTg``, ``TT-BLDTBXH`` → ``TT-BLĐTBXH``."""
    pieces = _PARTS.split(re.sub(r"\s+", "", raw).replace("–", "-").replace("—", "-"))
    built: list[str] = []
    known, codes = True, tuple[str, ...]()
    for at, piece in enumerate(pieces):
        if at % 2 or not piece:
            built.append(piece)
            continue
        readings = _readings(piece, first=at == 0)
        if at == 0:
            type_codes = {entry.code for entry in doc_types()}
            codes = tuple(r for r in readings if r in type_codes)
        exact = [r for r in readings if r == piece]
        # Two abbreviations that differ by a lost stroke only (HD, HĐ) can't be told apart here.
        chosen = exact[0] if exact else readings[0] if len(readings) == 1 else piece
        known = known and bool(readings)
        built.append(chosen)
    symbol = "".join(built)
    return SymbolReading(symbol, known, symbol != "".join(pieces), codes)


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Abbreviation without diacritics → the abbreviations that it can stand for."""
    found: dict[str, list[str]] = {}
    known = [entry.code for entry in doc_types() if entry.code]
    for body in agencies():
        known += [body.abbreviation, *(a for a in body.aliases if " " not in a)]
    for abbreviation in known:
        group = found.setdefault(strip_marks(abbreviation), [])
        if abbreviation not in group:
            group.append(abbreviation)
    return {key: tuple(group) for key, group in found.items()}


@cache
def _all() -> frozenset[str]:
    return frozenset(code for group in _abbreviations().values() for code in group)


@cache
def _garbled() -> dict[str, tuple[str, ...]]:
    """The same by look-alike capitals, of length 3 and more (shorter ones meet too many others)."""
    found: dict[str, list[str]] = {}
    for key, group in _abbreviations().items():
        found.setdefault(key.upper().translate(_LOOK_ALIKE_CAPITALS), []).extend(group)
    return {key: tuple(group) for key, group in found.items()}


@cache
def _readings(piece: str, first: bool) -> tuple[str, ...]:
    """The abbreviations that a printed piece can stand for, by the surest way that finds any."""
    if piece in _all():
        # Marks are never invented, so a piece that has one is what it says; without one it may have lost it.
        return (piece,) if not piece.isascii() else _abbreviations()[piece]
    bare = strip_marks(piece)
    if exact := _abbreviations().get(bare):
        return exact
    if not piece.isascii():
        return ()  # letters with marks were read with care: what is not known is new, not garbled
    if term := _NATIONAL_ASSEMBLY.fullmatch(bare):
        return (f"{term[1] or ''}QH{term[2]}",)
    garbled = _garbled().get(bare.upper().translate(_LOOK_ALIKE_CAPITALS), ())
    if len(garbled) != 1:
        return ()
    # Two letters are too few to go by, but for a type with a Đ at the start: OD, QB, ND, NP.
    return garbled if len(bare) > 2 or (first and "Đ" in garbled[0]) else ()

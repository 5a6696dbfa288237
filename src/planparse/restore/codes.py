"""Document codes (``118/KH-UBND``): their symbols mended by the symbols that exist. Digits are never touched."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from unidecode import unidecode

_CODE = re.compile(r"(\d{1,6}[A-Za-z]?(?:/\d{4})?[/-])(.+)$")
_ALIKE = str.maketrans({"0": "O", "Q": "O", "1": "I", "L": "I", "!": "I", "5": "S", "8": "B", "&": "8"})
_OFTEN = 60
"""Weighted sightings that make a symbol common enough to attract a garbled one."""
_KNOWN = 8
"""Sightings of each part that make an unseen symbol one to leave alone ..."""
_FAR = 1000
"""... unless a neighbour is so many times as frequent as the rarest part."""
_DIGITS = str.maketrans({"l": "1", "I": "1", "O": "0", "o": "0", "§": "8"})
_DIGIT_LOOK = re.compile(r"(?=.*\d)[\dlIOo§][\dlIOo§.,]*$")


def looks_like_digits(form: str) -> bool:
    """Is a word digits but for letters that OCR puts for them (``l7``, ``2O25``)?"""
    return _DIGIT_LOOK.match(form) is not None


def as_digits(form: str) -> str:
    """Such a word in digits; any other as it is."""
    return form.translate(_DIGITS) if looks_like_digits(form) else form


def look(symbol: str) -> str:
    """What a symbol looks like once marks, case and look-alike letters are made equal.

    >>> look("QĐ-TTg") == look("0D-TTg")
    True
    """
    return unidecode(symbol).upper().translate(_ALIKE)


class Symbols:
    """The symbols of the corpus with their weighted counts."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = counts

    @cached_property
    def _by_look(self) -> dict[str, str]:
        best: dict[str, str] = {}
        for symbol, count in self.counts.items():
            key = look(symbol)
            if count > self.counts.get(best.get(key, ""), 0):
                best[key] = symbol
        return best

    @cached_property
    def _common(self) -> list[tuple[str, str]]:
        return [(look(symbol), symbol) for symbol, count in self.counts.items() if count >= _OFTEN]

    def mend(self, code: str, marks_kept: bool = False) -> tuple[str, float]:
        """The code with its symbol as it is written, and how sure that is.

        Unknown symbols that look like no known one stay as they are, and so do those whose parts are all known
        (``CTr-SKHCN``). ``marks_kept``: the text still has its marks, so that a D is no Đ.
        """
        match = _CODE.match(code)
        if match is None:
            return code, 1.0
        number, symbol = match.groups()
        if marks_kept and self._weakest(symbol) >= _KNOWN:
            return code, 0.99
        found, sure = self._mend_symbol(symbol)
        return number + found, sure

    def _mend_symbol(self, symbol: str) -> tuple[str, float]:
        seen = self.counts.get(symbol, 0)
        key = look(symbol)
        best = self._by_look.get(key)
        if best is not None and (self.counts[best] > 20 * seen or not seen):
            return best, 0.99
        if best is not None:
            return symbol, 0.99
        weakest = self._weakest(symbol)
        better = self._neighbour(key)
        if better is not None and (weakest < _KNOWN or self.counts[better] > _FAR * weakest):
            return better, 0.9
        if weakest >= _KNOWN:
            return symbol, 0.95
        # Two halves that are each known (QĐ + UBND of a body nobody has seen together).
        halves = symbol.split("-")
        if len(halves) > 1:
            mended = [self._part(half) for half in halves]
            return "-".join(mended), 0.8
        return symbol, 0.7

    def _neighbour(self, key: str) -> str | None:
        """The common symbol one letter away, when one stands out."""
        if len(key) < 4:
            return None
        from rapidfuzz.distance import Levenshtein  # not needed for most documents: start-up counts

        near = [s for k, s in self._common if abs(len(k) - len(key)) <= 1 and Levenshtein.distance(k, key) == 1]
        near.sort(key=lambda s: -self.counts[s])
        if len(near) == 1 or (near and self.counts[near[0]] > 10 * self.counts[near[1]]):
            return near[0]
        return None

    def _weakest(self, symbol: str) -> int:
        """How often the rarest part of a symbol was seen, in whatever symbols."""
        return min(self._part_counts.get(part, 0) for part in symbol.split("-"))

    @cached_property
    def _part_counts(self) -> dict[str, int]:
        totals: dict[str, int] = {}
        for symbol, count in self.counts.items():
            for part in symbol.split("-"):
                totals[part] = totals.get(part, 0) + count
        return totals

    @cached_property
    def _parts(self) -> dict[str, tuple[int, str]]:
        best: dict[str, tuple[int, str]] = {}
        for part, count in self._part_counts.items():
            key = look(part)
            if count > best.get(key, (0, ""))[0]:
                best[key] = (count, part)
        return best

    def _part(self, part: str) -> str:
        return self._parts.get(look(part), (0, part))[1]

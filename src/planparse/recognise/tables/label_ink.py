"""What the printed label of a row or a section may stand for: prices of OCR's misreadings.

A label is one to four signs in a narrow column, and Tesseract reads it worse than any word: ``111`` = III,
``23`` = 2.3, ``|`` = 1, ``IL`` = II, ``VIII|``. So ink is not parsed but priced: how many nats does it take to read
this ink as that label? The prices were counted on rendered tables (``data/label_inks.yaml``); a label of one sign is
lost in every fifth row, a longer one hardly ever, which tells unnumbered rows from lost numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import yaml

NUMBER, ROMAN, LETTER = "number", "roman", "letter"

_EDGE = " .,;:()[]{}|_-–—‘’“”'\"~*"
_PRINTED = re.compile(r"\d{1,2}(?:[.,]\d{1,2}){0,3}")
_ROMAN_DIGITS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST_SECTIONS = 40
SHRED = 0.7
"""Nats for each further word in a number's cell."""


def roman(value: int) -> str:
    """4 → ``IV``."""
    text = ""
    for number, sign in _ROMAN_DIGITS:
        while value >= number:
            text, value = text + sign, value - number
    return text


ROMANS = {roman(n): n for n in range(1, MOST_SECTIONS)}


@dataclass(frozen=True)
class InkPrices:
    """Prices in nats, and the signs that OCR takes for one another, by kind of label."""

    exact: float
    dotless: float
    shaped: float
    confused: float
    other: float
    dropped: float
    added: float
    unreadable: float
    contradicted: float
    lost_one: float
    lost_more: float
    alike: dict[str, dict[str, str]]
    """For each kind of label: ink sign → the signs of a label that it may stand for."""


@lru_cache(maxsize=1)
def ink_prices() -> InkPrices:
    """The prices of ``data/label_inks.yaml``."""
    raw = yaml.safe_load((resources.files("planparse") / "data" / "label_inks.yaml").read_text(encoding="utf-8"))
    alike: dict[str, dict[str, str]] = {}
    for kind, entries in raw["alike"].items():
        alike[kind] = {}
        for sign, inks in entries.items():
            for ink in inks:
                alike[kind][ink] = alike[kind].get(ink, "") + str(sign)
    return InkPrices(alike=alike, **{name: float(nats) for name, nats in raw["prices"].items()})


@lru_cache(maxsize=65536)
def bare_label(ink: str | None) -> str:
    """A label's ink without the marks and rules around it: ``VIII|`` → ``VIII``, ``2.`` → ``2``; ``|`` stays."""
    shown = (ink or "").strip()
    return shown.strip(_EDGE) or shown.strip(" .,;:_-–—‘’“”'\"~*")


@lru_cache(maxsize=65536)
def parse_number(ink: str | None) -> tuple[int, ...] | None:
    """The number that a cell shows, if it shows one: ``2,1.`` → (2, 1); of several words the first that does."""
    words = (ink or "").split()
    if len(words) > 1:
        return next((found for word in words if (found := parse_number(word)) is not None), None)
    bare = bare_label(ink).replace(",", ".")
    return tuple(int(part) for part in bare.split(".")) if _PRINTED.fullmatch(bare) else None


def is_section_label(ink: str) -> bool:
    """Whether a label is a letter or a Roman number, as only sections have."""
    bare = bare_label(ink)
    return bare in ROMANS or bool(re.fullmatch(r"[A-HĐ]", bare))


@lru_cache(maxsize=65536)
def looks_like_label(ink: str) -> bool:
    """Whether a title's first word may be its label at all: figures, Roman signs, a letter, or marks."""
    bare = bare_label(ink)
    if not bare:
        return bool(ink.strip())
    if len(bare) > 6:
        return False
    if any(c.isdigit() for c in bare) or len(bare) == 1:
        return True
    signs = ink_prices().alike[ROMAN]
    return all(c in "IVX" or c in signs for c in bare)


@cache
def price(ink: str | None, label: str, kind: str) -> float:
    """What it costs to take ``ink`` for ``label`` (``2.3``, ``III``, ``B``); ``None`` is a label that OCR lost."""
    prices = ink_prices()
    signs = len(label.replace(".", ""))
    if not ink or not ink.strip():
        return prices.lost_one if signs == 1 else prices.lost_more + signs - 2
    words = ink.split()
    if len(words) > 1:  # shreds of the cell beside it came with the label
        return SHRED * (len(words) - 1) + min(price(word, label, kind) for word in words)
    bare = bare_label(ink)
    if bare == label or (kind == NUMBER and bare.replace(",", ".") == label):
        return prices.exact
    says_other = parse_number(ink) is not None if kind == NUMBER else is_section_label(ink)
    if kind != NUMBER and parse_number(ink) is not None and set(bare) != {"1"}:
        says_other = True
    cheapest = _edits(bare, label, kind, prices)
    if kind == ROMAN:
        cheapest = min(cheapest, prices.shaped + _edits(_in_roman_signs(bare), label, kind, prices))
    if kind == LETTER and label not in prices.alike[kind].get(bare[-1:], ""):
        cheapest = prices.contradicted
    if kind == NUMBER and "." in label:
        flat = bare.replace(",", "").replace(".", "")
        cheapest = min(cheapest, prices.dotless + _edits(flat, label.replace(".", ""), kind, prices))
    if says_other and kind == ROMAN and not _less_strokes(bare, label):
        cheapest = prices.contradicted
    return min(cheapest, prices.contradicted if says_other else prices.unreadable)


def _less_strokes(ink: str, label: str) -> bool:
    """Whether a clean Roman number is a label that lost signs (``II`` for III, ``V`` for IV), as OCR loses them."""
    left = iter(label)
    return all(sign in left for sign in ink)


def _in_roman_signs(ink: str) -> str:
    """``1ll`` → ``III``: OCR that takes one stroke for another takes them all."""
    alike = ink_prices().alike[ROMAN]
    return "".join(alike.get(sign, sign) for sign in ink.replace("H", "II"))


def _edits(ink: str, label: str, kind: str, prices: InkPrices) -> float:
    """The cheapest way from a label to its ink, sign by sign."""
    alike = prices.alike[kind]
    row = [prices.dropped * i for i in range(len(label) + 1)]
    for mark in ink:
        stands_for = alike.get(mark, "")
        above = row
        row = [above[0] + (0.4 if mark in _EDGE else prices.added)]
        for at, sign in enumerate(label):
            change = prices.confused if sign in stands_for else prices.other
            row.append(
                min(
                    above[at] + (0.0 if mark == sign else change),
                    above[at + 1] + prices.added,
                    row[at] + prices.dropped,
                )
            )
    return prices.exact + row[-1]

"""What the ink of a number can stand for: the number as printed, and what OCR may have made this ink of.

Vietnamese numbers have a decimal comma. A reading is one of three kinds:

- ``plain``: the ink says it as it stands (``9,2779``; a point for the comma counts as plain);
- ``mended``: all digits stand as they are, but a mark is put back or a letter read as the digit it is taken
  for: ``102469`` → 10,2469, ``41`` → +1, ``>|2,12`` → 12,12, ``S,5`` → 5,5;
- ``digit``: one digit is wrong, one too many or one missing: ``90,8268`` → 9,8268.

How likely each is was counted on numbers of real pages with a text layer: letters for digits are common, lost
commas too, a digit taken for another rare. No reading is ever chosen for its likelihood: arithmetic decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Literal

Kind = Literal["plain", "mended", "digit"]

LETTERS = {
    "|": "1",
    "l": "1",
    "I": "1",
    "i": "1",
    "!": "1",
    "]": "1",
    "O": "0",
    "o": "0",
    "Q": "0",
    "S": "5",
    "s": "5",
}
LETTERS |= {
    "(": "0",
    ")": "0",
    "'": "1",
    "$": "5",
    "Z": "2",
    "z": "2",
    "?": "2",
    "B": "8",
    "g": "9",
    "q": "9",
    "b": "6",
    "A": "4",
    "Ø": "0",
}
"""Letters that Tesseract puts for digits."""

_ALSO = {"Z": "7", "z": "7", "?": "7", "Ø": "9"}
"""Letters that stand for a second digit as often; both are readings, and arithmetic decides."""

ALIKE = {
    "1": "47",
    "7": "12",
    "3": "58",
    "8": "360",
    "5": "63",
    "6": "580",
    "0": "68",
    "9": "04",
    "4": "19",
    "2": "7",
}
"""Digits that are taken for one another."""

_MISREAD_LEADS = {"+": r"[4t1fFHT$]\d", "≥": r"[2Zz]\d"}
"""What a plus and a ``≥`` are misread as when they stand close to the number."""

_PLAIN = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?|\d{4}")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that an ink can stand for; ``decimals`` is how many places it is given to."""

    value: Decimal
    kind: Kind
    sign: str = ""

    @property
    def decimals(self) -> int:
        """Places behind the comma."""
        return max(0, -int(self.value.as_tuple().exponent))


@lru_cache(maxsize=8192)
def readings(ink: str, lead: str = "") -> tuple[Reading, ...]:
    """The readings of an ink whose digits stand as they are, the plainest first.

    ``lead`` is a mark that numbers of the column begin with (``+``, ``≥``) and that may stand misread as a digit.
    """
    body, sign = _unsigned(ink)
    return _distinct(_faithful(body, sign, lead))


@lru_cache(maxsize=8192)
def misreadings(ink: str, lead: str = "") -> tuple[Reading, ...]:
    """The other readings of an ink, of kind ``digit``: dozens for each figure, and hardly any figure needs them."""
    body, sign = _unsigned(ink)
    known = {(reading.value, reading.sign) for reading in readings(ink, lead)}
    return tuple(r for r in _distinct(_misread(body, sign)) if (r.value, r.sign) not in known)


def _distinct(found: Iterable[Reading]) -> tuple[Reading, ...]:
    """Of readings that say the same the first."""
    distinct: dict[tuple[Decimal, str], Reading] = {}
    for reading in found:
        distinct.setdefault((reading.value, reading.sign), reading)
    return tuple(distinct.values())


def plain(ink: str) -> Decimal | None:
    """The value that an ink says as it stands, if it is a number."""
    body, _ = _unsigned(ink)
    return _parsed(body.strip("|'[]"))


def comparison(ink: str) -> str:
    """The comparison that stands before a number: ``>``, ``≥``, or nothing."""
    match = re.match(r"\s*([>≥<≤]=?)", ink)
    return match[1].replace(">=", "≥").replace("<=", "≤") if match else ""


def sign_of(ink: str) -> str:
    """``+`` or ``-`` before a number, or nothing."""
    match = re.match(r"[\s>≥<≤=]*([+\-–±])", ink)
    return match[1].replace("–", "-") if match else ""


def _unsigned(ink: str) -> tuple[str, str]:
    body = re.sub(r"^[\s>≥<≤=~]+", "", ink)
    sign = sign_of(ink)
    body = re.sub(r"^[+\-–±\s’‘`\"°*_]+", "", body)
    return body.rstrip(' ;:’‘`"°*_()%.,'), sign


def _parsed(body: str) -> Decimal | None:
    if not _PLAIN.fullmatch(body):
        return None
    whole, _, fraction = body.replace(".", ",").partition(",")
    if len(whole) > 1 and whole.startswith("0"):
        return None  # no number begins so: `05,05`
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _faithful(body: str, sign: str, lead: str) -> Iterator[Reading]:
    if (value := _parsed(body.strip("|'[]"))) is not None:  # a bar beside a number is a line of the table, or a 1
        yield Reading(value, "plain", sign)
    for text, mark in _mended(body, sign, lead):
        if (value := _parsed(text)) is not None:
            yield Reading(value, "mended", mark)


def _misread(body: str, sign: str) -> Iterator[Reading]:
    for base in dict.fromkeys((body, *(text for text, _ in _mended(body, sign, "")))):  # a set has no order
        for text in dict.fromkeys(_digit_errors(base)):  # many come twice
            if (value := _parsed(text)) is not None:
                yield Reading(value, "digit", sign)


def _mended(body: str, sign: str, lead: str) -> Iterable[tuple[str, str]]:
    """Texts with a mark put back or letters read as digits; the digits themselves stay."""
    for spelled in _spelled(body):
        yield from _marked(body, spelled, sign, lead)


def _spelled(body: str) -> Iterator[str]:
    """The body with its letters read as digits, and its comma as a comma: ``Z,12`` → 2,12 and 7,12."""
    doubtful = [c for c in body if c in _ALSO][:3]
    for chosen in product(*((LETTERS[c], _ALSO[c]) for c in doubtful)):
        digits = iter(chosen)
        spelled = "".join(next(digits, LETTERS[c]) if c in _ALSO else LETTERS.get(c, c) for c in body)
        spelled = re.sub(r"(?<=\d)[;: ](?=\d)", ",", spelled)
        yield re.sub(r"(?<=\d)/(?=\d{3,4}$)", ",", spelled)


def _marked(body: str, spelled: str, sign: str, lead: str) -> Iterable[tuple[str, str]]:
    if spelled != body:
        yield spelled, sign
    yield from ((text, sign) for text in _with_comma(spelled))
    if lead and not sign and re.match(_MISREAD_LEADS[lead], body):  # `41` for `+1`, `2875` for `≥ 8,75`
        mark = "+" if lead == "+" else ""
        yield spelled[1:], mark
        yield from ((text, mark) for text in _with_comma(spelled[1:]))
    if re.fullmatch(r"0\d[.,]\d+", spelled):
        yield spelled[1:], sign  # `05,0505`


def _with_comma(digits: str) -> Iterator[str]:
    if digits.isdigit():
        for at in range(1, len(digits)):
            yield f"{digits[:at]},{digits[at:]}"


def _digit_errors(body: str) -> Iterator[str]:
    if not re.fullmatch(r"\d*[.,]\d+|\d+", body):
        return
    for at, letter in enumerate(body):
        if letter.isdigit():
            yield body[:at] + body[at + 1 :]
            for other in ALIKE[letter]:
                yield body[:at] + other + body[at + 1 :]
    for at in range(len(body) + 1):
        for digit in "0123456789":
            yield body[:at] + digit + body[at:]

"""Number and symbol in the head: ``Số: 12/2021/TT-BNV``, damaged, broken over lines, or left blank."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from planparse.lexicon import read_symbol
from planparse.recognise.head_parts import LABEL, HeadZone
from planparse.recognise.notes import Notebook
from planparse.recognise.number_symbol import NumberSymbol, read_number_symbol
from planparse.recognise.passage import Passage, Range, join
from planparse.restore.text import RestoredText

_DIGITS_APART = re.compile(r"^\W*(\d{1,3}(?:\s\d{1,4}){1,2})\s?/")
"""``2 943/KH-UBND``: a gap between the digits of one number."""

_REDRAWN = re.compile(r"^\W*(?=[\dOolI|]*\d)([\dOolI|]{1,5})\s?/")
"""A number in which a letter stands for the digit that it looks like: ``O7/2023/…``."""

_NO_BARS = re.compile(r"^\W*(\d{1,4})( )((?:19|20)\d\d)( )(?=[A-ZĐ]{2,4}\s?-)")
"""``11 2021 TT-BNV``: both bars were lost."""

_NUMBERLESS = re.compile(r"^(?P<ink>[^/]{0,12}?)\s?/?\s?(?P<symbol>[A-ZĐ][A-Za-zĐđ&]{0,4}\s?-\s?[A-ZĐ][\wĐ&-]*)")
_AS_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"})


@dataclass(frozen=True)
class HeadNumber:
    """What the head says as number and symbol; all ``None`` where it says nothing that can be read."""

    number: str | None = None
    year: int | None = None
    symbol: str | None = None
    text: str | None = None
    type_codes: tuple[str, ...] = ()
    issuer_codes: tuple[str, ...] = ()
    mended: bool = False
    issuer_first: bool = False  # the symbol begins with a body, as that of an official letter
    ranges: list[Range] = field(default_factory=list)


def read_number(text: RestoredText, zone: HeadZone, printed_type: str | None, notes: Notebook) -> HeadNumber:
    """Read the number line; note evidence for each of its parts."""
    if zone.number is None:
        if zone.motto:
            notes.diagnose("PP101", "warning", "no number was found in the head", "/header/number_symbol")
        return HeadNumber()
    passage = join(text, [zone.number, *zone.symbol_tail])
    label = LABEL.match(passage.text)
    start = label.end() if label else 0
    shown, repaired = _with_digits(passage.text, start)
    found = read_number_symbol(shown[start:], printed_type)
    if found is not None:
        found = _as_printed(text, passage, start, found, printed_type)
    if found is None:
        return _symbol_only(passage, start, notes)
    return _noted(found, passage, shown, start, repaired, notes)


def _as_printed(
    text: RestoredText, passage: Passage, start: int, found: NumberSymbol, printed_type: str | None
) -> NumberSymbol:
    """The symbol as the ink has it, where every part of that is an abbreviation: it needed no restoring."""
    places = passage.ranges(start + found.start, start + found.end)
    ink = "".join(text.source.ink(text.span(*place)) for place in places)
    again = read_number_symbol(ink, printed_type)
    if again is None or again.symbol == found.symbol or again.symbol not in re.sub(r"\s", "", ink):
        return found
    known = read_symbol(again.symbol).known and (again.number, again.year) == (found.number, found.year)
    return replace(again, start=found.start, end=found.end) if known else found


def _with_digits(line: str, start: int) -> tuple[str, str | None]:
    """The line with look-alike letters of the number as digits and its gaps closed up to the right, length kept."""
    rest = line[start:]
    if match := _DIGITS_APART.match(rest):
        ink = match[1]
        closed = ink.replace(" ", "").rjust(len(ink))
        return line[: start + match.start(1)] + closed + line[start + match.end(1) :], ink
    if match := _NO_BARS.match(rest):
        first, second = start + match.start(2), start + match.start(4)
        return f"{line[:first]}/{line[first + 1 : second]}/{line[second + 1 :]}", line[
            start + match.start(1) : second
        ]
    if (match := _REDRAWN.match(rest)) and not match[1].isdecimal():
        ink = match[1]
        return line[: start + match.start(1)] + ink.translate(_AS_DIGITS) + line[start + match.end(1) :], ink
    return line, None


def _noted(
    found: NumberSymbol, passage: Passage, shown: str, start: int, repaired: str | None, notes: Notebook
) -> HeadNumber:
    """Evidence and diagnostics; ``shown`` is the passage's text with the number put together, of the same length."""
    lines = sorted({piece[0] for piece in passage.pieces})
    first, last = start + found.start, start + found.end
    if repaired:  # the ink begins further left than the digits that were pushed together
        first = passage.text.index(repaired, start)
    ranges = passage.ranges(first, last)
    split = next((at for at in range(first, last) if shown[at] in "/-"), first + len(found.number))
    year_at = shown.find(str(found.year), split) if found.year else -1
    symbol_at = year_at + 4 if year_at >= 0 else split
    symbol_at += len(passage.text[symbol_at:last]) - len(passage.text[symbol_at:last].lstrip(" /-"))
    symbol_ink = passage.text[symbol_at:last]
    changed = found.symbol.replace(" ", "") != re.sub(r"\s+", "", symbol_ink)
    was = passage.text[first:last]
    notes.found("/header/number", passage.ranges(first, split), None if not repaired else 0.8, repaired)
    if found.year:
        notes.found("/header/year", passage.ranges(year_at, year_at + 4))
    notes.found("/header/symbol", passage.ranges(symbol_at, last), None, symbol_ink if changed else None)
    notes.found("/header/number_symbol", ranges, None if not repaired else 0.8, was if changed or repaired else None)
    if repaired:
        message = f"the number was put together as {found.number} from {repaired!r}"
        notes.diagnose("PP104", "warning", message, "/header/number", lines)
    if changed and not found.ambiguous:
        message = f"the symbol was put right as {found.symbol}"
        notes.diagnose("PP105", "info", message, "/header/symbol", lines)
    if found.ambiguous:
        message = f"{' or '.join(found.type_codes)}: the symbol fits several types"
        notes.diagnose("PP106", "warning", message, "/header/symbol", lines)
    if len(found.number) == 1 and not found.party:
        message = "a number below 10 is written with a zero before it: a digit may be lost"
        notes.diagnose("PP107", "warning", message, "/header/number", lines)
    return HeadNumber(
        number=found.number,
        year=found.year,
        symbol=found.symbol,
        text=found.text,
        type_codes=found.type_codes,
        issuer_codes=found.issuer_codes,
        mended=changed,
        issuer_first=bool(found.issuer_codes) and found.symbol.startswith(found.issuer_codes[0]),
        ranges=ranges,
    )


def _symbol_only(passage: Passage, start: int, notes: Notebook) -> HeadNumber:
    """``Số:      /KH-SNV``: the number was to be written by hand; or it is there, but what it says is no number."""
    lines = sorted({piece[0] for piece in passage.pieces})
    found = _NUMBERLESS.match(passage.text[start:])
    read = read_number_symbol("1/" + found["symbol"]) if found else None
    blank = found is not None and not any(c.isalnum() for c in found["ink"])
    message = "the number was left blank" if blank else "the number in the head can't be read"
    notes.diagnose("PP101", "warning", message, "/header/number", lines)
    if found is None or read is None:
        return HeadNumber()
    ranges = passage.ranges(start + found.start("symbol"), start + found.end("symbol"))
    notes.found("/header/symbol", ranges)
    if not blank:
        notes.found("/header/number", passage.ranges(start + found.start("ink"), start + found.end("ink")), 0.0)
    return HeadNumber(symbol=read.symbol, type_codes=read.type_codes, issuer_codes=read.issuer_codes, ranges=ranges)

"""Where the close of a document stands: recipients and signature, side by side or one after the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse import lexicon
from planparse.recognise.names import find_name
from planparse.recognise.pages import page_of, page_starts
from planparse.recognise.phrases import capitals, locate, openings, opens, opens_any
from planparse.restore.text import RestoredText

REACH = 45
"""A close has no more lines than this."""

_ITEM = re.compile(r"\s*[-–—~•*_]")
_ARCHIVE = re.compile(r"\s*[-–—~•*_.]{0,2}\s*L\w{1,4}\s?[:;]")
_AUTHORITY = re.compile(r"\s*(?:T\s?M|K\s?T|T\s?L|T\s?UQ|Q)\s?[.,:]\s?(?=[^\W\d_a-z])")
"""TM., KT., TL., TUQ. or Q. before a body or an office in capitals."""


@dataclass(frozen=True)
class ClosingZone:
    """``label`` is the line and the range of *Nơi nhận*, if it was found; ``lines`` all filled lines of the close."""

    lines: tuple[int, ...]
    label: tuple[int, int, int] | None


def find_closing_zone(text: RestoredText, after: int, skip: set[int]) -> ClosingZone | None:
    """The first close after line ``after``."""
    filled = [ln.number for ln in text.lines if ln.number > after and ln.text.strip() and ln.number not in skip]
    label = _label(text, filled)
    if label is not None:
        return ClosingZone(_around(text, filled, label[0]), label)
    for at, number in enumerate(filled):
        if is_signature_line(text.line(number).text) and number > after + 3 and _signed_below(text, filled[at:]):
            return ClosingZone(_around(text, filled, number, recipients=False), None)
    return None


def is_signature_line(line: str) -> bool:
    """Whether a line is nothing but an authority or an office in capitals: ``TM. ỦY BAN NHÂN DÂN``, ``GIÁM ĐỐC``."""
    shown = line.strip()
    if len(shown) > 60 or capitals(shown) < 0.8:
        return False
    return bool(_AUTHORITY.match(shown)) or bool(office(shown))


def office(line: str) -> bool:
    """Whether a line in capitals names or begins with an office of the lexicon."""
    if capitals(line) < 0.75:
        return False
    match = lexicon.positions().find(line, 0.82)
    return match is not None or any(openings((p.name for p in lexicon.positions() if len(p.name) > 7), line, 0.9))


def _label(text: RestoredText, filled: list[int]) -> tuple[int, int, int] | None:
    phrase = lexicon.phrases("recipients")[0]
    for number in filled:
        line = text.line(number).text
        if len(line) > 90:
            continue
        found = opens(phrase, line, 0.75) or locate(phrase, line, 0.88)
        if found is None or not line[found.start].isupper():
            continue
        after = line[found.end - 1] + line[found.end :].lstrip(" *_")[:1]
        signature_beside = found.start < 3 and capitals(line[found.end :]) > 0.8
        if after[:1] in ":.;" or after[1:] in (":", ";", "") or signature_beside:
            return number, found.start, found.end
    return None


def _around(text: RestoredText, filled: list[int], anchor: int, recipients: bool = True) -> tuple[int, ...]:
    """The lines of the close around its anchor: signature lines above it, items and signer below."""
    starts = page_starts(text)
    at = filled.index(anchor)
    first = at
    while first > 0 and at - first < 6 and _above(text, filled[first - 1], filled[first]):
        first -= 1
    last, archived, signed = at, False, False
    for following in range(at + 1, min(at + REACH, len(filled))):
        number = filled[following]
        line = text.line(number).text
        new_page = page_of(starts, number) != page_of(starts, filled[last])
        if opens_any("annex", line, 0.85) or (archived and (new_page or len(line.strip()) > 60)):
            break
        if number - filled[last] > 12 or (archived and signed and not is_signature_line(line)):
            break
        last = following
        archived = archived or is_archive(line) or (signed and not recipients)
        signed = signed or find_name(line) is not None
    return tuple(filled[first : last + 1])


def _above(text: RestoredText, number: int, next_number: int) -> bool:
    """Whether a line above the close belongs to it: part of a signature that stands over the recipients."""
    line = text.line(number).text
    if next_number - number > 5 or _ITEM.match(line):
        return False
    return is_signature_line(line) or find_name(line) is not None or opens_any("signed", line, 0.8) is not None


def _signed_below(text: RestoredText, rest: list[int]) -> bool:
    """Whether a name follows within a few lines, and nothing but offices in between."""
    for number in rest[1:6]:
        line = text.line(number).text
        if find_name(line):
            return True
        if not is_signature_line(line) and len(line.strip()) > 12:
            return False
    return False


def is_archive(line: str) -> bool:
    """Whether a line is the last of the recipients: ``- Lưu: VT, …`` (read ``Luu``, ``Liru``, ``Lvu``)."""
    return bool(_ARCHIVE.match(lexicon.strip_marks(line)))

"""Where the parts of a document's head stand: motto, issuer, number, date, type, subject, addressees.

The head is printed in two columns. In a text they come on one line (``CHÍNH PHỦ   CỘNG HÒA XÃ HỘI …``), or one
column under the other; a gazette page has its own head and a signature stamp above it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from planparse import lexicon
from planparse.recognise.date_line import DateLine, find_date_line
from planparse.recognise.head_columns import split_columns
from planparse.recognise.head_parts import LABEL, HeadZone
from planparse.recognise.head_title import find_addressees, find_bare_title, find_subject, find_type, type_name
from planparse.recognise.number_symbol import read_number_symbol
from planparse.recognise.phrases import capitals, locate, opens_any
from planparse.restore.text import RestoredText

REACH = 70
"""The national motto of a gazette page stands within so many filled lines, that of any other within 30."""


def find_head_zone(text: RestoredText, furniture: set[int]) -> HeadZone:
    """Find the head in the first lines of a document that are not furniture."""
    filled = [ln.number for ln in text.lines if ln.text.strip() and ln.number not in furniture]
    zone = HeadZone()
    gazette = any(number <= 40 for number in furniture)
    _find_motto(text, filled[: REACH if gazette else 30], zone)
    window = _window(text, filled, zone)
    _find_number_and_date(text, window, zone)
    split_columns(text, window, zone)
    after = max((r[0] for r in (zone.motto, zone.slogan, zone.number, zone.date) if r), default=0)
    after = max([after, *(r[0] for r in (*zone.symbol_tail, *zone.about))])
    below = [n for n in filled if n > after]
    find_type(text, below, zone)
    if zone.doc_type:
        find_subject(text, [n for n in below if zone.doc_type and n > zone.doc_type[0]], zone)
    find_addressees(text, below, zone)
    if not zone.found:
        find_bare_title(text, filled, zone)
    zone.last_line = max(zone.lines(), default=0)
    return zone


def _find_motto(text: RestoredText, filled: list[int], zone: HeadZone) -> None:
    for kind in ("motto", "party_motto"):
        phrase = lexicon.phrases(kind)[0]
        for at, number in enumerate(filled):
            line = text.line(number).text
            if len(line) > 130:
                continue
            found = locate(phrase, line, 0.76)
            if found and capitals(line[found.start : found.end]) >= 0.6:
                zone.motto = (number, found.start, found.end)
            elif (start := _opening_words(phrase, line)) is not None:
                zone.motto = (number, start, len(line))
            else:
                continue
            _find_slogan(text, filled[at : at + 9], zone)
            return


def _opening_words(phrase: str, line: str) -> int | None:
    """Where a line ends with the first words of a phrase: ``… CỘNG HÒA XÃ HỘI CHỦ`` goes on in the next line."""
    words = phrase.split()
    for count in range(len(words) - 1, 2, -1):
        part = " ".join(words[:count])
        found = locate(part, line, 0.85)
        if found and not line[found.end :].strip() and capitals(line[found.start : found.end]) >= 0.6:
            return found.start
    return None


def _find_slogan(text: RestoredText, lines: Iterable[int], zone: HeadZone) -> None:
    phrase = lexicon.phrases("slogan")[0]
    for number in lines:
        found = locate(phrase, text.line(number).text, 0.68)
        if found and zone.motto and number > zone.motto[0] and found.end - found.start < 40:
            zone.slogan = (number, found.start, found.end)
            return


def _window(text: RestoredText, filled: list[int], zone: HeadZone) -> list[int]:
    """The lines in which number, date and issuer can stand."""
    if zone.motto is None:
        return filled[:12]
    at = filled.index(zone.motto[0])
    first = at
    if not text.line(zone.motto[0]).text[: zone.motto[1]].strip(" _-–~—=.'\"|"):
        # The motto has its line for itself: the left column may stand above it.
        while first > 0 and at - first < 12 and len(text.line(filled[first - 1]).text.strip()) <= 60:
            first -= 1
    # Number and date stand above the title; a date below it belongs to the subject.
    title = next(
        (i for i in range(at + 1, min(at + 14, len(filled))) if type_name(text.line(filled[i]).text)), at + 14
    )
    return filled[first:title]


def _find_number_and_date(text: RestoredText, window: list[int], zone: HeadZone) -> None:
    for number in window:
        line = text.line(number).text
        if zone.date is None and (found := find_date_line(line)) and _may_be_date_line(line, found, zone):
            zone.date = (number, found.place_start, found.end)
        label = LABEL.match(line)
        if zone.number is None and label:
            end = zone.date[1] if zone.date and zone.date[0] == number else len(line)
            if read_number_symbol(line[label.end() : end]) or _blank_number(line[label.end() : end]):
                zone.number = (number, label.start("label"), end)
        if zone.number and zone.date:
            return
        if zone.number is None and zone.motto and number > zone.motto[0] and _bare_number(line):
            end = zone.date[1] if zone.date and zone.date[0] == number else len(line)
            zone.number = (number, len(line) - len(line.lstrip()), end)


def _may_be_date_line(line: str, found: DateLine, zone: HeadZone) -> bool:
    """Whether a date closes its line; without a motto above, the line must not be running text either."""
    if len(line[found.end :].strip()) > 8:
        return False
    return zone.motto is not None or (found.start < 50 and len(line) < 100 and not opens_any("opener", line))


def _blank_number(rest: str) -> bool:
    """``Số:      /KH-SNV``: the number was to be written by hand, or is unreadable."""
    return bool(re.match(r"(?:[\s._…-]*|\S{1,6}\s?)/\s?[A-ZĐ]{1,5}\s?[-–]\s?[A-ZĐ]", rest))


def _bare_number(line: str) -> bool:
    """A number whose label is lost; it opens the line."""
    found = read_number_symbol(line)
    return bool(found and found.start <= 4 and found.symbol)

"""The two columns of a head told apart: issuer above the number and V/v below it, motto and date beside them."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from planparse import lexicon
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.head_title import type_name
from planparse.recognise.passage import Range
from planparse.recognise.phrases import capitals, key, openings, opens_any
from planparse.restore.text import RestoredText

_ABOUT = re.compile(r"\s*[\"'“_.]?\s*[Vv]\s?[/⁄lI|]\s?[vuy]\b[:.\s]*|\s*V\.v[:.]?\s+|\s*V[Ww]v?\s+(?=[^\W\d_])")
"""``V/v``."""

ABOUT_WIDTH = 52
"""Characters of a line in the left column at most; running text is wider."""


def split_columns(text: RestoredText, window: list[int], zone: HeadZone) -> None:
    """Tell the left column (issuer above the number, V/v below it) from the right one (motto, slogan, date)."""
    right = {r[0]: r[1] for r in (zone.motto, zone.slogan, zone.date) if r}
    stop = zone.number[0] if zone.number else max(right, default=0)
    lost = _rest_of_motto(text, zone.motto) if zone.motto else ""
    for number in window:
        line = text.line(number).text
        end = right.get(number, len(line))
        if lost and zone.motto and number > zone.motto[0]:
            end, lost = min(end, _end_of_left(line, lost)), ""
        piece = (number, 0, end)
        shown = line[:end].strip(" _-–~—=.'\"|*")
        if not shown:
            continue
        if zone.number and number > zone.number[0]:
            if not _take_below_number(line, piece, zone, right):
                break
        elif number < stop or (zone.number is None and number <= stop):
            if zone.motto is None and number > 8:
                break
            if about := _ABOUT.match(line[:end]):
                zone.about.append((number, about.end(), end))
            elif zone.about and not _begins_body_name(shown):
                zone.about.append(piece)
            else:
                zone.left.append(piece)
    zone.left = _issuer_lines(text, zone)


def _take_below_number(line: str, piece: Range, zone: HeadZone, right: dict[int, int]) -> bool:
    """Sort a left-column line under the number; ``False`` where the left column has ended."""
    number, _, end = piece
    about = _ABOUT.match(line[:end])
    if about:
        zone.about.append((number, about.end(), end))
        return True
    if zone.about:
        # V/v goes on until the type, the addressees or the running text.
        gap = number - zone.about[-1][0] > 2
        wide = len(line[:end].strip()) > ABOUT_WIDTH
        opener = opens_any("opener", line, 0.85)
        text_begins = opener is not None and line[opener.start].isupper() and " " in line[opener.start : opener.end]
        if opens_any("addressees", line, 0.75) or gap or wide or text_begins or type_name(line) is not None:
            return False
        zone.about.append(piece)
        return True
    if (
        zone.number
        and number == zone.number[0] + 1
        and re.match(r"\s*[A-ZĐ]{2,}(?:\s?[-–]\s?[A-ZĐ]{2,})+", line[:end])
    ):
        zone.symbol_tail.append(piece)
        return True
    return number in right and number <= max(right)


def _rest_of_motto(text: RestoredText, motto: Range) -> str:
    """The last words of a motto that goes on in the next line: ``NAM``, ``NGHĨA VIỆT NAM``."""
    number, start, end = motto
    line = text.line(number).text
    words = lexicon.phrases("motto")[0].split()
    seen = line[start:end].split()
    wanted = [key(word) for word in words]
    if line[end:].strip() or (seen and fuzz.ratio(key(seen[-1]), wanted[-1]) >= 60 and len(seen) >= len(words) - 2):
        return ""
    last = key(seen[-1]) if seen else ""
    at = max(range(len(words)), key=lambda i: (fuzz.ratio(last, wanted[i]), -abs(i + 1 - len(seen))))
    return " ".join(words[at + 1 :])


def _end_of_left(line: str, rest: str) -> int:
    """Where the left column ends in the line that has the rest of a broken motto at its end."""
    words = list(re.finditer(r"\S+", line))
    count = len(rest.split())
    if len(words) < count:
        return len(line)
    start = words[-count].start()
    return start if fuzz.ratio(key(line[start:].strip()), key(rest)) >= 75 else len(line)


def _begins_body_name(line: str) -> bool:
    return any(openings((head.name for head in lexicon.body_heads()), line, 0.85))


def _issuer_lines(text: RestoredText, zone: HeadZone) -> list[Range]:
    """The block of capitals nearest to the number: above it there may be captions or the end of other text."""
    kept = [r for r in zone.left if capitals(text.line(r[0]).text[r[1] : r[2]]) >= 0.6]
    if zone.motto is None:
        return kept if zone.number or zone.date else []
    return kept

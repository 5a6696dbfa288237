"""Type, subject and addressees of a document: what stands below the two columns of its head."""

from __future__ import annotations

import re

from planparse import lexicon
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.phrases import capitals, opens_any
from planparse.restore.text import RestoredText


def find_type(text: RestoredText, below: list[int], zone: HeadZone) -> None:
    """The line in capitals near the top that names the type: ``KẾ HOẠCH``."""
    reach = 6 if zone.motto or zone.number or zone.date else 4
    for number in below[:reach]:
        line = text.line(number).text
        if len(line.strip()) > 45 or capitals(line) < 0.6:
            continue
        if (place := type_name(line)) is not None:
            zone.doc_type = (number, *place)
            return


def type_name(line: str) -> tuple[int, int] | None:
    """Where a line in capitals that is nothing but the name of a document type has it."""
    words = re.sub(r"^[^\w]+|[^\w]+$", "", line)
    if capitals(words) < 0.6 or not lexicon.doc_types().find(words, 0.72):
        return None
    start = line.find(words)
    return start, start + len(words)


def find_subject(text: RestoredText, below: list[int], zone: HeadZone) -> None:
    """The lines below the type, up to the recitals, the addressees or the running text."""
    previous = zone.doc_type[0] if zone.doc_type else 0
    for number in below[:14]:
        line = text.line(number).text
        gap = number - previous > 1
        if _ends_subject(text, line, gap, zone) or (gap and zone.subject and not _goes_on(line, zone)):
            return
        zone.subject.append((number, 0, len(line)))
        previous = number


def _ends_subject(text: RestoredText, line: str, gap: bool, zone: HeadZone) -> bool:
    if opens_any("addressees", line, 0.75) or opens_any("preamble", line.lstrip(" ("), 0.85):
        return True
    if not zone.subject:
        return False
    # A line in capitals below a subject in small letters names who issues: BỘ TRƯỞNG BỘ …
    body_named = capitals(line) >= 0.8 > capitals(text.line(zone.subject[0][0]).text) and len(line.strip()) > 6
    opened = opens_any("recital", line, 0.8) or opens_any("opener", line, 0.85)
    if body_named or opened is None or not line[opened.start].isupper():
        return body_named
    # One word such as "Theo" or "Điều" may stand at a line's start by chance.
    return gap or " " in line[opened.start : opened.end].strip()


def _goes_on(line: str, zone: HeadZone) -> bool:
    """Whether a line after a blank one continues the subject: it begins with a small letter."""
    shown = line.lstrip(" _-–.'\"")
    return bool(shown) and shown[0].islower() and len(zone.subject) < 8


def find_addressees(text: RestoredText, below: list[int], zone: HeadZone) -> None:
    """What follows ``Kính gửi``: the rest of its line, and the items of a list below it."""
    for at, number in enumerate(below[:16]):
        line = text.line(number).text
        found = opens_any("addressees", line, 0.75)
        if not found:
            continue
        zone.addressees_label = (number, found.start, found.end)
        colon = line.find(":", found.start)
        start = colon + 1 if 0 <= colon <= found.end + 2 else found.end
        if line[start:].strip():
            zone.addressees.append((number, start, len(line)))
        for following in below[at + 1 : at + 25]:
            shown = text.line(following).text.lstrip()
            bullet = re.match(r"[-–—~•*_]\s*\S", shown)
            last = text.line(zone.addressees[-1][0]).text.rstrip() if zone.addressees else ":"
            open_item = bool(zone.addressees) and last[-1:] not in ".:" and (shown[:1].islower() or last[-1:] == ",")
            if not bullet and not open_item and zone.addressees:
                return
            if last.endswith(".") and zone.addressees:
                return
            zone.addressees.append((following, 0, len(text.line(following).text)))
        return


def find_bare_title(text: RestoredText, filled: list[int], zone: HeadZone) -> None:
    """A document whose head is lost: a short first paragraph without a point is its title."""
    block: list[int] = []
    for number in filled[:6]:
        if block and number - block[-1] > 1:
            break
        block.append(number)
    shown = " ".join(text.line(n).text.strip() for n in block)
    follows = len(filled) > len(block) and len(block) <= 4
    if follows and 15 <= len(shown) <= 320 and shown[-1] not in ".;:," and not opens_any("opener", shown, 0.85):
        zone.subject = [(n, 0, len(text.line(n).text)) for n in block]

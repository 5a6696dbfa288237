"""Where the parts of a document's head stand: motto, issuer, number, date, type, subject, addressees.

The head is printed in two columns. In a text they come on one line (``CHÍNH PHỦ   CỘNG HÒA XÃ HỘI …``), or one
column under the other; a gazette page has its own head and a signature stamp above it all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from planparse import lexicon
from planparse.recognise.date_line import DateLine, find_date_line
from planparse.recognise.number_symbol import read_number_symbol
from planparse.recognise.passage import Range
from planparse.recognise.phrases import capitals, key, locate, opens, opens_any
from planparse.restore.text import RestoredText

REACH = 70
"""The national motto of a gazette page stands within so many filled lines, that of any other within 30."""

LABEL = re.compile(
    r"\s*[^\w$]{0,3}(?P<label>[S$589§][^\s\d:.,;]{0,2}\d?)\s?[:.;,]?\s*"
    r"(?=[\dA-Za-z|/\-–.…_ ]{0,8}/|\d)"
)
"""``Số:`` and its readings ``S6:``, ``Sé:``, ``$6:``, ``86:``, before a number or the blank left for one."""

_SYMBOL_GOES_ON = re.compile(r"\s*[A-ZĐ]{2,}(?:\s?[-–]\s?[A-ZĐ]{2,})+\s*$")
_ABOUT = re.compile(r"\s*[\"'“_.]?\s*[Vv]\s?[/⁄lI|]\s?[vuy]\b[:.\s]*|\s*V\.v[:.]?\s+|\s*V[Ww]v?\s+(?=[^\W\d_])")
"""``V/v``."""

ABOUT_WIDTH = 52
"""Characters of a line in the left column at most; running text is wider."""


@dataclass
class HeadZone:
    """The parts of the head as ranges of restored lines; an empty list is a part that was not found."""

    motto: Range | None = None
    slogan: Range | None = None
    left: list[Range] = field(default_factory=list)  # left column above the number: parent body and issuer
    number: Range | None = None  # from the label to the end of the left column
    symbol_tail: list[Range] = field(default_factory=list)  # a symbol that goes on in the next line
    date: Range | None = None  # place and date
    about: list[Range] = field(default_factory=list)  # what follows V/v
    doc_type: Range | None = None
    subject: list[Range] = field(default_factory=list)
    addressees: list[Range] = field(default_factory=list)
    addressees_label: Range | None = None
    last_line: int = 0  # last line of the head

    @property
    def found(self) -> bool:
        """Whether there is a head at all."""
        return bool(self.motto or self.number or self.date or self.doc_type)

    def lines(self) -> set[int]:
        """All lines that hold a part of the head."""
        single = [self.motto, self.slogan, self.number, self.date, self.doc_type, self.addressees_label]
        many = [*self.left, *self.symbol_tail, *self.about, *self.subject, *self.addressees]
        return {r[0] for r in (*single, *many) if r}


def find_head_zone(text: RestoredText, furniture: set[int]) -> HeadZone:
    """Find the head in the first lines of a document that are not furniture."""
    filled = [ln.number for ln in text.lines if ln.text.strip() and ln.number not in furniture]
    zone = HeadZone()
    gazette = any(number <= 40 for number in furniture)
    _find_motto(text, filled[: REACH if gazette else 30], zone)
    window = _window(text, filled, zone)
    _find_number_and_date(text, window, zone)
    _split_columns(text, window, zone)
    after = max((r[0] for r in (zone.motto, zone.slogan, zone.number, zone.date) if r), default=0)
    after = max([after, *(r[0] for r in (*zone.symbol_tail, *zone.about))])
    below = [n for n in filled if n > after]
    _find_type(text, below, zone)
    if zone.doc_type:
        _find_subject(text, [n for n in below if zone.doc_type and n > zone.doc_type[0]], zone)
    _find_addressees(text, below, zone)
    if not zone.found:
        _find_bare_title(text, filled, zone)
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
        (i for i in range(at + 1, min(at + 14, len(filled))) if _type_name(text.line(filled[i]).text)), at + 14
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


def _split_columns(text: RestoredText, window: list[int], zone: HeadZone) -> None:
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
        if opens_any("addressees", line, 0.75) or gap or wide or text_begins or _type_name(line) is not None:
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
    return any(opens(head.name, line, 0.85) for head in lexicon.body_heads())


def _issuer_lines(text: RestoredText, zone: HeadZone) -> list[Range]:
    """The block of capitals nearest to the number: above it there may be captions or the end of other text."""
    kept = [r for r in zone.left if capitals(text.line(r[0]).text[r[1] : r[2]]) >= 0.6]
    if zone.motto is None:
        return kept if zone.number or zone.date else []
    return kept


def _find_type(text: RestoredText, below: list[int], zone: HeadZone) -> None:
    reach = 6 if zone.motto or zone.number or zone.date else 4
    for number in below[:reach]:
        line = text.line(number).text
        if len(line.strip()) > 45 or capitals(line) < 0.6:
            continue
        if (place := _type_name(line)) is not None:
            zone.doc_type = (number, *place)
            return


def _type_name(line: str) -> tuple[int, int] | None:
    """Where a line in capitals that is nothing but the name of a document type has it."""
    words = re.sub(r"^[^\w]+|[^\w]+$", "", line)
    if capitals(words) < 0.6 or not lexicon.doc_types().find(words, 0.72):
        return None
    start = line.find(words)
    return start, start + len(words)


def _find_subject(text: RestoredText, below: list[int], zone: HeadZone) -> None:
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


def _find_addressees(text: RestoredText, below: list[int], zone: HeadZone) -> None:
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


def _find_bare_title(text: RestoredText, filled: list[int], zone: HeadZone) -> None:
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

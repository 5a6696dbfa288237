"""The two columns of a close, which Tesseract reads line by line: recipients on the left, signature on the right.

``- Chủ tịch, các PCT UBND tỉnh; CHỦ TỊCH`` is an item and an office; what tells them apart is the semicolon
that ends an item, a wide gap, or capitals and a name where an item has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse import lexicon
from planparse.recognise.closing_zone import ClosingZone, is_archive, is_signature_line
from planparse.recognise.names import find_name, find_name_at_end
from planparse.recognise.passage import Range
from planparse.recognise.phrases import capitals, trim
from planparse.restore.text import RestoredText

_DASH = re.compile(r"\s*(?:[-–—~•+]|\*(?!\*))(?=\s?\S)")
_GAP = re.compile(r"\s{3,}|\t+|\s\|\s")
_AUTHORITY = re.compile(r"(?<!\S)(?:T\s?M|K\s?T|T\s?L|T\s?UQ|Q)\s?\.\s?(?P<word>[^\W\d_]{2,})")


@dataclass
class Columns:
    """``items``: the pieces of each recipient; ``signature``: the pieces of the other column, top to bottom."""

    label: Range | None = None
    items: list[list[Range]] = field(default_factory=list)
    signature: list[Range] = field(default_factory=list)


def split_columns(text: RestoredText, zone: ClosingZone) -> Columns:
    """Sort every piece of the close into its column."""
    columns = Columns(zone.label)
    for number in zone.lines:
        line = text.line(number).text
        whole = (number, 0, len(line))
        if zone.label is None or number < zone.label[0]:
            _add(text, columns.signature, whole)
        elif number == zone.label[0]:
            _add(text, columns.signature, (number, 0, zone.label[1]))
            _add(text, columns.signature, (number, _after_colon(line, zone.label[2]), len(line)))
        elif _is_item(text, line, columns):
            cut = _cut(line)
            _add_item(text, columns, (number, 0, cut))
            _add(text, columns.signature, (number, cut, len(line)))
        else:
            _add(text, columns.signature, whole)
    return columns


def _after_colon(line: str, end: int) -> int:
    while end < len(line) and line[end] in " :.*_":
        end += 1
    return end


def _add(text: RestoredText, pieces: list[Range], piece: Range) -> None:
    number, start, end = trim(text, piece, " _~|'\"*’‘=—–-.,;:°¬()[]{}")
    if sum(c.isalpha() for c in text.line(number).text[start:end]) >= 2:
        pieces.append((number, start, end))


def _add_item(text: RestoredText, columns: Columns, piece: Range) -> None:
    line = text.line(piece[0]).text
    previous = columns.items[-1][-1] if columns.items else None
    ended = previous is None or _last_mark(text, previous) in (";", ".")
    if _DASH.match(line) or ended:
        columns.items.append([piece])
    else:
        columns.items[-1].append(piece)


def _is_item(text: RestoredText, line: str, columns: Columns) -> bool:
    """Whether a line has something of the left column: a dash, or the rest of an item that is not over."""
    if _DASH.match(line):
        return True
    shown = line.strip(" *_")
    if is_archive(line):
        return True
    if is_signature_line(shown) or find_name(shown) or len(line) - len(line.lstrip()) > 20:
        return False
    if not columns.items:
        return bool(re.search(r";\s*$", shown))
    last = columns.items[-1][-1]
    ended = _last_mark(text, last)
    archived = is_archive(text.line(columns.items[-1][0][0]).text)
    return ";" in shown or (ended not in (";", ".") and not archived)


def _last_mark(text: RestoredText, piece: Range) -> str:
    number, start, end = piece
    return text.line(number).text[start:end].rstrip(" *_")[-1:]


def _cut(line: str) -> int:
    """Where the left column ends in a line that begins with it."""
    start = len(line) - len(line.lstrip())
    for authority in _AUTHORITY.finditer(line, start + 2):
        if authority["word"].isupper():  # not the initials of an office: "Lưu: VT, KT. Trần …"
            return authority.start()
    gap = next((m for m in _GAP.finditer(line, start + 3) if line[m.end() :].strip()), None)
    if gap is not None:
        return gap.start()
    semicolon = line.rfind(";")
    rest = line[semicolon + 1 :] if semicolon >= 0 else ""
    if semicolon >= 0 and (_is_right(rest) or not any(c.isalnum() for c in rest)):
        return semicolon + 1
    if (name := find_name_at_end(line)) is not None:
        return name.start
    return _capitals_at_end(line) or len(line)


def _is_right(rest: str) -> bool:
    """Whether what follows a semicolon can be of the right column: an office, a name, a speck; not one more item."""
    return capitals(rest) >= 0.75 or find_name(rest) is not None or len(rest.strip(" .,'*|()[]_")) <= 2


def _capitals_at_end(line: str) -> int | None:
    """Where a line ends with an office in capitals: ``- Như trên CHỦ TỊCH``."""
    words = list(re.finditer(r"\S+", line))
    for first in range(1, len(words)):
        tail = line[words[first].start() :]
        if len(tail) > 5 and capitals(tail) >= 0.9 and lexicon.positions().find(tail, 0.82):
            return words[first].start()
    return None

"""Where tables stand in the running text: from their column heads to the next heading or running paragraph."""

from __future__ import annotations

import re

from planparse import lexicon
from planparse.recognise.phrases import opens_any
from planparse.restore.text import RestoredText

HEAD_REACH = 9
"""Column heads that are broken over lines take no more lines than this above the word STT."""

_ROW_NUMBER_HEAD = re.compile(r"\W*(?:stt|so tt|tt)\b[\W\d]*", re.IGNORECASE)
_HEADING = re.compile(r"\s*(?:[IVXl|1]{1,5}\.\s*[^\W\d_]|\d{1,2}\.\d{1,2}\.?\s+[^\W\d_]|[a-zđ]\)\s)")
_NUMBERED = re.compile(r"\s*\d{1,2}\.\s*[^\W\d_][^|]*$")
_CELL = re.compile(r"\||(?<!\S)[>≥<≤+]?\s?\d+(?:[.,]\d+)?(?:/\d+)?(?!\S)")
PROSE = 62
"""A line of running text has about so many characters and more; cells are narrower."""


def find_tables(text: RestoredText, body: list[int], annex: bool = False) -> set[int]:
    """Lines of all tables among ``body``, filled lines in order.

    In an ``annex`` a table ends with the next annex only: its cells can look like headings or running text.
    """
    found: set[int] = set()
    at = 0
    while at < len(body):
        if not is_table_head(text, body, at):
            at += 1
            continue
        first, last = _first(text, body, at), _last(text, body, at, annex)
        found.update(body[first : last + 1])
        at = last + 1
    return found


def is_table_head(text: RestoredText, body: list[int], at: int) -> bool:
    """Whether a line has the head of the row numbers, with another column's head in it or near it."""
    line = text.line(body[at]).text
    found = _ROW_NUMBER_HEAD.match(lexicon.strip_marks(line))
    if not found:
        return False
    if line[found.end() :].strip(" |"):
        return len(line) < 140
    near = [text.line(n).text for n in body[max(0, at - 3) : at] + body[at + 1 : at + 5]]
    return any(opens_any("column", other, 0.82) for other in near)


def _first(text: RestoredText, body: list[int], at: int) -> int:
    first = at
    while first > 0 and at - first < HEAD_REACH:
        line = text.line(body[first - 1]).text
        ends_text = len(line.strip()) > 40 and line.rstrip()[-1:] in ".;:"
        if body[first] - body[first - 1] > 1 or len(line.strip()) > PROSE or _HEADING.match(line) or ends_text:
            break
        first -= 1
    return first


def _last(text: RestoredText, body: list[int], at: int, annex: bool) -> int:
    """The last line before a heading, or before two lines of running text one under the other."""
    last = at
    for following in range(at + 1, len(body)):
        line = text.line(body[following]).text
        if annex:
            if len(line.strip()) < 30 and opens_any("annex", line, 0.88):
                break
            last = following
            continue
        if "|" not in line and not _CELL.search(line.rstrip()[-8:]) and _HEADING.match(line):
            break
        if _is_prose(text, body, following) or _opens_next(text, body, following):
            break
        last = following
    return last


def _opens_next(text: RestoredText, body: list[int], at: int) -> bool:
    """Whether a numbered line is the heading of the next table (``2. Chỉ số PAPI``): its column heads follow."""
    if not _NUMBERED.match(text.line(body[at]).text):
        return False
    return any(is_table_head(text, body, n) for n in range(at + 1, min(at + 6, len(body))))


def _is_prose(text: RestoredText, body: list[int], at: int) -> bool:
    two = [text.line(n).text for n in body[at : at + 2]]
    return all(len(line.strip()) >= PROSE and "|" not in line and len(_CELL.findall(line)) < 3 for line in two) or (
        bool(re.match(r"\s*-\s", two[0])) and len(two[0].strip()) >= PROSE and "|" not in two[0]
    )

"""The words of the head: subject (trích yếu, V/v …) and addressees (Kính gửi)."""

from __future__ import annotations

import re
from itertools import pairwise

from planparse.recognise.head_echo import find_echoes
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.layout import Layout
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Passage, join
from planparse.recognise.phrases import trim
from planparse.restore.text import RestoredText

_ENDS = " .;:,*-–—"
_SPECK = re.compile(r"(?<=\w)[’‘'`](?=\s|$)|(?<!\S)[’‘'`](?=\w)")
"""A single quotation mark at a word's edge: what OCR makes of a horn (``cơ’``) or of a speck."""

_BULLET = re.compile(r"(?:^|(?<=[;.:]\s)|(?<=\s))[-–—•+]\s+")


def read_subject(text: RestoredText, layout: Layout, notes: Notebook) -> str | None:
    """What the document is about."""
    zone = layout.head
    pieces = zone.subject or zone.about
    passage = join(text, [trim(text, piece, " _~|'\"*’‘=°¬") for piece in pieces])
    start = len(passage.text) - len(passage.text.lstrip(_ENDS))
    end = len(passage.text.rstrip(_ENDS))
    if start >= end:
        if zone.found:
            notes.diagnose("PP113", "info", "the head shows no subject", "/header/subject")
        return None
    words = read = passage.text[start:end]
    for echo in reversed(find_echoes(text, layout, passage)):
        if start <= echo.start and echo.end <= end:
            read = read[: echo.start - start] + echo.word + read[echo.end - start :]
            message = f"{passage.text[echo.start : echo.end]!r} was read as {echo.word!r}, as the body repeats it"
            line = passage.line_at(echo.start)
            notes.diagnose("PP117", "info", message, "/header/subject", [line])
    sure = (0.95 if zone.found else 0.7) * (1.0 if read == words else 0.9)
    notes.found("/header/subject", passage.ranges(start, end), sure, None if read == words else words)
    if not zone.found:
        message = "the first paragraph was taken for the subject, because the head is missing"
        notes.diagnose("PP114", "warning", message, "/header/subject", [r[0] for r in pieces])
    return _SPECK.sub("", read)


def read_addressees(text: RestoredText, zone: HeadZone, notes: Notebook) -> list[str]:
    """Whom the document is addressed to, one by one."""
    passage = join(text, [trim(text, piece, marks="_~|'\"*’‘") for piece in zone.addressees])
    found: list[str] = []
    for start, end in _items(passage):
        notes.found(f"/header/addressees/{len(found)}", passage.ranges(start, end), 0.95)
        found.append(passage.text[start:end])
    return found


def _items(passage: Passage) -> list[tuple[int, int]]:
    """Items of a list: each begins with a dash, or with a line after one that ended in a semicolon."""
    cuts = {0}
    for at in passage.starts:
        if _BULLET.match(passage.text[at:] + " ") or passage.text[:at].rstrip()[-1:] == ";":
            cuts.add(at)
    bounds = [*sorted(cuts), len(passage.text)]
    items = []
    for start, end in pairwise(bounds):
        shown = passage.text[start:end]
        left = len(shown) - len(shown.lstrip(" -–—•+"))
        right = len(shown.rstrip(" ;.,*"))
        if left < right:
            items.append((start + left, start + right))
    return items

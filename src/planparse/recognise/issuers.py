"""Who issued a document: the names above the number, in capitals, the parent body first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse import lexicon
from planparse.recognise.body_names import body_name
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Range, join
from planparse.recognise.phrases import openings, trim
from planparse.restore.text import RestoredText


@dataclass(frozen=True)
class Issuers:
    """The issuing body and the one above it, in the form of running text."""

    issuer: str | None = None
    parent: str | None = None


def read_issuers(text: RestoredText, zone: HeadZone, notes: Notebook) -> Issuers:
    """Read the left column above the number."""
    bodies = _bodies(
        text, [piece for line in zone.left if (piece := trim(text, line, " _~|'\"*’‘=.°¬"))[1] < piece[2]]
    )
    if not bodies:
        return Issuers()
    issuer = _named(text, bodies[-1], "/header/issuer", notes)
    parent = _named(text, bodies[-2], "/header/parent_issuer", notes) if len(bodies) > 1 else None
    return Issuers(issuer, parent)


def _bodies(text: RestoredText, lines: list[Range]) -> list[list[Range]]:
    """Lines grouped into names: a line that begins like a body's name opens the next one.

    Ministries that issue together are joined by hyphens at the line ends and count as one.
    """
    bodies: list[list[Range]] = []
    for piece in lines:
        number, start, end = piece
        words = text.line(number).text[start:end]
        before = text.line(bodies[-1][-1][0]).text[bodies[-1][-1][1] : bodies[-1][-1][2]].rstrip() if bodies else ""
        if bodies and (before.endswith(("-", "–", ",")) or not _begins(words) or _open_ended(before)):
            bodies[-1].append(piece)
        else:
            bodies.append([piece])
    return bodies


def _begins(words: str) -> bool:
    """Whether a line opens a name; one word alone (``TRƯỜNG``) ends the name above it."""
    if len(words.split()) < 2:
        return False
    names = (head.name for head in (*lexicon.body_heads(), *lexicon.agencies()))
    return any(openings(names, words, 0.86)) or any(
        re.match(rf"{agency.abbreviation}\b", words) for agency in lexicon.agencies()
    )


def _open_ended(words: str) -> bool:
    """``… KHU KINH TẾ VÀ``: the name is not over."""
    return bool(re.search(r"\b(?:và|va|của|cua|các|cac|thuộc|thuoc)$", words, re.IGNORECASE))


def _named(text: RestoredText, pieces: list[Range], pointer: str, notes: Notebook) -> str:
    passage = join(text, pieces)
    named = body_name(passage.text)
    ranges = passage.ranges(0, len(passage.text))
    notes.found(pointer, ranges, named.confidence, passage.text if named.repaired else None)
    if named.repaired:
        message = f"{passage.text!r} was read as {named.name}"
        notes.diagnose("PP112", "info", message, pointer, [r[0] for r in ranges])
    return named.name

"""Markdown as converters write it: emphasis and heading marks go, offsets stay.

Only marks that a converter puts around text are taken away. Pipes of tables stay, because the table
stage reads them; list dashes stay, because they are the document's own.
"""

from __future__ import annotations

import re

from planparse.reading.plaintext import split_pages
from planparse.source import Line

MARKS = re.compile(
    r"""
    ^\s{0,3}\#{1,6}\s+          # a heading's hashes
  | \s+\#+\s*$                  # … and its closing ones
  | ^\s{0,3}>\s?                # a quotation
  | \*{1,3}(?=\S)               # emphasis opens: **bold**, *italic*
  | (?<=\S)\*{1,3}              # … and closes
  | (?<!\w)_{1,3}(?=\S)         # the same with underscores, never inside a word
  | (?<=\S)_{1,3}(?!\w)
  | \\(?=[\\`*_{}\[\]()\#+.!>|~-])  # a backslash before a mark
  | </?(?:b|i|u|em|strong|br|sup|sub)\s*/?>
    """,
    re.VERBOSE,
)


def _strip(ink: str) -> tuple[str, tuple[int, ...] | None]:
    kept: list[int] = []
    at = 0
    for mark in MARKS.finditer(ink):
        kept.extend(range(at, mark.start()))
        at = mark.end()
    if at == 0:
        return ink, None
    kept.extend(range(at, len(ink)))
    return "".join(ink[i] for i in kept), tuple(kept)


def markdown_lines(text: str) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Lines of a Markdown document without its marks, each character's place in the ink kept."""
    inks, starts = split_pages(text)
    page, lines = 0, []
    for number, ink in enumerate(inks, 1):
        while page < len(starts) and starts[page] <= number:
            page += 1
        shown, offsets = _strip(ink)
        lines.append(Line(number, ink, shown.replace("\f", " "), page, offsets))
    return tuple(lines), starts

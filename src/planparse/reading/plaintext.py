"""Plain text: lines end with LF, CRLF or CR; a form feed starts a new page."""

from __future__ import annotations

import re

from planparse.source import Line

LINE_END = re.compile(r"\r\n|\n|\r")


def split_pages(text: str) -> tuple[list[str], tuple[int, ...]]:
    """The lines of a text and the first line number of each page.

    A form feed stays in the ink of its line (offsets count every character of the input); the page
    starts with that line, or with the next one where the form feed closes the line.
    """
    inks = LINE_END.split(text)
    starts = [1]
    for number, ink in enumerate(inks, 1):
        if "\f" not in ink:
            continue
        begins = number + 1 if not ink.rsplit("\f", 1)[1].strip() and ink.split("\f", 1)[0].strip() else number
        if begins > starts[-1] and begins <= len(inks):
            starts.append(begins)
    return inks, tuple(starts)


def plain_lines(text: str) -> tuple[tuple[Line, ...], tuple[int, ...]]:
    """Lines whose text is their ink, but for form feeds, which read as spaces."""
    inks, starts = split_pages(text)
    page, lines = 0, []
    for number, ink in enumerate(inks, 1):
        while page < len(starts) and starts[page] <= number:
            page += 1
        lines.append(Line(number, ink, ink.replace("\f", " "), page))
    return tuple(lines), starts

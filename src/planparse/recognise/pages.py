"""Where pages begin: at form feeds, or at what is left of them."""

from __future__ import annotations

from bisect import bisect_right

from planparse.restore.text import RestoredText


def page_starts(text: RestoredText) -> tuple[int, ...]:
    """The first line of every page.

    Tools that "clean" text turn form feeds into spaces, so in a text without form feeds a few lines that
    begin with a single space, where all others begin at the margin, are the first of their pages.
    """
    if len(text.source.page_starts) > 1:
        return text.source.page_starts
    lines = text.source.lines
    indented = [line.number for line in lines if line.text[:1] == " " and line.text[1:2].strip()]
    if not indented or len(indented) > max(2, len(lines) // 15):
        return (1,)
    return (1, *(n for n in indented if n > 1))


def page_of(starts: tuple[int, ...], line: int) -> int:
    """The page (1-based) on which a line stands."""
    return bisect_right(starts, line)

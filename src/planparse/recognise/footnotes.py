"""Footnotes: small print at the foot of a page, opened by a mark that the running text refers to."""

from __future__ import annotations

import re

from planparse.recognise.pages import page_of, page_starts
from planparse.restore.text import RestoredText

_MARK = re.compile(r"\s*(?:\d{1,2}|[!?*†'’¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s+(?=[\"“]?[^\W\d_])")
"""A bare number or what OCR makes of a raised one (``! Chỉ số …``); no point or bracket after it."""

_MARKED_CAPITAL = re.compile(r"[\"“]?[^\W\d_a-z]")


def find_footnotes(text: RestoredText, taken: set[int]) -> set[int]:
    """Numbers of footnote lines.

    A footnote stands at the end of a page, after a blank line; the next page goes on with running text.
    Where pages are not marked, it is a marked paragraph that breaks into a sentence.
    """
    starts = page_starts(text)
    blocks = _paragraphs(text, taken, starts)
    found: set[int] = set()
    for at, block in enumerate(blocks):
        if not _opens_note(text, block[0]) or at == 0:
            continue
        following = blocks[at + 1 :]
        page = page_of(starts, block[0])
        to_page_end = [b for b in following if page_of(starts, b[0]) == page]
        paged = page < len(starts)
        # All that follows on this page must be footnotes too.
        ends_page = paged and all(_opens_note(text, b[0]) for b in to_page_end)
        before = text.line(blocks[at - 1][-1]).text.rstrip()
        after = text.line(following[0][0]).text.lstrip() if following else ""
        breaks_sentence = bool(after) and after[0].islower() and before[-1:] not in ".;:!?"
        if ends_page or breaks_sentence:
            found.update(block)
    return found


def _opens_note(text: RestoredText, number: int) -> bool:
    line = text.line(number).text
    mark = _MARK.match(line)
    return bool(mark and "|" not in line and len(line) > 25 and _MARKED_CAPITAL.match(line[mark.end() :]))


def _paragraphs(text: RestoredText, taken: set[int], starts: tuple[int, ...]) -> list[list[int]]:
    """Runs of lines between blank lines and page breaks; a marked line inside a footnote opens a new one."""
    blocks: list[list[int]] = []
    fresh = True
    for line in text.lines:
        if not line.text.strip() or line.number in taken:
            fresh = True
            continue
        if fresh or line.number in starts:
            blocks.append([])
        blocks[-1].append(line.number)
        fresh = False
    return blocks

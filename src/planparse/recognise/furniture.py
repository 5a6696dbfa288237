"""Lines that belong to the page and not to the document: page numbers, running heads, stamps, specks."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz

from planparse import lexicon
from planparse.recognise.pages import page_starts
from planparse.recognise.phrases import key, locate, opens_any
from planparse.restore.text import RestoredText

FIRST_LINES = 30
"""A signature stamp stands within this many lines of the top."""

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:trang\s+)?(\d{1,4})(?:\s*/\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE)
_TIME_OF_SIGNING = re.compile(r"\d{1,2}:\d{2}:\s?\d{2}|[+-]\d{2}:\d{2}\b")
_MAIL = re.compile(r"\S{3,}@\S|\bchinhphu\s?\.\s?\w{2}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_GAZETTE_DATE = re.compile(r"\d{1,2}\s?-\s?\d{1,2}\s?-\s?(?:19|20)\d\d")


def find_furniture(text: RestoredText) -> set[int]:
    """Numbers of all furniture lines that can be told without knowing the document's parts."""
    return stamp_lines(text) | gazette_lines(text) | page_numbers(text) | running_heads(text) | stray_lines(text)


def gazette_lines(text: RestoredText) -> set[int]:
    """Running heads of the gazette: ``2 CÔNG BÁO/Số 431 + 432/Ngày 25-3-2024``."""
    head = lexicon.phrases("gazette")[0]
    return {
        line.number
        for line in text.lines
        if len(line.text) < 90 and _GAZETTE_DATE.search(line.text) and locate(head, line.text[:60], 0.75)
    }


def stamp_lines(text: RestoredText) -> set[int]:
    """Lines of an electronic signature stamp at the top: who signed, mail address, office, time."""
    found = set()
    for line in text.lines[:FIRST_LINES]:
        if _TIME_OF_SIGNING.search(line.text) or _MAIL.search(line.text) or is_caption(line.text):
            found.add(line.number)
    return found


def is_caption(line: str) -> bool:
    """Whether the words before a line's first colon are a caption of a stamp (``Người ký:``)."""
    before, colon, _ = line.partition(":")
    if not colon or len(before) > 30:
        return False
    # Specks of the emblem come before the caption: its last words are what counts.
    words = before.split()
    tails = [" ".join(words[-n:]) for n in (1, 2, 3)]
    return any(
        fuzz.ratio(key(caption).replace(" ", ""), key(tail).replace(" ", "")) >= 78
        for caption in lexicon.phrases("stamp")
        for tail in tails
    )


def page_numbers(text: RestoredText) -> set[int]:
    """Page numbers: first or last on a page, or, where pages are not marked, in a rising row by themselves."""
    filled = [line.number for line in text.lines if line.text.strip()]
    edges: set[int] = set()
    starts = page_starts(text)
    if len(starts) > 1:
        for first, after in pairwise([*starts, len(text.lines) + 1]):
            page = [n for n in filled if first <= n < after]
            edges.update((page[0], page[-1]) if page else ())
        inner = {n for n in filled if _alone(text, n) and _between_prose(text, filled, n)}
        return {n for n in edges | inner if _PAGE_NUMBER.fullmatch(text.line(n).text)}
    alone = [n for n in filled if _alone(text, n) and _PAGE_NUMBER.fullmatch(text.line(n).text)]
    values = {n: int(m[1]) for n in alone if (m := _PAGE_NUMBER.fullmatch(text.line(n).text))}
    rising = set()
    for a, b in pairwise(alone):
        if values[b] == values[a] + 1 and b - a >= 15:
            rising |= {a, b}
    return rising


def _between_prose(text: RestoredText, filled: list[int], number: int) -> bool:
    """Whether running text stands before and after a line, as it does around a page number and not around a cell."""
    at = filled.index(number)
    near = [text.line(n).text.strip() for n in (*filled[max(0, at - 1) : at], *filled[at + 1 : at + 2])]
    return len(near) == 2 and all(len(line) >= 50 and "|" not in line for line in near)


def _alone(text: RestoredText, number: int) -> bool:
    around = (number - 1, number + 1)
    return all(not 1 <= n <= len(text.lines) or not text.line(n).text.strip() for n in around)


def running_heads(text: RestoredText) -> set[int]:
    """The same words at the top of three pages and more, unless they are heads of table columns."""
    tops = []
    for first in page_starts(text):
        top = next((line for line in text.lines[first - 1 : first + 3] if line.text.strip()), None)
        if top is not None and len(top.text.strip()) >= 10 and not opens_any("column", top.text, 0.9):
            tops.append((top.number, lexicon.fold(top.text)))
    return {n for n, words in tops if sum(fuzz.ratio(words, other) >= 85 for at, other in tops if at != n) >= 2}


def stray_lines(text: RestoredText) -> set[int]:
    """Lines without a letter or digit (specks), and web addresses by themselves."""
    found = set()
    for line in text.lines:
        shown = line.text.strip()
        if shown and ((not any(c.isalnum() for c in shown) and "|" not in shown) or _ADDRESS.fullmatch(shown)):
            found.add(line.number)
    return found

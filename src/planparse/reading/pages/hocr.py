"""hOCR: HTML in which an OCR program says where each word stands (http://kba.github.io/hocr-spec/1.2/).

Read with the standard HTML parser, which resolves and fetches nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from planparse.reading.pages.model import Page, PageWord, likely_dpi, points
from planparse.source import Box

_BOX = re.compile(r"\bbbox\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)")
_SURE = re.compile(r"\bx_wconf\s+(\d+(?:\.\d+)?)")
_RESOLUTION = re.compile(r"\bscan_res\s+(\d+)")
_LINES = frozenset({"ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption"})
_VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pages: list[Page] = []
        self.words: list[PageWord] = []
        self.size: tuple[float, float, float] | None = None  # width, height, dpi
        self.line = 0
        self.open: list[bool] = []  # for each open element whether it is the word being read
        self.word: tuple[Box, float | None] | None = None
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        found = dict(attrs)
        classes = set((found.get("class") or "").split())
        title = found.get("title") or ""
        box = _BOX.search(title)
        if "ocr_page" in classes and box:
            self.close_page()
            left, top, right, bottom = map(float, box.groups())
            stated = _RESOLUTION.search(title)
            width, height = max(1.0, right - left), max(1.0, bottom - top)
            self.size = (width, height, likely_dpi(width, height, float(stated[1]) if stated else None))
        elif classes & _LINES:
            self.line += 1
        is_word = "ocrx_word" in classes and box is not None and self.size is not None and self.word is None
        if is_word and box is not None and self.size is not None:
            left, top, right, bottom = (points(float(side), self.size[2]) for side in box.groups())
            sure = _SURE.search(title)
            self.word = (Box(left, top, right, bottom), float(sure[1]) / 100 if sure else None)
            self.text = ""
        self.open.append(is_word)

    def handle_data(self, data: str) -> None:
        if self.word is not None:
            self.text += data

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self.open or not self.open.pop() or self.word is None:
            return
        box, sure = self.word
        if self.text.strip():
            self.words.append(PageWord(" ".join(self.text.split()), box, sure, self.line))
        self.word = None

    def close_page(self) -> None:
        if self.size is not None:
            width, height, dpi = self.size
            self.pages.append(Page(points(width, dpi), points(height, dpi), tuple(self.words)))
        self.words, self.size = [], None


def hocr_pages(text: str) -> list[Page]:
    """The pages of an hOCR file; an empty list where it is none."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.close_page()
    return reader.pages

"""Pages of a PDF with their text layer: picture and words with boxes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from training.render import Page, Style, Word


def pdf_pages(path: Path, dpi: int, limit: int) -> Iterator[tuple[int, Page]]:
    """The first ``limit`` pages (1-based number, page); raises OSError for a file that is no readable PDF."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise OSError(str(error)) from error
    with document:
        for number in range(min(len(document), limit)):
            page = document[number]
            image = page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
            yield number + 1, Page.scanned(image, _words(page, dpi / 72), Style(dpi=dpi))


def _words(page: pypdfium2.PdfPage, scale: float) -> list[Word]:
    """The words of a page's text layer, with their boxes in pixels of the picture."""
    layer = page.get_textpage()
    height = page.get_height()
    words: list[Word] = []
    text, boxes = "", []
    for i in range(layer.count_chars() + 1):
        letter = layer.get_text_range(i, 1) if i < layer.count_chars() else " "
        if letter.strip():
            text += letter
            boxes.append(layer.get_charbox(i, loose=True))
        elif text:
            left, bottom, right, top = (
                f(c) for f, c in zip((min, min, max, max), zip(*boxes, strict=True), strict=True)
            )
            box = (left * scale, (height - top) * scale, right * scale, (height - bottom) * scale)
            words.append(Word(unicodedata.normalize("NFC", text), box))
            text, boxes = "", []
    return words

"""A PDF or image file read page by page: the text layer where it is sound, else the picture by Tesseract."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from planparse.errors import MissingToolError
from planparse.reading.pages import cache, layers, tesseract
from planparse.reading.pages.cleaning import READING_DPI
from planparse.reading.pages.grid import find_tables
from planparse.reading.pages.image import pictures
from planparse.reading.pages.model import OcrMode, Page, PageOptions
from planparse.reading.pages.pdf import PdfFile
from planparse.reading.pages.picture import WORKING_DPI, Grey, find_rules
from planparse.reading.pages.scan import read_scan
from planparse.reading.pages.twice import with_other

T = TypeVar("T")
R = TypeVar("R")


def read_document(data: bytes, name: str, suffix: str, options: PageOptions) -> tuple[list[Page], list[str]]:
    """The pages of a file, and remarks on how they were read."""
    if suffix == ".pdf":
        return _pdf(data, name, options)
    if options.ocr == "never":
        raise MissingToolError(name, "is a picture, which only OCR can read", "leave out --ocr never")
    tesseract.require()
    pages: list[Page] = []
    for page in _side_by_side(lambda shown: scanned(*shown, name), pictures(data, name), options.workers):
        pages.append(page)
        options.progress(len(pages), 0)
    return pages, []


def scanned(grey: Grey, dpi: float, where: str) -> Page:
    """A picture's page, from the cache if it was ever read before."""
    key = cache.key_of(grey, dpi, f"{tesseract.version()} {tesseract.LANGUAGES}")
    page = cache.load(key)
    if page is None:
        page = read_scan(grey, dpi, where)
        cache.save(key, page)
    return page


def _pdf(data: bytes, name: str, options: PageOptions) -> tuple[list[Page], list[str]]:
    ocr, progress = options.ocr, options.progress
    pages: dict[int, Page] = {}
    faulty: dict[int, str] = {}
    with PdfFile(data, name) as pdf:
        for number in range(pdf.pages):
            words = pdf.words(number)
            reason = layers.fault(words)
            if reason and words and (mended := layers.repaired(words)) is not None:
                words, reason = mended, layers.fault(mended)
            reason = "is read by OCR as asked" if ocr == "always" else reason
            pages[number] = Page(*pdf.size(number), tuple(words))
            if reason and ocr != "never":
                faulty[number] = reason
            else:
                pages[number] = _with_tables(pdf, number, pages[number])
                progress(len(pages) - len(faulty), pdf.pages)
        if faulty and not tesseract.is_ready():
            if ocr != "always" and any(len(page.words) >= layers.FEW for page in pages.values()):
                remarks = [f"page {n + 1} {why}, and Tesseract is not there to read it" for n, why in faulty.items()]
                return [pages[n] for n in sorted(pages)], remarks
            tesseract.require()
        # PDFium takes one caller at a time: pictures are drawn here, only Tesseract runs side by side.
        drawn = ((n, pdf.picture(n, READING_DPI)) for n in sorted(faulty))
        done = len(pages) - len(faulty)
        read = _side_by_side(lambda item: (item[0], scanned(item[1], READING_DPI, name)), drawn, options.workers)
        for number, page in read:
            pages[number] = with_other(page, pages[number].words)
            done += 1
            progress(done, pdf.pages)
    return [pages[n] for n in sorted(pages)], _remarks(faulty, ocr)


def _with_tables(pdf: PdfFile, number: int, page: Page) -> Page:
    """The page with the tables that its picture shows; its words are known."""
    if not page.words:
        return page
    dpi = 1.0 * WORKING_DPI
    return replace(page, tables=tuple(find_tables(find_rules(pdf.picture(number, dpi), dpi))))


def _remarks(faulty: dict[int, str], ocr: OcrMode) -> list[str]:
    if ocr == "always":
        return []
    reasons: dict[str, list[int]] = {}
    for number, reason in faulty.items():
        if reason != "has no text layer":
            reasons.setdefault(reason, []).append(number + 1)
    return [
        f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}: {why}, so OCR read it again"
        for why, numbers in reasons.items()
    ]


def _side_by_side(work: Callable[[T], R], items: Iterable[T], workers: int | None) -> Iterator[R]:
    """Results in the order of the items, a few of which are worked on at a time and no more held in memory."""
    workers = workers or max(1, min(8, os.cpu_count() or 1))
    waiting = []
    with ThreadPoolExecutor(workers) as pool:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

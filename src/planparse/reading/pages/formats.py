"""Which page format reads which file, by its suffix or by how its bytes begin."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from planparse.errors import DamagedInputError
from planparse.reading.decoding import decode
from planparse.reading.pages.hocr import hocr_pages
from planparse.reading.pages.model import Page
from planparse.reading.pages.tsv import tsv_pages
from planparse.reading.pages.xmlresults import UnsafeXmlError, xml_pages

MAX_WORDS = 3_000_000
"""More words than this (some 7,000 pages) are no plan."""

Pages = list[Page]


def _hocr(data: bytes, name: str) -> Pages:
    return _some(hocr_pages(decode(data, name)[0]), name, "holds no hOCR page (an element of class ocr_page)")


def _tsv(data: bytes, name: str) -> Pages:
    return _some(tsv_pages(decode(data, name)[0]), name, "is no TSV of Tesseract (level, page_num, block_num …)")


def _xml(data: bytes, name: str) -> Pages:
    try:
        pages = xml_pages(data)
    except UnsafeXmlError as error:
        raise DamagedInputError(name, f"is refused: {error}", "take the declaration out of the XML") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise DamagedInputError(name, f"is no well-formed XML: {error}", "make the OCR result again") from None
    return _some(pages, name, "is neither ALTO nor PAGE XML")


def _some(pages: Pages, name: str, otherwise: str) -> Pages:
    if not pages:
        raise DamagedInputError(name, otherwise, "check what wrote it, or give its text as .txt")
    return pages


RESULTS: dict[str, tuple[str, Callable[[bytes, str], Pages]]] = {
    ".hocr": ("text/vnd.hocr+html", _hocr),
    ".html": ("text/vnd.hocr+html", _hocr),
    ".tsv": ("text/tab-separated-values", _tsv),
    ".xml": ("application/xml", _xml),
    ".alto": ("application/alto+xml", _xml),
}
"""Suffix → (media type, reader) of OCR results with boxes."""

SCANS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
}
"""Suffix → media type of files that hold pages themselves."""

_MAGIC = ((b"%PDF-", ".pdf"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"II*\0", ".tif"),
          (b"MM\0*", ".tif"))  # fmt: skip

SUFFIXES = frozenset({*RESULTS, *SCANS})


def true_suffix(data: bytes, suffix: str) -> str:
    """The suffix that the first bytes speak for, whatever the file is called; else the one given."""
    return next((found for magic, found in _MAGIC if data.startswith(magic)), suffix.lower())

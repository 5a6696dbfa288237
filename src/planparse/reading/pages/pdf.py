"""PDF by pypdfium2: the words of the text layer with their boxes, and pictures of pages.

PDFium runs no script of a document and fetches nothing; forms and annotations are left alone.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from typing import Any

import numpy as np

from planparse.errors import DamagedInputError, MissingToolError, TooLargeInputError
from planparse.reading.pages.model import POINTS_PER_INCH, PageWord
from planparse.reading.pages.picture import Grey
from planparse.source import Box

MOST_PAGES = 2000
"""A plan with its annexes has a few hundred at most."""
MOST_PIXELS = 80_000_000
"""Of one page: A3 at 600 dots per inch has 70 million."""
MOST_LETTERS = 60_000
"""Of one page; what holds more is no page of a document."""
NEW_WORD = 0.28
"""A blank wider than this share of the letters' height ends a word even where no space is written."""

INSTALL = "pip install 'planparse[pdf]'"


class PdfFile:
    """An open PDF. Use as a context manager; every fault is a :class:`DamagedInputError`."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            import pypdfium2
        except ImportError:
            raise MissingToolError(name, "PDF files need the package pypdfium2", INSTALL) from None
        self.name = name
        self._raw = pypdfium2.raw
        try:
            self._file = pypdfium2.PdfDocument(data)
            self.pages = len(self._file)
        except pypdfium2.PdfiumError as error:
            if "password" in str(error).lower():
                said, remedy = "is locked by a password", "save a copy without one"
            else:
                said, remedy = "is broken, or no PDF at all", "save or scan it again"
            raise DamagedInputError(name, said, remedy) from None
        if not self.pages:
            raise DamagedInputError(name, "has no pages", "save or scan it again")
        if self.pages > MOST_PAGES:
            raise TooLargeInputError(name, f"has {self.pages:,} pages, more than {MOST_PAGES:,}", "split it first")

    def __enter__(self) -> PdfFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def size(self, number: int) -> tuple[float, float]:
        """Width and height of a page (0-based) in points, as it is shown."""
        page = self._page(number)
        try:
            width, height = page.get_size()
        finally:
            page.close()
        if not (1 <= width <= 15_000 and 1 <= height <= 15_000):
            raise DamagedInputError(self.name, f"page {number + 1} has no possible size", "save or scan it again")
        return width, height

    def picture(self, number: int, dpi: float) -> Grey:
        """A picture of a page; coarser than asked for where it would be too large."""
        width, height = self.size(number)
        scale = min(dpi / POINTS_PER_INCH, (MOST_PIXELS / (width * height)) ** 0.5)
        page = self._page(number)
        try:
            bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
            grey = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
            bitmap.close()
        finally:
            page.close()
        return grey[:, :, 0] if grey.ndim == 3 else grey

    def words(self, number: int) -> list[PageWord]:
        """The words of a page's text layer in its order."""
        page = self._page(number)
        try:
            text = page.get_textpage()
            try:
                return list(_words(self._letters(page, text)))
            finally:
                text.close()
        finally:
            page.close()

    def _page(self, number: int) -> Any:
        import pypdfium2

        try:
            return self._file[number]
        except pypdfium2.PdfiumError:
            raise DamagedInputError(self.name, f"page {number + 1} is broken", "save or scan it again") from None

    def _letters(self, page: Any, text: Any) -> Iterator[tuple[str, Box | None]]:
        """Letters with boxes, spaces without, in the order of the layer."""
        raw = self._raw
        count = raw.FPDFText_CountChars(text)
        if count > MOST_LETTERS:
            raise TooLargeInputError(self.name, "has a page with more text than a page can hold", "leave it out")
        shown = _as_shown(raw, page)
        rectangle = raw.FS_RECTF()
        for at in range(count):
            code = raw.FPDFText_GetUnicode(text, at)
            letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
            if (
                not letter
                or letter.isspace()
                or code in (0x2, 0xFFFE, 0xAD)
                or raw.FPDFText_IsGenerated(text, at) > 0
            ):
                yield ("-", None) if code == 0x2 else (" ", None)
                continue
            if not raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(rectangle)):
                continue
            yield letter, shown(rectangle.left, rectangle.top, rectangle.right, rectangle.bottom)


def _as_shown(raw: Any, page: Any) -> Any:
    """From a page's own coordinates to points from the upper left corner as it is shown, turned pages too."""
    width, height = page.get_size()
    fine = 1000

    def at(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            page, 0, 0, int(width * fine / 100), int(height * fine / 100), 0, x, y,
            ctypes.byref(across), ctypes.byref(down),
        )  # fmt: skip
        return across.value * 100 / fine, down.value * 100 / fine

    (ox, oy), (ax, ay), (bx, by) = at(0, 0), at(1000, 0), at(0, 1000)

    def shown(left: float, top: float, right: float, bottom: float) -> Box:
        corners = [
            (ox + x * (ax - ox) / 1000 + y * (bx - ox) / 1000, oy + x * (ay - oy) / 1000 + y * (by - oy) / 1000)
            for x, y in ((left, top), (right, bottom))
        ]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    return shown


def _words(letters: Iterator[tuple[str, Box | None]]) -> Iterator[PageWord]:
    text, box = "", None
    for letter, place in letters:
        if place is None:
            if text and box is not None:
                yield _word(text, box)
            text, box = "", None
            continue
        if box is not None and _apart(box, place):
            yield _word(text, box)
            text, box = "", None
        text += letter
        box = place if box is None else box.around(place)
    if text and box is not None:
        yield _word(text, box)


def _word(text: str, box: Box) -> PageWord:
    return PageWord(unicodedata.normalize("NFC", text), box)


def _apart(word: Box, letter: Box) -> bool:
    """Whether a letter stands off from the word before it: beside it by a blank, or on another line."""
    height = max(1.0, min(word.bottom - word.top, letter.bottom - letter.top))
    beside = letter.left - word.right > NEW_WORD * height or letter.right < word.left
    above_or_below = abs((letter.top + letter.bottom) - (word.top + word.bottom)) / 2 > 0.7 * height
    return beside or above_or_below

"""ALTO (Library of Congress, versions 2 to 4) and PAGE (PRImA): OCR results in XML.

Parsed by expat event by event. A document type declaration is refused, so that no entity is ever declared,
expanded or fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from planparse.reading.pages.model import POINTS_PER_INCH, Page, PageWord, likely_dpi
from planparse.source import Box

DEEPEST = 200
"""Elements within elements; real files have about ten."""

Attributes = dict[str, str]


class UnsafeXmlError(ValueError):
    """The XML declares a document type or nests without end."""


class _Results:
    """What both formats share: pages, the line at hand, and pixels to points."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.words: list[PageWord] = []
        self.size = (0.0, 0.0)
        self.unit = 1.0  # points per unit of the file; 0 until the page tells its size in pixels
        self.line = 0
        self.on_page = False

    def open_page(self, width: float, height: float, unit: float | None) -> None:
        self.close_page()
        self.unit = POINTS_PER_INCH / likely_dpi(width, height) if unit is None else unit
        self.size, self.words, self.on_page = (width * self.unit, height * self.unit), [], True

    def close_page(self) -> None:
        if self.on_page:
            self.pages.append(Page(*self.size, tuple(self.words)))
        self.on_page = False

    def add(self, text: str, box: Box, sure: float | None) -> None:
        shown = " ".join(text.split())
        if self.on_page and shown:
            self.words.append(PageWord(shown, Box(*(side * self.unit for side in box)), sure, self.line))


class _Alto(_Results):
    def __init__(self) -> None:
        super().__init__()
        self.scale: float | None = None
        self.measuring = False

    def start(self, tag: str, found: Attributes) -> None:
        if tag == "MeasurementUnit":
            self.measuring = True
        elif tag == "Page":
            self.open_page(_number(found.get("WIDTH")), _number(found.get("HEIGHT")), self.scale)
        elif tag == "TextLine":
            self.line += 1
        elif tag == "String":
            left, top = _number(found.get("HPOS")), _number(found.get("VPOS"))
            box = Box(left, top, left + _number(found.get("WIDTH")), top + _number(found.get("HEIGHT")))
            self.add(found.get("CONTENT", ""), box, _sure(found.get("WC")))

    def data(self, text: str) -> None:
        if self.measuring and text.strip():
            per_inch = {"mm10": 254.0, "inch1200": 1200.0}.get(text.strip())
            self.scale = POINTS_PER_INCH / per_inch if per_inch else None
            self.measuring = False

    def end(self, tag: str) -> None:
        if tag == "Page":
            self.close_page()


class _Prima(_Results):
    """Words where the file has them; else the words of a line share its box in proportion to their letters."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.boxes: dict[str, Box | None] = {}
        self.texts: dict[str, tuple[str, float | None]] = {}
        self.reading: str | None = None
        self.sure: float | None = None
        self.had_words = False

    def start(self, tag: str, found: Attributes) -> None:
        if tag == "Page":
            self.open_page(_number(found.get("imageWidth")), _number(found.get("imageHeight")), None)
        elif tag in ("TextLine", "Word"):
            self.boxes[tag] = None
            self.texts.pop(tag, None)
            self.path.append(tag)
            if tag == "TextLine":
                self.line += 1
                self.had_words = False
        elif tag == "Coords" and self.path and self.boxes.get(self.path[-1]) is None:
            self.boxes[self.path[-1]] = _hull(found.get("points", ""))
        elif tag == "TextEquiv":
            self.sure = _sure(found.get("conf"))
        elif tag == "Unicode" and self.path and self.path[-1] not in self.texts:
            self.reading = ""

    def data(self, text: str) -> None:
        if self.reading is not None:
            self.reading += text

    def end(self, tag: str) -> None:
        if tag == "Unicode" and self.reading is not None and self.path:
            self.texts[self.path[-1]] = (self.reading, self.sure)
            self.reading = None
        elif tag in ("TextLine", "Word") and self.path and self.path[-1] == tag:
            self.path.pop()
            box, (text, sure) = self.boxes.get(tag), self.texts.get(tag, ("", None))
            if box is not None and tag == "Word":
                self.add(text, box, sure)
                self.had_words = True
            elif box is not None and not self.had_words:
                for word, place in _shares(text, box):
                    self.add(word, place, sure)
        elif tag == "Page":
            self.close_page()


def xml_pages(data: bytes) -> list[Page]:
    """The pages of an ALTO or PAGE file; an empty list where it is neither.

    Raises :class:`UnsafeXmlError` for a document type declaration, ``expat.ExpatError`` for broken XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    readers: dict[str, Callable[[], _Alto | _Prima]] = {"alto": _Alto, "PcGts": _Prima}
    reader: _Alto | _Prima | None = None
    depth = 0

    def start(name: str, found: Attributes) -> None:
        nonlocal reader, depth
        depth += 1
        if depth > DEEPEST:
            raise UnsafeXmlError("elements are nested without end")
        tag = name.rpartition(" ")[2]
        if reader is None and depth == 1 and tag in readers:
            reader = readers[tag]()
        elif reader is not None:
            reader.start(tag, found)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if reader is not None:
            reader.end(name.rpartition(" ")[2])

    def data_of(text: str) -> None:
        if reader is not None:
            reader.data(text)

    def refuse(*_: object) -> None:
        raise UnsafeXmlError("it declares a document type")

    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data_of
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)
    return reader.pages if reader is not None else []


def _hull(listed: str) -> Box | None:
    try:
        corners = [tuple(map(float, pair.split(","))) for pair in listed.split()]
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    except (ValueError, IndexError):
        return None
    return Box(min(xs), min(ys), max(xs), max(ys)) if xs else None


def _shares(text: str, box: Box) -> list[tuple[str, Box]]:
    words = text.split()
    step = (box.right - box.left) / max(1, len(" ".join(words)))
    found, at = [], box.left
    for word in words:
        found.append((word, Box(at, box.top, at + step * len(word), box.bottom)))
        at += step * (len(word) + 1)
    return found


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _sure(text: str | None) -> float | None:
    return min(1.0, max(0.0, _number(text))) if text else None

"""Draws pages the way a Vietnamese office prints them, and remembers where every word stands.

The page keeps, beside its picture, each word with its box and the table cell it belongs to. What an OCR engine
reads can then be compared with what was printed, line by line and cell by cell, however it mixed them up.
"""

from __future__ import annotations

import io
import math
import random
import subprocess
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FAMILIES = ("Liberation Serif", "TeX Gyre Termes", "FreeSerif")
TWINS = {"Liberation Serif": "Tinos"}
"""The same face under another name: Liberation 1, which Debian 12 installs, has no Vietnamese letters."""
MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Word:
    """A printed word: its text, its box in pixels (left, top, right, bottom) and its cell (row, column kind)."""

    text: str
    box: tuple[float, float, float, float]
    cell: tuple[int, str] | None = None


@dataclass(frozen=True)
class Style:
    """How a document is printed and scanned."""

    family: str = "Liberation Serif"
    size: float = 13.0
    dpi: int = 300
    leading: float = 1.15

    def px(self, mm: float) -> float:
        """Millimetres in pixels."""
        return mm * self.dpi / MM_PER_INCH

    def font(self, bold: bool = False, italic: bool = False, scale: float = 1.0) -> ImageFont.FreeTypeFont:
        """The document's face in a weight, at a multiple of its size."""
        return _font(self.family, bold, italic, round(self.size * scale * self.dpi / 72))

    @property
    def line(self) -> float:
        """Height of a line in pixels."""
        return self.size * self.dpi / 72 * self.leading * 1.1


@cache
def _font_file(family: str, bold: bool, italic: bool) -> str:
    """The file of a face, by fontconfig; raises LookupError where no such family with Vietnamese letters is there."""
    for name in (family, TWINS.get(family, family)):
        query = f"{name}:{'bold' if bold else 'regular'}:{'italic' if italic else 'roman'}"
        answer = subprocess.run(
            ["fc-match", "-f", "%{family}|%{file}|%{charset}", query], capture_output=True, text=True, check=True
        )
        found, path, letters = answer.stdout.split("|")
        if name in found and _covers(letters, "ệ"):
            return path
    raise LookupError(f"no font family {family!r} with Vietnamese letters is installed")


def _covers(ranges: str, letter: str) -> bool:
    """Whether fontconfig's ranges of code points (``20-7e a0-17f``) hold a letter."""
    spans = (part.split("-") for part in ranges.split())
    return any(int(span[0], 16) <= ord(letter) <= int(span[-1], 16) for span in spans)


@cache
def _font(family: str, bold: bool, italic: bool, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_font_file(family, bold, italic), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def _width(font: ImageFont.FreeTypeFont, word: str) -> float:
    return font.getlength(word)


def wrap(text: str, font: ImageFont.FreeTypeFont, width: float, indent: float = 0) -> list[list[str]]:
    """Break text into lines of words that fit ``width`` pixels; a line break in the text starts a new line."""
    space = _width(font, " ")
    lines: list[list[str]] = []
    for paragraph in text.split("\n"):
        line: list[str] = []
        used = indent
        for word in paragraph.split():
            step = _width(font, word) + (space if line else 0)
            if line and used + step > width:
                lines.append(line)
                line, used, step = [], 0.0, _width(font, word)
            line.append(word)
            used += step
        if line:
            lines.append(line)
    return lines


@dataclass
class Page:
    """A page being drawn."""

    style: Style
    landscape: bool = False
    words: list[Word] = field(default_factory=list)

    def __post_init__(self) -> None:
        size = (297, 210) if self.landscape else (210, 297)
        self.width, self.height = (round(self.style.px(mm)) for mm in size)
        self.image = Image.new("L", (self.width, self.height), 255)
        self._draw = ImageDraw.Draw(self.image)

    @classmethod
    def scanned(cls, image: Image.Image, words: list[Word], style: Style) -> Page:
        """A page that was drawn elsewhere, such as one of a PDF."""
        page = cls(style)
        page.image, page.words = image, words
        page.width, page.height = image.size
        return page

    def put(
        self,
        words: list[str],
        font: ImageFont.FreeTypeFont,
        left: float,
        top: float,
        width: float,
        align: str = "left",
        cell: tuple[int, str] | None = None,
    ) -> None:
        """Set one line of words in a box ``width`` pixels wide: left, centre, right or justified."""
        space = _width(font, " ")
        total = sum(_width(font, w) for w in words) + space * (len(words) - 1)
        x = left + {"centre": (width - total) / 2, "right": width - total}.get(align, 0)
        if align == "justify" and len(words) > 1 and 0 < width - total < width * 0.35:
            space += (width - total) / (len(words) - 1)
        ascent, descent = font.getmetrics()
        for word in words:
            self._draw.text((x, top), word, font=font, fill=0)
            wide = _width(font, word)
            self.words.append(Word(word, (x, top, x + wide, top + ascent + descent), cell))
            x += wide + space

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling line, about half a point thick."""
        thick = max(1, round(self.style.dpi / 144))
        self._draw.line((round(x0), round(y0), round(x1), round(y1)), fill=0, width=thick)


def degrade(page: Page, rng: random.Random, strength: float) -> None:
    """Age the page's picture like a scan: skew, blur, noise, JPEG or threshold; ``strength`` from 0 to 1.

    The boxes of the words turn with the picture.
    """
    if strength <= 0:
        return
    angle = rng.uniform(-0.35, 0.35) * strength
    image = page.image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0) * strength * page.style.dpi / 300))
    pixels = np.asarray(image, dtype=np.float32)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 10 * strength, pixels.shape)
    pixels = np.clip(pixels * rng.uniform(0.9, 1.0) + noise + rng.uniform(0, 25) * strength, 0, 255)
    if rng.random() < 0.25:
        pixels = np.where(pixels > rng.uniform(120, 180), 255, 0)
    page.image = Image.fromarray(pixels.astype(np.uint8))
    if rng.random() < 0.4:
        held = io.BytesIO()
        page.image.save(held, "JPEG", quality=rng.randint(40, 80))
        page.image = Image.open(held).convert("L")
    page.words = [Word(w.text, _turn(w.box, angle, page.width, page.height), w.cell) for w in page.words]


def _turn(box: tuple[float, float, float, float], degrees: float, width: int, height: int) -> tuple[float, ...]:
    """Move a box as its centre moves when the picture is turned counter-clockwise."""
    turn = math.radians(degrees)
    x, y = (box[0] + box[2]) / 2 - width / 2, (box[1] + box[3]) / 2 - height / 2
    dx = x * math.cos(turn) + y * math.sin(turn) - x
    dy = -x * math.sin(turn) + y * math.cos(turn) - y
    return box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy

"""Invented documents as people would send them: scans good and bad, and PDFs with a text layer."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from training import document, flow
from training.render import Page

Picture = Image.Image


def clean(picture: Picture, chance: np.random.Generator) -> Picture:
    """As it was printed."""
    return picture


def skewed(picture: Picture, chance: np.random.Generator) -> Picture:
    """Laid askew on the glass by one to two degrees."""
    angle = float(chance.uniform(1.0, 2.0) * chance.choice([-1, 1]))
    return picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def noisy(picture: Picture, chance: np.random.Generator) -> Picture:
    """A grey, grainy, slightly soft scan with specks."""
    soft = picture.filter(ImageFilter.GaussianBlur(0.7))
    pixels = np.asarray(soft, dtype=np.float32) * 0.88 + 20 + chance.normal(0, 14, (soft.height, soft.width))
    specks = chance.random((soft.height, soft.width)) < 0.0004
    return Image.fromarray(np.clip(np.where(specks, 40, pixels), 0, 255).astype(np.uint8))


def jpeg(picture: Picture, chance: np.random.Generator) -> Picture:
    """JPEG at quality 40."""
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=40)
    return Image.open(held).convert("L")


def photocopy(picture: Picture, chance: np.random.Generator) -> Picture:
    """A copy of a copy: soft, grainy, then black or white."""
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.1)), dtype=np.float32)
    grain = chance.normal(0, 22, soft.shape)
    return Image.fromarray(np.where(soft + grain > 150, 255, 0).astype(np.uint8))


CONDITIONS: dict[str, tuple[int, Callable[[Picture, np.random.Generator], Picture]]] = {
    "clean": (300, clean),
    "200 dpi": (200, clean),
    "skewed": (300, skewed),
    "noisy": (300, noisy),
    "JPEG 40": (300, jpeg),
    "photocopy": (300, photocopy),
    "all at once": (200, lambda picture, chance: jpeg(noisy(skewed(picture, chance), chance), chance)),
}
"""Name → resolution, and what is done to the picture."""


def printed(sample: Path, family: str, dpi: int) -> list[Page]:
    """The pages of a sample's description in a font and at a resolution."""
    description = document.load(sample / "document.yaml")
    description["print"] |= {"family": family, "dpi": dpi}
    return document.draw(description)


def scan(pages: list[Page], condition: str, where: Path, seed: int = 0) -> None:
    """Write the pages as one TIFF, in the condition named."""
    chance = np.random.default_rng(seed)
    dpi, worn = CONDITIONS[condition]
    pictures = [worn(page.image, chance) for page in pages]
    pictures[0].save(where, save_all=True, append_images=pictures[1:], dpi=(dpi, dpi), compression="tiff_lzw")


@dataclass
class _Drawn:
    """What was drawn on a page that its picture alone does not tell."""

    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    fonts: list[tuple[str, int]] = field(default_factory=list)


def write_pdf(sample: Path, family: str, where: Path) -> list[Page]:
    """Write a sample as a PDF with a text layer and drawn lines, as a word processor would; its pages come back."""
    drawn: dict[int, _Drawn] = {}

    class Recording(Page):
        def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
            drawn.setdefault(id(self), _Drawn()).rules.append((x0, y0, x1, y1))
            super().rule(x0, y0, x1, y1)

        def put(self, words: list[str], font: Any, *place: Any, **options: Any) -> None:
            super().put(words, font, *place, **options)
            drawn.setdefault(id(self), _Drawn()).fonts += [(font.path, font.size)] * len(words)

    description = document.load(sample / "document.yaml")
    description["print"] |= {"family": family, "dpi": 300}
    plain, flow.Page = flow.Page, Recording  # type: ignore[misc]
    try:
        pages = document.draw(description)
    finally:
        flow.Page = plain  # type: ignore[misc]
    _write(pages, drawn, where)
    return pages


def _write(pages: list[Page], drawn: dict[int, _Drawn], where: Path) -> None:
    import pypdfium2
    import pypdfium2.raw as raw

    pdf = pypdfium2.PdfDocument.new()
    fonts: dict[str, Any] = {}
    for page in pages:
        dots = 72 / page.style.dpi
        sheet = pdf.new_page(page.width * dots, page.height * dots)
        high = page.height * dots
        seen = drawn.get(id(page), _Drawn())
        for word, (path, size) in zip(page.words, seen.fonts, strict=True):
            if path not in fonts:
                data = Path(path).read_bytes()
                held = (ctypes.c_ubyte * len(data)).from_buffer_copy(data)
                fonts[path] = raw.FPDFText_LoadFont(pdf, held, len(data), raw.FPDF_FONT_TRUETYPE, 1)
            text = raw.FPDFPageObj_CreateTextObj(pdf, fonts[path], size * dots)
            letters = (word.text + "\0").encode("utf-16-le")
            held = (ctypes.c_ushort * (len(letters) // 2)).from_buffer_copy(letters)
            raw.FPDFText_SetText(text, held)
            base = word.box[3] - (word.box[3] - word.box[1]) * 0.21
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, word.box[0] * dots, high - base * dots)
            raw.FPDFPage_InsertObject(sheet, text)
        for x0, y0, x1, y1 in seen.rules:
            line = raw.FPDFPageObj_CreateNewPath(x0 * dots, high - y0 * dots)
            raw.FPDFPath_LineTo(line, x1 * dots, high - y1 * dots)
            raw.FPDFPageObj_SetStrokeColor(line, 0, 0, 0, 255)
            raw.FPDFPageObj_SetStrokeWidth(line, 0.5)
            raw.FPDFPath_SetDrawMode(line, 0, 1)
            raw.FPDFPage_InsertObject(sheet, line)
        sheet.gen_content()
    pdf.save(str(where))


__all__ = ["CONDITIONS", "printed", "scan", "write_pdf"]

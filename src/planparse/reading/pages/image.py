"""Image files by Pillow: each picture in grey, with its resolution; limits hold before anything is decoded."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np

from planparse.errors import DamagedInputError, MissingToolError, TooLargeInputError
from planparse.reading.pages.model import likely_dpi
from planparse.reading.pages.pdf import MOST_PAGES, MOST_PIXELS
from planparse.reading.pages.picture import Grey

INSTALL = "pip install 'planparse[ocr]'"
SMALLEST = 100
"""Pixels; a picture less wide or high is no page."""


def pictures(data: bytes, name: str) -> Iterator[tuple[Grey, float]]:
    """The pictures of an image file and their dots per inch, one at a time."""
    try:
        from PIL import Image, ImageOps, ImageSequence
    except ImportError:
        raise MissingToolError(name, "images need the package Pillow", INSTALL) from None
    broken = DamagedInputError(name, "is a broken image", "save or scan it again")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "TIFF"])
            frames = getattr(image, "n_frames", 1)
        except Image.DecompressionBombError:
            raise _too_large(name) from None
        except Exception:  # Pillow's decoders raise whatever they please at broken files
            raise broken from None
        if frames > MOST_PAGES:
            raise TooLargeInputError(name, f"has {frames:,} pages, more than {MOST_PAGES:,}", "split it first")
        for at, frame in enumerate(ImageSequence.Iterator(image)):
            if frame.width * frame.height > MOST_PIXELS:
                raise _too_large(name)
            if min(frame.size) < SMALLEST:
                raise DamagedInputError(name, f"picture {at + 1} is too small to be a page", "scan it again")
            try:
                dpi = likely_dpi(frame.width, frame.height, _stated(frame.info.get("dpi")))
                upright = ImageOps.exif_transpose(frame)
                if upright.mode in ("RGBA", "LA", "P", "PA"):
                    paper = Image.new("RGBA", upright.size, "white")
                    upright = Image.alpha_composite(paper, upright.convert("RGBA"))
                grey = np.asarray(upright.convert("L"), dtype=np.uint8)
            except MemoryError:
                raise
            except Exception:
                raise broken from None
            yield grey, dpi


def _stated(dpi: object) -> float | None:
    try:
        return float(dpi[0])  # type: ignore[index]
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return None


def _too_large(name: str) -> TooLargeInputError:
    return TooLargeInputError(
        name, f"has more than {MOST_PIXELS // 1_000_000} million pixels on a page", "scan it at 300 dpi"
    )

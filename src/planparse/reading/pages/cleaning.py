"""Pictures made fit for reading: grain smoothed away, resolution and lean set right.

Tesseract takes the grain of a scan for strokes and its specks for letters, and needs twice the time for it; a
smoothed page is read better and faster. Sharp pages are left as they are: what smoothing takes from them is ink.
"""

from __future__ import annotations

import numpy as np

from planparse.reading.pages.picture import Grey

READING_DPI = 300
"""Tesseract reads best what is about so fine."""
LEAST_LEAN = 0.15
"""Degrees; less than this is left alone."""
GRAINY = 3.0
"""Levels of grey by which neighbouring pixels of the paper differ, from which on a picture is smoothed."""
_PAPER_SPREAD = 8
BAND = 32
"""Rows that are smoothed at a time, so that what is worked on stays in the cache: three times as fast."""


def grain_of(grey: Grey) -> float:
    """By how many levels of grey neighbouring pixels differ, most of which are paper."""
    rows = grey[::9].astype(np.int16)
    return float(np.median(np.abs(np.diff(rows, axis=1))))


def fine(grey: Grey, dpi: float) -> tuple[Grey, float]:
    """The picture, and its dots per inch, as they suit reading."""
    grainy = grain_of(grey) >= GRAINY
    if not 0.8 * READING_DPI <= dpi <= 1.5 * READING_DPI:
        from PIL import Image

        scale = READING_DPI / dpi
        size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
        grey, dpi = np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.BILINEAR)), READING_DPI
    return (_stretched(_smoothed(grey)) if grainy else grey), dpi


def levelled(grey: Grey, degrees: float) -> Grey:
    """The picture turned by the degrees that it leans.

    Pixels are moved and not blended: at this resolution the step is finer than any stroke, Tesseract reads it as
    well, and it takes a tenth of the time.
    """
    if abs(degrees) < LEAST_LEAN:
        return grey
    from PIL import Image

    return np.asarray(Image.fromarray(grey).rotate(degrees, Image.Resampling.NEAREST, fillcolor=paper_of(grey)))


def paper_of(grey: Grey) -> int:
    """The grey of the paper."""
    return int(np.percentile(grey[::13, ::13], 80))


def _smoothed(grey: Grey) -> Grey:
    """Each pixel weighed with its eight neighbours (1 2 1 both ways), and the outcome once more."""
    smooth = grey.copy()
    for top in range(0, grey.shape[0] - 4, BAND):
        inner = grey[top : top + BAND + 4].astype(np.uint16)
        for _ in range(2):
            across = inner[:, :-2] + inner[:, 2:]
            across += inner[:, 1:-1]
            across += inner[:, 1:-1]
            inner = across[:-2] + across[2:]
            inner += across[1:-1]
            inner += across[1:-1]
            inner >>= 4
        smooth[top + 2 : top + 2 + len(inner), 2:-2] = inner
    return smooth


def _stretched(grey: Grey) -> Grey:
    """Paper white and ink black again."""
    from PIL import Image

    ink, paper = np.percentile(grey[::13, ::13], (0.5, 50))
    levels = (np.arange(256) - ink) * (255 / max(1.0, paper - _PAPER_SPREAD - ink))
    return np.asarray(Image.fromarray(grey).point(np.clip(levels, 0, 255).astype(np.uint8).tolist()))

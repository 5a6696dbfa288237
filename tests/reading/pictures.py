"""Small drawn pages for the tests of scans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planparse.reading.pages.picture import Grey

DPI = 150


def blank(width_mm: float = 210, height_mm: float = 297) -> Grey:
    """A white page at 150 dpi."""
    return np.full((round(height_mm * DPI / 25.4), round(width_mm * DPI / 25.4)), 255, dtype=np.uint8)


def draw_grid(page: Grey, xs: Sequence[int], ys: Sequence[int]) -> Grey:
    """Ruling lines at some x and y, in pixels, two pixels thick."""
    for x in xs:
        page[ys[0] : ys[-1] + 2, x : x + 2] = 0
    for y in ys:
        page[y : y + 2, xs[0] : xs[-1] + 2] = 0
    return page


def write_lines(page: Grey, tops: Sequence[int], left: int, right: int) -> Grey:
    """Something like lines of text: short strokes of the size of letters."""
    chance = np.random.default_rng(0)
    for top in tops:
        x = left
        while x < right:
            page[top : top + 14, x : x + 3] = 0
            page[top + 6 : top + 9, x : x + 7] = 0
            x += int(chance.integers(7, 18))
    return page

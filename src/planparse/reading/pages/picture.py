"""Pictures of pages as arrays of grey: which way they lean, and the ruling lines drawn on them.

Everything here is plain numpy over a picture reduced to some 150 dots per inch, a few hundredths of a second a page.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planparse.reading.pages.model import Rule, points

Grey = NDArray[np.uint8]
"""Rows of pixels, 0 black to 255 white."""
Mask = NDArray[np.bool_]

WORKING_DPI = 150
STEEPEST = 5.0
"""Degrees by which a page may lie askew on the glass; more than this and it was meant."""
MOST_DOTS = 30_000
"""So much of the ink tells how a page leans."""
LONG_LEVEL, LONG_UPRIGHT = 0.5, 0.26
"""Least lengths of ruling lines in inches: longer than anything that letters are made of."""
SOLID = 0.92
"""A line is dark over this share of its length at least."""
THICKEST = 0.06
"""In inches; what is thicker is a block, not a line."""


def ink_of(grey: Grey) -> Mask:
    """What is printed: pixels much darker than the paper (Otsu's threshold, kept within reason)."""
    counts = np.bincount(grey.ravel()[:: max(1, grey.size // 1_000_000)], minlength=256).astype(float)
    total, levels = counts.sum(), np.arange(256)
    below = np.cumsum(counts)
    mass = np.cumsum(counts * levels)
    above = total - below
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = below * above * (mass / below - (mass[-1] - mass) / above) ** 2
    threshold = int(np.nanargmax(spread)) if np.isfinite(spread).any() else 128
    return np.asarray(np.less_equal(grey, min(max(threshold, 60), 200)), dtype=bool).reshape(grey.shape)


def shrunk(mask: Mask, times: int) -> Mask:
    """A mask of a ``times`` smaller picture: a pixel is dark where any of its parts is."""
    if times <= 1:
        return mask
    height, width = (side // times * times for side in mask.shape)
    mask = mask[:height, :width]
    small: Mask = mask[::times, ::times].copy()
    for down in range(times):
        for across in range(times):
            small |= mask[down::times, across::times]
    return small


def lean_of(ink: Mask) -> float:
    """Degrees by which lines of text fall to the right, by how sharply the ink gathers in rows."""
    return _lean(ink)[0]


def is_sideways(ink: Mask) -> bool:
    """Whether the lines of text seem to run up and down: the ink then gathers in columns far more than in rows."""
    small = shrunk(ink, 2)
    return _lean(np.rot90(small), STEPS[:1])[1] > 1.3 * _lean(small, STEPS[:1])[1]


STEPS = (0.1, 0.02)
"""Degrees of the finer looks at the lean."""


def _lean(ink: Mask, steps: tuple[float, ...] = STEPS) -> tuple[float, float]:
    """The lean in degrees, and how sharply the ink gathers in rows once it is taken out."""
    dots = np.flatnonzero(ink)
    if len(dots) < 500:
        return 0.0, 0.0
    if len(dots) > MOST_DOTS:
        dots = dots[(np.arange(MOST_DOTS) * (len(dots) / MOST_DOTS)).astype(np.int64)]
    ys, xs = np.divmod(dots, ink.shape[1])
    middle = (xs - ink.shape[1] / 2).astype(np.float32)
    ys = ys.astype(np.float32) + ink.shape[0]  # no row below 0, however the page leans

    def sharpness(degrees: float) -> float:
        at = (ys - middle * np.float32(np.tan(np.radians(degrees)))).astype(np.int64)
        counts = np.bincount(at)
        return float(np.square(np.diff(counts)).sum())

    best = max(np.arange(-STEEPEST, STEEPEST + 0.01, 0.5), key=sharpness)
    for step in steps:
        best = max((best + step * k for k in range(-5, 6)), key=sharpness)
    return (float(best), sharpness(best)) if abs(best) < STEEPEST else (0.0, sharpness(0.0))


def find_rules(grey: Grey, dpi: float, ink: Mask | None = None) -> list[Rule]:
    """The level and upright ruling lines of an upright page, in points; ``ink`` is its ink if that is at hand."""
    times = max(1, round(dpi / WORKING_DPI))
    if ink is None:
        ink = shrunk(ink_of(grey), times)
    working = dpi / times
    thick = max(3, round(THICKEST * working))
    found = []
    for level, mask, least in ((True, ink, LONG_LEVEL), (False, np.ascontiguousarray(ink.T), LONG_UPRIGHT)):
        for at, start, end in _lines(mask, round(least * working), thick):
            found.append(Rule(level, points(at, working), points(start, working), points(end, working)))
    return found


def _lines(mask: Mask, least: int, thick: int) -> list[tuple[float, float, float]]:
    """Level lines of a mask: (y, from x, to x)."""
    if mask.shape[1] <= least:
        return []
    near = mask.copy()  # a line that leans by a pixel is whole again
    near[1:] |= mask[:-1]
    near[:-1] |= mask[1:]
    counts = np.zeros((mask.shape[0], mask.shape[1] + 1), dtype=np.uint16)  # differences hold where sums run over
    np.cumsum(near, axis=1, out=counts[:, 1:])
    solid = counts[:, least:] - counts[:, :-least] >= SOLID * least
    rows = np.flatnonzero(solid.any(axis=1))
    open_: list[list[Any]] = []  # [first row, last row, from, to]
    done: list[list[Any]] = []
    for row in rows.tolist():
        steps = np.diff(np.concatenate(([0], solid[row].astype(np.int8), [0])))
        runs = [(a, b + least - 1) for a, b in zip(np.flatnonzero(steps == 1).tolist(),
                                                    np.flatnonzero(steps == -1).tolist(), strict=True)]  # fmt: skip
        done += [line for line in open_ if line[1] < row - 2]
        open_ = [line for line in open_ if line[1] >= row - 2]
        for start, end in _joined(runs):
            touching = [line for line in open_ if line[2] <= end + 4 and start <= line[3] + 4]
            if not touching:
                open_.append([row, row, start, end])
                continue
            into = touching[0]
            for other in touching[1:]:
                into[0] = min(into[0], other[0])
                into[2], into[3] = min(into[2], other[2]), max(into[3], other[3])
                open_.remove(other)
            into[1], into[2], into[3] = row, min(into[2], start), max(into[3], end)
    return [
        ((first + last + 1) / 2, start, end)
        for first, last, start, end in done + open_
        if last - first + 1 <= thick + 2
    ]


def _joined(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Runs that overlap or all but touch, as one."""
    joined: list[tuple[int, int]] = []
    for start, end in runs:
        if joined and start <= joined[-1][1] + 6:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def without_rules(grey: Grey, rules: list[Rule], dpi: float) -> Grey:
    """The picture with its ruling lines painted over with paper, letters that they cross left standing beside."""
    clean = grey.copy()
    paper = np.uint8(np.percentile(grey[::7, ::7], 80))
    for rule in rules:
        at, start, end = (side * dpi / 72 for side in (rule.at, rule.start, rule.end))
        half = max(2, round(dpi / 90))
        a, b = max(0, round(at) - half), round(at) + half + 1
        c, d = max(0, round(start) - half), round(end) + half + 1
        if rule.level:
            clean[a:b, c:d] = paper
        else:
            clean[c:d, a:b] = paper
    return clean

"""Drawn pages for the tests of scans: lines and strokes, or a page as an office prints it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

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


def page_image(rotate: float = 0.0) -> Any:
    """A page with a head in two columns, a sentence and a small task table, as an office prints it."""
    from PIL import Image
    from training.flow import Flow, Setting
    from training.render import Style, wrap

    flow = Flow(Style("Liberation Serif", 13, 200))
    try:
        flow.new_page(landscape=False)
        left = [Setting("ỦY BAN NHÂN DÂN", bold=True), Setting("TỈNH NGHĨA LÂM", bold=True, after=0.3)]
        right = [
            Setting("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, scale=0.9),
            Setting("Độc lập - Tự do - Hạnh phúc", bold=True),
        ]
        left.append(Setting("Số: 27/KH-UBND"))
        right.append(Setting("Nghĩa Lâm, ngày 05 tháng 3 năm 2025", italic=True))
        flow.columns(left, right, 0.4)
        flow.paragraph("KẾ HOẠCH", "centre", bold=True)
        flow.paragraph("Cải cách hành chính năm 2025", "centre", bold=True)
    except LookupError as error:
        pytest.skip(str(error))
    rows = [
        ["STT", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian hoàn thành"],
        ["1", "Rà soát thủ tục hành chính của các sở, ban, ngành", "Sở Nội vụ", "Quý II năm 2025"],
        ["2", "Công bố danh mục dịch vụ công trực tuyến", "Văn phòng UBND tỉnh", "Trước ngày 30/6/2025"],
    ]
    edges = [flow.left + flow.width * share for share in (0, 0.08, 0.5, 0.75, 1)]
    for row in rows:
        font = flow.style.font(bold=row is rows[0])
        cells = [wrap(text, font, edges[i + 1] - edges[i] - 16) for i, text in enumerate(row)]
        bottom = flow.y + max(map(len, cells)) * flow.style.line + 8
        for i, lines in enumerate(cells):
            for k, words in enumerate(lines):
                flow.page.put(words, font, edges[i] + 8, flow.y + 4 + k * flow.style.line, 100)
        for x in edges:
            flow.page.rule(x, flow.y, x, bottom)
        for y in (flow.y, bottom):
            flow.page.rule(edges[0], y, edges[-1], y)
        flow.y = bottom
    return flow.page.image.rotate(rotate, Image.Resampling.BICUBIC, fillcolor=255, expand=rotate == 90)


def saved(image: Any, kind: str, **options: object) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()

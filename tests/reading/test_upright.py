"""Boxes of pages that were set upright, on the page as it came; and pictures made fit for reading."""

from __future__ import annotations

import numpy as np
import pytest
from pictures import blank, write_lines

from planparse.reading.pages.cleaning import fine, grain_of, levelled
from planparse.reading.pages.laying import lay
from planparse.reading.pages.model import Page, PageWord
from planparse.reading.pages.picture import ink_of
from planparse.reading.pages.upright import Turned
from planparse.source import Box

BOX = Box(100, 200, 160, 212)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
@pytest.mark.parametrize("lean", [0.0, 1.7])
def test_there_and_back_is_where_it_was(quarters: int, lean: float) -> None:
    turned = Turned(595, 842, quarters, lean)
    back = turned.back(turned.there(BOX))
    centre = [(back.left + back.right) / 2, (back.top + back.bottom) / 2]
    assert centre == pytest.approx([130, 206], abs=0.01)
    assert back.right - back.left == pytest.approx(60, abs=2)


@pytest.mark.parametrize("lean", [-2.0, 1.5])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_boxes_go_the_way_that_the_picture_went(quarters: int, lean: float) -> None:
    page = blank()
    page[400:430, 300:420] = 0  # at 150 dpi: points 144..201.6 and 192..206.4
    upright = levelled(np.rot90(page, quarters), lean)
    rows, columns = np.flatnonzero(ink_of(upright).any(axis=1)), np.flatnonzero(ink_of(upright).any(axis=0))
    seen = Box(*(side * 72 / 150 for side in (columns[0], rows[0], columns[-1] + 1, rows[-1] + 1)))
    back = Turned(page.shape[1] * 0.48, page.shape[0] * 0.48, quarters, lean).back(seen)
    assert [(back.left + back.right) / 2, (back.top + back.bottom) / 2] == pytest.approx([172.8, 199.2], abs=1.0)


def test_a_document_speaks_of_the_page_as_it_came() -> None:
    page = Page(842, 595, (PageWord("một", BOX),), turned=Turned(595, 842, 1))
    _, _, geometry = lay([page])
    assert geometry.sizes == ((595, 842),)
    ((word,),) = geometry.words
    assert word.box == pytest.approx((595 - 212, 100, 595 - 200, 160))


def test_grain_is_smoothed_and_sharp_pages_are_left_alone() -> None:
    page = write_lines(blank(), range(200, 1500, 40), 120, 1100)
    sharp, _ = fine(page, 300)
    assert sharp is page
    noise = np.random.default_rng(2).normal(225, 14, page.shape)
    grainy = np.where(page == 0, 60, np.clip(noise, 0, 255)).astype(np.uint8)
    smooth, _ = fine(grainy, 300)
    assert grain_of(grainy) > 3 > grain_of(smooth)
    assert smooth[page == 0].mean() < 90 and smooth[:100].mean() > 245

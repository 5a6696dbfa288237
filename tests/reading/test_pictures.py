"""What a picture of a page shows before anybody reads it: how it leans, its ruling lines, the cells between them."""

from __future__ import annotations

import numpy as np
import pytest
from pictures import DPI, blank, draw_grid, write_lines
from PIL import Image

from planparse.reading.pages.grid import find_tables
from planparse.reading.pages.picture import Grey, find_rules, ink_of, is_sideways, lean_of

XS, YS = [100, 180, 600, 1100], [300, 360, 460, 520]


def turned(page: Grey, degrees: float) -> Grey:
    return np.asarray(Image.fromarray(page).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255))


@pytest.mark.parametrize("degrees", [-2.0, -0.5, 0.0, 1.3, 2.0])
def test_a_page_that_lies_askew_is_noticed(degrees: float) -> None:
    page = write_lines(blank(), range(200, 1500, 40), 120, 1100)
    assert lean_of(ink_of(turned(page, -degrees))) == pytest.approx(degrees, abs=0.1)


def test_a_page_that_lies_on_its_side_is_noticed() -> None:
    page = write_lines(blank(), range(200, 1500, 40), 120, 1100)
    assert not is_sideways(ink_of(page))
    assert is_sideways(ink_of(np.rot90(page)))


def test_every_cell_of_a_grid_is_found() -> None:
    (table,) = find_tables(find_rules(draw_grid(blank(), XS, YS), DPI))
    assert (table.height, len(table.cells)) == (3, 9)
    assert table.edges == pytest.approx([x * 72 / DPI for x in XS], abs=1.5)


def test_cells_may_span_columns_and_rows() -> None:
    page = draw_grid(blank(), XS, YS)
    page[310:350, 600:602] = 255  # first row: two columns in one
    page[460:462, 110:170] = 255  # first column: two rows in one
    (table,) = find_tables(find_rules(page, DPI))
    shapes = {(c.row, c.column): (c.rows, c.columns) for c in table.cells}
    assert shapes[0, 1] == (1, 2)
    assert shapes[1, 0] == (2, 1)
    assert len(table.cells) == 7


def test_a_table_on_a_noisy_page_is_found_too() -> None:
    page = write_lines(draw_grid(blank(), XS, YS), [700, 740, 780], 120, 1100).astype(np.int16)
    page += np.random.default_rng(1).integers(-40, 40, page.shape).astype(np.int16)
    (table,) = find_tables(find_rules(np.clip(page, 0, 255).astype(np.uint8), DPI))
    assert len(table.cells) == 9


@pytest.mark.parametrize("ys", [[300, 1200], [300]])
def test_frames_and_lines_under_names_are_no_tables(ys: list[int]) -> None:
    page = write_lines(draw_grid(blank(), [100, 1100] if len(ys) > 1 else [100], ys), [400, 440], 120, 1000)
    page[1400:1402, 300:500] = 0
    assert find_tables(find_rules(page, DPI)) == []

"""TSV as ``tesseract … tsv`` writes it: a row for each page, block, paragraph, line and word, boxes in pixels."""

from __future__ import annotations

from planparse.reading.pages.model import Page, PageWord, likely_dpi, points
from planparse.source import Box

HEAD = ("level", "page_num", "block_num", "par_num", "line_num", "word_num", "left", "top", "width", "height",
        "conf", "text")  # fmt: skip
_PAGE, _WORD = "1", "5"


def tsv_pages(text: str, dpi: float | None = None) -> list[Page]:
    """The pages of a TSV file; an empty list where it is none. Rows that are cut short are left out."""
    rows = [line.split("\t") for line in text.splitlines()]
    if not rows or tuple(rows[0][: len(HEAD)]) != HEAD:
        return []
    pages: list[Page] = []
    size: tuple[float, float, float] | None = None
    words: list[PageWord] = []
    lines: dict[tuple[str, ...], int] = {}

    def close() -> None:
        if size is not None:
            pages.append(Page(points(size[0], size[2]), points(size[1], size[2]), tuple(words)))

    for row in rows[1:]:
        try:
            left, top, width, height = (float(cell) for cell in row[6:10])
        except ValueError:
            continue
        if row[0] == _PAGE:
            close()
            words = []
            size = (width, height, likely_dpi(width, height, dpi))
        elif row[0] == _WORD and size is not None and len(row) >= 12 and row[11].strip():
            sides = (left, top, left + width, top + height)
            box = Box(*(points(side, size[2]) for side in sides))
            line = lines.setdefault(tuple(row[1:5]), len(lines))
            words.append(PageWord(row[11].strip(), box, max(0.0, _number(row[10])) / 100, line))
    close()
    return pages


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0

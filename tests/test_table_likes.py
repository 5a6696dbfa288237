"""Broken cells read by the clean cells of their column, and clean cells left alone."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from planparse.recognise.tables.doubts import judge
from planparse.recognise.tables.grid import Grid, GridCell, GridRow
from planparse.recognise.tables.like_columns import Like
from planparse.recognise.tables.likes import figures_as_written, find_likes
from planparse.recognise.tables.mend import Mended, MendedWord

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "likes.yaml").read_text(encoding="utf-8"))
BROKEN, UNSURE = re.compile(r"\{(\S+?)\}(?=\s|$)"), re.compile(r"<(\S+?)>")


def words(cell: str) -> tuple[MendedWord, ...]:
    """The words of a cell as the restorer leaves them; it hardly believes those in braces, and half those in <>."""
    found = []
    for word in cell.split():
        broken, unsure = BROKEN.fullmatch(word), UNSURE.fullmatch(word)
        doubted = broken or unsure
        shown = doubted[1] if doubted else word
        found.append(MendedWord(shown, shown, 0.3 if broken else 0.6 if unsure else 0.99))
    return tuple(found)


def read(case: dict[str, Any]) -> tuple[dict[int, Like], GridCell]:
    """The repaired cells of a table with the case's column, and the cell in question."""
    texts = [text for text, times in case["column"].items() for _ in range(times)] + [case["cell"]]
    mended, grid = Mended(), Grid(("content", case["role"]))
    for line, text in enumerate(texts, 1):
        piece = (line, 0, len(text))
        mended.words[piece] = words(text)
        mended.shown[piece] = " ".join(w.text for w in mended.words[piece])
        grid.rows.append(GridRow({case["role"]: GridCell([piece], 1.0, [True])}))
    likes = find_likes([grid], mended)
    return likes | figures_as_written([grid], mended, likes), grid.rows[-1].cells[case["role"]]


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_likes(case: dict[str, Any]) -> None:
    likes, cell = read(case)
    found = likes.pop(id(cell), None)
    assert not likes  # the clean cells of the column
    if "text" not in case:
        assert found is None or ("figures" in case and case["figures"] in found.text)
        return
    assert found is not None
    assert found.text == case["text"]
    assert found.ink == " ".join(w.ink for w in words(case["cell"]))


def test_a_word_unlike_its_broken_ink_is_in_doubt_however_sure_the_restorer_is() -> None:
    read = [MendedWord("nết", "Q(ò);z", 1.0), MendedWord("toán", "to?an", 1.0), MendedWord("trạm", "tram", 1.0)]
    assert [word.doubtful for word in judge(read, frozenset(), deadline=False)] == [True, False, False]

"""What the trainer learns of strays, from cells made by hand."""

import numpy as np
import pytest
from training.strays import Lesson, fit, judged, misjudged, verdicts

from planparse.recognise.tables.grid import Grid, GridCell
from planparse.recognise.tables.mend import MendedWord
from planparse.recognise.tables.stray_signs import OTHER, OWN, Asked
from planparse.recognise.tables.strays import Place, ShownCell, stray_judge

SIGNS = stray_judge().mean.shape[0]
TRUTH = "Sở Nội vụ chủ trì"


def lesson(*words: str, truth: str = TRUTH) -> Lesson:
    """A cell of two lines whose first sign tells the strays."""
    stray, counts = verdicts(truth, words)
    places = [Place(at % 2, at // 2) for at in range(len(words))]
    grid_cell = GridCell([(1, 0, 9), (2, 0, 9)], full_lines=[True, True])
    shown = ShownCell(Grid(()), "responsible", grid_cell, [MendedWord(w, w, 0.5) for w in words], places)
    asked = [Asked(w, w, 0.5, 2, None, False, False, True) for w in words]
    signs = np.zeros((len(words), SIGNS), dtype=np.float32)
    signs[:, 0] = stray
    return Lesson(shown, asked, signs, stray, counts, truth)


@pytest.mark.parametrize(
    ("said", "strays"),
    [
        ("Sở Nội vụ chủ trì", []),
        ("Sở Nội xa vụ chủ trì hà", ["xa", "hà"]),
        ("So Nội vu chu trì", []),  # misread words tell what stood there
        ("Sở 50 chủ trì", ["50"]),
        ("- Sở Nội-vụ chủ trì,", []),  # marks are no strays
    ],
)
def test_verdicts(said: str, strays: list[str]) -> None:
    words = said.split()
    assert [w for w, stray in zip(words, verdicts(TRUTH, words)[0], strict=True) if stray] == strays


def test_strays_are_learned_and_cells_put_right() -> None:
    lessons = [lesson("Sở", "Nội", "xa", "vụ", "chủ", "trì"), lesson("Sở", "Nội", "vụ", "chủ", "trì")] * 60
    found = judged(fit(lessons, seed=0), lessons[:2])
    assert (found["left out"], found["rightly"], found["made wrong"]) == (1, 1, 0)


def test_misjudged_lines_are_taken_for_another_column() -> None:
    before = lesson("Sở", "Nội", "vụ", "chủ", "trì")
    before.signs[:, OTHER] = -5
    after = misjudged(before, np.random.default_rng(3)).signs
    changed = after[:, OWN] < before.signs[:, OWN]
    assert changed.any()
    assert (after[changed, OTHER] > -5).all()
    assert (np.delete(after, [OWN, OTHER], axis=1) == np.delete(before.signs, [OWN, OTHER], axis=1)).all()

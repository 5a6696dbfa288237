"""What the trainer learns of cells that follow another, from choices made by hand."""

import json
from collections import Counter
from pathlib import Path

from training.drawn import true_text
from training.follows import Choice, fit, judged

from planparse.recognise.tables.follows import learned_weights
from planparse.recognise.tables.grid import GridCell
from planparse.restore import restore
from planparse.source import Line, SourceText

ALIKE = Choice([{"as it is": 1.0}, {"alike": 0.95, "misread": 0.2}], [60.0, 100.0])
UNLIKE = Choice([{"as it is": 1.0}, {"alike": 0.5, "misread": 3.0}], [100.0, 40.0])


def test_likely_texts_are_followed_and_others_are_not() -> None:
    weights = fit([ALIKE, UNLIKE] * 20)
    found = judged(iter([ALIKE, UNLIKE]), weights)
    assert found == Counter({"followed": 1, "nearer": 1, "put right": 1})


def test_a_cell_that_is_as_near_as_any_stays_as_it_is() -> None:
    tie = Choice([{"as it is": 1.0}, {"alike": 0.9}], [80.0, 80.0])
    assert not judged(iter([tie]), fit([tie] * 20))


def test_the_truth_of_a_cell_is_that_of_the_row_which_most_of_it_is_of() -> None:
    said = "Van phong thuc hien Thanh tra"
    text = restore(SourceText("t", "0" * 64, "text/plain", "utf-8", (Line(1, said, said),)))
    end = len(text.line(1).text)
    truth = {
        "lines": [{"segments": [[0, 19, 0, "responsible"], [20, 29, 1, "responsible"]]}],
        "rows": [{"span": None, "cells": {"responsible": "Văn phòng thực hiện"}}, {"span": "section", "cells": {}}],
    }
    assert true_text(text, truth, "responsible", GridCell([(1, 0, end)])) == "Văn phòng thực hiện"
    assert true_text(text, truth, "deadline", GridCell([(1, 0, end)])) is None


def test_the_weights_that_ship_say_what_they_must() -> None:
    weights = learned_weights()
    assert weights["misread, sure"] < 0 < weights["alike"]
    names = json.loads((Path("src/planparse/data/follows.json")).read_text(encoding="utf-8"))["weights"]
    assert all(-40 < value < 40 for value in names.values())

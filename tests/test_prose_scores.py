"""Scores stated in running text."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import all_body, as_read
from planparse.recognise.notes import Notebook
from planparse.recognise.scores import find_indicators

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "prose_scores.yaml").read_text(encoding="utf-8"))
FIELDS = ("index", "component", "subject", "year", "value", "unit", "max", "rank", "rank_total")


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_prose_scores(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    _, found = find_indicators(text, all_body(text), notes)
    assert [[getattr(score, f) for f in FIELDS] for score in found] == [wanted[:9] for wanted in case["scores"]]
    for score, wanted in zip(found, case["scores"], strict=True):
        further = wanted[9] if len(wanted) > 9 else {}
        assert {name: getattr(score, name) for name in further} == further
    assert {d.code for d in notes.diagnostics} == set(case.get("codes", []))


def test_every_number_has_its_ink() -> None:
    text = as_read("Chỉ số SIPAS năm 2023 đạt 82,66%, xếp hạng 30/63.")
    notes = Notebook(text)
    find_indicators(text, all_body(text), notes)
    assert notes.evidence["/indicator_scores/0/value"].raw == "82,66%"
    assert notes.evidence["/indicator_scores/0/rank"].raw == "30/63"

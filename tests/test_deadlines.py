"""Deadlines in running text."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import all_body, as_read
from planparse.recognise.deadlines import find_deadlines
from planparse.recognise.notes import Notebook
from planparse.records import Header

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "deadlines.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_deadlines(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    found = find_deadlines(text, all_body(text), notes, Header(date=case.get("issued")))
    assert [[d.what, d.date, d.recurrence, d.recurs_on] for d in found] == case["deadlines"]
    assert {d.code for d in notes.diagnostics} == set(case.get("codes", []))

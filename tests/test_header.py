"""Heads of pages in, header fields out; nothing that the ink does not show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import as_read
from planparse.recognise.header import find_header
from planparse.recognise.layout import find_layout
from planparse.recognise.notes import Notebook

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "headers.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_heads_are_read(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    said = find_header(text, find_layout(text), notes).model_dump(mode="json")
    assert {field: said[field] for field in case["header"]} == case["header"]
    assert set(case.get("codes", ())) <= {d.code for d in notes.diagnostics}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_every_value_has_evidence_and_every_change_a_diagnostic(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    header = find_header(text, find_layout(text), notes)
    for field, value in header.model_dump(mode="json", exclude={"addressees"}).items():
        if value is None:
            continue
        evidence = notes.evidence[f"/header/{field}"]
        assert evidence.raw.strip(), field
        if evidence.repaired_from:
            told = {d.pointer for d in notes.diagnostics}
            assert told & {f"/header/{field}", "/header/number", "/header/symbol"}, field
    for at in range(len(header.addressees)):
        assert f"/header/addressees/{at}" in notes.evidence

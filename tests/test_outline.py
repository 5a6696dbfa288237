"""Headings with level, title and line; labels that OCR garbled are put right by their row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import all_body, as_read
from planparse.recognise.layout import find_layout
from planparse.recognise.notes import Notebook
from planparse.recognise.outline import find_outline

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "outlines.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_headings_are_found(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    outline = find_outline(text, all_body(text), notes)
    assert [[item.line, item.level, item.label, item.title] for item in outline] == case["outline"]
    assert set(case.get("codes", ())) <= {d.code for d in notes.diagnostics}
    for at, item in enumerate(outline):
        assert notes.evidence[f"/outline/{at}/label"].spans[0].line == item.line


def test_annexes_come_last() -> None:
    text = as_read(
        "KẾ HOẠCH\nCải cách hành chính\n\nI. MỤC TIÊU\n\nNơi nhận: CHỦ TỊCH\n- Lưu: VT.\n\nLê Văn An\n\n"
        "Phụ lục I\nDANH MỤC NHIỆM VỤ\n\nI. NHIỆM VỤ CHUNG\n"
    )
    outline = find_outline(text, find_layout(text), Notebook(text))
    assert [(item.label, item.title, item.level) for item in outline] == [
        ("I.", "MỤC TIÊU", 1),
        ("Phụ lục I", "DANH MỤC NHIỆM VỤ", 1),
        ("I.", "NHIỆM VỤ CHUNG", 2),
    ]

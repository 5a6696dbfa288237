"""Closes in, signer and recipients out, whichever way the two columns were read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import as_read
from planparse.recognise.closing import find_closing
from planparse.recognise.layout import find_layout
from planparse.recognise.notes import Notebook

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "closings.yaml").read_text(encoding="utf-8"))
BODY = """KẾ HOẠCH
Nâng cao chất lượng phục vụ

I. TỔ CHỨC THỰC HIỆN
Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao để triển khai thực hiện kế hoạch này;
kịp thời báo cáo những vướng mắc về cơ quan thường trực./.

"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_closes_are_read(case: dict[str, Any]) -> None:
    text = as_read(BODY + case["text"])
    notes = Notebook(text)
    signature, recipients = find_closing(text, find_layout(text), notes)
    said = signature.model_dump()
    assert {field: said[field] for field in case["signature"]} == case["signature"]
    if "recipients" in case:
        assert recipients == case["recipients"]
    assert set(case.get("codes", ())) <= {d.code for d in notes.diagnostics}
    for field, value in said.items():
        assert (value is None) == (f"/signature/{field}" not in notes.evidence)
    assert all(f"/recipients/{at}" in notes.evidence for at in range(len(recipients)))


def test_a_document_without_close_says_so() -> None:
    text = as_read(BODY)
    notes = Notebook(text)
    signature, recipients = find_closing(text, find_layout(text), notes)
    assert signature.name is None
    assert recipients == []
    assert [d.code for d in notes.diagnostics] == ["PP120"]


def test_a_name_that_restoring_changed_on_a_clean_page_is_flagged() -> None:
    read = as_read(BODY + "Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn Sản\n")
    printed = as_read(BODY + "Nơi nhận:\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn Sán\n")
    text = replace(read, source=printed.source)
    notes = Notebook(text)
    signature, _ = find_closing(text, find_layout(text), notes)
    assert signature.name == "Lê Văn Sản"
    assert notes.evidence["/signature/name"].repaired_from == "Lê Văn Sán"
    assert "PP121" in {d.code for d in notes.diagnostics}

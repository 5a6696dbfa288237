"""Documents cited: found, dated, told apart, each once."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from plain_text import all_body, as_read
from planparse.recognise.citations import find_citations
from planparse.recognise.notes import Notebook
from planparse.records import Header

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "citations.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_citations(case: dict[str, Any]) -> None:
    text = as_read(case["text"])
    notes = Notebook(text)
    cited = find_citations(text, all_body(text), notes)
    assert [[c.number_symbol or c.text, c.date, c.issuer] for c in cited] == case["cited"]
    found = {d.code for d in notes.diagnostics} - {"PP403", "PP404"}
    assert found == set(case.get("codes", []))


def test_every_value_has_its_ink() -> None:
    text = as_read("Quyet dinh s6 87/Qb-UBND ngay 15/7/2021 cua UBND tinh")
    notes = Notebook(text)
    (cited,) = find_citations(text, all_body(text), notes)
    assert cited.number_symbol == "87/QĐ-UBND"
    assert notes.evidence["/citations/0/number_symbol"].raw == "87/Qb-UBND"
    assert notes.evidence["/citations/0/date"].raw == "15/7/2021"


def test_a_recovered_symbol_keeps_its_ink() -> None:
    text = as_read("Kết luận số 19-K U ngày 18/10/2021 của Ban Thường vụ Tỉnh ủy")
    notes = Notebook(text)
    find_citations(text, all_body(text), notes)
    assert notes.evidence["/citations/0/number_symbol"].repaired_from == "19-K U"
    assert any(d.code == "PP403" for d in notes.diagnostics)


def test_the_documents_own_number_is_no_citation() -> None:
    text = as_read("(Kèm theo Kế hoạch số 607/KH-ABC ngày 12/9/2025)")
    header = Header(number_symbol="607/KH-ABC")
    assert find_citations(text, all_body(text), Notebook(text), header) == []

"""OCR results with boxes: hOCR, ALTO, PAGE and Tesseract's TSV give the same lines, and know where words stand."""

from __future__ import annotations

import pytest
from results import WANTED, alto, hocr, prima, tsv

from planparse import read
from planparse.errors import DamagedInputError
from planparse.source import SourceText, Span

FORMATS = {"plan.hocr": hocr, "plan.alto.xml": alto, "plan.page.xml": prima, "plan.tsv": tsv}


@pytest.fixture(params=list(FORMATS))
def document(request: pytest.FixtureRequest) -> SourceText:
    return read(FORMATS[request.param]().encode(), name=request.param)


def test_columns_of_the_head_follow_one_another(document: SourceText) -> None:
    assert [line.text for line in document.lines if line.text] == WANTED


def test_every_word_knows_its_place_in_points(document: SourceText) -> None:
    assert document.geometry is not None
    number = next(line.number for line in document.lines if line.text.startswith("Số:"))
    box = document.geometry.box(Span(number, 4, 14))
    assert box is not None
    left = (60 + 24 + 6) * 72 / 100
    assert [round(side, 1) for side in box] == pytest.approx([left, 64.8, left + 80 * 0.72, 74.9], abs=0.2)


def test_evidence_carries_page_and_box(document: SourceText) -> None:
    from planparse import extract

    record = extract(document)
    assert record.header.number_symbol == "27/KH-UBND"
    span = record.evidence["/header/number"].spans[0]
    assert span.page == 1
    assert span.box is not None and span.box[1] == pytest.approx(64.8, abs=0.2)


def test_text_has_no_place_on_a_page() -> None:
    from planparse import extract

    record = extract("Số: 27/KH-UBND\nKẾ HOẠCH\nCải cách hành chính năm 2025\n".encode())
    shown = record.model_dump_json()
    assert '"box"' not in shown and '"page"' not in shown


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><alto>&b;</alto>", "document type"),
        ("a.xml", "<alto><Layout>", "well-formed"),
        ("a.xml", "<html><body>one</body></html>", "neither ALTO nor PAGE"),
        ("a.xml", "<alto>" + "<a>" * 5000, "nested"),
        ("a.hocr", "<html><body>one</body></html>", "no hOCR page"),
        ("a.tsv", "name\tvalue\none\t1\n", "TSV of Tesseract"),
    ],
)
def test_what_is_no_result_is_refused_in_one_sentence(name: str, content: str, says: str) -> None:
    with pytest.raises(DamagedInputError, match=says):
        read(content.encode(), name=name)


def test_broken_rows_of_a_table_are_left_out() -> None:
    document = read((tsv() + "\n5\t1\t9\t1").encode(), name="plan.tsv")
    assert [line.text for line in document.lines if line.text] == WANTED

"""PDFs with a text layer: words and table cells come from the file, and no OCR is needed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planparse import extract
from planparse.reading import read_path
from planparse.reading.pages.model import PageOptions

pytest.importorskip("pypdfium2", reason="planparse[pdf] is not installed")
pytest.importorskip("PIL", reason="planparse[training] is not installed")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def test_a_task_table_comes_out_of_a_pdf_cell_by_cell(tmp_path: Path) -> None:
    import json

    from training.scanning import write_pdf

    sample = ROOT / "samples" / "ke-hoach-chuyen-doi-so"
    try:
        write_pdf(sample, "Liberation Serif", tmp_path / "plan.pdf")
    except LookupError as error:
        pytest.skip(str(error))
    record = extract(read_path(tmp_path / "plan.pdf", PageOptions(ocr="never")))
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
    assert record.header.number_symbol == truth["header"]["number_symbol"]
    assert [t.content for t in record.tasks] == [t["content"] for t in truth["tasks"]]
    assert [t.number for t in record.tasks] == [t["number"] for t in truth["tasks"]]
    assert {s.page for s in record.evidence["/tasks/0/content"].spans} <= {2, 3, 4, 5}

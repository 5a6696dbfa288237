"""A folder of everything that a plan may come as: text, scans, PDFs and OCR results give records of one shape."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jsonschema
import pytest
from pictures import page_image, saved
from results import alto, hocr, tsv

from planparse.batch import run_batch
from planparse.config import BatchSettings
from planparse.reading.pages import tesseract
from planparse.records import PlanRecord

pytest.importorskip("PIL", reason="planparse[ocr] is not installed")
pytest.importorskip("pypdfium2", reason="planparse[pdf] is not installed")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

MEDIA = {
    "text.txt": "text/plain",
    "scan.png": "image/png",
    "scan.jpg": "image/jpeg",
    "scan.tif": "image/tiff",
    "scan.pdf": "application/pdf",
    "born.pdf": "application/pdf",
    "page.hocr": "text/vnd.hocr+html",
    "page.alto": "application/alto+xml",
    "page.tsv": "text/tab-separated-values",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from training.scanning import write_pdf

    place = tmp_path / "in"
    place.mkdir()
    picture = page_image()
    for name, kind in (("scan.png", "PNG"), ("scan.jpg", "JPEG"), ("scan.tif", "TIFF")):
        (place / name).write_bytes(saved(picture, kind, dpi=(200, 200)))
    (place / "scan.pdf").write_bytes(saved(picture, "PDF", resolution=200))
    write_pdf(ROOT / "samples" / "cong-van", "Liberation Serif", place / "born.pdf")
    for name, text in (("page.hocr", hocr()), ("page.alto", alto()), ("page.tsv", tsv())):
        (place / name).write_text(text, encoding="utf-8")
    text = (ROOT / "samples" / "cong-van" / "eng.txt").read_text(encoding="utf-8")
    (place / "text.txt").write_text(text, encoding="utf-8")
    return place


@pytest.mark.skipif(not tesseract.is_ready(), reason="Tesseract with vie is not installed")
def test_a_mixed_folder_gives_records_of_one_shape(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANPARSE_CACHE", str(tmp_path / "cache"))
    summary = run_batch(str(folder), str(tmp_path / "out"), BatchSettings(workers=2, timeout=120.0))
    assert summary.exit_code == 0
    schema = json.loads((ROOT / "schemas" / "plan-record.schema.json").read_text(encoding="utf-8"))
    shapes = set()
    for name, media_type in MEDIA.items():
        written = (tmp_path / "out" / f"{name}.json").read_bytes()
        record = PlanRecord.model_validate_json(written)
        assert record.source.media_type == media_type
        assert record.header.number_symbol
        jsonschema.validate(json.loads(written), schema)
        shapes.add(tuple(json.loads(written)))
        pages = {span.page for evidence in record.evidence.values() for span in evidence.spans}
        assert pages == {None} if name == "text.txt" else None not in pages
    assert len(shapes) == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir() if p.suffix == ".json") == sorted(
        f"{n}.json" for n in MEDIA
    )

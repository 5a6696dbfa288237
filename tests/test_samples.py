"""The samples agree with themselves: descriptions, records, readings and aligned truth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("PIL", reason="the document maker needs Pillow")

from training.document import load, record

from planparse.records import Citation, Header, IndicatorScore, IndicatorTable, OutlineItem, Signature, Task

FOLDERS = sorted(p.parent for p in (Path(__file__).parents[1] / "samples").glob("*/document.yaml"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def sample(request) -> Path:
    return request.param


def test_there_are_samples_of_each_kind():
    types = [json.loads((f / "truth.json").read_text(encoding="utf-8"))["header"]["doc_type"] for f in FOLDERS]
    assert sorted(types) == ["Báo cáo", "Công văn", "Kế hoạch", "Kế hoạch", "Kế hoạch", "Quyết định"]


def test_the_record_is_the_one_described(sample):
    assert json.loads((sample / "truth.json").read_text(encoding="utf-8")) == record(load(sample / "document.yaml"))


def test_the_record_fits_the_models(sample):
    truth = json.loads((sample / "truth.json").read_text(encoding="utf-8"))
    Header.model_validate(truth["header"])
    Signature.model_validate(truth["signature"])
    for model, key in ((Task, "tasks"), (IndicatorTable, "indicator_tables"), (IndicatorScore, "indicator_scores")):
        for value in truth[key]:
            model.model_validate(value)
    for value in truth["outline"]:
        OutlineItem.model_validate({**value, "line": 1})
    for value in truth["citations"]:
        Citation.model_validate({**value, "text": value["number_symbol"]})


@pytest.mark.parametrize("lang", ["eng", "eng-large", "vie"])
def test_the_truth_has_the_lines_of_the_reading(sample, lang):
    read = (sample / f"{lang}.txt").read_text(encoding="utf-8").split("\n")
    truth = (sample / f"{lang}.truth.txt").read_text(encoding="utf-8").split("\n")
    assert len(read) == len(truth)
    assert not [i for i, (r, t) in enumerate(zip(read, truth, strict=True), 1) if t and not r.strip()]


def test_score_tables_add_up(sample):
    """Subrows sum to their row, which is what repairs are proven by."""
    for table in json.loads((sample / "truth.json").read_text(encoding="utf-8"))["indicator_tables"]:
        for row in table["rows"]:
            parts = [r for r in table["rows"] if r["parent"] == row["number"] and r["level"] == 2]
            if row["level"] == 1 and parts:
                assert sum(p["score"] for p in parts) == pytest.approx(row["score"])
                assert sum(p["max_score"] for p in parts) == pytest.approx(row["max_score"])

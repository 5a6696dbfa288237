"""Invented documents: descriptions that can be printed, records that fit the models."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("PIL", reason="rendering needs Pillow")

from training.document import record
from training.inventdoc import invent_document

from planparse.records import Citation, Header, IndicatorScore, Signature, Task

SEEDS = range(25)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_record_of_an_invented_document_fits_the_models(seed):
    truth = record(invent_document(random.Random(seed)))
    Header.model_validate(truth["header"])
    Signature.model_validate(truth["signature"])
    for model, key in ((Task, "tasks"), (IndicatorScore, "indicator_scores")):
        for value in truth[key]:
            model.model_validate(value)
    for value in truth["citations"]:
        Citation.model_validate({**value, "text": value["number_symbol"]})
    assert truth["citations"] and truth["header"]["subject"]


def test_documents_differ_in_kind_and_signature():
    found = [record(invent_document(random.Random(seed))) for seed in SEEDS]
    assert len({truth["header"]["doc_type"] for truth in found}) >= 5
    assert {truth["signature"]["authority"] for truth in found} >= {None, "TM", "KT"}
    assert any(truth["tasks"] for truth in found)

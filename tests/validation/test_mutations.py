"""A thousand faults by seed: nearly all are found, where they are; records without faults have no findings."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from functools import cache

import pytest

from planparse.checks import Finding
from planparse.reading import read_bytes as read_document
from planparse.source import SourceText
from planparse.validation.entries import read_bytes
from planparse.validation.examine import Examiner
from planparse.validation.sources import Sources
from validation.examples import TODAY
from validation.making import Made, make
from validation.mutating import Mutation, Record, mutate

MUTATIONS = 1000 if os.environ.get("CI") else 150
"""CI runs them all; at the desk a sample is quicker."""
DETECTED = 0.95


class OneSource(Sources):
    """The document of the record at hand, without a folder."""

    def __init__(self, source: SourceText) -> None:
        self.source = source

    def find(self, wanted: object) -> SourceText | None:
        return self.source


@cache
def made(seed: int) -> Made:
    return make(seed)


@cache
def source(seed_name: str, text: str) -> OneSource:
    return OneSource(read_document(text.encode(), seed_name))


def findings(record: Record, of: Made, sources: bool = True) -> list[Finding]:
    held = source(of.name, of.text) if sources else None
    (entry,) = read_bytes(json.dumps(record, ensure_ascii=False).encode(), of.name, "json")
    return list(Examiner(today=TODAY, sources=held).entry(entry).findings)


@pytest.mark.parametrize("seed", range(40))
def test_a_valid_record_has_no_findings(seed: int) -> None:
    assert findings(made(seed).record, made(seed)) == []


def found(mutation: Mutation, of: Made, sources: bool) -> bool:
    return any(mutation.rightly_at(finding.pointer) for finding in findings(mutation.record, of, sources))


@pytest.mark.parametrize("sources", [True, False], ids=["with sources", "without sources"])
def test_faults_are_found_where_they_are(sources: bool) -> None:
    chance = random.Random(7)
    missed: list[str] = []
    kinds: Counter[str] = Counter()
    total = MUTATIONS if sources else MUTATIONS // 4
    for i in range(total):
        of = made(i % 40)
        mutation = mutate(of.record, chance)
        if not found(mutation, of, sources):
            missed.append(mutation.what)
            kinds[mutation.what.split(" /")[0]] += 1
    assert len(missed) <= (1 - DETECTED) * total, f"{len(missed)} of {total} missed: {kinds}\n" + "\n".join(
        missed[:80]
    )

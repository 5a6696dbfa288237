"""Whatever stands in a record file, validating ends with findings that have a place, never with an exception."""

from __future__ import annotations

import json
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planparse.checks.pointers import leaves
from planparse.validation.entries import guess_format, read_bytes
from planparse.validation.examine import Examiner
from planparse.validation.fixing import fix_tree
from validation.making import make
from validation.mutating import _set as put

RECORD = make(1, tasks=3).record
POINTERS = [pointer for pointer, _ in leaves(RECORD)]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
EXAMINER = Examiner()


def examine(data: bytes, form: str) -> None:
    for entry in read_bytes(data, "x", form):
        for finding in EXAMINER.entry(entry).findings:
            assert finding.line is not None and finding.line >= 1
            assert finding.message and finding.remedy


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(at=st.sampled_from(POINTERS), value=ANYTHING)
def test_any_value_at_any_place(at: str, value: Any) -> None:
    tree = json.loads(json.dumps(RECORD))
    put(tree, at, value)
    examine(json.dumps(tree, ensure_ascii=True).encode(), "json")
    fix_tree(tree)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 4000), st.binary(max_size=6))
def test_any_damage_to_the_bytes(at: int, noise: bytes) -> None:
    plain = json.dumps(RECORD, ensure_ascii=False).encode()
    examine(plain[:at] + noise + plain[at + len(noise) :], "json")
    examine(plain[:at] + noise, "json")
    block = yaml.safe_dump({k: v for k, v in RECORD.items() if k != "evidence"}, allow_unicode=True).encode()
    examine(block[:at] + noise + block[at + len(noise) :], "yaml")


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200) | st.text(max_size=80).map(str.encode) | ANYTHING.map(lambda v: json.dumps(v).encode())
)
def test_anything_at_all(data: bytes) -> None:
    examine(data, guess_format(data))
    examine(data, "jsonl")

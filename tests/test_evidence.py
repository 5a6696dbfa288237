"""Every span of every record points at the text that it claims, whatever was done to the document."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planparse
from cli.running import PLAN
from planparse.source import Span

MORE = """\
Kèm theo Quyết định số 15/QĐ-UBND ngày 02 tháng 01 năm 2025 của Ủy ban nhân dân tỉnh An Giang.
Chỉ số cải cách hành chính (PAR INDEX) của tỉnh năm 2024 đạt 88,25 điểm, xếp hạng 12/63 tỉnh, thành phố.
Các trường học báo cáo kết quả trước ngày 15/12/2025.
STT | Nội dung công việc | Cơ quan chủ trì | Thời gian thực hiện | Kết quả
1 | Chọn giống cây | Sở Nông nghiệp và Môi trường | Trước ngày 30/4/2025 | Danh mục giống cây
2 | Trồng cây | Các trường học | Trong năm 2025 | Cây được trồng
"""


def damaged(seed: int, hits: int) -> str:
    """The plan with letters lost, changed and doubled, lines broken and joined."""
    rng = random.Random(seed)
    letters = list(PLAN + MORE)
    for _ in range(hits):
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(["", letters[at] * 2, "\n", " ", "  ", "|", "6", "é", "**", "\u0309", "~"])
    return "".join(letters)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32), hits=st.integers(0, 60), suffix=st.sampled_from([".txt", ".md"]))
def test_the_ink_at_the_spans_is_what_evidence_says(seed: int, hits: int, suffix: str) -> None:
    check(planparse.read(damaged(seed, hits).encode(), name=f"plan{suffix}"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_in_every_encoding_and_with_every_line_end(encoding: str, line_end: str) -> None:
    check(planparse.read((PLAN + MORE).replace("\n", line_end).encode(encoding), name="plan.txt"))


def check(source: planparse.source.SourceText) -> None:
    record = planparse.extract(source)
    plain = record.model_dump(mode="json")
    for pointer, evidence in record.evidence.items():
        shown = [source.ink(Span(span.line, span.start, span.end)) for span in evidence.spans]
        assert evidence.raw == "\n".join(shown), pointer
        value = plain
        for step in pointer.split("/")[1:]:
            value = value[int(step)] if isinstance(value, list) else value[step]
    for diagnostic in record.diagnostics:
        assert all(1 <= line <= len(source.lines) for line in diagnostic.lines), diagnostic

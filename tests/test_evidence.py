"""Every span of every record points at the ink that it claims, whatever the text looks like."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planparse.pipeline import extract
from planparse.reading import read_bytes
from planparse.records import PlanRecord

PLACES = ["Lâm Đồng", "Bến Tre", "Hà Nội", "Cao Bằng"]
TYPES = [("KẾ HOẠCH", "KH"), ("BÁO CÁO", "BC"), ("QUYẾT ĐỊNH", "QĐ"), ("CHƯƠNG TRÌNH", "CTr")]
NAMES = ["Lê Thị Thu Hằng", "Phạm Văn Quý", "Đỗ Hữu Lộc"]
WORDS = "cải cách hành chính nâng cao chỉ số hài lòng người dân theo Quyết định số 27/QĐ-UBND ngày".split()
DAMAGE = [("ố", "6"), ("à", "a"), ("ộ", "Q"), ("đ", "d"), ("ư", "w"), ("Đ", "P"), (" ", "  "), ("ế", "é")]
PLAN = """ỦY BAN NHÂN DÂN{gap}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH {province}{gap}Độc lập - Tự do - Hạnh phúc
Số: {number:02}{space}/{code}-UBND{gap}{place}, ngày {day:%d} tháng {day.month} năm {day.year}

{type}
Nâng cao chất lượng phục vụ

I. MỤC TIÊU
1. Mục tiêu chung
- {sentence}.
II. THỰC HIỆN
Chỉ số PAR INDEX năm 2024 đạt 85,97%, xếp hạng 12/63.

Nơi nhận:{gap}CHỦ TỊCH
- Bộ Nội vụ;
- Lưu: VT.

{name}
"""


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, str]:
    """A plan in one or two columns, damaged here and there, in one of the formats that are read."""
    place, (name, code) = draw(st.sampled_from(PLACES)), draw(st.sampled_from(TYPES))
    text = PLAN.format(
        place=place,
        province=place.upper(),
        type=name,
        code=code,
        gap=draw(st.sampled_from(["   ", " ", "\n", "\n\n"])),
        space=draw(st.sampled_from(["", " "])),
        number=draw(st.integers(1, 9999)),
        day=draw(st.dates(dt.date(2015, 1, 1), dt.date(2026, 12, 31))),
        sentence=" ".join(draw(st.lists(st.sampled_from(WORDS), min_size=5, max_size=40))),
        name=draw(st.sampled_from(NAMES)),
    )
    for old, new in draw(st.lists(st.sampled_from(DAMAGE), max_size=3)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + text[at:].replace(old, new, draw(st.integers(1, 8)))
    suffix = draw(st.sampled_from([".txt", ".md"]))
    if suffix == ".md":
        text = text.replace("I. MỤC TIÊU", "**I. MỤC TIÊU**").replace(name, f"## {name}")
    if draw(st.booleans()):
        text = text.replace("\n\nI", "\n\fI")
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))).encode(encoding), suffix


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_every_span_points_at_what_it_claims(document: tuple[bytes, str]) -> None:
    data, suffix = document
    record = extract(read_bytes(data, f"plan{suffix}", suffix), force=True)
    lines = re.split(r"\r\n|\n|\r", data.decode("utf-8-sig"))
    for pointer, evidence in record.evidence.items():
        inks = [lines[span.line - 1][span.start : span.end] for span in evidence.spans]
        assert evidence.raw == "\n".join(inks), pointer
        assert all(ink.strip() for ink in inks), pointer
        _digits_are_in_the_ink(pointer, _value(record, pointer), evidence.raw)
    for diagnostic in record.diagnostics:
        assert all(1 <= line <= len(lines) for line in diagnostic.lines)


def _digits_are_in_the_ink(pointer: str, value: Any, raw: str) -> None:
    """No digit of a number or a year is invented: it stands in the ink of its own value."""
    if (
        pointer.endswith(("/number", "/number_symbol", "/year"))
        and value is not None
        and pointer.startswith("/header")
    ):
        assert set(re.findall(r"\d", str(value))) <= set(re.findall(r"\d", raw)), pointer


def _value(record: PlanRecord, pointer: str) -> Any:
    """What stands at a JSON Pointer of the record."""
    value: Any = record.model_dump(mode="json")
    for step in pointer.split("/")[1:]:
        value = value[int(step)] if isinstance(value, list) else value[step]
    return value

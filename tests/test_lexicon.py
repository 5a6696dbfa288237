"""What the lexicon knows, and how it recognises it in garbled text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from planparse import lexicon

CASES = Path(__file__).parent / "cases"
SYMBOLS = yaml.safe_load((CASES / "symbols.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SYMBOLS, ids=lambda case: case["raw"])
def test_symbols_are_put_right(case: dict[str, Any]) -> None:
    reading = lexicon.read_symbol(case["raw"])
    assert (reading.symbol, reading.known) == (case["symbol"], case["known"])


def test_a_lost_stroke_that_can_mean_two_types_stays_open() -> None:
    assert set(lexicon.read_symbol("HD-SNV").doc_type_codes) == {"HD", "HĐ"}
    assert set(lexicon.read_symbol("DA-UBND").doc_type_codes) == {"DA", "ĐA"}


@pytest.mark.parametrize(
    ("day", "count"), [(dt.date(2024, 6, 30), 63), (dt.date(2025, 6, 30), 63), (dt.date(2025, 7, 1), 34)]
)
def test_there_are_as_many_provinces_as_on_that_day(day: dt.date, count: int) -> None:
    assert len(lexicon.provinces().on(day)) == count


def test_every_province_of_before_lives_on_in_one_of_today() -> None:
    today = {p.name: p for p in lexicon.provinces().on(dt.date(2026, 1, 1))}
    for old in lexicon.provinces().on(dt.date(2025, 6, 30)):
        heir = today[old.successor or old.name]
        assert old.name in heir.predecessors or old.name == heir.name


@pytest.mark.parametrize(
    ("ink", "name"),
    [
        ("Khinh Hoa", "Khánh Hòa"),
        ("Ha N6i", "Hà Nội"),
        ("Thira Thien Hue", "Thừa Thiên Huế"),
        ("Pak Nong", "Đắk Nông"),
    ],
)
def test_garbled_provinces_are_found(ink: str, name: str) -> None:
    match = lexicon.provinces().find(ink)
    assert match is not None
    assert match.entry.name == name


def test_a_name_that_fits_two_entries_has_no_lead() -> None:
    match = lexicon.provinces().find("Ha Gang")
    assert match is None or match.lead < 0.2


@pytest.mark.parametrize(
    ("ink", "name"), [("NGHI BINH", "Nghị định"), ("KE HOACH", "Kế hoạch"), ("THONG TU’", "Thông tư")]
)
def test_garbled_document_types_are_found(ink: str, name: str) -> None:
    match = lexicon.doc_types().find(ink)
    assert match is not None
    assert match.entry.name == name


def test_ministries_end_and_begin_with_the_reform_of_march_2025() -> None:
    names = {body.name for body in lexicon.agencies().on(dt.date(2025, 3, 1))}
    assert "Bộ Nông nghiệp và Môi trường" in names
    assert "Bộ Kế hoạch và Đầu tư" not in names


@pytest.mark.parametrize(
    "table",
    [
        lexicon.doc_types,
        lexicon.provinces,
        lexicon.agencies,
        lexicon.body_heads,
        lexicon.positions,
        lexicon.authorities,
        lexicon.family_names,
        lexicon.months,
    ],
)
def test_every_entry_has_a_name_and_a_source(table: Any) -> None:
    assert len(table()) > 0
    assert all(entry.name and len(entry.source) > 10 for entry in table())
    assert table() is table(), "loaded once"


@given(st.text(max_size=40))
def test_marks_go_and_length_stays(text: str) -> None:
    import unicodedata

    composed = unicodedata.normalize("NFC", text)
    assert len(lexicon.strip_marks(text)) == len(composed)
    assert lexicon.fold(lexicon.fold(text)) == lexicon.fold(text)

"""Numbers and symbols, and dates, as pages and OCR write them."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from planparse.recognise.dates import date_at, find_dates
from planparse.recognise.number_symbol import find_number_symbols, read_number_symbol
from planparse.recognise.plain import plain


def cases(name: str) -> list[Any]:
    return yaml.safe_load((Path(__file__).parent / "cases" / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", cases("number_symbols.yaml"), ids=lambda c: c["text"])
def test_number_symbol(case: dict[str, Any]) -> None:
    found = find_number_symbols(case["text"], case.get("type"))
    assert [n.text for n in found] == case["read"]
    assert all(case["text"][n.start : n.end] == n.printed for n in found)


@pytest.mark.parametrize("case", cases("dates.yaml"), ids=lambda c: c["text"])
def test_date(case: dict[str, Any]) -> None:
    found = find_dates(case["text"])
    assert [d.date for d in found] == case["dates"]
    assert sum(d.impossible for d in found) == case.get("impossible", 0)


def test_a_lost_bar_is_forgiven_only_where_a_symbol_must_stand() -> None:
    assert find_number_symbols("Số: 1492 KH-UBND") == []
    read = read_number_symbol("Số: 1492 KH-UBND")
    assert read is not None
    assert read.text == "1492/KH-UBND"


def test_letters_that_fit_two_types_are_called_ambiguous() -> None:
    (read,) = find_number_symbols("04-DA/TU")
    assert read.ambiguous  # Dự án or Đề án: the letters alone cannot say


def test_date_at_skips_only_the_word_for_day() -> None:
    text = "số 5/QĐ-BNV, ngày 10/4/2024"
    found = date_at(text, text.index(","))
    assert found is not None
    assert text[found.start : found.end].endswith("10/4/2024")
    assert date_at("số 5/QĐ-BNV của Bộ Nội vụ ngày 10/4/2024", 11) is None


def test_plain_keeps_positions() -> None:
    text = "ỦY BAN NHÂN DÂN tỉnh Đắk Lắk"
    assert plain(text) == "uy ban nhan dan tinh dak lak"

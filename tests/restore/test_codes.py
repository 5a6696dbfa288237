"""Symbols of document codes: mended where they are garbled, left alone where they are merely rare."""

from __future__ import annotations

import pytest

from planparse.restore.restorer import restorer


@pytest.mark.parametrize(
    ("ink", "code"),
    [
        ("18/2021/ND-CP", "18/2021/NĐ-CP"),
        ("5/QD-TTg", "5/QĐ-TTg"),
        ("63/2025/0H15", "63/2025/QH15"),
        ("44/NB-CP", "44/NĐ-CP"),
        ("2654/CTr-SKHCN", "2654/CTr-SKHCN"),
        ("29/HD-STC", "29/HD-STC"),
        ("7/XYZ", "7/XYZ"),
    ],
)
def test_symbol_is_mended_only_where_it_is_garbled(ink: str, code: str) -> None:
    assert restorer()._symbols.mend(ink)[0] == code


def test_a_d_stays_a_d_where_marks_are_kept() -> None:
    assert restorer()._symbols.mend("29/HD-UBND", marks_kept=True)[0] == "29/HD-UBND"

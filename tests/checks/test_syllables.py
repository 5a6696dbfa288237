"""Which words can be Vietnamese syllables."""

from __future__ import annotations

import pytest

from planparse.checks.syllables import impossible, possible


@pytest.mark.parametrize(
    "word", "hòa thủy nghiêng khuya quyền giếng gì giữ ngoằn quốc xoong HĐND QyĐ Đắk Kạn huỵch ươm yếu".split()
)
def test_vietnamese_words_are_possible(word: str) -> None:
    assert possible(word)


@pytest.mark.parametrize("word", "thưc nghành kách ngiệp nhiệmvụ hườnc bậtt sắ dịc".split())
def test_misread_words_are_not(word: str) -> None:
    assert not possible(word)


def test_only_words_with_vietnamese_letters_are_judged() -> None:
    assert impossible("thangs 9 năm 2025 PAR INDEX, hiêựn") == ["hiêựn"]

"""What a user sees of restoration: garbled lines come out as they were printed, line for line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.reading import read_bytes
from planparse.restore import restore
from planparse.restore.readings import CLEAN, ENG, STRIPPED, VIE
from planparse.restore.restorer import restorer

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))
PROFILES = {"eng": ENG, "vie": VIE, "clean": CLEAN, "stripped": STRIPPED}


@pytest.mark.parametrize(
    ("profile", "ink", "truth"),
    [(name, case["ink"], case["truth"]) for name, cases in CASES.items() for case in cases],
)
def test_line_comes_out_as_printed(profile: str, ink: str, truth: str) -> None:
    (line,), _ = restorer().restore([ink], PROFILES[profile])
    assert line.text == truth


@pytest.mark.parametrize("name", CASES)
def test_profile_is_told_from_the_text(name: str) -> None:
    lines = [case["ink"] for case in CASES[name]] * 3
    _, profile = restorer().restore(lines)
    assert profile.name in ({name} if name in ("eng", "stripped") else {"vie", "clean"})


@pytest.mark.parametrize("number", ["39/63", "90,49", "2025", "15/6/2024", "1.250.000", "0,75%", "II/2026"])
def test_digits_are_never_changed(number: str) -> None:
    (line,), _ = restorer().restore([f"ty 1é dat {number} trong nam qua"], ENG)
    assert number in line.text


def test_list_letters_follow_the_order() -> None:
    ink = ["a) Noi dung", "b) Thoi gian", "c) Kinh phi", "d) Trach nhiem", "d) Bao cao", "e) Kiem tra"]
    lines, _ = restorer().restore(ink, ENG)
    assert [line.text[:2] for line in lines] == ["a)", "b)", "c)", "d)", "đ)", "e)"]


def test_ruling_line_is_parted_from_the_word_it_touches() -> None:
    (line,), _ = restorer().restore(["7 |Cao Bang"], ENG)
    assert line.text.startswith("7 | ")


def test_capitals_stay_capitals_where_digits_stand_for_letters() -> None:
    (line,), _ = restorer().restore(["CHI S6 CAI CACH HANH CHINH"], ENG)
    assert line.text == "CHỈ SỐ CẢI CÁCH HÀNH CHÍNH"


@pytest.mark.parametrize(
    "head", ["SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc", "BỘ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_capitals_with_their_marks_stay_capitals(head: str) -> None:
    (line,), _ = restorer().restore([head], VIE)
    assert line.text == head


@pytest.mark.parametrize(
    ("ink", "text"),
    [
        ("DAt dai tai cac xa va phuong", "Đất đai tại các xã và phường"),
        ("hoc vien thuc hanh cong cu (AI) trong nam qua", "(AI)"),
    ],
)
def test_capitals_that_ocr_made_are_none_and_those_of_abbreviations_are(ink: str, text: str) -> None:
    (line,), _ = restorer().restore([ink], ENG)
    assert text in line.text


def test_a_page_is_read_alike_alone_and_after_another() -> None:
    """What is remembered between documents is speed, not content."""
    lines = [case["ink"] for case in CASES["eng"]]
    first, _ = restorer().restore(lines, ENG)
    restorer().restore([case["ink"] for case in CASES["stripped"]], STRIPPED)
    again, _ = restorer().restore(lines, ENG)
    assert first == again


words = st.sampled_from("cia tinh s6 Quyét dinh 2025 (CCHC) - | 12/KH-UBND ¢ “phdi hop” & d) ... nhi¢m\u0323".split())
lines_of_ink = st.lists(
    st.lists(words, max_size=8).map(" ".join) | st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(lines_of_ink)
def test_every_token_points_at_its_ink(lines: list[str]) -> None:
    source = read_bytes(("x" + "\n".join(lines)).encode("utf-8", "replace"), "page.txt")
    text = restore(source)
    assert len(text.lines) == len(source.lines)
    for line in text.lines:
        ink = source.lines[line.number - 1].text
        last = 0
        for token in line.tokens:
            assert line.text[token.start : token.end] == token.text
            assert last <= token.ink_start <= token.ink_end <= len(ink)
            assert 0.0 <= token.confidence <= 1.0
            last = token.ink_end


def test_dirt_at_the_edge_of_a_line_is_left_out() -> None:
    (line,), _ = restorer().restore(["Thanh tra phdi hop voi cac tram , . R N A £ \\"], ENG)
    assert line.text.rstrip() == "Thanh tra phối hợp với các trạm"


def test_rest_of_the_document_helps_to_read_a_form() -> None:
    clear = "cic trung tam truc thudc so duoc giao bién ché hing nam"
    lines, _ = restorer().restore([clear, clear, clear, "| thudc |"], ENG)
    assert "thuộc" in lines[-1].text


def test_abbreviations_among_small_letters_stay() -> None:
    (line,), _ = restorer().restore(["két qua Chi s6 PAPI va Chi s6 SIPAS cua tinh"], ENG)
    assert "PAPI" in line.text
    assert "SIPAS" in line.text


def test_changed_words_keep_what_else_was_weighed_when_asked() -> None:
    (line,), _ = restorer().restore(["Ong ban hanh sé cd thanh toan"], ENG, weigh=True)
    others = [reading for token in line.tokens for reading in token.candidates]
    assert others
    assert all(0 < share < 1 for _, share in others)
    assert all(text != token.text for token in line.tokens for text, _ in token.candidates)

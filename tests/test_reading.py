"""Bytes in, lines with offsets out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse import errors
from planparse.reading import read_bytes, read_path

PLAIN = "Ủy ban nhân dân tỉnh ban hành kế hoạch và các sở thực hiện theo quy định của năm 2025"
TCVN3 = "ñy ban nh©n d©n tØnh ban hµnh kÕ ho¹ch vµ c¸c së thùc hiÖn theo quy ®Þnh cña n¨m 2025"
VNI = "uûy ban nhaân daân tænh ban haønh keá hoaïch vaø caùc sôû thöïc hieän theo quy ñònh cuûa naêm 2025"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "utf-8-sig"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (TCVN3.encode("latin-1"), "tcvn3"),
        (VNI.encode("cp1252"), "vni"),
    ],
)
def test_every_encoding_reads_the_same(data: bytes, encoding: str) -> None:
    source = read_bytes(data, "plan.txt")
    assert source.encoding == encoding
    assert source.lines[0].text.lower() == PLAIN.lower()


def test_form_feeds_make_pages_and_crlf_makes_no_text() -> None:
    source = read_bytes(b"mot\r\nhai\r\n\fba\r\n", "plan.txt")
    assert [line.text for line in source.lines] == ["mot", "hai", " ba", ""]
    assert [line.page for line in source.lines] == [1, 1, 2, 2]
    assert source.page_of(3) == 2


def test_markdown_marks_go_and_offsets_stay() -> None:
    source = read_bytes("## **Số:** 5842/UBND-KSTT_a".encode(), "a.md", ".md")
    line = source.lines[0]
    assert line.text == "Số: 5842/UBND-KSTT_a"
    at = line.text.index("5842")
    assert source.ink(line.span(at, at + 4)) == "5842"


@given(st.text(alphabet="ab *_#\\.-|ăế\t1", max_size=60))
def test_what_markdown_keeps_is_in_the_ink_where_it_says(ink: str) -> None:
    if not ink.strip():
        return
    source = read_bytes(ink.encode(), "a.md", ".md")
    for line in source.lines:
        for at, letter in enumerate(line.text):
            assert source.ink(line.span(at, at + 1)) == letter


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", errors.EmptyInputError),
        (b" \n\t\n", errors.EmptyInputError),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(32)) * 20, errors.BinaryInputError),
        (bytes(range(0x80, 0xFF)) * 40, errors.UndecodableInputError),
    ],
)
def test_bad_bytes_are_named(data: bytes, error: type[errors.PlanparseError]) -> None:
    with pytest.raises(error, match=r"^bad\.txt: "):
        read_bytes(data, "bad.txt")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(errors.MissingFileError):
        read_path(tmp_path / "none.txt")
    with pytest.raises(errors.NotAFileError):
        read_path(tmp_path)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    with pytest.raises(errors.TooLargeInputError):
        read_path(large)

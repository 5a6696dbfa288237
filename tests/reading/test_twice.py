"""Two readings of a page: paired by their boxes, weighed in one lattice."""

from __future__ import annotations

import pytest

from planparse.reading.pages.laying import lay
from planparse.reading.pages.model import Page, PageWord
from planparse.reading.pages.twice import with_other
from planparse.reading.pages.upright import Turned
from planparse.restore import restore
from planparse.source import Box, SourceText


def words(text: str, top: float = 100, sure: float | None = 0.9, line: int | None = 0) -> list[PageWord]:
    """Words of a line, six points a letter."""
    placed, left = [], 60.0
    for word in text.split(" "):
        if word != "_":  # a word that this reading missed
            placed.append(PageWord(word, Box(left, top, left + 6 * len(word), top + 11), sure, line))
        left += 6 * len(word) + 4
    return placed


def page(*lines: list[PageWord]) -> Page:
    return Page(595, 842, tuple(word for line in lines for word in line))


def source(page: Page) -> SourceText:
    lines, starts, geometry = lay([page])
    return SourceText("page", "0" * 64, "application/pdf", "utf-8", lines, starts, geometry)


def test_words_are_paired_by_their_boxes() -> None:
    made = with_other(page(words("cải cách hành chính")), words("cai cach hành chinh"))
    assert [(w.text, w.other) for w in made.words] == [
        ("cải", "cai"), ("cách", "cach"), ("hành", None), ("chính", "chinh"),
    ]  # fmt: skip


def test_a_word_that_lost_its_space_is_parted() -> None:
    (joined,) = words("Nộidung")
    apart = [PageWord("Noi", Box(60, 100, 78, 111)), PageWord("dung", Box(80, 100, 104, 111))]
    made = with_other(page([joined._replace(text="Nộidung", box=Box(60, 100, 104, 111))]), apart)
    assert [w.text for w in made.words] == ["Nộidung"]  # seven letters may be one syllable
    made = with_other(page([joined._replace(text="Nộidungs", box=Box(60, 100, 104, 111))]), apart)
    assert [w.text for w in made.words] == ["Nội", "dungs"]


def test_a_word_with_a_space_too_many_is_joined() -> None:
    new = [PageWord("chứ", Box(60, 100, 78, 111), 0.5, 1), PageWord("c", Box(80, 100, 86, 111), 0.7, 1)]
    (word,) = with_other(page(new), [PageWord("chuc", Box(60, 100, 86, 111))]).words
    assert (word.text, word.other, word.confidence) == ("chức", "chuc", 0.5)


def test_a_number_that_was_missed_comes_back_and_dirt_does_not() -> None:
    old = [*words("nhiệm vụ"), PageWord("12", Box(300, 300, 312, 311)), PageWord("wx", Box(300, 400, 312, 411))]
    assert [w.text for w in with_other(page(words("nhiệm vụ")), old).words] == ["nhiệm", "vụ", "12"]


def test_old_words_are_found_on_a_page_that_lay_askew() -> None:
    turned = Turned(595, 842, 0, 1.5)
    new = page(words("cải cách hành chính"))
    old = [word._replace(text="x" + word.text[1:], box=turned.back(word.box)) for word in new.words]
    made = with_other(Page(595, 842, new.words, turned=turned), old)
    assert all(word.other for word in made.words)


LINE = "Ủy ban nhân dân tỉnh ban hành kế hoạch cải cách hành chính năm 2025"


@pytest.mark.parametrize(
    ("new", "sure", "old"),
    [
        # Neither reading is right, each in another place.
        (LINE.replace("hoạch", "hoạeh"), 0.9, LINE.replace("chính", "chinh")),
        # OCR all but guessed a word that is a word; the layer has it without marks.
        (LINE.replace("tỉnh", "tính"), 0.3, "Uy ban nhan dan tinh ban hanh ke hoach cai cach hanh chinh nam 2025"),
        # A figure that was read with doubt.
        (LINE.replace("2025", "202S"), 0.3, LINE),
    ],
)
def test_the_decoder_picks_from_both(new: str, sure: float, old: str) -> None:
    made = [word._replace(confidence=sure if word.text not in LINE.split() else 0.95) for word in words(new)]
    text = restore(source(with_other(page(made), words(old))))
    assert text.lines[0].text == LINE


def test_text_has_no_hints() -> None:
    from planparse.restore.hints import hints_of

    certain = source(page(words(LINE)))
    assert certain.geometry is not None and hints_of(certain.geometry) is None

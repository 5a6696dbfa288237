"""Words that are none of their cell's are left out of its text; what is in doubt for no good reason stays."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import planparse
from planparse.recognise.tables.stray_signs import FITS, REACH, Asked, signs_of, unsure
from planparse.recognise.tables.strays import left_out, most, stray_judge, windows
from planparse.recognise.tables.tags import BEGINS, JUNK, N_TAGS, OPENS, Judged
from planparse.recognise.tables.words import split_words
from planparse.restore.model import load

COLUMN = 6


def word(text: str, sure: float = 1.0, own: float = -0.1, ink: str | None = None) -> Asked:
    """A word of a result; the tagger thinks so too (log probability ``own``)."""
    answers = np.full(N_TAGS + 3, -6.0)
    answers[[BEGINS, OPENS]] = -4.0
    answers[COLUMN], answers[1], answers[JUNK] = own, np.log(max(1e-3, 1 - np.exp(own))), -5.0
    return Asked(text, text if ink is None else ink, sure, COLUMN, answers, False, False, True)


def cell(*words: str | Asked) -> list[Asked]:
    return [each if isinstance(each, Asked) else word(each) for part in words for each in parts(part)]


def parts(part: str | Asked) -> Sequence[str | Asked]:
    return part.split() if isinstance(part, str) else [part]


def odds(words: list[Asked]) -> list[float]:
    """How likely each word is a stray, in a document of this one cell."""
    found: list[float] = stray_judge()(told(words), [len(words)]).tolist()
    return found


def judged(words: list[Asked]) -> list[bool]:
    """Which words are left out."""
    return left_out(words, odds(words), told(words)[:, FITS].tolist())


def told(words: list[Asked]) -> np.ndarray:
    return signs_of([words], [[w.text for w in words]])


def by_odds(words: list[Asked], given: list[float], fits: float = -9.0) -> list[bool]:
    """Which words are left out with these odds, where the language calls for none of them."""
    return left_out(words, given, [fits] * len(words))


RUIN = word("lớp", 0.15, -1.2, "l?p;")


def test_words_made_of_ruined_ink_are_left_out() -> None:
    words = cell("Báo cáo kết quả thực hiện gửi", RUIN, word("xQ", 0.2, -1.5, "xQ’"), "Sở Nội vụ")
    assert judged(words) == [w.sure < 0.5 for w in words]


def test_a_shred_of_the_next_column_is_left_out() -> None:
    words = cell("Báo cáo kết quả thực hiện", word("xuyên", 0.4, -5.0))
    assert judged(words) == [False] * 6 + [True]


def test_sound_words_stay_also_where_the_tagger_is_against_all_of_them() -> None:
    words = [word(text, 1.0, -3.0) for text in "Báo cáo kết quả thực hiện gửi Sở Nội vụ tổng hợp".split()]
    assert not any(judged(words))


@pytest.mark.parametrize(
    ("text", "after", "stays"),
    [("18", "trạm", True), ("260", "học", True), ("(30%)", "hồ", True), ("50", "Nội", False), ("5", "báo", False)],
)
def test_figures_that_count_what_follows_are_no_strays(text: str, after: str, stays: bool) -> None:
    words = cell(word(text, 0.5), after, "vận hành")
    assert by_odds(words, [0.99, 0.0, 0.0, 0.0]) == [not stays, False, False, False]


def test_only_what_is_in_doubt_or_beside_it_is_left_out() -> None:
    words = cell("a b", word("c", 0.4), "d e")
    assert by_odds(words, [0.9] * 5) == [False, True, True, True, False]


def test_a_word_that_the_restorer_is_sure_of_needs_more() -> None:
    words = [word("một", 0.97), word("hai", 0.99)]
    assert by_odds(words, [0.5, 0.5]) == [True, False]
    assert by_odds(words, [0.5, 0.7]) == [True, True]


def test_a_word_rightly_read_that_the_language_calls_for_stays() -> None:
    words = [word("thói", 0.6), word("quen", 0.95)]
    assert by_odds(words, [0.9, 0.9], fits=0.5) == [True, False]


@pytest.mark.parametrize("text", ["31/01/2027:", "15.12.2027", "98,75%", "(80%"])
def test_whole_dates_and_shares_stay(text: str) -> None:
    assert by_odds([word("x", 0.1), word(text, 0.5)], [0.9, 0.9]) == [True, False]


@pytest.mark.parametrize(("text", "sure", "doubted"), [("báo", 1.0, False), ("báo", 0.9, True), ("xqwz", 1.0, True)])
def test_unsure(text: str, sure: float, doubted: bool) -> None:
    assert unsure(text, sure) is doubted


@given(st.lists(st.integers(1, 5), min_size=1, max_size=5))
def test_windows_end_where_cells_end(sizes: list[int]) -> None:
    count = sum(sizes)
    signs = np.arange(1, count + 1, dtype=np.float32)[:, None]
    seen = windows(signs, sizes).reshape(count, 2 * REACH + 1, 2)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    for at in range(count):
        for step in range(-REACH, REACH + 1):
            inside = 0 <= at + step < count and owner[at + step] == owner[at]
            assert seen[at, step + REACH].tolist() == ([at + step + 1, 0] if inside else [0, 1])


def test_signs_have_one_row_for_each_word_of_the_cells_asked() -> None:
    cells = [cell("Sở Nội vụ"), cell(word("x", 0.1)), cell("Trong năm 2027")]
    signs = signs_of(cells[:2], [[w.text for w in each] for each in cells])
    assert signs.shape == (4, stray_judge().mean.shape[0])
    assert np.isfinite(signs).all()


def test_words_without_answers_of_the_tagger_are_judged_too() -> None:
    words = [each._replace(answers=None) for each in cell("Kế hoạch được", RUIN, "ban hành")]
    assert 0 <= min(odds(words)) <= max(odds(words)) <= 1


def test_the_language_model_tells_what_goes_on() -> None:
    model, numbers = load().language, load().numbers
    fits, strays = (np.array([[numbers[w] for w in text.split()]]) for text in ("ủy ban nhân dân", "ủy ban nhân quả"))
    assert model.log_p(fits)[0] > model.log_p(strays)[0]
    assert model.log_p(fits)[0] > model.log_p(fits[:, -1:])[0]


def test_answers_are_found_by_where_a_word_stands() -> None:
    words = split_words(3, "Sở Nội vụ")
    judged = Judged([*split_words(7, "Trong năm"), *words], np.zeros((5, N_TAGS)))
    assert [judged.at(3, place) for place in (0, 1, 3, 4, 8)] == [2, 2, 3, 3, 4]
    assert judged.at(7, 6) == 1
    assert judged.at(4, 0) is None


@pytest.mark.parametrize(
    ("role", "words", "gone"), [("content", 9, 3), ("content", 2, 0), ("result", 9, 8), ("result", 1, 0)]
)
def test_what_a_row_is_known_by_stays_for_the_most_part(role: str, words: int, gone: int) -> None:
    assert most(role, words) == gone


SAMPLE = Path("samples/ke-hoach-cai-cach/eng.txt")


def test_what_is_left_out_is_told_and_its_ink_stays_in_the_evidence() -> None:
    record = planparse.extract(SAMPLE)
    ink = SAMPLE.read_text(encoding="utf-8").split("\n")
    told = [each for each in record.diagnostics if each.code == "PP209"]
    assert told
    for each in told:
        assert each.pointer is not None
        place, name = each.pointer.split("/")[2:]
        said = getattr(record.tasks[int(place)], name) or ""
        strays = each.message.split("»")[0].lstrip("«").split()
        assert not set(said.split()) >= set(strays), "they are not all said elsewhere in the cell"
        spans = record.evidence[each.pointer].spans
        seen = " ".join(ink[span.line - 1][span.start : span.end] for span in spans)
        assert len(seen.split()) > len(said.split()), "the ink has more words than the text"

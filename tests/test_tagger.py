"""The tagger of task tables, and what is settled about columns by its answers."""

import math

import numpy as np
import pytest

from planparse.native import BUILT
from planparse.recognise.tables.around import SLICE
from planparse.recognise.tables.chunks import BLANK_LINE, CERTAIN_WEIGHT, NEW_PAGE, SAME_BLOCK, heard
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.settling import explains, settle_roles
from planparse.recognise.tables.signs import Signs, read_signs
from planparse.recognise.tables.tagger import normalised, tagger
from planparse.recognise.tables.tags import BEGINS, N_TAGS, OPENS, SPAN
from planparse.recognise.tables.words import split_words

ROLES = ("number", "content", "responsible", "deadline", "result")
ORDER = [USUAL_ORDER.index(role) for role in ROLES]
LETTERS = dict(zip("NCTDXS", [*ORDER, SPAN], strict=True))

TABLE = [
    ("I", NEW_PAGE),
    ("Công tác chỉ đạo, điều hành", SAME_BLOCK),
    ("1", BLANK_LINE),
    ("Xây dựng kế hoạch cải cách hành chính", BLANK_LINE),
    ("năm 2025 của cơ quan.", SAME_BLOCK),
    ("Văn phòng chủ trì, phối hợp các phòng", BLANK_LINE),
    ("Quý III/2025", BLANK_LINE),
    ("Kế hoạch được ban hành.", BLANK_LINE),
]


def signs_of(lines: list[tuple[str, int]]) -> Signs:
    words = [split_words(number, text) for number, (text, _) in enumerate(lines, 1)]
    return read_signs(column_language(), words, [before for _, before in lines])


def test_a_plain_table_is_tagged() -> None:
    answers = tagger()(signs_of(TABLE).under(ROLES))
    tags = answers[:, :N_TAGS].argmax(1).tolist()
    at, shown = 0, []
    for text, _ in TABLE:
        count = len(text.split())
        shown.append(max(set(tags[at : at + count]), key=tags[at : at + count].count))
        at += count
    content, responsible, deadline, result = (USUAL_ORDER.index(role) for role in ROLES[1:])
    assert shown[1] == SPAN
    assert shown[3:] == [content, content, responsible, deadline, result]
    where = len("I Công tác chỉ đạo, điều hành".split())
    assert answers[where, OPENS] > 0, "the number opens a row"
    assert answers[where, BEGINS] > 0


def test_tags_are_log_probabilities() -> None:
    answers = tagger()(signs_of(TABLE))
    assert np.exp(answers[:, :N_TAGS]).sum(1) == pytest.approx(1, abs=1e-4)


def test_long_tables_are_judged_in_slices_that_change_nothing() -> None:
    long = TABLE * (SLICE // 20)
    signs = signs_of(long).under(ROLES)
    assert len(signs.names) > SLICE
    whole = tagger()(signs)
    # far from its end a table reads alike whether it goes on or not
    half = tagger()(signs.first(SLICE - 100))
    assert whole[: SLICE - 300] == pytest.approx(half[: SLICE - 300], abs=2e-2)


def test_an_empty_line_of_one_word_is_fine() -> None:
    assert tagger()(signs_of([("1", NEW_PAGE)])).shape == (1, N_TAGS + 3)


def line(letters: str, sure: float = 0.9) -> list[list[float]]:
    """What a tagger says that is nine parts in ten sure: ``NCCT``."""
    answers = []
    for letter in letters:
        tags = [math.log((1 - sure) / (N_TAGS - 1))] * N_TAGS
        tags[LETTERS[letter]] = math.log(sure)
        answers.append([*tags, 0.0, 0.0, 0.0])
    return answers


BODY = ["NCCCTTDDXX", "CCCCTTDXXX", "CCTTTDDXX"] * 3


@pytest.mark.parametrize(
    ("shown", "settled"),
    [
        (ROLES, ROLES),
        (("number", "content", "responsible", "result"), ROLES),
        (("number", "content", "deadline", "responsible", "result"), ROLES),
    ],
    ids=["as it was read", "a column was lost", "two were swapped"],
)
def test_the_body_corrects_the_head(shown: tuple[str, ...], settled: tuple[str, ...]) -> None:
    answers = [answer for letters in BODY * 3 for answer in line(letters)]
    counts = [len(letters) for letters in BODY * 3]
    assert settle_roles(np.array(answers), counts, shown, tidy=False) == settled


def test_a_whole_head_is_believed_longer() -> None:
    shown = ("number", "content", "responsible", "result")
    assert settle_roles(np.array(line("CCTTDDXX")), [8], shown, tidy=True) == shown


def test_span_lines_say_nothing_of_columns() -> None:
    assert settle_roles(np.array(line("SSSSSS")), [6], ROLES, tidy=False) == ROLES


def test_a_head_that_explains_its_table_is_not_doubted() -> None:
    answers = np.array([answer for letters in BODY for answer in line(letters, 0.99)])
    counts = [len(letters) for letters in BODY]
    assert explains(answers, counts, ROLES)
    assert not explains(answers, counts, ("number", "content", "responsible", "result"))
    assert not explains(answers, counts, ("number", "content", "deadline", "responsible", "result"))


def test_a_table_that_the_tagger_is_sure_of_counts_for_more() -> None:
    columns = range(len(USUAL_ORDER))
    odds = np.log(np.full((1, len(USUAL_ORDER) + 5), 0.001))

    def told(likeliest: float, others: int) -> float:
        """What the search hears of a word's first column, amid other words that are certain."""
        doubtful = odds.copy()
        doubtful[0, 0] = np.log(likeliest)
        certain = odds.copy()
        certain[0, 0] = 0.0
        return float(heard(np.concatenate([doubtful, *[certain] * others]), columns).tags[0, 0])

    assert told(0.5, 0) == np.log(0.5)
    assert told(0.5, 99) == pytest.approx(CERTAIN_WEIGHT * np.log(0.5))


@pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")
def test_words_are_judged_in_c_as_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = signs_of(TABLE * 9).under(ROLES)
    answers = tagger()(signs)
    monkeypatch.setenv("PLANPARSE_NATIVE", "0")
    assert np.array_equal(answers, tagger()(signs))


@pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")
def test_links_are_weighed_in_c_as_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    found = signs_of(TABLE * 9)
    monkeypatch.setenv("PLANPARSE_NATIVE", "0")
    again = signs_of(TABLE * 9)
    assert np.array_equal(found.near, again.near)
    assert np.array_equal(found.signs, again.signs)


@pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")
def test_numbers_are_made_normal_in_c_as_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    rows = (chance.normal(size=(50, 80)) * chance.lognormal(sigma=4, size=(50, 1))).astype(np.float32)
    rows[7] = 0
    scale, shift = chance.normal(size=(2, 80)).astype(np.float32)
    normal = normalised(rows, scale, shift)
    monkeypatch.setenv("PLANPARSE_NATIVE", "0")
    assert np.array_equal(normal, normalised(rows, scale, shift))

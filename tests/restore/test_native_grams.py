"""N-grams looked up in C are priced as those looked up in Python, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.native import BUILT, kernels
from planparse.restore.language import ORDER, LanguageModel
from planparse.restore.model import load

pytestmark = pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")

SAID = "phối hợp với các sở ban ngành và ủy ban nhân dân các huyện thành phố tổ chức thực hiện kế hoạch năm".split()


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return load().language


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 1500), st.integers(1, ORDER))
def test_any_words_are_priced_alike(model: LanguageModel, seed: int, count: int, order: int) -> None:
    words = np.random.default_rng(seed).integers(0, len(model.unigram), (count, order))
    said = np.array([load().numbers[word] for word in SAID])
    running = np.arange(count // 2)[:, None] + np.arange(order)
    words[: count // 2] = said[running % len(said)]
    found = model.log_p(words)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANPARSE_NATIVE", "0")
        truth = model.log_p(words)
    assert np.array_equal(found, truth)
    assert found.dtype == truth.dtype


def test_what_does_not_fit_is_refused(model: LanguageModel) -> None:
    kernel = kernels()
    assert kernel is not None
    known = (model.unigram, model.unigram_bow, model.tables)
    words = np.zeros((3, 4), dtype=np.int64)
    for bad, order in ((words, 0), (words, 5), (words, 12), (words.ravel()[:11], 4), (words - 1, 4)):
        with pytest.raises(ValueError, match="words"):
            kernel.read_grams(bad, order, *known)
    with pytest.raises(ValueError, match="words"):
        kernel.read_grams(words + len(model.unigram), 4, *known)
    with pytest.raises(ValueError, match="unigram_bow"):
        kernel.read_grams(words, 4, model.unigram, model.unigram_bow[:-1], model.tables)
    low, high, log_p, bow, *shape = model.tables[0]
    for cells in (
        (low[:-1], high, log_p, bow, *shape),
        (low, high[:-1], log_p, bow, *shape),
        (low, high, log_p[:-1], bow, *shape),
        (low, high, log_p, bow[:-1], *shape),
        (low, high, log_p, bow, *shape[:-1], 40),
        (low, high, log_p, bow, shape[0], 2**40, *shape[2:]),
    ):
        with pytest.raises(ValueError, match=r"cells|log_p|bow|shape"):
            kernel.read_grams(words, 4, model.unigram, model.unigram_bow, (cells, *model.tables[1:]))


@pytest.mark.parametrize("name", ["word", "start", "end", "place"])
@pytest.mark.parametrize("number", [-1, 2**31])
def test_a_lattice_of_numbers_of_nothing_is_refused(model: LanguageModel, name: str, number: int) -> None:
    kernel = kernels()
    assert kernel is not None
    arcs = {each: np.array([0, 1, 2], dtype=np.int64) for each in ("word", "start", "end", "place")}
    arcs[name][1] = number
    channel = np.zeros(3, dtype=np.float32)
    with pytest.raises(ValueError, match=name):
        kernel.read_lattice(*arcs.values(), channel, model.unigram, model.unigram_bow, model.tables, 1.0, (9.0, 9.0))

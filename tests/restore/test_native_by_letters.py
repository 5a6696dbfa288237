"""The reading by letters in C gives what the reading in Python gives, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.native import BUILT
from planparse.restore.model import load

pytestmark = pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("nghiêuờctqhpaloễỏđsvr’‘}{?,.1I 0"), max_size=18),
    st.sampled_from(("eng", "vie", "eng.broken")),
)
@example("tr}rc", "eng.broken")
@example("n", "vie")
@example("hi¢’n", "eng")
def test_any_ink_is_read_alike(ink: str, noise: str) -> None:
    reader = load().by_letters(noise)
    with pytest.MonkeyPatch.context() as patch:
        numbers, prices = reader.scores(ink)
        patch.setenv("PLANPARSE_NATIVE", "0")
        true_numbers, true_prices = reader.scores(ink)
    assert np.array_equal(numbers, true_numbers)
    assert np.array_equal(prices, true_prices)
    assert prices.dtype == true_prices.dtype

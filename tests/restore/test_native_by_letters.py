"""The reading by letters in C gives what the reading in Python gives, to the last bit."""

from __future__ import annotations

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
    st.integers(1, 40),
)
@example("tr}rc", "eng.broken", 24)
@example("n", "vie", 3)
@example("hi¢’n", "eng", 24)
def test_any_ink_is_read_alike(ink: str, noise: str, most: int) -> None:
    reader = load().by_letters(noise)
    with pytest.MonkeyPatch.context() as patch:
        found = reader.best(ink, most)
        patch.setenv("PLANPARSE_NATIVE", "0")
        truth = reader.best(ink, most)
    assert list(found.items()) == list(truth.items())

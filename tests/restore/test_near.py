"""Forms one edit away are the same whether an index answers or a walk over all forms."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planparse.restore.arrays import alike, distinct
from planparse.restore.near import AT_FIRST, Near

FORMS = st.text("abcd", min_size=1, max_size=9)


def test_near() -> None:
    near = Near(["phong", "phon", "phng", "phang", "hpong", "phonga", "phongab", "ph"])
    assert near("phong") == {"phong", "phon", "phng", "phang", "hpong", "phonga"}


@given(st.lists(FORMS, unique=True, max_size=40), FORMS)
def test_the_index_says_what_the_walk_says(forms: list[str], asked: str) -> None:
    early, late = Near(forms), Near(forms)
    late._asked = AT_FIRST
    assert early(asked) == late(asked)


@given(st.lists(st.integers(-50, 50), max_size=60))
def test_arrays_as_numpy_has_them(values: list[int]) -> None:
    array = np.array(values, dtype=np.int64)
    assert distinct(array).tolist() == np.unique(array).tolist()
    assert alike(array).tolist() == np.unique(array, return_inverse=True)[1].tolist()

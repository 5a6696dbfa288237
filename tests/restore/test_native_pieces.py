"""Lines are cut, their forms found and their words taken down and written in C as they are in Python."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.native import BUILT
from planparse.restore.readings import ENG, VIE, Profile
from planparse.restore.restorer import restorer
from planparse.restore.sheet import Sheet
from planparse.restore.text import RestoredLine

pytestmark = pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples").glob("*/*.txt") if ".truth" not in p.name)
PIECES = (
    "UY BAN NHAN DAN tinh ké hoach 2031 sé 86 vanang phu c c6ng xhdi | |word _word _ , ; . - (CCHC) 12/KH-UBND "
    "tr}rc ti¢’p TTr,KH,(.n_oi ?hong, khu|Các , . R N A £ \\ UBND BND"
).split()
lines = st.lists(
    st.lists(st.sampled_from([*PIECES, " ", "\u00a0", "\U0001d400"]), max_size=12).map(" ".join), max_size=6
)


def _all(texts: list[str], profile: Profile | None, *, weigh: bool, all_broken: bool) -> list[object]:
    """Everything that is known of lines cut and restored."""
    broken = {(n, at) for n, line in enumerate(texts) for at in range(len(line))} if all_broken else set()
    sheet = Sheet(texts, broken)
    restored, chosen = restorer().restore(texts, profile, weigh=weigh, broken=broken)
    assert all(isinstance(line, RestoredLine) for line in restored)
    return [*sheet.columns, sheet.capitals, sheet.loud, sheet.dirt, restored, chosen]


def _alike(texts: list[str], profile: Profile | None, *, weigh: bool = False, all_broken: bool = False) -> None:
    with pytest.MonkeyPatch.context() as patch:
        found = _all(texts, profile, weigh=weigh, all_broken=all_broken)
        patch.setenv("PLANPARSE_NATIVE", "0")
        assert found == _all(texts, profile, weigh=weigh, all_broken=all_broken)


@settings(max_examples=80, deadline=None)
@given(lines, st.sampled_from((ENG, VIE)), st.booleans(), st.booleans())
@example(["  |tinh UBND _sé", "", "phu c |", " "], ENG, False, False)
@example(["tr}rc ti¢’p", ""], ENG, False, True)
def test_any_lines_are_restored_alike(texts: list[str], profile: Profile, weigh: bool, all_broken: bool) -> None:
    _alike(texts, profile, weigh=weigh, all_broken=all_broken)


@pytest.mark.parametrize("path", SAMPLES[:6], ids=os.path.basename)
def test_samples_are_restored_alike(path: Path) -> None:
    _alike(path.read_text(encoding="utf-8").split("\n"), None)

"""The lattice in C gives what the lattice in Python gives, to the last bit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planparse.native import BUILT
from planparse.restore import decoder
from planparse.restore.language import Ints, LanguageModel
from planparse.restore.lattice import Arcs, Edges
from planparse.restore.native_lattice import last_layers_natively
from planparse.restore.readings import CLEAN, ENG, STRIPPED, VIE, Profile
from planparse.restore.restorer import restorer

pytestmark = pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")

SAMPLES = sorted(p for p in (Path(__file__).parents[2] / "samples").glob("*/*.txt") if ".truth" not in p.name)
WORDS = (
    "UY BAN NHAN DAN tinh ké hoach cdi cach hanh chinh 2031 sé 86 s6 vanang phu c c6ng chi’rc xhdi quyét dinh, "
    "Sở Nội vụ chủ trì; phối hợp. thựchiện trongnăm III/2031 12/KH-UBND a) - | kjqwx (PAR INDEX) cong chuc,vien"
).split()


@pytest.fixture(autouse=True)
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Every lattice is read twice, and compared; gives the numbers of edges that were."""
    compared: list[int] = []

    def read(
        kernel: ModuleType, arcs: Arcs, model: LanguageModel, weight: float, margins: tuple[float, ...]
    ) -> tuple[Ints, Edges]:
        nodes, edges = last_layers_natively(kernel, arcs, model, weight, margins)
        true_nodes, true_edges = decoder.last_layers(arcs, model, weight)
        assert np.array_equal(nodes, true_nodes)
        for name in ("first", "second", "arc", "log_p"):
            assert np.array_equal(getattr(edges, name), getattr(true_edges, name)), name
        compared.append(len(nodes))
        return nodes, edges

    monkeypatch.setattr(decoder, "last_layers_natively", read)
    yield compared
    assert compared


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_samples_are_read_alike(path: Path) -> None:
    restorer().restore(path.read_text(encoding="utf-8").splitlines())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), min_size=1, max_size=8),
    st.sampled_from((ENG, VIE, STRIPPED, CLEAN)),
)
def test_any_text_is_read_alike(lines: list[str], profile: Profile) -> None:
    restorer().restore(lines, profile)


def test_a_long_text_is_read_alike(both: list[int]) -> None:
    restorer().restore([" ".join(WORDS)] * 80, ENG)
    assert len(both) > 1, "blocks"

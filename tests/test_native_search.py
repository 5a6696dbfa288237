"""The search in C gives what the search in Python gives, to the last bit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from planparse import extract, native
from planparse.cli.app import app
from planparse.native import BUILT, kernels
from planparse.recognise.tables.chunks import BLANK_LINE, NEW_PAGE, SAME_BLOCK, heard
from planparse.recognise.tables.cuts import Chunks, cut_lines
from planparse.recognise.tables.evidence import N_WEIGHTS
from planparse.recognise.tables.kinds import Kind
from planparse.recognise.tables.language import column_language
from planparse.recognise.tables.moves import Frame, Judge
from planparse.recognise.tables.native_search import search_natively
from planparse.recognise.tables.prices import Said
from planparse.recognise.tables.search import BEAM, MARGIN, Reading, clear, search, search_in_python
from planparse.recognise.tables.tags import N_TAGS
from planparse.recognise.tables.words import Word, split_words

SAMPLES = sorted(p for p in (Path(__file__).parents[1] / "samples").glob("*/*.txt") if ".truth" not in p.name)
WORDS = (
    "- + | Rà soát danh mục hồ sơ; Phòng Hành chính Quý II/2031 báo cáo kết quả, giao nộp tài liệu. vào kho "
    "Thường xuyên chủ trì: kjq Wx1 Trước ngày 01/06/2031 các đơn vị phối hợp thực hiện"
).split()
LABELS = "1 2 3 4 5 8 10 1.1 2.1. 2.2 2.5 2.3, 2.1.1 I II IV l A b)".split()

compiled = pytest.mark.skipif(not BUILT, reason="the compiled code could not be built here")


def natively(judge: Judge, chunks: Chunks, weights: Sequence[float], size: int, margin: float) -> Reading:
    kernel = kernels()
    assert kernel is not None
    return [(s, clear(*rest)) for s, *rest in search_natively(kernel, judge, chunks, weights, size, margin)]


@compiled
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_tables_of_the_samples_are_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def both(judge: Judge, chunks: Chunks, size: int = BEAM, margin: float = MARGIN,
             said: dict[int, Said] | None = None) -> Reading:  # fmt: skip
        one = search(judge, chunks, size, margin, said)
        assert one == search_in_python(judge, chunks, judge.language.weights, size, margin)
        return one

    monkeypatch.setattr(import_module("planparse.recognise.tables.untangle"), "search", both)
    extract(path)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Judge, Chunks]:
    """Lines of words at random, with what a tagger that guesses would say of them."""
    chance = random.Random(draw(st.integers(0, 10**9)))
    others = [kind for kind in Kind if kind not in (Kind.NUMBER, Kind.SECTION, Kind.JUNK)]
    kinds = draw(st.lists(st.sampled_from(others), min_size=1, max_size=5, unique=True))
    if draw(st.booleans()):
        kinds.insert(0, Kind.NUMBER)
    frame = Frame(tuple(kinds), tuple(draw(st.sampled_from((0.0, 2.0, 7.5, 14.0))) for _ in kinds))
    words: list[Word] = []
    rows: list[int] = []
    before: list[int] = []
    said = draw(st.sampled_from(((-1.0,), (-4.0, -1.0, 0.0))))
    for row in range(draw(st.integers(1, 12))):
        line = chance.choices(LABELS, k=chance.randint(0, 1)) + chance.choices(WORDS, k=chance.randint(1, 7))
        words += split_words(row + 1, " ".join(line))
        rows += [row] * (len(words) - len(rows))
        before.append(chance.choice((SAME_BLOCK, BLANK_LINE, NEW_PAGE)))
    answers = np.array([[chance.choice(said) for _ in range(N_TAGS + 3)] for _ in words])
    chunks = cut_lines(column_language(), words, np.array(rows), before, heard(answers, range(len(kinds))))
    labels = {chunk.first: words[chunk.first].text for chunk in chunks if chunk.label}
    return Judge(column_language(), frame, labels), chunks


@compiled
@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(0, 99), st.sampled_from((0.02, 0.2, 1.0)), st.sampled_from((1, 2, 8, 40)))
def test_any_table_is_read_alike(table: tuple[Judge, Chunks], seed: int, dense: float, size: int) -> None:
    judge, chunks = table
    if not chunks:
        return
    chance = random.Random(seed)
    # where few weights count, many readings weigh the same, and the order of moves must decide
    weights = [float(chance.randint(-3, 3)) if chance.random() < dense else 0.0 for _ in range(N_WEIGHTS)]
    for margin in (2.0, 13.0):
        assert natively(judge, chunks, weights, size, margin) == search_in_python(
            judge, chunks, weights, size, margin
        )


@compiled
def test_arrays_that_do_not_fit_are_refused() -> None:
    kernel = kernels()
    assert kernel is not None
    numbers = np.zeros(5)
    with pytest.raises(ValueError, match="tables: 40 bytes"):
        kernel.search(
            numbers, numbers, np.zeros(5, np.int32), 0.0, 0, 1, b"", b"", b"", b"", b"", b"", b"", b"",
            np.zeros(2, np.int32), b"", 40, 13.0,
        )  # fmt: skip


def test_the_environment_can_ask_for_python(monkeypatch: pytest.MonkeyPatch) -> None:
    path = SAMPLES[0]
    found = extract(path).model_dump_json()
    monkeypatch.setenv("PLANPARSE_NATIVE", "0")
    assert kernels() is None
    assert extract(path).model_dump_json() == found


@compiled
def test_code_that_was_built_from_other_source_is_put_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "INTERFACE", native.INTERFACE + 1)
    assert native._found() is None


@pytest.mark.parametrize(
    ("wanted", "said"), [("1", "loaded" if BUILT else "for speed"), ("0", "put aside" if BUILT else "for speed")]
)
def test_doctor_tells_whether_code_is_compiled(wanted: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_NATIVE", wanted)
    line = next(x for x in CliRunner().invoke(app, ["doctor"]).output.splitlines() if "compiled code" in x)
    assert said in line

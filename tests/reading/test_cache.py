"""What OCR has read is kept, within a limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from planparse.reading.pages import cache
from planparse.reading.pages.model import Page, PageWord
from planparse.reading.pages.upright import Turned
from planparse.source import Box

PAGE = Page(595, 842, (PageWord("một", Box(1, 2, 3, 4), 0.5, 7, "mot"),), turned=Turned(842, 595, 1, 0.5))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLANPARSE_CACHE", str(tmp_path))
    return tmp_path / "ocr"


def test_a_page_comes_back_as_it_was(place: Path) -> None:
    cache.save("ab12", PAGE)
    assert cache.load("ab12") == PAGE
    assert cache.load("ab13") is None


def fill(count: int) -> None:
    """Keep some pages, the first one longest ago."""
    for number in range(count):
        key = f"{number + 1:04x}"
        cache.save(key, PAGE)
        where = cache.folder()
        assert where is not None
        os.utime(where / key[:2] / f"{key}.json", (1000 + number, 1000 + number))


def test_the_oldest_readings_go_first(place: Path) -> None:
    fill(10)
    one = cache.size(place) // 10
    assert cache.prune(place, 10 * one) == 0
    assert cache.prune(place, 5 * one) == 6  # to nine tenths of the limit
    assert [cache.load(f"{n + 1:04x}") is not None for n in range(10)] == [False] * 6 + [True] * 4


def test_keeping_pages_looks_after_the_limit(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(10)
    monkeypatch.setenv("PLANPARSE_CACHE_MB", str(3 * cache.size(place) / 10 / 1e6))
    cache.save("0040", PAGE)
    assert len(list(place.rglob("*.json"))) == 2
    assert cache.load("0040") == PAGE


def test_a_limit_that_is_no_number_is_the_usual_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANPARSE_CACHE_MB", "much")
    assert cache.limit() == 500_000_000

"""Vietnamese is told from other languages, however badly it was read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from planparse.reading import read_bytes
from planparse.reading.language import is_vietnamese

CASES = yaml.safe_load(Path(__file__).with_name("languages.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "answer"), [(name, kind == "vietnamese") for kind, texts in CASES.items() for name in texts]
)
def test_the_language_is_told(name: str, answer: bool) -> None:
    text = CASES["vietnamese" if answer else "other"][name]
    assert is_vietnamese(read_bytes(str(text).encode(), "plan.txt")) is answer

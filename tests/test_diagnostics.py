"""Every code that extraction emits is explained in ``data/diagnostics.yaml``; ``data/rules.yaml`` has the rules."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import yaml

import planparse

ROOT = Path(planparse.__file__).parent
EXPLAINED = yaml.safe_load((files("planparse") / "data" / "diagnostics.yaml").read_text(encoding="utf-8"))


def test_every_code_in_the_code_is_explained() -> None:
    used = {code for path in ROOT.rglob("*.py") for code in re.findall(r'"(PP\d[0-4]\d)"', path.read_text("utf-8"))}
    assert used - set(EXPLAINED) == set(), "add them to src/planparse/data/diagnostics.yaml"


def test_every_entry_says_all_that_there_is_to_say() -> None:
    for code, entry in EXPLAINED.items():
        assert re.fullmatch(r"PP\d{3}", code)
        assert entry["severity"] in ("error", "warning", "info")
        assert entry["title"]
        assert entry["meaning"]

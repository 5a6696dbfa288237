"""Every rule has an example of both kinds in its documentation and cases of both kinds here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from planparse.lexicon.tables import read_yaml
from planparse.validation.reporters import all_rules
from validation.examples import find

EXAMPLES: dict[str, dict[str, Any]] = read_yaml("rules.yaml")
CASES: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases" / "rules.yaml").read_text(encoding="utf-8")
)
ELSEWHERE = frozenset("PP050 PP055 PP066 PP090 PP092 PP170 PP171 PP480 PP481 PP570 PP571 PP572".split())
"""Codes that no single record can show: their cases are tests of their own."""


def test_every_rule_is_explained_and_has_cases() -> None:
    codes = {rule.code for rule in all_rules()}
    assert set(EXAMPLES) == codes
    assert {code for code, entry in EXAMPLES.items() if "bad" in entry and "good" in entry} == codes - ELSEWHERE
    assert set(CASES) == codes - ELSEWHERE


@pytest.mark.parametrize("code", [code for code, entry in EXAMPLES.items() if "bad" in entry])
def test_the_example_of_a_rule_shows_it(code: str) -> None:
    entry = EXAMPLES[code]
    assert [f.pointer for f in find(entry["bad"]) if f.code == code][:1] == [entry.get("at", "")]
    assert [f for f in find(entry["good"]) if f.code != "PP593"] == []


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_it_should_and_nothing_else(code: str) -> None:
    for case in CASES[code]["found"]:
        assert case["at"] in [f.pointer for f in find(case["in"]) if f.code == code], case
    for case in CASES[code]["not_found"]:
        assert [f for f in find(case) if f.code == code] == [], case

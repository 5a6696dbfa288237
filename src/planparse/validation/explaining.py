"""What ``data/rules.yaml`` says about each code: why it matters, with an example of both kinds."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from planparse.lexicon.tables import read_yaml
from planparse.validation.reporters.base import RuleInfo


class Explanation(NamedTuple):
    """A rule for readers; ``bad`` and ``good`` are parts of records (or texts of files) with and without it."""

    code: str
    name: str
    severity: str
    summary: str
    remedy: str
    meaning: str = ""
    bad: Any = None
    good: Any = None


def explain(rule: RuleInfo) -> Explanation:
    """The explanation of a rule; of plug-ins' rules only what they say themselves."""
    known = _explained().get(rule.code, {})
    return Explanation(
        rule.code,
        rule.name,
        rule.severity,
        rule.summary,
        rule.remedy,
        str(known.get("meaning", "")).strip(),
        known.get("bad"),
        known.get("good"),
    )


@cache
def _explained() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = read_yaml("rules.yaml")
    return table

"""All rules by their codes. A rule is one function with a code, a severity and a docstring.

    @rule("PP150", "error")
    def date_in_future(record, at):
        \"\"\"The document is dated after today.\"\"\"
        if record.header.date and record.header.date > at.today:
            yield Problem("/header/date", f"the date {record.header.date} is in the future")

The docstring's first line is the rule's summary; the explanation, the remedy and the example of each code
stand in ``data/rules.yaml``, and the tests run those examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.records import PlanRecord, Severity

Check = Callable[[PlanRecord, Context], Iterable[Problem]]

CODE = re.compile(r"[A-Z]{2,6}\d{3}")
OWN_PREFIX = "PP"
"""Codes that start so are planparse's own; rules of third parties take another prefix."""


@dataclass(frozen=True)
class Rule:
    """One check of a finished record."""

    code: str
    name: str
    severity: Severity
    summary: str
    check: Check
    remedy: str = "correct the value, or accept the finding in the record with a reason"

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is no rule code: two to six capitals and three digits, such as PP150")


RULES: dict[str, Rule] = {}
"""planparse's own rules over a record, by code."""


def rule(code: str, severity: Severity, remedy: str | None = None) -> Callable[[Check], Check]:
    """Make a function a rule and put it among planparse's own."""

    def enter(check: Check) -> Check:
        made = make_rule(code, severity, check, remedy)
        if code in RULES:
            raise ValueError(f"two rules have the code {code}: {RULES[code].name} and {made.name}")
        RULES[code] = made
        return check

    return enter


def make_rule(code: str, severity: Severity, check: Check, remedy: str | None = None) -> Rule:
    """A rule from a function; third parties call this and hand the rule out through their entry point."""
    summary = (check.__doc__ or "").strip().split("\n")[0].strip()
    if not summary:
        raise ValueError(f"rule {code} says nothing about itself: give {check.__name__} a docstring")
    name = check.__name__.strip("_").replace("_", "-")
    if remedy is None:
        return Rule(code, name, severity, summary, check)
    return Rule(code, name, severity, summary, check, remedy)


def own_rules() -> Iterator[Rule]:
    """planparse's own rules, sorted by code."""
    yield from (RULES[code] for code in sorted(RULES))

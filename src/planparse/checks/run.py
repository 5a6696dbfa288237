"""All rules over one record; what its makers accepted is left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from planparse.checks.context import Context
from planparse.checks.finding import Finding, Problem
from planparse.checks.registry import RULES, Rule
from planparse.records import PlanRecord
from planparse.source import SourceText

CRASHED = "PP090"
UNUSED = "PP091"

MANY = "PP066"

MOST = 500
"""So many findings of one rule are listed for one record."""

Wanted = Callable[[str], bool]
"""Says of a code whether its findings are wanted."""


def check(
    record: PlanRecord,
    *,
    tree: Mapping[str, Any] | None = None,
    source: SourceText | None = None,
    source_sought: bool = False,
    today: dt.date | None = None,
    rules: Iterable[Rule] | None = None,
    wanted: Wanted = lambda code: True,
) -> list[Finding]:
    """Run rules over a record; findings in the order of the rules' codes.

    ``tree`` is the record as its file has it, ``source`` the document that it was made from; ``rules``
    default to planparse's own. A rule that fails itself yields one finding and stops nothing.
    """
    at = Context(record, tree=tree, source=source, source_sought=source_sought, today=today)
    chosen = list(RULES.values()) if rules is None else list(rules)
    found: list[Finding] = []
    for rule in sorted(chosen, key=lambda r: r.code):
        if wanted(rule.code):
            found.extend(_findings(rule, record, at))
    return list(_unaccepted(found, record, wanted))


def finding(rule: Any, problem: Problem) -> Finding:
    """What a rule's problem is to a reader."""
    return Finding(rule.code, rule.severity, problem.message, problem.remedy or rule.remedy, problem.pointer)


def _findings(rule: Rule, record: PlanRecord, at: Context) -> Iterator[Finding]:
    try:
        for count, problem in enumerate(rule.check(record, at)):
            if count == MOST:
                yield Finding(MANY, "info", f"{rule.code} finds more than these {MOST}", "mend these first")
                return
            made = finding(rule, problem)
            evidence = record.evidence.get(problem.pointer)
            lines = tuple(sorted({span.line for span in evidence.spans})) if evidence else ()
            yield made if not lines else _with_lines(made, lines)
    except Exception as error:  # a plug-in may fail in any way at all
        yield crashed(rule.code, rule.name, error)


def crashed(code: str, name: str, error: Exception) -> Finding:
    """The finding that says that a rule could not be run."""
    return Finding(
        CRASHED,
        "error",
        f"rule {code} ({name}) failed: {type(error).__name__}: {error}",
        f"report it to whoever wrote the rule, or leave it out with --ignore {code}",
    )


def _with_lines(made: Finding, lines: tuple[int, ...]) -> Finding:
    return Finding(made.code, made.severity, made.message, made.remedy, made.pointer, lines=lines)


def _unaccepted(found: list[Finding], record: PlanRecord, wanted: Wanted) -> Iterator[Finding]:
    """The findings that the record does not accept, and its acceptances that accept nothing."""
    used: set[int] = set()
    for one in found:
        accepting = [
            i
            for i, accepted in enumerate(record.accepted)
            if accepted.code == one.code and (accepted.pointer is None or accepted.pointer == one.pointer)
        ]
        used.update(accepting)
        if not accepting:
            yield one
    if not wanted(UNUSED):
        return
    for i, accepted in enumerate(record.accepted):
        if i not in used and wanted(accepted.code):
            yield Finding(
                UNUSED,
                "info",
                f"nothing is found that this accepts: {accepted.code} at {accepted.pointer or 'any place'}",
                "remove the acceptance",
                f"/accepted/{i}",
            )

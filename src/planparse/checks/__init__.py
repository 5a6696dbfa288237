"""Semantic rules over a finished record, one function a rule, each with a stable code.

    for finding in check(record):
        print(finding.code, finding.pointer, finding.message)

Codes: PP1xx header, PP2xx tasks, PP3xx scores, PP4xx citations and deadlines, PP5xx evidence and text. The
modules imported below enter their rules in :data:`~planparse.checks.registry.RULES`.
"""

from planparse.checks import (
    agreement,
    bodies,
    citations,
    deadlines,
    dues,
    evidence,
    header,
    ink,
    language,
    rows,
    scores,
    tables,
    tasks,
)
from planparse.checks.across import ARCHIVE_RULES, ArchiveRule, Digest, digest
from planparse.checks.context import Context
from planparse.checks.finding import SEVERITIES, Finding, Problem, at_least
from planparse.checks.registry import RULES, Rule, make_rule, own_rules, rule
from planparse.checks.run import check

__all__ = [
    "ARCHIVE_RULES",
    "RULES",
    "SEVERITIES",
    "ArchiveRule",
    "Context",
    "Digest",
    "Finding",
    "Problem",
    "Rule",
    "agreement",
    "at_least",
    "bodies",
    "check",
    "citations",
    "deadlines",
    "digest",
    "dues",
    "evidence",
    "header",
    "ink",
    "language",
    "make_rule",
    "own_rules",
    "rows",
    "rule",
    "scores",
    "tables",
    "tasks",
]

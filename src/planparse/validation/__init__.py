"""Record files through all checks: reading with positions, structure, rules, baseline, reports.

validate(record)      findings of a record in memory
"""

from __future__ import annotations

from planparse.checks import Finding, check, own_rules
from planparse.records import PlanRecord
from planparse.source import SourceText
from planparse.validation.plugins import installed_rules

__all__ = ["validate"]


def validate(record: PlanRecord, *, source: SourceText | None = None) -> list[Finding]:
    """Check a record by planparse's own rules and those of plug-ins."""
    plugins = installed_rules()
    return [*plugins.faults, *check(record, source=source, rules=[*own_rules(), *plugins.rules])]

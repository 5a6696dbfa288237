"""``--format sarif``: Static Analysis Results Interchange Format 2.1.0 (OASIS), for code scanning.

Section numbers in comments are those of the specification.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from planparse.checks import Finding
from planparse.validation.reporters.base import CollectingReporter, RuleInfo, Summary, all_rules
from planparse.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}  # 3.27.10
ROOT = "SRCROOT"
FINGERPRINT = "planparseFinding/v1"


class SarifReporter(CollectingReporter):
    """Writes one SARIF log with one run."""

    def finish(self, summary: Summary) -> None:
        """Write the log."""
        used = {one.code for one in self.findings}
        rules = [rule for rule in all_rules() if rule.code in used]
        index = {rule.code: i for i, rule in enumerate(rules)}
        seen: Counter[str] = Counter()
        run = {
            "tool": {
                "driver": {
                    "name": "planparse",
                    "semanticVersion": __version__,
                    "version": __version__,
                    "rules": [_rule(rule) for rule in rules],
                }
            },
            "invocations": [{"executionSuccessful": True, "exitCode": int(summary.exit_code)}],
            "columnKind": "unicodeCodePoints",  # 3.14.27: columns count characters
            "originalUriBaseIds": {ROOT: {"description": {"text": "The folder in which planparse ran."}}},
            "results": [_result(one, index[one.code], seen) for one in self.findings],
        }
        log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
        self.write(json.dumps(log, ensure_ascii=False, indent=2) + "\n")


def _rule(rule: RuleInfo) -> dict[str, Any]:
    """A reportingDescriptor (3.49)."""
    return {
        "id": rule.code,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": f"{rule.remedy}. planparse rules {rule.code} explains the rule."},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(finding: Finding, rule_index: int, seen: Counter[str]) -> dict[str, Any]:
    """A result (3.27)."""
    seen[finding.fingerprint] += 1
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. To mend: {finding.remedy}."},
        "partialFingerprints": {FINGERPRINT: f"{finding.fingerprint}:{seen[finding.fingerprint]}"},
    }
    if finding.file is not None:
        result["locations"] = [_location(finding, finding.file)]
    if finding.lines:
        result["properties"] = {"sourceLines": list(finding.lines)}
    return result


def _location(finding: Finding, file: str) -> dict[str, Any]:
    """A location (3.28) in the record file, and in the record by its pointer."""
    absolute = PurePosixPath(file).is_absolute()
    artifact: dict[str, Any] = {"uri": ("file://" if absolute else "") + quote(file)}
    if not absolute:
        artifact["uriBaseId"] = ROOT
    physical: dict[str, Any] = {"artifactLocation": artifact}
    if finding.line is not None:
        physical["region"] = {"startLine": finding.line}
        if finding.column is not None:
            physical["region"]["startColumn"] = finding.column
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.pointer:
        name = finding.pointer.rpartition("/")[2]
        location["logicalLocations"] = [
            {"fullyQualifiedName": finding.pointer, "name": name, "kind": "value"},  # 3.33
        ]
    return location

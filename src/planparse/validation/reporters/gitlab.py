"""``--format gitlab``: the code quality report that GitLab shows in merge requests."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from planparse.validation.reporters.base import CollectingReporter, Summary

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


class GitlabReporter(CollectingReporter):
    """Writes one JSON list; its fingerprints must be unique, so the second of two like findings is counted."""

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        seen: Counter[str] = Counter()
        issues = []
        for one in self.findings:
            seen[one.fingerprint] += 1
            fingerprint = hashlib.sha256(f"{one.fingerprint}:{seen[one.fingerprint]}".encode()).hexdigest()
            issues.append(
                {
                    "description": f"{one.message} ({one.remedy})",
                    "check_name": one.code,
                    "fingerprint": fingerprint,
                    "severity": _SEVERITIES[one.severity],
                    "location": {"path": one.file or ".", "lines": {"begin": one.line or 1}},
                }
            )
        self.write(json.dumps(issues, ensure_ascii=False, indent=2) + "\n")

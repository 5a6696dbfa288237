"""Findings that were there before: an old archive can adopt the checks, and only new findings fail.

A baseline counts findings by file, code, place (list positions left out, so that rows may come and go) and
message. Of five old findings of one kind, a sixth is new.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from planparse.checks import Finding
from planparse.errors import BadRecordError, MissingFileError, UnreadableInputError

VERSION = 1


class Baseline:
    """Old findings, each used up by the first new one that is like it."""

    def __init__(self, counts: Counter[str] | None = None) -> None:
        self.left: Counter[str] = Counter(counts or {})
        self.matched = 0

    def takes(self, finding: Finding) -> bool:
        """Is this one of the old findings?"""
        if self.left[finding.fingerprint] <= 0:
            return False
        self.left[finding.fingerprint] -= 1
        self.matched += 1
        return True

    @property
    def gone(self) -> int:
        """How many old findings have not come again."""
        return self.left.total()


def read_baseline(path: Path) -> Baseline:
    """The baseline in a file; raises a :class:`~planparse.errors.PlanparseError` where it is none."""
    where, remedy = str(path), "make it with planparse validate --write-baseline"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        counts = Counter({str(one["fingerprint"]): int(one["count"]) for one in data["findings"]})
    except FileNotFoundError:
        raise MissingFileError(where, "no such file", remedy) from None
    except OSError as error:
        raise UnreadableInputError(where, error.strerror or "can't be read", "check its permissions") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise BadRecordError(where, "is no baseline", remedy) from None
    return Baseline(counts)


def baseline_text(findings: Iterable[Finding]) -> str:
    """The baseline that takes all of ``findings``, as JSON that changes little when they do."""
    counted: dict[str, dict[str, Any]] = {}
    for one in findings:
        kept = counted.setdefault(
            one.fingerprint,
            {"file": one.file, "code": one.code, "message": one.message, "fingerprint": one.fingerprint, "count": 0},
        )
        kept["count"] += 1
    ordered = sorted(counted.values(), key=lambda one: (one["file"] or "", one["code"], one["message"]))
    return json.dumps({"version": VERSION, "findings": ordered}, ensure_ascii=False, indent=1) + "\n"

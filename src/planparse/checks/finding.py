"""What a rule finds, and how bad it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from planparse.checks.pointers import kind
from planparse.records import Severity

SEVERITIES: tuple[Severity, ...] = ("info", "warning", "error")
"""From the least to the worst."""


def at_least(severity: Severity, floor: Severity) -> bool:
    """Is ``severity`` as bad as ``floor``, or worse?"""
    return SEVERITIES.index(severity) >= SEVERITIES.index(floor)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule yields: where in the record, what is wrong and, where the rule's own advice is too
    general, how to mend it."""

    pointer: str
    message: str
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a record: the rule's code, the place, what is wrong and how to mend it.

    ``pointer`` is a JSON Pointer (RFC 6901) into the record, ``""`` for the record as a whole. ``line`` and
    ``column`` (1-based) point into the record's own file, ``lines`` into the document it was made from.
    ``entry`` is the number of the record within a JSONL file, counted from 1.
    """

    code: str
    severity: Severity
    message: str
    remedy: str
    pointer: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    entry: int | None = None
    lines: tuple[int, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same for the same fault, wherever rows before it come or go: no list positions in it."""
        parts = (self.file or "", self.code, kind(self.pointer), self.message)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

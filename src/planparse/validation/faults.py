"""PP050–PP069: what can be wrong with a record file before its content is looked at."""

from __future__ import annotations

from typing import NamedTuple

from planparse.records import Severity


class FaultKind(NamedTuple):
    """A fault of form: its code, a line about it, and how to mend it."""

    code: str
    name: str
    summary: str
    remedy: str
    severity: Severity = "error"


UNREADABLE = FaultKind("PP050", "unreadable", "The file can't be read.", "check that it is there and may be read")
MALFORMED = FaultKind(
    "PP051", "malformed", "The file is no JSON or YAML.", "mend it at this place, or make it again with planparse"
)
TOO_DEEP = FaultKind("PP052", "too-deep", "Lists or objects are nested too deep.", "a record is at most 8 deep")
REPEATED_KEY = FaultKind("PP053", "repeated-key", "An object has the same key twice.", "keep one of the two")
NOT_FINITE = FaultKind("PP054", "not-finite", "A number is NaN or infinite.", "write the number, or null for none")
TOO_LARGE = FaultKind("PP055", "too-large", "The file is larger than any record.", "keep one record to a file")
ALIAS = FaultKind(
    "PP056",
    "yaml-alias",
    "The YAML has an anchor, an alias, a merge or a tag.",
    "write the value out where it belongs",
)
NO_RECORD = FaultKind("PP060", "no-record", "The file holds something else than a record.", "see planparse schema")
OTHER_VERSION = FaultKind(
    "PP061", "other-schema-version", "The record is of another schema version.", "run planparse migrate on it"
)
UNKNOWN_FIELD = FaultKind(
    "PP062",
    "unknown-field",
    "A field is none that a record has.",
    "remove it, or mend its name; see planparse schema",
)
MISSING_FIELD = FaultKind("PP063", "missing-field", "A field that must be there is missing.", "add it")
WRONG_TYPE = FaultKind("PP064", "wrong-type", "A value is of the wrong type.", "write it as the schema says")
WRONG_VALUE = FaultKind("PP065", "wrong-value", "A value is none that the field may have.", "see planparse schema")
TOO_MANY = FaultKind("PP066", "too-many-faults", "More is wrong than is listed.", "mend these first", "info")

FAULTS: tuple[FaultKind, ...] = (
    UNREADABLE, MALFORMED, TOO_DEEP, REPEATED_KEY, NOT_FINITE, TOO_LARGE, ALIAS,
    NO_RECORD, OTHER_VERSION, UNKNOWN_FIELD, MISSING_FIELD, WRONG_TYPE, WRONG_VALUE, TOO_MANY,
)  # fmt: skip

UNREADABLE_CODES = frozenset(kind.code for kind in (UNREADABLE, MALFORMED, TOO_DEEP, TOO_LARGE, ALIAS, NO_RECORD))
"""Faults after which nothing can be said about the record itself."""

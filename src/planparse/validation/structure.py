"""Does a JSON tree have the shape of a record? The Pydantic models say; this module says it to people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails, SchemaValidator

from planparse.checks import Finding
from planparse.checks.pointers import join, resolve
from planparse.records import PlanRecord
from planparse.validation import faults, migrations
from planparse.validation.faults import FaultKind
from planparse.version import SCHEMA_VERSION

MOST = 100
"""So many faults of one record are listed; what comes after them mostly comes from them."""

_KINDS: Mapping[str, FaultKind] = {
    "extra_forbidden": faults.UNKNOWN_FIELD,
    "missing": faults.MISSING_FIELD,
    "finite_number": faults.NOT_FINITE,
    "recursion_loop": faults.TOO_DEEP,
}
"""Kind of fault by Pydantic's error type; types that end in ``_type`` are wrong types."""


class Structure(NamedTuple):
    """A record, where the tree is one, and what is wrong with the tree."""

    record: PlanRecord | None
    findings: tuple[Finding, ...]


def read_structure(text: str, tree: Any) -> Structure:
    """Make a record of JSON text whose value is ``tree``."""
    if not isinstance(tree, dict):
        what = {list: "a list", str: "a text", type(None): "nothing"}.get(type(tree), "a number")
        return Structure(None, (_finding(faults.NO_RECORD, "", f"holds {what}, not a record"),))
    if (other := _version(tree)) is not None:
        return Structure(None, (other,))
    try:
        # Strict: "39" is no number and 607 no text, but dates are text in JSON.
        return Structure(_validator().validate_json(text, strict=True), ())
    except ValidationError as error:
        if error.error_count() > 50_000:  # listing them would take longer than reading did
            what = f"{error.error_count():,} values are wrong"
            return Structure(None, (_finding(faults.NO_RECORD, "", what),))
        details = error.errors(include_url=False, include_context=True, include_input=False)
        return Structure(None, tuple(_told(details, tree)))


@cache
def _validator() -> SchemaValidator:
    return PlanRecord.__pydantic_validator__  # type: ignore[return-value]


def _version(tree: Mapping[str, Any]) -> Finding | None:
    """What is wrong with the record's schema version, if anything."""
    if "schema_version" not in tree:
        what = "schema_version is missing"
        return Finding(
            faults.MISSING_FIELD.code, "error", what, f'add "schema_version": "{SCHEMA_VERSION}"', "/schema_version"
        )
    found = tree["schema_version"]
    if found == SCHEMA_VERSION:
        return None
    if not isinstance(found, str):
        return _finding(
            faults.WRONG_TYPE, "/schema_version", f"is {found!r}, which is no text", f'"{SCHEMA_VERSION}"'
        )
    if migrations.can_migrate(found):
        remedy = "run planparse migrate on it"
    else:
        remedy = f"this planparse reads version {SCHEMA_VERSION}; use the planparse that wrote it"
    return Finding(faults.OTHER_VERSION.code, "error", f"is of schema version {found!r}", remedy, "/schema_version")


def _told(details: list[ErrorDetails], tree: Any) -> Iterator[Finding]:
    for detail in details[:MOST]:
        pointer = join(*(step for step in detail["loc"] if step != "[key]"))
        kind = _KINDS.get(detail["type"])
        if kind is None:
            wrong_type = detail["type"].endswith(("_type", "int_parsing", "float_parsing", "int_from_float"))
            kind = faults.WRONG_TYPE if wrong_type else faults.WRONG_VALUE
        yield _finding(kind, pointer, *_words(kind, detail, pointer, tree))
    if len(details) > MOST:
        yield _finding(faults.TOO_MANY, "", f"{len(details) - MOST:,} more faults of structure")


def _words(kind: FaultKind, detail: ErrorDetails, pointer: str, tree: Any) -> tuple[str, str | None]:
    """What is wrong, and how to mend it."""
    name = pointer.rpartition("/")[2]
    if kind is faults.UNKNOWN_FIELD:
        around = resolve(tree, pointer.rpartition("/")[0])
        near = get_close_matches(name, _fields(pointer) - set(around if isinstance(around, dict) else ()), n=1)
        return f"there is no field {name!r} here", f"did you mean {near[0]!r}?" if near else None
    if kind is faults.MISSING_FIELD:
        return f"{name} is missing", None
    if kind is faults.NOT_FINITE:
        return "is no number", None
    shown = repr(resolve(tree, pointer))
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    expected = detail["msg"].removeprefix("Input ")
    return f"{name} is {shown}: it {expected}", _hint(detail["type"], resolve(tree, pointer))


def _hint(kind: str, value: Any) -> str | None:
    if kind == "string_type" and isinstance(value, int | float):
        return f'put it in quotes: "{value}"'
    if kind in ("int_type", "float_type") and isinstance(value, str):
        return "write the number without quotes, with a decimal point; planparse validate --fix does it"
    if kind.startswith("date"):
        return "write the date as YYYY-MM-DD; planparse validate --fix knows 29/8/2025 too"
    if kind == "string_too_short":
        return "write null for what the document does not show"
    return None


@cache
def _all_models() -> Mapping[str, Any]:
    schema = PlanRecord.model_json_schema()
    return {"": schema, **schema.get("$defs", {})}


def _fields(pointer: str) -> set[str]:
    """The fields that the object around ``pointer`` may have."""
    models = _all_models()
    here: Any = models[""]
    for step in pointer.split("/")[1:-1]:
        here = here.get("properties", {}).get(step) or here.get("items") or here.get("additionalProperties") or {}
        for option in (here, *here.get("anyOf", ())):
            if "$ref" in option:
                here = models[option["$ref"].rpartition("/")[2]]
    return set(here.get("properties", {}))


def _finding(kind: FaultKind, pointer: str, what: str, remedy: str | None = None) -> Finding:
    return Finding(kind.code, kind.severity, what, remedy or kind.remedy, pointer)

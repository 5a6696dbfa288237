"""What ``--fix`` mends: form, never content.

- text in Unicode NFC, spaces single and none at the ends (the ink in ``raw`` stays as it is);
- numbers that stand as text (``"39"``, ``"90,49"``) and text that stands as a number (``number: 607``);
- dates written 29/8/2025;
- keys in the order of the schema.

What a value *is* stays; whether it is right is for the rules and for people.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planparse.records import PlanRecord
from planparse.validation.entries import SUFFIXES, read_entries
from planparse.validation.rewriting import render
from planparse.writing import write_text

_SPACES = re.compile(r"[^\S\n]+")
_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_INK = ("raw", "repaired_from")
_COMMENT = re.compile(r"^\s*#|\s#\s", re.MULTILINE)


@dataclass(frozen=True)
class Fixed:
    """A file that was mended, and the difference as a unified diff."""

    name: str
    text: str
    diff: str


def fix_files(files: Iterable[tuple[Path, str]], *, write: bool) -> Iterator[Fixed]:
    """Mend record files; yields those that change."""
    for path, name in files:
        fixed = fix_file(path, name)
        if fixed is not None:
            if write:
                write_text(path, fixed.text)
            yield fixed


def fix_file(path: Path, name: str) -> Fixed | None:
    """What mending would make of a file; ``None`` where it can't be read or nothing is to be mended.

    YAML with comments is left alone: they would be lost.
    """
    entries = list(read_entries(path, name))
    if not entries or any(not e.readable or e.faults for e in entries):
        return None
    trees = [fix_tree(entry.tree) for entry in entries]
    if all(same(tree, entry.tree) for tree, entry in zip(trees, entries, strict=True)):
        return None
    old = path.read_text(encoding="utf-8-sig")
    if SUFFIXES.get(path.suffix.lower()) == "yaml" and _COMMENT.search(old):
        return None
    new = render(trees, path, old)
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}", n=2
    )
    return Fixed(name, new, "".join(line if line.endswith("\n") else line + "\n" for line in lines))


def same(a: Any, b: Any) -> bool:
    """Are two trees the same, types and the order of keys included?"""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)


def fix_tree(tree: Any) -> Any:
    """The tree of a record, mended; what is no record comes back as it is."""
    return _fix(tree, _schema()) if isinstance(tree, dict) else tree


def _fix(value: Any, schema: Mapping[str, Any], key: str = "") -> Any:
    schema = _resolved(schema)
    if isinstance(value, dict):
        known: Mapping[str, Any] = schema.get("properties", {})
        other = schema.get("additionalProperties")
        other = other if isinstance(other, dict) else {}
        ordered = [name for name in known if name in value] + [name for name in value if name not in known]
        return {name: _fix(value[name], known.get(name, other), name) for name in ordered}
    if isinstance(value, list):
        return [_fix(item, schema.get("items", {}), key) for item in value]
    return _fix_leaf(value, schema, key)


def _fix_leaf(value: Any, schema: Mapping[str, Any], key: str) -> Any:
    kinds = _kinds(schema)
    if isinstance(value, bool) or value is None or key in _INK:
        return value
    if isinstance(value, str):
        text = value.strip()
        if "string" not in kinds and kinds & {"integer", "number"} and _NUMBER.fullmatch(text):
            number = float(text.replace(",", "."))
            return int(number) if number.is_integer() and "integer" in kinds else number
        if "date" in kinds and (found := _DATE.fullmatch(text)):
            return _date(*map(int, found.groups())) or value
        return tidy(value) or value
    if "string" in kinds and not kinds & {"integer", "number"} and isinstance(value, int):
        return str(value)
    if "integer" in kinds and "number" not in kinds and isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _date(day: int, month: int, year: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None


def tidy(text: str) -> str:
    """Text in NFC, with single spaces and none at the ends of its lines."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip("\n")


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    """The JSON types that a value may have; ``date`` for text that is one."""
    options = schema.get("anyOf", [schema])
    return {"date" if o.get("format") == "date" else str(o.get("type", "string")) for o in options} - {"null"}


@cache
def _schema() -> Mapping[str, Any]:
    return PlanRecord.model_json_schema()


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The model behind a reference, also one of “a model or null”."""
    for option in (schema, *schema.get("anyOf", ())):
        if "$ref" in option:
            found: Mapping[str, Any] = _schema()["$defs"][option["$ref"].rpartition("/")[2]]
            return found
    return schema

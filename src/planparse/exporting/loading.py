"""Records to export: files, folders of them, JSONL, each with the key that its rows get."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from planparse.errors import BadRecordError, MissingFileError
from planparse.reading.recordfile import SUFFIXES, load_record
from planparse.records import PlanRecord

LINES = frozenset({".jsonl", ".ndjson"})
MANIFEST = "manifest.jsonl"


def find_records(place: Path) -> Iterator[tuple[str, Path]]:
    """The record files at a file or below a folder, in the order of their names, each with its key.

    The key is the path below the folder without the record's suffix. The output of ``planparse batch``
    is read by its manifest: keys are its inputs, and what lies beside its records is left alone.
    """
    if place.is_file():
        yield place.stem, place
    elif (manifest := place / MANIFEST).is_file():
        with manifest.open("rb") as lines:
            for line in lines:
                entry = _entry(line)
                if entry.get("record"):
                    yield readable(str(entry["input"])), place / entry["record"]
    elif place.is_dir():
        for path in sorted(place.rglob("*")):
            inside = path.relative_to(place)
            if path.suffix.lower() in SUFFIXES | LINES and not any(p.startswith(".") for p in inside.parts):
                yield readable(inside.with_suffix("").as_posix()), path
    else:
        raise MissingFileError(os.fsdecode(place), "no such file or folder", "check the path")


def load_records(places: Iterable[Path]) -> Iterator[tuple[str, PlanRecord]]:
    """All records at some places, each under a key of its own.

    Raises :class:`~planparse.errors.BadRecordError` for a file that holds no record.
    """
    seen: dict[str, int] = {}
    for place in places:
        for key, path in find_records(place):
            for name, record in records_in(key, path):
                again = seen[name] = seen.get(name, 0) + 1
                yield (name if again == 1 else f"{name} ({again})"), record


def records_in(key: str, path: Path) -> Iterator[tuple[str, PlanRecord]]:
    """The records that one file holds; those of a JSONL with several are called ``key#1``, ``key#2`` …"""
    if path.suffix.lower() not in LINES:
        yield key, load_record(path)
        return
    with path.open("rb") as file:
        lines = ((number, line) for number, line in enumerate(file, 1) if line.strip())
        ahead = list(islice(lines, 2))
        for number, line in chain(ahead, lines):
            name = f"{key}#{number}" if len(ahead) > 1 else key
            yield name, _of_line(line, f"{os.fsdecode(path)}:{number}")


def readable(key: str) -> str:
    """A key whose odd bytes are spelled out, for formats that know only Unicode."""
    return key.encode("utf-8", "backslashreplace").decode("utf-8")


def _entry(line: bytes) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except ValueError:  # the last line of a run that was cut off
        return {}
    return entry if isinstance(entry, dict) else {}


def _of_line(line: bytes, where: str) -> PlanRecord:
    from pydantic import ValidationError

    try:
        return PlanRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadRecordError(where, str(first["msg"]), "planparse validate lists all faults") from None

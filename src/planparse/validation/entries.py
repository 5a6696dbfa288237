"""Record files, one record at a time: JSON, YAML (several documents too) and JSONL."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from planparse.checks import Finding
from planparse.validation import faults, jsontext, yamltext
from planparse.validation.faults import FaultKind
from planparse.validation.places import Locate, Place

MAX_BYTES = 32 * 1024 * 1024
"""Largest record that is read, in bytes; the record of a thousand pages has about 10 MB."""

MOST_REPEATED = 100
"""So many repeated keys of one record are listed."""

MAX_PARTS = 1_000_000
"""Most commas that a JSON record may hold: what bounds the memory that its values take."""

SUFFIXES = {".json": "json", ".yaml": "yaml", ".yml": "yaml", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""Suffixes of record files and the format that each stands for."""


@dataclass(frozen=True)
class Entry:
    """One record as its file has it.

    ``text`` is JSON (made from the tree for YAML), ``number`` the record's place in a file of several.
    """

    file: str
    number: int | None
    text: str
    tree: Any
    faults: tuple[Finding, ...]
    locate: Locate

    @property
    def readable(self) -> bool:
        """Is there a value to look at?"""
        return not any(fault.code in faults.UNREADABLE_CODES for fault in self.faults)


def read_entries(path: Path, name: str) -> Iterator[Entry]:
    """The records of a file, called ``name`` in findings. What can't be read is an entry with faults only."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            yield _fault_entry(name, faults.UNREADABLE, "is no file")
            return
        form = SUFFIXES.get(path.suffix.lower(), "json")
        if form != "jsonl" and status.st_size > MAX_BYTES:
            yield _fault_entry(name, faults.TOO_LARGE, f"has {status.st_size:,} bytes; {MAX_BYTES:,} is the limit")
            return
        with path.open("rb") as handle:
            yield from read_stream(handle, name, form)
    except OSError as error:
        yield _fault_entry(name, faults.UNREADABLE, f"can't be read: {error.strerror or error}")


def read_stream(handle: BinaryIO, name: str, form: str | None = None) -> Iterator[Entry]:
    """The records of an open binary stream; ``form`` is json, yaml or jsonl, ``None`` to tell by the content."""
    if form == "jsonl":
        yield from _jsonl(handle, name)
        return
    data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield _fault_entry(name, faults.TOO_LARGE, f"is larger than {MAX_BYTES:,} bytes")
        return
    yield from read_bytes(data, name, form or guess_format(data))


def read_bytes(data: bytes, name: str, form: str) -> Iterator[Entry]:
    """The records in bytes at hand."""
    if form == "jsonl":
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                yield json_entry(line, name, number)
    elif form == "yaml":
        yield from _yaml(data, name)
    else:
        yield json_entry(data, name, None)


def guess_format(data: bytes) -> str:
    """The format of bytes without a name: JSON begins with a brace, JSONL has a whole record on a line."""
    head = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith((b"{", b"[")):
        return "yaml"
    first, _, rest = head.partition(b"\n")
    return "jsonl" if first.rstrip().endswith(b"}") and rest.strip() else "json"


def _jsonl(handle: BinaryIO, name: str) -> Iterator[Entry]:
    for number, line in jsonl_lines(handle):
        yield json_entry(line, name, number)


def jsonl_lines(handle: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines of a JSONL stream that hold anything, numbered from 1; one too long is cut just above the limit."""
    number = 0
    while line := handle.readline(MAX_BYTES + 1):
        number += 1
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > MAX_BYTES:
            rest = handle.readline(MAX_BYTES)
        if line.strip():
            yield number, line.rstrip(b"\r\n") if len(line) <= MAX_BYTES else line


def json_entry(data: bytes, name: str, number: int | None) -> Entry:
    """The record in JSON bytes; ``number`` is the line of a JSONL file that they stand on."""
    first = number or 1
    if len(data) > MAX_BYTES:
        return _fault_entry(name, faults.TOO_LARGE, f"is larger than {MAX_BYTES:,} bytes", number)
    text = _decoded(data)
    if isinstance(text, int):
        place = Place(data.count(b"\n", 0, text) + first, text - data.rfind(b"\n", 0, text))
        return _fault_entry(name, faults.MALFORMED, "is not UTF-8", number, place)
    if text.count(",") > MAX_PARTS:
        return _fault_entry(name, faults.TOO_LARGE, f"holds more than {MAX_PARTS:,} values", number)

    def locate(pointers: Iterable[str]) -> Mapping[str, Place]:
        return jsontext.locate(text, pointers, first)

    try:
        tree, repeated = jsontext.parse(text)
    except json.JSONDecodeError as error:
        place = Place(error.lineno + first - 1, error.colno)
        ended = not text[error.pos :].strip() or error.msg.startswith("Unterminated")
        what = (
            "ends in the middle" if ended and text.strip() else "is empty" if not text.strip() else error.msg.lower()
        )
        return _fault_entry(name, faults.MALFORMED, f"is no JSON: {what}", number, place)
    except RecursionError:
        return _fault_entry(name, faults.TOO_DEEP, "is nested too deep to be read", number)
    except ValueError:
        return _fault_entry(name, faults.MALFORMED, "holds a number of thousands of digits", number)
    found = []
    if repeated:
        for pointer, place in islice(jsontext.repeated_keys(text, first), MOST_REPEATED):
            found.append(_fault(faults.REPEATED_KEY, name, _twice(pointer), number, place, pointer))
    return Entry(name, number, text, tree, tuple(found), locate)


def _yaml(data: bytes, name: str) -> Iterator[Entry]:
    text = _decoded(data)
    if isinstance(text, int):
        place = Place(data.count(b"\n", 0, text) + 1, text - data.rfind(b"\n", 0, text))
        yield _fault_entry(name, faults.MALFORMED, "is not UTF-8", None, place)
        return
    held: list[yamltext.YamlDocument] = []
    fault: Entry | None = None
    try:
        held.extend(yamltext.documents(text))
    except yamltext.YamlFaultError as error:
        kinds = {"alias": faults.ALIAS, "deep": faults.TOO_DEEP, "large": faults.TOO_LARGE}
        fault = _fault_entry(name, kinds.get(error.kind, faults.MALFORMED), error.what, None, error.place)
    if not held and fault is None:
        fault = _fault_entry(name, faults.MALFORMED, "is empty")
    for at, document in enumerate(held, 1):
        number = at if len(held) > 1 else None
        found = [_fault(faults.REPEATED_KEY, name, _twice(p), number, w, p) for p, w in document.repeated]
        found += [_fault(faults.NOT_FINITE, name, "is no number", number, w, p) for p, w in document.not_finite]
        shown = json.dumps(document.tree, ensure_ascii=False)
        yield Entry(name, number, shown, document.tree, tuple(found), document.locate)
    if fault is not None:
        yield fault


def _twice(pointer: str) -> str:
    return f"the key {pointer.rpartition('/')[2]!r} comes twice; all but its last value are lost"


def _decoded(data: bytes) -> str | int:
    """The text of UTF-8 bytes, or the offset of the first byte that is none."""
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start


def _fault(
    kind: FaultKind, name: str, what: str, number: int | None, place: Place | None, pointer: str = ""
) -> Finding:
    line, column = place or (number or 1, None)
    return Finding(kind.code, kind.severity, what, kind.remedy, pointer, name, line, column, number)


def _fault_entry(
    name: str, kind: FaultKind, what: str, number: int | None = None, place: Place | None = None
) -> Entry:
    """An entry of which nothing can be said but why it can't be read."""
    return Entry(name, number, "", None, (_fault(kind, name, what, number, place),), _nowhere)


def _nowhere(pointers: Iterable[str]) -> Mapping[str, Place]:
    return {pointer: Place(1, 1) for pointer in pointers}


def shown_name(path: Path) -> str:
    """A path as findings write it: ``/`` between its parts, bytes that are no text escaped."""
    return os.fsdecode(path.as_posix()).encode("utf-8", "backslashreplace").decode("utf-8")

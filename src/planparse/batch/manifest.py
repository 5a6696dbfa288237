"""``manifest.jsonl``: one line for every input, on the disk before anything is said to be done.

While a run goes on, lines are only ever appended, so that no crash can damage what is there; a last line
that was torn by one is cut off when the file is opened again. When a run ends, the file is put in the order
of the inputs with one line each, the latest. Names with bytes that are no UTF-8 are kept as JSON escapes of
lone surrogates (``\\udcff``), the way Python's ``os.fsdecode`` gives them.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from planparse.batch.jobs import Outcome, Stamp, Status

NAME = "manifest.jsonl"
SYNC_EVERY = 0.5
"""Seconds between two flushes to the disk; a power cut costs at most the work of that time, never a file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest."""

    input: str
    status: Status
    sha256: str | None
    record: str | None
    diagnostics: int
    pages: int
    seconds: float
    error: str | None
    lasting: bool
    stamp: Stamp

    @classmethod
    def of(cls, outcome: Outcome, stamp: Stamp) -> Entry:
        """The line that tells of an outcome."""
        return cls(
            input=outcome.key,
            status=outcome.status,
            sha256=outcome.sha256,
            record=outcome.record,
            diagnostics=outcome.diagnostics,
            pages=outcome.pages,
            seconds=outcome.seconds,
            error=outcome.error,
            lasting=outcome.lasting,
            stamp=stamp,
        )

    def line(self) -> bytes:
        """The entry as JSON, with its line end."""
        table = {
            "input": self.input,
            "sha256": self.sha256,
            "status": self.status,
            "record": self.record,
            "diagnostics": self.diagnostics,
            "pages": self.pages,
            "seconds": self.seconds,
            "error": self.error,
            "lasting": self.lasting,
            "made_with": {
                "planparse": self.stamp.planparse,
                "model": self.stamp.model,
                "options": self.stamp.options,
            },
        }
        text = json.dumps(table, ensure_ascii=False)
        try:
            return text.encode("utf-8") + b"\n"
        except UnicodeEncodeError:
            return json.dumps(table).encode("ascii") + b"\n"

    @classmethod
    def parse(cls, line: bytes) -> Entry | None:
        """The entry of a line; ``None`` for what is no whole line of a manifest."""
        try:
            table: dict[str, Any] = json.loads(line)
            made = table.pop("made_with")
            stamp = Stamp(made["planparse"], made["model"], made["options"])
            return cls(stamp=stamp, **table)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


class Manifest:
    """The manifest of one output folder, open for one run.

    In memory there is only where each input's line stands, so that it stays small for a million inputs.
    """

    def __init__(self, path: Path, on_sync: Callable[[], None] = lambda: None) -> None:
        self.path = path
        self.on_sync = on_sync
        path.parent.mkdir(parents=True, exist_ok=True)
        self.torn = False
        """Whether the last run left half a line."""
        self._file: BinaryIO = path.open("a+b")
        self._places: dict[str, int] = {}
        self._tidy = True
        self._synced = time.monotonic()
        self._recover()

    def _recover(self) -> None:
        self._file.seek(0)
        at, last = 0, ""
        for line in self._file:
            if not line.endswith(b"\n"):
                self.torn = True
                self._file.truncate(at)
                break
            entry = Entry.parse(line)
            if entry is None:
                self._tidy = False
            else:
                # One line an input, in order: then there is nothing to put in order at the end.
                self._tidy = self._tidy and entry.input > last
                last = entry.input
                self._places[entry.input] = at
            at += len(line)
        self._file.seek(0, os.SEEK_END)

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def get(self, key: str) -> Entry | None:
        """What the manifest says of an input."""
        at = self._places.get(key)
        if at is None:
            return None
        self._file.flush()
        self._file.seek(at)
        entry = Entry.parse(self._file.readline())
        self._file.seek(0, os.SEEK_END)
        return entry

    def append(self, entry: Entry) -> None:
        """Add a line; it is safe from a crash of the process at once, from one of the machine soon."""
        at = self._file.seek(0, os.SEEK_END)
        self._file.write(entry.line())
        self._file.flush()
        self._places[entry.input] = at
        self._tidy = False
        if time.monotonic() - self._synced > SYNC_EVERY:
            self.sync()

    def sync(self) -> None:
        """Have everything on the disk."""
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()
        self.on_sync()

    def entries(self) -> Iterator[Entry]:
        """The latest line of every input, in the order of the inputs."""
        for key in sorted(self._places):
            entry = self.get(key)
            if entry is not None:
                yield entry

    def tidy(self) -> None:
        """Rewrite the file with one line an input, in order; the old file is there until the new one is whole."""
        if self._tidy:
            return
        fresh = self.path.with_name(f"{NAME}.new")
        places: dict[str, int] = {}
        with fresh.open("wb") as file:
            for entry in self.entries():
                places[entry.input] = file.tell()
                file.write(entry.line())
            file.flush()
            os.fsync(file.fileno())
        self._file.close()
        fresh.replace(self.path)
        self._file = cast(BinaryIO, self.path.open("a+b"))
        self._places, self._tidy = places, True

    def close(self) -> None:
        """Flush and close."""
        self.sync()
        self._file.close()

"""What is made of all records together when a run is over: one JSONL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from planparse.batch.manifest import Entry
from planparse.batch.storage import STATE, RemoteStorage, is_url, storage_at

JSONL = "records.jsonl"


def join_jsonl(output: str, entries: Iterable[Entry]) -> None:
    """Put the records of all entries into one file, in the order of the entries.

    The parts stay below the run's own folder, so that a later run need not make them again.
    """
    storage = storage_at(output)
    if isinstance(storage, RemoteStorage):
        with storage.fs.open(f"{storage.root}/{JSONL}", "wb") as joined:
            for entry in entries:
                if entry.record is not None:
                    with storage.open(entry.record) as part:
                        shutil.copyfileobj(part, joined)
        return
    fresh = Path(output) / STATE / f"{JSONL}.new"
    with fresh.open("wb") as joined:
        for entry in entries:
            if entry.record is not None:
                with storage.open(entry.record) as part:
                    shutil.copyfileobj(part, joined)
        joined.flush()
        os.fsync(joined.fileno())
    fresh.replace(Path(output) / JSONL)


def sweep(output: str) -> None:
    """Throw away temporary files that killed workers left."""
    if not is_url(output):
        shutil.rmtree(Path(output) / STATE / "tmp", ignore_errors=True)

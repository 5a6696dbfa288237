"""What is made of all records together when a run is over: one JSONL, and tables."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planparse.batch.manifest import Entry
from planparse.batch.storage import STATE, RemoteStorage, is_url, storage_at

if TYPE_CHECKING:
    from planparse.records import PlanRecord

JSONL = "records.jsonl"
TABLES = "tables"


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


def export_tables(output: str, entries: Iterable[Entry], formats: Sequence[str]) -> None:
    """Write the tables of all records below ``output``, keyed by the inputs' names in the manifest."""
    from planparse.exporting import export_records, readable, records_in

    storage = storage_at(output)
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        home = Path(folder) if isinstance(storage, RemoteStorage) else Path(output)

        def records() -> Iterator[tuple[str, PlanRecord]]:
            for entry in entries:
                if entry.record is None:
                    continue
                path = home / entry.record
                if isinstance(storage, RemoteStorage):
                    path = home / f"record{path.suffix}"
                    with storage.open(entry.record) as part:
                        path.write_bytes(part.read())
                yield from records_in(readable(entry.input), path)

        for made in export_records(records(), formats, home / TABLES):
            if isinstance(storage, RemoteStorage):
                storage.fs.put_file(str(made), f"{storage.root}/{TABLES}/{made.name}")


def sweep(output: str) -> None:
    """Throw away temporary files that killed workers left."""
    if not is_url(output):
        shutil.rmtree(Path(output) / STATE / "tmp", ignore_errors=True)

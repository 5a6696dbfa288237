"""Records through the tables into the writers, a few thousand rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from planparse.errors import UnwritableOutputError
from planparse.exporting.tables import TABLES, Row
from planparse.exporting.writers import WRITERS
from planparse.records import PlanRecord

PIECE = 5000
"""Rows held in memory for each table."""


def export_records(records: Iterable[tuple[str, PlanRecord]], formats: Sequence[str], folder: Path) -> list[Path]:
    """Write the tables of ``(key, record)`` pairs below ``folder``, and return the files.

    Raises :class:`~planparse.errors.UsageError` where a format's package is not installed.
    """
    try:
        writers = [WRITERS[name](folder, TABLES) for name in formats]
        held: dict[str, list[Row]] = {table.name: [] for table in TABLES}
        for key, record in records:
            for table in TABLES:
                rows = held[table.name]
                rows.extend(table.rows(key, record))
                if len(rows) >= PIECE:
                    for writer in writers:
                        writer.write(table, rows)
                    rows.clear()
        for table in TABLES:
            for writer in writers:
                if held[table.name]:
                    writer.write(table, held[table.name])
        return [path for writer in writers for path in writer.close()]
    except OSError as error:
        raise UnwritableOutputError(
            str(folder), error.strerror or str(error), "check the disk's space and permissions"
        ) from None

"""``planparse export``: records in, tables out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import note
from planparse.config import load_settings
from planparse.errors import UsageError
from planparse.exporting import TABLES, WRITERS, export_records, load_records
from planparse.records import PlanRecord


def command(
    records: Annotated[
        list[Path], typer.Argument(metavar="RECORDS", help="Record files (JSON, YAML, JSONL) or folders of them.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            "-t",
            metavar="csv|xlsx|parquet|duckdb",
            help="Format of the tables.",
            autocompletion=lambda: list(WRITERS),
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the tables.")] = Path(
        "tables"
    ),
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Configuration; default: found upwards.")
    ] = None,
) -> None:
    """Make tables of records for analysts.

    One table of documents and one for each list in them: tasks, indicator rows, indicator scores,
    citations, deadlines, outline, diagnostics. Each row begins with the key of its document, by which they
    join. CSV and Parquet are a file a table, Excel and DuckDB one file.

    \b
    Examples:
      planparse export records/ --to xlsx
      planparse export a.json b.yaml all.jsonl --to parquet -o tables/
      duckdb tables/planparse.duckdb 'select issuer, count(*) from tasks join documents using (document) group by 1'
    """
    to = load_settings(path=config).override("export", {"to": to}).settings.export.to
    if to is None:
        raise UsageError("--to", "no format is named", f"choose from {', '.join(WRITERS)}")
    count = 0

    def counted() -> Iterator[tuple[str, PlanRecord]]:
        nonlocal count
        for count, pair in enumerate(load_records(records), 1):  # noqa: B007
            yield pair

    made = export_records(counted(), [to], output)
    note(f"{count:,} documents, {len(TABLES)} tables -> {', '.join(map(str, made))}")

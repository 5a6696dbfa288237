"""``planparse schema``: the JSON Schemas that records, reports and settings keep to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import note
from planparse.errors import BadRecordError, UsageError
from planparse.records.schema import schema_text
from planparse.writing import print_text, write_text


def command(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUT", help="File (with --all: folder) to write instead."),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Write the schemas of all models into a folder, schemas/ by default.")
    ] = False,
    link: Annotated[
        list[str] | None,
        typer.Option(metavar="PATH", help="Name the schema in these records ($schema), for editors."),
    ] = None,
) -> None:
    """Print the JSON Schema of a record.

    Descriptions are English and name the Vietnamese term of Nghị định 30/2020/NĐ-CP.

    \b
    Examples:
      planparse schema
      planparse schema -o schemas/plan-record.schema.json
      planparse schema --all -o schemas/
      planparse schema --link records/ -o schemas/plan-record-1.0.schema.json
    """
    if every and link:
        raise UsageError("--link", "does not go with --all", "run planparse schema twice")
    if every:
        _write_all(output or Path("schemas"))
    elif link:
        if output is None:
            raise UsageError("--link", "needs the file that holds the schema", "name it with -o")
        _link(link, output)
    elif output is None:
        print_text(schema_text())
    else:
        write_text(output, schema_text())
        note(f"wrote {output}")


def _write_all(folder: Path) -> None:
    from planparse.validation.schemas import all_schemas

    for name, text in all_schemas().items():
        write_text(folder / name, text)
    note(f"wrote {len(all_schemas())} schemas to {folder}")


def _link(paths: list[str], schema: Path) -> None:
    from planparse.validation.entries import read_entries
    from planparse.validation.paths import record_files
    from planparse.validation.rewriting import render
    from planparse.validation.schemas import linked

    if not schema.exists():
        write_text(schema, schema_text())
    count = 0
    for path, name in record_files(paths):
        entries = list(read_entries(path, name))
        if any(not entry.readable or not isinstance(entry.tree, dict) for entry in entries):
            raise BadRecordError(name, "can't be read", "planparse validate says more")
        trees = [linked(entry.tree, path, schema) for entry in entries]
        if trees != [entry.tree for entry in entries]:
            write_text(path, render(trees, path, path.read_text(encoding="utf-8-sig")))
            count += 1
    note(f"{count} file{'' if count == 1 else 's'} linked to {schema}")

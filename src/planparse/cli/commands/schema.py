"""``planparse schema``: the JSON Schema that a record keeps to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import note
from planparse.records.schema import schema_text
from planparse.writing import print_text, write_text


def command(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="File to write instead of standard output.")
    ] = None,
) -> None:
    """Print the JSON Schema of a record.

    Descriptions are English and name the Vietnamese term of Nghị định 30/2020/NĐ-CP.

    \b
    Examples:
      planparse schema
      planparse schema -o schemas/plan-record.schema.json
    """
    if output is None:
        print_text(schema_text())
        return
    write_text(output, schema_text())
    note(f"wrote {output}")

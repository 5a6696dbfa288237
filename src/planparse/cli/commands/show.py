"""``planparse show``: a record for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse import pipeline
from planparse.cli.inputs import ForceOption, Ocr, OcrOption, read_document
from planparse.cli.views.console import data_console
from planparse.cli.views.evidence import show_evidence
from planparse.cli.views.record import SECTIONS, show_record
from planparse.errors import UsageError
from planparse.reading.recordfile import SUFFIXES, load_record


def command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="OCR text, or a record (.json, .yaml); - is standard input.")
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only",
            metavar="SECTION",
            help=f"Show this section only; may be repeated. One of {', '.join(SECTIONS)}.",
            autocompletion=lambda: list(SECTIONS),
        ),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--first", metavar="N", min=1, help="Show at most N rows of each section.")
    ] = None,
    why: Annotated[
        str | None,
        typer.Option(
            "--why", metavar="POINTER", help="Show the ink behind a value (a JSON Pointer) and all below it."
        ),
    ] = None,
    force: ForceOption = False,
    ocr: OcrOption = Ocr.AUTO,
) -> None:
    """Show a document's record as tables in the terminal.

    \b
    Examples:
      planparse show plan.txt
      planparse show plan.txt --first 5
      planparse show plan.json --only header --only tasks
      planparse show plan.txt --why /header
      planparse show plan.txt --why /tasks/0/deadline
    """
    for name in only or ():
        if name not in SECTIONS:
            raise UsageError("--only", f"{name} is no section", f"choose from {', '.join(SECTIONS)}")
    if file.suffix.lower() in SUFFIXES:
        source, record = None, load_record(file)
    else:
        source = read_document(file, ocr)
        record = pipeline.extract(source, force=force)
    if why is None:
        show_record(data_console(), record, only or list(SECTIONS), first)
    elif not show_evidence(data_console(), record, source, why):
        raise UsageError("--why", f"the record has no evidence at or below {why}", "try / or /header")

"""``planparse extract``: documents in, records out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from planparse import pipeline
from planparse.cli.inputs import ForceOption, Ocr, OcrOption, read_document
from planparse.cli.messages import complain, note
from planparse.errors import ExitCode, PlanparseError
from planparse.records import PlanRecord
from planparse.writing import FORMATS, open_sink


def command(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE", help="OCR text, a PDF, an image, or an OCR result with boxes; - is standard input."
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option("--output", "-o", metavar="OUT", help="File to write, or a folder (OUT/) for one file each."),
    ] = None,
    format_name: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="json|yaml|jsonl",
            help="Format; else the suffix of OUT says it, else it is JSON.",
            autocompletion=lambda: list(FORMATS),
        ),
    ] = None,
    force: ForceOption = False,
    ocr: OcrOption = Ocr.AUTO,
) -> None:
    """Make a record of each document.

    Records go to standard output, or to OUT. Several records in one stream are JSONL unless --format says
    otherwise. A document that can't be read is reported, and the others go on.

    \b
    Examples:
      planparse extract plan.txt
      planparse extract plan.txt -o plan.yaml
      planparse extract a.txt b.txt > both.jsonl
      planparse extract scans/*.pdf -o records/
      curl https://example.org/plan.pdf | planparse extract -
    """
    sink = open_sink(output, format_name, files)
    failures: list[ExitCode] = []
    for path in files:
        try:
            record = pipeline.extract(read_document(path, ocr), force=force)
            if written := sink.put(path, record):
                note(f"{path} -> {written} ({summary(record)})")
        except PlanparseError as error:
            if len(files) == 1:
                raise
            complain(str(error))
            failures.append(error.code)
    if written := sink.close():
        note(f"wrote {written}" + (f" ({summary(record)})" if len(files) == 1 else ""))
    if failures:
        raise typer.Exit(failures[0])


def summary(record: PlanRecord) -> str:
    """What a record holds, in a few words."""
    counts = Counter(diagnostic.severity for diagnostic in record.diagnostics)
    parts = [record.header.number_symbol or "no number", _count(len(record.tasks), "task")]
    parts += [_count(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"

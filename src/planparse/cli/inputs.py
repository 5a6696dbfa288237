"""Documents named on the command line: paths, or ``-`` for standard input."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import page_counter
from planparse.errors import UsageError
from planparse.reading import read_path, read_stream
from planparse.reading.pages.model import PageOptions
from planparse.reading.recordfile import SUFFIXES
from planparse.source import SourceText

STDIN = Path("-")


class Ocr(StrEnum):
    """Whether pages are read by OCR."""

    AUTO = "auto"
    NEVER = "never"
    ALWAYS = "always"


ForceOption = Annotated[bool, typer.Option("--force", help="Go on with a text that reads like no Vietnamese.")]


OcrOption = Annotated[
    Ocr,
    typer.Option(
        "--ocr", help="Read pages of PDFs by OCR: where their text is unsound, never, or all.", show_default=True
    ),
]


def read_document(path: Path, ocr: Ocr = Ocr.AUTO) -> SourceText:
    """Read a document, its pages counted on the terminal.

    Raises a :class:`~planparse.errors.PlanparseError` that names it.
    """
    if path.suffix.lower() in SUFFIXES:
        raise UsageError(
            str(path), "looks like a record, not like a document", "planparse show and validate read records"
        )
    with page_counter() as progress:
        options = PageOptions(ocr=ocr.value, progress=progress)
        if path == STDIN:
            return read_stream(sys.stdin.buffer, "-", options=options)
        return read_path(path, options)

"""Documents named on the command line: paths, or ``-`` for standard input."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from planparse.errors import UsageError
from planparse.reading import read_path, read_stream
from planparse.reading.recordfile import SUFFIXES
from planparse.source import SourceText

STDIN = Path("-")

ForceOption = Annotated[bool, typer.Option("--force", help="Go on with a text that reads like no Vietnamese.")]


def read_document(path: Path) -> SourceText:
    """Read a document; raises a :class:`~planparse.errors.PlanparseError` that names it."""
    if path.suffix.lower() in SUFFIXES:
        raise UsageError(
            str(path), "looks like a record, not like a document", "planparse show and validate read records"
        )
    return read_stream(sys.stdin.buffer, "-") if path == STDIN else read_path(path)

"""planparse: OCR'd Vietnamese administrative plans in, validated records out.

Everything a program needs is here; importing this module costs next to nothing, because each function
loads what it needs when it is called.

>>> import planparse
>>> record = planparse.extract("plan.txt")  # doctest: +SKIP
>>> record.header.number_symbol  # doctest: +SKIP
'12/KH-UBND'
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from planparse.errors import ExitCode, PlanparseError
from planparse.version import SCHEMA_VERSION, __version__

if TYPE_CHECKING:
    from planparse.checks import Finding
    from planparse.records import PlanRecord
    from planparse.restore.text import RestoredText
    from planparse.source import SourceText

    Document = str | os.PathLike[str] | bytes | SourceText
    """A path, the bytes of a document, or a document already read."""

__all__ = [
    "SCHEMA_VERSION",
    "ExitCode",
    "PlanRecord",
    "PlanparseError",
    "__version__",
    "extract",
    "load_record",
    "read",
    "restore_text",
    "validate",
]


def read(document: Document, *, name: str = "document.txt") -> SourceText:
    """Read a document: its lines with page numbers, in the coordinates that all evidence uses.

    ``name`` is what bytes are called in messages and in the record; its suffix chooses the format.
    Raises a :class:`PlanparseError` that says what is wrong with the input and how to mend it.
    """
    from pathlib import Path

    from planparse import reading
    from planparse.source import SourceText

    if isinstance(document, SourceText):
        return document
    if isinstance(document, bytes):
        return reading.read_bytes(document, name, Path(name).suffix)
    return reading.read_path(Path(document))


def extract(document: Document, *, force: bool = False) -> PlanRecord:
    """Read everything that planparse can from one document.

    Raises a :class:`PlanparseError` for what can't be read, and for a text in another language than
    Vietnamese unless ``force``d.
    """
    from planparse import pipeline

    return pipeline.extract(read(document), force=force)


def restore_text(document: Document) -> RestoredText:
    """Restore garbled Vietnamese line for line; every word keeps its place in the input."""
    from planparse.restore import restore

    return restore(read(document))


def load_record(path: str | os.PathLike[str]) -> PlanRecord:
    """Load one record from a JSON or YAML file; raises :class:`PlanparseError` when it is none."""
    from pathlib import Path

    from planparse.reading.recordfile import load_record as load

    return load(Path(path))


def validate(record: PlanRecord, *, source: Document | None = None) -> list[Finding]:
    """Check a record by all rules, those of plug-ins too; an empty list means that nothing is wrong.

    With the document that the record was made from at hand, its ink is compared as well.
    """
    from planparse.validation import validate as check

    return check(record, source=None if source is None else read(source))


def __getattr__(name: str) -> Any:
    if name == "PlanRecord":
        from planparse.records import PlanRecord

        return PlanRecord
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

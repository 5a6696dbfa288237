"""Record files back in: JSON or YAML that planparse wrote, or that a person mended."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from planparse.errors import BadRecordError
from planparse.reading.registry import read_raw
from planparse.records import PlanRecord

SUFFIXES = frozenset({".json", ".yaml", ".yml"})
"""Suffixes by which a file is taken for a record."""


def load_record(path: Path) -> PlanRecord:
    """Load the one record that a file holds.

    Raises :class:`~planparse.errors.BadRecordError` where the file is no JSON or YAML, or not a record.
    """
    from pydantic import ValidationError

    where = os.fsdecode(path)
    data = _parse(read_raw(path), where, yaml=path.suffix.lower() != ".json")
    try:
        return PlanRecord.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        pointer = "".join(f"/{step}" for step in first["loc"])
        raise BadRecordError(
            where, f"{pointer or 'it'}: {first['msg']}", "planparse validate lists all faults"
        ) from None


def _parse(raw: bytes, where: str, yaml: bool) -> Any:
    if not yaml:
        try:
            return json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise _unparsed(where, "JSON", error) from None
    import yaml as parser

    try:
        return parser.load(raw, Loader=getattr(parser, "CSafeLoader", parser.SafeLoader))
    except (parser.YAMLError, ValueError, RecursionError) as error:
        raise _unparsed(where, "YAML", error) from None


def _unparsed(where: str, language: str, error: Exception) -> BadRecordError:
    return BadRecordError(
        where, f"is no {language}: {' '.join(str(error).split())}", "make it again with planparse extract"
    )

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
    try:
        if yaml:
            import yaml as parser

            return parser.load(raw, Loader=getattr(parser, "CSafeLoader", parser.SafeLoader))
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadRecordError(where, f"is no JSON: {error}", "make it again with planparse extract") from None
    except Exception as error:  # yaml's errors share no base with ValueError
        if not yaml:
            raise
        raise BadRecordError(where, f"is no YAML: {error}", "make it again with planparse extract") from None

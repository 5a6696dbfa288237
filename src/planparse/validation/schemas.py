"""The JSON Schemas of everything that planparse writes or reads, by file name.

The version of what a schema describes stands in its name: archives keep the schema that their records were
written for, and a new version never changes an old file. ``plan-record.schema.json`` is the newest one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from planparse import records
from planparse.config import Settings
from planparse.records.schema import DIALECT, schema_text
from planparse.validation.reporters.jsonreport import REPORT_VERSION, Report
from planparse.version import SCHEMA_VERSION

NEWEST = "plan-record.schema.json"

PARTS: Mapping[str, type[BaseModel]] = {
    "acceptance": records.Acceptance,
    "citation": records.Citation,
    "deadline": records.Deadline,
    "diagnostic": records.Diagnostic,
    "evidence": records.Evidence,
    "header": records.Header,
    "indicator-score": records.IndicatorScore,
    "indicator-table": records.IndicatorTable,
    "outline-item": records.OutlineItem,
    "signature": records.Signature,
    "source-info": records.SourceInfo,
    "task": records.Task,
}
"""Parts of a record that programs also handle alone, such as the lines of an exported table."""


def record_schema_name(version: str = SCHEMA_VERSION) -> str:
    """The file name of the schema of records of a version."""
    return f"plan-record-{version}.schema.json"


def all_schemas() -> dict[str, str]:
    """File name → schema, for all models."""
    made = {NEWEST: schema_text(), record_schema_name(): schema_text()}
    for name, model in PARTS.items():
        made[f"{name}-{SCHEMA_VERSION}.schema.json"] = _text(model, f"urn:planparse:{name}:{SCHEMA_VERSION}")
    report = f"urn:planparse:validation-report:{REPORT_VERSION}"
    made[f"validation-report-{REPORT_VERSION}.schema.json"] = _text(Report, report)
    made["settings.schema.json"] = _text(Settings, "urn:planparse:settings")
    return made


def _text(model: type[BaseModel], name: str) -> str:
    schema = model.model_json_schema(mode="validation")
    return json.dumps({"$schema": DIALECT, "$id": name} | schema, ensure_ascii=False, indent=2) + "\n"


def linked(tree: Mapping[str, Any], record: Path, schema: Path) -> dict[str, Any]:
    """The record with ``$schema`` as its first key, naming the schema's file as seen from the record's."""
    way = Path(os.path.relpath(schema.resolve(), record.resolve().parent)).as_posix()
    return {"$schema": way, **{key: value for key, value in tree.items() if key != "$schema"}}

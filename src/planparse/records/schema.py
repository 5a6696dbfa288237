"""The JSON Schema (draft 2020-12) of a record, made from the models."""

from __future__ import annotations

import json

from planparse.records.plan import PlanRecord
from planparse.version import SCHEMA_VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text() -> str:
    """The schema of :class:`~planparse.records.plan.PlanRecord` as it stands in ``schemas/``."""
    schema = PlanRecord.model_json_schema(mode="validation")
    head = {"$schema": DIALECT, "$id": f"urn:planparse:plan-record:{SCHEMA_VERSION}"}
    return json.dumps(head | schema, ensure_ascii=False, indent=2) + "\n"

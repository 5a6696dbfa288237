"""The schema that is committed is the schema of the models, and records keep to it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
from running import Run

COMMITTED = Path(__file__).parents[2] / "schemas" / "plan-record.schema.json"


def test_the_committed_schema_is_fresh(run: Run) -> None:
    fresh = run("schema").out
    assert COMMITTED.read_text(encoding="utf-8") == fresh, f"run: planparse schema -o {COMMITTED}"


def test_records_keep_to_the_schema(run: Run, plan: Path) -> None:
    schema = json.loads(COMMITTED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(run("extract", plan).out), schema)


def test_every_field_of_every_model_is_described() -> None:
    schema = json.loads(COMMITTED.read_text(encoding="utf-8"))
    bare = [
        f"{model}.{field}"
        for model, body in [*schema["$defs"].items(), ("PlanRecord", schema)]
        for field, about in body.get("properties", {}).items()
        if not about.get("description")
    ]
    assert bare == []

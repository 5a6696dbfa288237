"""The schemas that are committed are those of the models, and editors find them from a record."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from cli.running import Run
from planparse.validation.schemas import all_schemas
from validation.examples import BASE
from validation.making import make

COMMITTED = Path(__file__).parents[2] / "schemas"


def test_every_committed_schema_is_fresh() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.schema.json")}
    assert committed == all_schemas(), "run: planparse schema --all"


@pytest.mark.parametrize("name", all_schemas())
def test_schemas_are_schemas(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(all_schemas()[name]))


def test_records_keep_to_the_schema() -> None:
    schema = json.loads(all_schemas()["plan-record-1.0.schema.json"])
    for seed in range(5):
        jsonschema.validate(make(seed).record, schema)


def test_records_are_linked_to_a_schema(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("records/2025").mkdir(parents=True)
    record = Path("records/2025/a.json")
    record.write_text(json.dumps(BASE, indent=4), encoding="utf-8")
    run("schema", "--link", "records", "-o", "schemas/plan-record-1.0.schema.json")
    linked = json.loads(record.read_text(encoding="utf-8"))
    assert next(iter(linked.items())) == ("$schema", "../../schemas/plan-record-1.0.schema.json")
    assert (record.parent / linked["$schema"]).is_file()
    assert record.read_text(encoding="utf-8").startswith('{\n    "$schema"')
    assert run("validate", "records", "--fail-on", "info").code == 0
    assert run("schema", "--link", "records", "-o", "schemas/plan-record-1.0.schema.json").err.startswith(
        "planparse: 0 files linked"
    )

"""``planparse extract``: where records go and in which format."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from running import PLAN, Run

from planparse import load_record


def test_one_document_is_json_on_standard_output(run: Run, plan: Path) -> None:
    outcome = run("extract", plan)
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["source"]["name"] == "plan.txt"


def test_several_documents_are_jsonl(run: Run, plan: Path) -> None:
    lines = run("extract", plan, plan).out.splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == ["plan.txt", "plan.txt"]


def test_several_documents_in_yaml_are_several_yaml_documents(run: Run, plan: Path) -> None:
    loaded = list(yaml.safe_load_all(run("extract", plan, plan, "--format", "yaml").out))
    assert len(loaded) == 2
    assert loaded[0] == loaded[1]


def test_the_suffix_says_the_format(run: Run, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "plan.yaml"
    outcome = run("extract", plan, "-o", out)
    assert outcome.out == ""
    assert str(out) in outcome.err
    assert load_record(out).source.name == "plan.txt"


def test_a_folder_gets_one_file_each_and_a_bad_document_stops_no_other(run: Run, plan: Path, tmp_path: Path) -> None:
    outcome = run("extract", tmp_path / "none.txt", plan, "-o", f"{tmp_path}/out/")
    assert outcome.code == 3
    assert "none.txt: no such file" in outcome.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["plan.json"]


def test_two_documents_that_would_share_a_file_are_refused(run: Run, plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "plan.md"
    other.parent.mkdir()
    other.write_text(PLAN, encoding="utf-8")
    outcome = run("extract", plan, other, "-o", f"{tmp_path}/out/")
    assert outcome.code == 2
    assert not (tmp_path / "out").exists()


def test_json_can_hold_one_record_only(run: Run, plan: Path) -> None:
    outcome = run("extract", plan, plan, "--format", "json")
    assert outcome.code == 2
    assert "jsonl" in outcome.err


def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PLAN.encode())))
    assert json.loads(run("extract", "-").out)["source"]["name"] == "-"


def test_the_same_document_gives_the_same_bytes(run: Run, plan: Path) -> None:
    for form in ("json", "yaml", "jsonl"):
        assert run("extract", plan, "-f", form).out == run("extract", plan, "-f", form).out

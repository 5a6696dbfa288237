"""Records out: the same data in every format, files whole or not at all."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import yaml

from planparse import PlanRecord, load_record
from planparse.errors import BadRecordError, UnwritableOutputError, UsageError
from planparse.writing import FORMATS, choose_format, files, write_text
from sample_record import full_record


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_written_reads_back_the_same(name: str, tmp_path: Path) -> None:
    record = full_record()
    path = tmp_path / f"record{'.json' if name == 'jsonl' else FORMATS[name].suffix}"
    write_text(path, FORMATS[name].dump(record))
    assert load_record(path) == record


def test_evidence_stands_in_the_order_of_the_values() -> None:
    plain = json.loads(FORMATS["json"].dump(full_record()))
    assert list(plain) == [name for name in PlanRecord.model_fields if name in plain]
    assert list(plain["evidence"]) == ["/header/place", "/tasks/2/number", "/tasks/10/number"]


def test_yaml_is_for_people() -> None:
    text = FORMATS["yaml"].dump(full_record())
    assert "content: |-\n" in text  # text of several lines stands as a block
    assert "Ủy ban nhân dân tỉnh An Giang" in text
    assert yaml.safe_load(text) == json.loads(FORMATS["json"].dump(full_record()))


@pytest.mark.parametrize(
    ("name", "output", "several", "chosen"),
    [
        (None, None, False, "json"),
        (None, None, True, "jsonl"),
        (None, "plan.yml", False, "yaml"),
        (None, "plan.NDJSON", True, "jsonl"),
        (None, "plan.txt", False, "json"),
        ("YAML", "plan.json", False, "yaml"),
    ],
)
def test_the_format_meant(name: str | None, output: str | None, several: bool, chosen: str) -> None:
    assert choose_format(name, Path(output) if output else None, several).name == chosen


def test_one_json_file_cannot_hold_several_records() -> None:
    with pytest.raises(UsageError, match=r"^plan\.json: "):
        choose_format(None, Path("plan.json"), several=True)


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.json"
    write_text(path, "old")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(UnwritableOutputError, match="No space left"):
        write_text(path, "new")
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("plan.json", "old")]


def test_a_rewritten_file_keeps_its_mode_and_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.json", tmp_path / "link.json"
    write_text(path, "old")
    assert path.stat().st_mode & 0o777 == 0o666 & ~files._umask()
    path.chmod(0o640)
    link.symlink_to(path)
    write_text(link, "new")
    assert link.is_symlink()
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)


def test_what_is_no_regular_file_is_written_straight() -> None:
    write_text(Path(os.devnull), "data")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("record.json", '{"header": ', "is no JSON"),
        ("record.yaml", "header: [", "is no YAML"),
        ("record.json", "[]", "valid dictionary"),
        ("record.json", '{"source": {"name": "a", "sha256": "0", "media_type": "t", "lines": 1}}', "/source/sha256"),
        ("deep.json", "[" * 100_000, "is no JSON"),
    ],
)
def test_a_record_that_is_none_is_named(name: str, content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(BadRecordError, match=message) as caught:
        load_record(tmp_path / name)
    assert "\n" not in str(caught.value)

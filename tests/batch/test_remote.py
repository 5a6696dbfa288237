"""Inputs and outputs behind URLs, with an S3 API served on this machine."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from documents import folder_of, plan, records_of
from planparse.batch import run_batch
from planparse.batch.lock import LockedOutputError
from planparse.config import BatchSettings
from planparse.errors import ExitCode, MissingFileError

s3fs = pytest.importorskip("s3fs", reason="planparse[s3] is not installed")
moto = pytest.importorskip("moto.server", reason="moto[server] is not installed")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Any]:
    """A bucket ``plans`` in a store of its own; workers find it by the environment."""
    server = moto.ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    from planparse.batch import storage

    storage.storage_at.cache_clear()
    s3fs.S3FileSystem.clear_instance_cache()
    fs = s3fs.S3FileSystem(use_listings_cache=False)
    fs.mkdir("plans")
    yield fs
    server.stop()


def test_from_bucket_to_bucket(tmp_path: Path, s3: Any) -> None:
    for name in ("a.txt", "2025/b.md", "2025/notes.docx"):
        s3.pipe_file(f"plans/ocr/{name}", plan(len(name)).encode())
    s3.pipe_file("plans/ocr/empty.txt", b"")
    given = BatchSettings(workers=2, export=["csv"])
    summary = run_batch("s3://plans/ocr", "s3://plans/out", given)
    assert summary.exit_code == ExitCode.SOME_FAILED
    lines = {(line := json.loads(text))["input"]: line for text in s3.cat("plans/out/manifest.jsonl").splitlines()}
    assert {key: line["status"] for key, line in lines.items()} == {
        "2025/b.md": "ok",
        "2025/notes.docx": "skipped",
        "a.txt": "ok",
        "empty.txt": "failed",
    } or lines["a.txt"]["status"] == "warnings"
    assert s3.exists("plans/out/tables/documents.csv")
    local = folder_of(tmp_path / "in", [])
    local.mkdir()
    (local / "a.txt").write_text(plan(5), encoding="utf-8")
    run_batch(str(local), str(tmp_path / "out"), BatchSettings(workers=1))
    assert s3.cat("plans/out/a.txt.json") == records_of(tmp_path / "out")["a.txt.json"]

    again = run_batch("s3://plans/ocr", "s3://plans/out", given)
    assert (again.unchanged, again.converted) == (4, 0)
    s3.pipe_file("plans/ocr/a.txt", plan(77).encode())
    s3.rm_file("plans/out/2025/b.md.json")
    again = run_batch("s3://plans/ocr", "s3://plans/out", given)
    assert again.reasons == {"its content changed": 1, "its record is gone": 1}


def test_another_machine_goes_on_from_the_bucket(tmp_path: Path, s3: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "b.txt"])
    run_batch(str(place), "s3://plans/out", BatchSettings(workers=1))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    assert run_batch(str(place), "s3://plans/out", BatchSettings(workers=1)).unchanged == 2


def test_a_run_on_another_machine_keeps_this_one_away_while_it_lives(tmp_path: Path, s3: Any) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    held = {"holder": "elsewhere 7", "alive": time.time()}
    s3.pipe_file("plans/out/.planparse/lock", json.dumps(held).encode())
    with pytest.raises(LockedOutputError, match="elsewhere 7"):
        run_batch(str(place), "s3://plans/out", BatchSettings(workers=1))
    s3.pipe_file("plans/out/.planparse/lock", json.dumps(held | {"alive": time.time() - 900}).encode())
    assert run_batch(str(place), "s3://plans/out", BatchSettings(workers=1)).converted == 1
    assert not s3.exists("plans/out/.planparse/lock")


def test_nothing_there_is_an_error(s3: Any) -> None:
    with pytest.raises(MissingFileError):
        run_batch("s3://plans/none", "s3://plans/out")


def test_what_lies_in_the_output_is_no_input(tmp_path: Path, s3: Any) -> None:
    s3.pipe_file("plans/a.txt", plan(1).encode())
    for place in ("s3://plans", "s3://plans/**"):
        run_batch(place, "s3://plans/records", BatchSettings(workers=1))
        again = run_batch(place, "s3://plans/records", BatchSettings(workers=1))
        assert (again.inputs, again.unchanged) == (1, 1)

"""Whole runs: nothing lost, nothing done twice, the same bytes whoever does the work."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

import faults
from documents import folder_of, lines_of, plan, records_of
from planparse.batch import Summary, run_batch
from planparse.batch.convert import convert
from planparse.batch.jobs import Job
from planparse.batch.lock import LockedOutputError, locked
from planparse.config import BatchSettings
from planparse.errors import ExitCode, MissingFileError, UsageError
from planparse.records import PlanRecord


def run(place: Path, output: Path, **options: object) -> Summary:
    given = {"workers": 2, "timeout": 30.0} | {k: v for k, v in options.items() if k in BatchSettings.model_fields}
    rest = {k: v for k, v in options.items() if k not in BatchSettings.model_fields}
    return run_batch(str(place), str(output), BatchSettings(**given), **rest)  # type: ignore[arg-type]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def test_a_tree_is_mirrored(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "2025/b.md", "notes.docx"])
    summary = run(place, out)
    assert summary.exit_code == ExitCode.OK
    assert sorted(records_of(out)) == ["2025/b.md.json", "a.txt.json"]
    record = PlanRecord.model_validate_json((out / "a.txt.json").read_bytes())
    assert record.source.sha256 == lines_of(out)["a.txt"]["sha256"]
    assert lines_of(out)["notes.docx"]["status"] == "skipped"


@pytest.mark.parametrize("form", ["json", "yaml", "jsonl"])
def test_any_number_of_workers_makes_the_same_bytes(tmp_path: Path, form: str) -> None:
    place = folder_of(tmp_path / "in", [f"{n:02}.txt" for n in range(6)])
    for workers in (1, 3):
        run(place, tmp_path / f"out{workers}", workers=workers, format=form)
    assert records_of(tmp_path / "out1") == records_of(tmp_path / "out3")
    if form == "jsonl":
        lines = (tmp_path / "out1" / "records.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["source"]["name"] for line in lines] == [f"{n:02}.txt" for n in range(6)]


def test_bad_files_fail_alone_each_with_its_reason(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["good.txt", "line\nbreak.txt"])
    (place / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (place / "empty.txt").touch()
    (place / "undecodable.txt").write_bytes(bytes(range(0x80, 0xFF)) * 40)
    (place / os.fsdecode(b"\xff\xfe.txt")).write_text(plan(3), encoding="utf-8")
    with (place / "large.txt").open("wb") as handle:
        handle.truncate(500 * 1024 * 1024)
    (place / "x.txt").symlink_to("y.txt")
    (place / "y.txt").symlink_to("x.txt")
    (place / "gone.txt").symlink_to("nowhere.txt")
    (place / "sub").mkdir()
    (place / "sub" / "loop").symlink_to(place)
    os.mkfifo(place / "pipe.txt")
    summary = run(place, out, timeout=10.0)
    assert summary.exit_code == ExitCode.SOME_FAILED
    shown = {key: (line["error"] or "")[:25] for key, line in lines_of(out).items()}
    assert shown == {
        "good.txt": "",
        "line\nbreak.txt": "",
        "\udcff\udcfe.txt": "",
        "binary.txt": "is not a text file (give ",
        "empty.txt": "is empty (check that the ",
        "undecodable.txt": "line 1 is neither UTF-8, ",
        "large.txt": "is larger than 64 MB (spl",
        "x.txt": "Too many levels of symbol",
        "y.txt": "Too many levels of symbol",
        "gone.txt": "is a link to nothing (che",
        "sub/loop": "a loop of links: it leads",
        "pipe.txt": "is not a regular file (co",
    }
    assert len(records_of(out)) == 3
    for line in lines_of(out).values():
        assert (line["record"] is not None) == (line["status"] in ("ok", "warnings"))
        if line["record"] is not None:
            PlanRecord.model_validate_json((out / line["record"]).read_bytes())


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_fails_alone(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["good.txt", "secret.txt"])
    (place / "secret.txt").chmod(0)
    run(place, out)
    assert "Permission denied" in lines_of(out)["secret.txt"]["error"]


def test_lost_workers_cost_only_their_files(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "killer.txt", "b.txt", "hang.txt", "c.txt", "once.txt", "d.txt"])
    summary = run(place, out, work=faults.troubled, timeout=1.5)
    lines = lines_of(out)
    assert "SIGKILL" in lines.pop("killer.txt")["error"]
    assert "time limit" in lines.pop("hang.txt")["error"]
    assert {line["status"] for line in lines.values()} <= {"ok", "warnings"}
    assert (summary.failures, summary.retried) == (2, 3)


def test_a_second_run_does_only_what_changed_and_says_so(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "b.txt", "c.txt", "d.txt"])
    (place / "bad.txt").touch()
    run(place, out)
    first = (out / "manifest.jsonl").read_bytes()
    assert run(place, out).unchanged == 5
    assert (out / "manifest.jsonl").read_bytes() == first

    (place / "b.txt").write_text(plan(99), encoding="utf-8")
    (out / "c.txt.json").unlink()
    folder_of(place, ["e.txt"], first=50)
    summary = run(place, out)
    assert (summary.unchanged, summary.converted) == (3, 3)
    assert summary.reasons == {"its content changed": 1, "its record is gone": 1}
    assert len(lines_of(out)) == 6

    summary = run(place, out, format="yaml")
    assert summary.reasons == {"other options": 6}


def test_a_record_that_holds_no_more_is_gone(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "b.txt", "c.txt", "d.txt"])
    run(place, out)
    (place / "a.txt").write_text("\n", encoding="utf-8")
    (place / "b.txt").unlink()
    (place / "b.txt").symlink_to("away")  # as on a disk that is not there now
    (place / "c.txt").unlink()
    summary = run(place, out)
    assert {key: line["record"] for key, line in lines_of(out).items()} == {
        "a.txt": None,
        "b.txt": None,
        "c.txt": "c.txt.json",
        "d.txt": "d.txt.json",
    }
    assert sorted(records_of(out)) == ["b.txt.json", "c.txt.json", "d.txt.json"]
    assert (summary.inputs, summary.kept) == (3, 1)
    run(place, out, format="yaml")
    assert sorted(records_of(out)) == ["b.txt.json", "c.txt.json", "d.txt.yaml"]


def test_what_a_list_names_twice_or_wrongly_costs_nothing_else(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder_of(tmp_path, ["a.txt", "sub/b.txt"]))
    run(Path("-"), out, listed=lambda: ["a.txt", "./a.txt", "sub", "none.txt"])
    assert {key: line["error"] for key, line in lines_of(out).items()} == {
        "a.txt": None,
        "sub": "is a folder (name the files in it)",
        "none.txt": "no such file (check the path)",
    }


def test_a_package_that_is_missing_is_missed_before_the_work(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    for module in ("planparse.exporting.writers", "planparse.batch.watching"):
        monkeypatch.setattr(f"{module}.find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'planparse\[parquet\]'"):
        run(place, out, export=["csv", "parquet"])
    with pytest.raises(UsageError, match=r"pip install 'planparse\[watch\]'"):
        run(place, out, watch=True)
    assert not out.exists()


def test_all_done_and_nothing_found_are_nothing_to_do(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    run(place, out)
    assert run(place, out).exit_code == ExitCode.NOTHING_TO_DO
    (tmp_path / "none").mkdir()
    assert run(tmp_path / "none", tmp_path / "out2").exit_code == ExitCode.NOTHING_TO_DO


def test_what_may_be_mended_is_tried_again(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "killer.txt"])
    run(place, out, work=faults.troubled)
    summary = run(place, out)
    assert summary.exit_code == ExitCode.OK
    assert summary.reasons == {"failed before": 1}


def test_a_defect_costs_one_document_until_it_is_mended(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    job = Job("a.txt", str(place / "a.txt"), str(out), "a.txt.json", "json")
    with monkeypatch.context() as broken:
        broken.setattr("planparse.pipeline.extract", lambda source, force: 1 // 0)
        outcome = convert(job)
    assert (outcome.status, outcome.lasting) == ("failed", False)
    assert outcome.error == "a defect of planparse: ZeroDivisionError: integer division or modulo by zero"
    assert convert(job).record == "a.txt.json"


def test_failures_stop_the_run_when_asked_to(tmp_path: Path, out: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    for n in range(40):
        (place / f"{n:02}.txt").touch()
    summary = run(place, out, fail_fast=True, workers=1)
    assert summary.stopped == "1 file failed"
    assert 1 <= len(lines_of(out)) < 40
    summary = run(place, tmp_path / "out2", max_failures=5, workers=1)
    assert 5 <= len(lines_of(tmp_path / "out2")) < 40


def test_a_stop_ends_in_good_order_and_the_next_run_completes(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", [f"slow{n:02}.txt" for n in range(14)])
    stop = Event()

    class Stopper:
        def total(self, inputs: int) -> None: ...
        def say(self, message: str) -> None: ...
        def done(self, outcome: object, summary: Summary) -> None:
            if summary.inputs == 3:
                stop.set()

    summary = run(place, out, work=faults.troubled, reporter=Stopper(), stop=stop)
    assert summary.exit_code == ExitCode.INTERRUPTED
    assert 3 <= len(lines_of(out)) < 14
    assert run(place, out).exit_code == ExitCode.OK
    run(place, tmp_path / "whole")
    assert records_of(out) == records_of(tmp_path / "whole")


def test_two_runs_on_one_output_are_one_too_many(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    with locked(out / ".planparse" / "lock", "out"), pytest.raises(LockedOutputError, match=r"process \d+ on"):
        run(place, out)


def test_input_and_output_must_make_sense(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt"])
    with pytest.raises(UsageError, match="is the input itself"):
        run(place, place)
    with pytest.raises(UsageError, match="is not a folder"):
        run(place, place / "a.txt")
    with pytest.raises(MissingFileError):
        run(tmp_path / "none", out)
    for empty in (("", str(out)), (str(place), "")):
        with pytest.raises(UsageError, match="PUT: is empty"):
            run_batch(*empty)
    assert not out.exists()


SCRIPT = """
import sys
from planparse.batch import run_batch
from planparse.config import BatchSettings
if __name__ == "__main__":
    run_batch(sys.argv[1], sys.argv[2], BatchSettings(workers=2))
"""


def test_a_run_killed_at_any_moment_is_completed_by_the_next(tmp_path: Path, out: Path) -> None:
    place = folder_of(tmp_path / "in", [f"{n:02}.txt" for n in range(24)])
    (place / "bad.txt").touch()
    manifest = out / "manifest.jsonl"
    for lines in (1, 5, 12):
        process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(place), str(out)], env=dict(os.environ))
        while process.poll() is None and not (manifest.exists() and manifest.read_bytes().count(b"\n") >= lines):
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    # As if the machine had gone down in the middle of a line.
    with manifest.open("ab") as file:
        file.write(b'{"input": "23.tx')
    run(place, out)
    run(place, tmp_path / "whole")
    assert records_of(out) == records_of(tmp_path / "whole")
    assert len(lines_of(out)) == 25

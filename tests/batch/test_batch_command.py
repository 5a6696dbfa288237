"""``planparse batch`` and ``planparse config`` as a person runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from documents import folder_of, lines_of, records_of
from planparse.errors import ExitCode

PLANPARSE = [sys.executable, "-m", "planparse"]


def planparse(*args: object, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.run(
        [*PLANPARSE, *map(str, args)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": paths},
    )


def test_a_run_and_its_account(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "b.txt"])
    (place / "empty.txt").touch()
    ran = planparse("batch", place, tmp_path / "out", "--workers", 1)
    said = ran.stderr.decode()
    assert (ran.returncode, ran.stdout) == (ExitCode.SOME_FAILED, b"")
    assert "failed: empty.txt: is empty" in said
    assert "converted now" in said
    assert "\x1b" not in said  # no colours in a log
    (place / "empty.txt").unlink()
    quiet = planparse("batch", place, tmp_path / "out2", "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (ExitCode.OK, b"", b"")


def test_names_come_from_standard_input(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a.txt", "b c.txt", "d\ne.txt"])
    ran = planparse("batch", "-", "out", cwd=tmp_path, stdin=b"a.txt\nb c.txt\n")
    assert ran.returncode == ExitCode.OK
    ran = planparse("batch", "-", "out", "--null", cwd=tmp_path, stdin=b"d\ne.txt\0a.txt\0")
    assert ran.returncode == ExitCode.OK
    assert sorted(lines_of(tmp_path / "out")) == ["a.txt", "b c.txt", "d\ne.txt"]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["in", "out", "--workers", "0"], ExitCode.USAGE, "batch.workers = 0"),
        (["in", "out", "--format", "xml"], ExitCode.USAGE, "batch.format = 'xml'"),
        (["in"], ExitCode.USAGE, "OUTPUT"),
        (["in", "in"], ExitCode.USAGE, "is the input itself"),
        (["none", "out"], ExitCode.NOT_FOUND, "no such file or folder"),
        (["in/none*", "out"], ExitCode.NOTHING_TO_DO, "no documents"),
    ],
)
def test_ways_to_go_wrong(tmp_path: Path, args: list[str], code: ExitCode, said: str) -> None:
    folder_of(tmp_path / "in", ["a.txt"])
    ran = planparse("batch", *args, cwd=tmp_path)
    assert (ran.returncode, said in ran.stderr.decode()) == (code, True), ran.stderr.decode()


def test_ctrl_c_stops_cleanly_and_tells_how_to_go_on(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "in", [f"{n:04}.txt" for n in range(400)])
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [*PLANPARSE, "batch", str(place), str(tmp_path / "out"), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}) as running:
        manifest = tmp_path / "out" / "manifest.jsonl"
        while running.poll() is None and not (manifest.exists() and manifest.stat().st_size):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == ExitCode.INTERRUPTED, said
    assert f"run the same command again: planparse batch {place}" in said
    assert "Traceback" not in said
    done = len(lines_of(tmp_path / "out"))
    assert 0 < done < 400
    assert len(records_of(tmp_path / "out")) >= done


def test_a_second_ctrl_c_does_not_wait_and_tells_it_too(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "in", [f"{n:04}.txt" for n in range(400)])
    paths = os.pathsep.join(path for path in sys.path if path)
    command = [*PLANPARSE, "batch", str(place), str(tmp_path / "out"), "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths}) as running:
        assert running.stderr is not None
        manifest = tmp_path / "out" / "manifest.jsonl"
        while running.poll() is None and not (manifest.exists() and manifest.stat().st_size):
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        first = running.stderr.readline().decode()
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == ExitCode.INTERRUPTED, first + said
    assert f"run the same command again: planparse batch {place}" in said
    assert "Traceback" not in said


def test_config_show_tells_what_holds_and_why(tmp_path: Path) -> None:
    (tmp_path / "planparse.toml").write_text("[batch]\nworkers = 7\n")
    shown = json.loads(planparse("config", "show", "--json", cwd=tmp_path).stdout)
    assert shown["batch.workers"] == {"value": 7, "origin": str(tmp_path / "planparse.toml")}
    assert shown["batch.timeout"]["origin"] == "default"
    table = planparse("config", "show", cwd=tmp_path).stdout.decode()
    assert "batch.workers" in table
    (tmp_path / "planparse.toml").write_text("[batch]\nworkesr = 7\n")
    ran = planparse("batch", "x", "y", cwd=tmp_path)
    assert (ran.returncode, b"did you mean batch.workers?" in ran.stderr) == (ExitCode.USAGE, True)

"""One test for each exit code; each failure is one clear line on standard error, and nothing on standard output."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from running import Run

from planparse import ExitCode, pipeline

DOCS = Path(__file__).parents[2] / "docs" / "exit-codes.md"

ENGLISH = "The committee shall publish the annual report before the end of June and inform every department."


def missing(tmp: Path) -> list[str]:
    return ["extract", str(tmp / "none.txt")]


def folder(tmp: Path) -> list[str]:
    return ["extract", str(tmp)]


def unix_socket(tmp: Path) -> list[str]:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(tmp / "socket"))
    return ["extract", str(tmp / "socket")]


def empty(tmp: Path) -> list[str]:
    return ["extract", written(tmp, b" \n\n")]


def binary(tmp: Path) -> list[str]:
    return ["extract", written(tmp, b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 20)]


def undecodable(tmp: Path) -> list[str]:
    return ["extract", written(tmp, bytes(range(0x80, 0xFF)) * 40)]


def large(tmp: Path) -> list[str]:
    with (tmp / "large.txt").open("wb") as handle:
        handle.truncate(200 * 1024 * 1024)
    return ["extract", str(tmp / "large.txt")]


def english(tmp: Path) -> list[str]:
    return ["extract", written(tmp, ENGLISH.encode())]


def unwritable(tmp: Path) -> list[str]:
    (tmp / "file").write_text("a file where a folder would have to be")
    return ["schema", "-o", str(tmp / "file" / "schema.json")]


def loop(tmp: Path) -> list[str]:
    (tmp / "loop.txt").symlink_to(tmp / "loop.txt")
    return ["extract", str(tmp / "loop.txt")]


def bad_record(tmp: Path) -> list[str]:
    (tmp / "record.json").write_text('{"header": {"number": 7}}')
    return ["show", str(tmp / "record.json")]


def bad_format(tmp: Path) -> list[str]:
    return ["extract", written(tmp, b"abc"), "--format", "xml"]


def record_for_a_document(tmp: Path) -> list[str]:
    (tmp / "plan.json").write_text("{}")
    return ["extract", str(tmp / "plan.json")]


def written(tmp: Path, data: bytes) -> str:
    (tmp / "plan.txt").write_bytes(data)
    return str(tmp / "plan.txt")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (missing, ExitCode.NOT_FOUND),
        (folder, ExitCode.NOT_A_FILE),
        (unix_socket, ExitCode.NOT_A_FILE),
        (empty, ExitCode.EMPTY),
        (binary, ExitCode.BINARY),
        (undecodable, ExitCode.UNDECODABLE),
        (large, ExitCode.TOO_LARGE),
        (english, ExitCode.NOT_VIETNAMESE),
        (unwritable, ExitCode.UNWRITABLE),
        (loop, ExitCode.UNREADABLE),
        (bad_record, ExitCode.BAD_RECORD),
        (bad_format, ExitCode.USAGE),
        (record_for_a_document, ExitCode.USAGE),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_failures(arguments: object, code: ExitCode, run: Run, tmp_path: Path) -> None:
    outcome = run(*arguments(tmp_path))  # type: ignore[operator]
    assert outcome.code == code
    assert outcome.out == ""
    # planparse: error: where: what (what to do)
    assert re.fullmatch(r"planparse: error: [^\n]+: [^\n]+ \([^\n]+\)\n", outcome.err)


def test_ok(run: Run, plan: Path) -> None:
    assert run("extract", plan).code == ExitCode.OK


def test_wrong_options(run: Run) -> None:
    assert run("extract", "--no-such-option").code == ExitCode.USAGE


def test_force_takes_another_language_and_says_so_in_the_record(run: Run, tmp_path: Path) -> None:
    outcome = run(*english(tmp_path), "--force")
    assert outcome.code == ExitCode.OK
    assert '"PP001"' in outcome.out


def test_a_defect_is_one_line(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "restore", broken)
    outcome = run("extract", plan)
    assert outcome.code == ExitCode.INTERNAL
    assert "--debug" in outcome.err
    assert outcome.err.count("\n") == 1


def test_debug_shows_the_traceback(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "restore", broken)
    with pytest.raises(ZeroDivisionError):
        run("extract", plan, "--debug")


def broken(source: object) -> object:
    return 1 / 0


def test_interrupted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")  # nobody writes into it, so reading waits until Ctrl-C
    command = [sys.executable, "-m", "planparse", "extract", str(tmp_path / "pipe.txt")]
    # a shell's background job ignores SIGINT and hands that on, and then this test would wait forever
    listen = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=listen) as running:
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        try:
            out, err = running.communicate(timeout=20)
        finally:
            running.kill()
    assert running.returncode == ExitCode.INTERRUPTED
    assert (out, b"Traceback" in err) == (b"", False)


def test_a_reader_that_goes_away_is_no_failure(plan: Path) -> None:
    files = [str(plan)] * 300
    with subprocess.Popen(
        [sys.executable, "-m", "planparse", "extract", *files], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        running.stdout = None
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (ExitCode.OK, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["extract", "show", "restore"])
def test_a_full_disk_behind_standard_output(command: str, plan: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "planparse", command, str(plan)], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == ExitCode.UNWRITABLE
    assert done.stderr.startswith("planparse: error: standard output: can't be written: No space left")


def test_extract_opens_no_connection(run: Run, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **options: object) -> object:
        raise AssertionError("planparse reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert run("extract", plan).code == ExitCode.OK
    assert run("restore", plan).code == ExitCode.OK


def test_the_documented_table_is_the_enum() -> None:
    rows = re.findall(r"^\| (\d+) \| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(int(number), name) for number, name in rows] == [(code.value, code.name) for code in ExitCode]

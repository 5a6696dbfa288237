"""The same run on a real Dask scheduler with two worker processes, one of them killed in the middle."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import Any

import pytest

import faults
from documents import folder_of, lines_of, records_of
from planparse.batch import Summary, run_batch
from planparse.batch.cluster import dask_crew, guarded
from planparse.batch.convert import convert_all
from planparse.batch.fingerprint import stamp_of
from planparse.config import BatchSettings
from planparse.errors import ClusterLostError, ExitCode, UsageError
from planparse.version import __version__

distributed = pytest.importorskip("distributed", reason="planparse[dask] is not installed")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        yield cluster


def settings(cluster: Any, **more: Any) -> BatchSettings:
    return BatchSettings(scheduler=cluster.scheduler_address, timeout=more.pop("timeout", 30.0), **more)


class KillsOne:
    """Kills one Dask worker, without asking, when some inputs are done."""

    def __init__(self, pid: int) -> None:
        self.pid, self.killed = pid, False

    def total(self, inputs: int) -> None: ...

    def say(self, message: str) -> None: ...

    def done(self, outcome: object, summary: Summary) -> None:
        if summary.inputs == 5 and not self.killed:
            self.killed = True
            os.kill(self.pid, signal.SIGKILL)


def test_a_cluster_makes_what_one_machine_makes_though_a_worker_is_killed(tmp_path: Path, cluster: Any) -> None:
    place = folder_of(tmp_path / "in", [f"slow{n:02}.txt" for n in range(12)])
    (place / "empty.txt").touch()
    with distributed.Client(cluster, set_as_default=False) as client:
        pid = next(iter(client.run(os.getpid).values()))
    reporter = KillsOne(pid)
    summary = run_batch(str(place), str(tmp_path / "out"), settings(cluster), reporter=reporter, work=faults.troubled)
    assert reporter.killed
    assert (summary.inputs, summary.failures) == (13, 1)
    run_batch(str(place), str(tmp_path / "alone"), BatchSettings(workers=1))
    assert records_of(tmp_path / "out") == records_of(tmp_path / "alone")
    assert lines_of(tmp_path / "out").keys() == lines_of(tmp_path / "alone").keys()


def test_workers_elsewhere_find_what_is_named_from_here(
    tmp_path: Path, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder_of(tmp_path, ["in/a.txt", "in/sub/b.txt", "c.txt"]))
    run_batch("in", "out", settings(cluster))
    run_batch("in/**/*.txt", "globbed", settings(cluster))
    run_batch("-", "listed", settings(cluster), listed=lambda: ["c.txt", "in/sub/../a.txt"])
    assert sorted(records_of(Path("out"))) == sorted(records_of(Path("globbed"))) == ["a.txt.json", "sub/b.txt.json"]
    assert sorted(lines_of(Path("listed"))) == ["c.txt", "in/a.txt"]
    assert sorted(records_of(Path("listed"))) == ["c.txt.json", "in/a.txt.json"]


def test_what_kills_or_hangs_costs_only_itself(tmp_path: Path, cluster: Any) -> None:
    place = folder_of(tmp_path / "in", ["a.txt", "killer.txt", "hang.txt", "b.txt", "c.txt"])
    run_batch(str(place), str(tmp_path / "out"), settings(cluster, timeout=2.0), work=faults.troubled)
    lines = lines_of(tmp_path / "out")
    assert "SIGKILL" in lines["killer.txt"]["error"]
    assert "time limit" in lines["hang.txt"]["error"]
    assert [lines[key]["record"] is not None for key in ("a.txt", "b.txt", "c.txt")] == [True] * 3
    again = run_batch(str(place), str(tmp_path / "out"), settings(cluster))
    assert (again.unchanged, again.converted) == (3, 2)


def test_no_scheduler_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.batch.cluster.CONNECTING", 1)
    with pytest.raises(ClusterLostError, match="no scheduler answers"):
        dask_crew("tcp://127.0.0.1:1", 1.0)


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1", "http://127.0.0.1:8787"])
def test_what_is_no_address_is_said_at_once(address: str) -> None:
    with pytest.raises(UsageError, match="write tcp://HOST:8786"):
        dask_crew(address, 1.0)


@pytest.mark.parametrize("ending", ["stop", "fail-fast"])
def test_a_run_on_a_cluster_ends_early_in_good_order(tmp_path: Path, cluster: Any, ending: str) -> None:
    place, stop = folder_of(tmp_path / "in", [f"slow{n:02}.txt" for n in range(1, 30)]), Event()
    (place / "slow00.txt").touch()

    class Stopper:
        def total(self, inputs: int) -> None: ...
        def say(self, message: str) -> None: ...
        def done(self, outcome: object, summary: Summary) -> None:
            if ending == "stop":
                stop.set()

    given = settings(cluster, fail_fast=ending == "fail-fast")
    summary = run_batch(str(place), str(tmp_path / "out"), given, reporter=Stopper(), stop=stop, work=faults.troubled)
    wanted = ExitCode.INTERRUPTED if ending == "stop" else ExitCode.SOME_FAILED
    assert summary.exit_code == wanted
    assert 1 <= len(lines_of(tmp_path / "out")) < 30
    assert run_batch(str(place), str(tmp_path / "out"), settings(cluster)).inputs == 30


class OwnCluster:
    """A scheduler and a worker as processes of their own, so that either can be killed."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        common = ["--scheduler-file", str(self.file), "--no-dashboard"]
        self.scheduler = self._start(["scheduler", "--port", "0", "--host", "127.0.0.1", *common], environment)
        self.worker = self._start(["worker", "--nthreads", "2", "--death-timeout", "60", *common], environment)

    @staticmethod
    def _start(arguments: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *arguments]
        return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def address(self) -> str:
        """Where the scheduler listens, once the worker has come."""
        with distributed.Client(scheduler_file=str(self.file), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
            return str(client.scheduler.address)

    def end(self) -> None:
        for process in (self.worker, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[OwnCluster]:
    cluster = OwnCluster(tmp_path)
    yield cluster
    cluster.end()


def test_a_scheduler_that_dies_is_told_and_the_run_can_go_on(tmp_path: Path, own_cluster: OwnCluster) -> None:
    place = folder_of(tmp_path / "in", [f"{n:03}.txt" for n in range(200)])
    output = tmp_path / "out"
    command = [sys.executable, "-m", "planparse", "batch", str(place), str(output)]
    remote = [*command, "--scheduler", own_cluster.address(), "--quiet"]
    with subprocess.Popen(remote, stderr=subprocess.PIPE, text=True) as run:
        manifest = output / "manifest.jsonl"
        until = time.monotonic() + 60
        while run.poll() is None and time.monotonic() < until:
            if manifest.exists() and manifest.read_bytes().count(b"\n") >= 8:
                break
            time.sleep(0.01)
        own_cluster.scheduler.kill()
        _, said = run.communicate(timeout=120)
    assert run.returncode == ExitCode.CLUSTER_LOST, said
    assert "the scheduler is gone" in said
    done = len(lines_of(output))
    assert 8 <= done < 200, "it died in the middle"
    again = run_batch(str(place), str(output), BatchSettings(workers=1))
    assert (again.unchanged, again.converted) == (done, 200 - done)
    assert lines_of(output).keys() == {f"{n:03}.txt" for n in range(200)}


def test_a_worker_with_another_planparse_is_refused(cluster: Any) -> None:
    with distributed.Client(cluster, set_as_default=False) as client:
        client.run(pretend, "0.0.1")
        try:
            with pytest.raises(UsageError, match=r"another planparse: planparse 0\.0\.1 is now"):
                dask_crew(cluster.scheduler_address, 30.0)
            # Nor may one work that joined later, and so was never asked.
            ours = stamp_of("", force=False)
            with pytest.raises(UsageError, match="install the same"):
                client.submit(guarded, ours, 30.0, convert_all, [], pure=False).result()
        finally:
            client.run(pretend, __version__)


def test_a_worker_without_planparse_is_named(cluster: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    here = ModuleType("only_here")
    exec("def enlist(dask_worker): ...", here.__dict__)
    monkeypatch.setitem(sys.modules, "only_here", here)
    monkeypatch.setattr("planparse.batch.cluster.enlist", here.enlist)
    with pytest.raises(UsageError, match=r"tcp://.*can't load planparse: .*only_here"):
        dask_crew(cluster.scheduler_address, 30.0)


def pretend(version: str) -> None:
    """Run in a Dask worker: be another version."""
    from planparse.batch import fingerprint

    fingerprint.__version__ = version  # type: ignore[attr-defined]

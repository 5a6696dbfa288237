"""How fast a batch runs, how much memory its parent takes, how soon a finished one is found finished.

    python benchmarks/batch.py [--documents 2000] [--only speed memory resume dask] [--rounds 3] [--keep DIR]

The documents are the samples' OCR text, each with a text of its own. Prints a table of what was measured
beside the bar. ``wall`` is what a person waits, on a machine that may have other work; ``per core`` divides
by the processor time of all processes together, which other work hardly changes.

Dask is held against the local pool over a tenth of the documents: the same command with and without
``--scheduler``, in turn (the one that begins changes from round to round), both with workers that have to start
first. What is printed is the median of the rounds' ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.documents import write_documents

Row = tuple[str, str, str, bool | None]
PARTS = ("speed", "memory", "resume", "dask")


@dataclass(frozen=True)
class Measured:
    """One run of ``planparse batch`` as a process of its own."""

    wall: float
    processor: float
    parent_mb: float
    pages: int
    worked: float
    """Seconds that the documents took, all workers together."""

    def busy(self, workers: int) -> float:
        """Share of the workers' time that documents took; the rest is start, end and the batch's own work."""
        return self.worked / (self.wall * workers)

    @property
    def pace(self) -> float:
        """Pages a second of the wall clock."""
        return self.pages / self.wall

    @property
    def pace_of_core(self) -> float:
        """Pages a second of processor time."""
        return self.pages / self.processor


def run(place: Path, output: Path, *options: object, fresh: bool = True) -> Measured:
    """Run a batch; ``fresh`` throws away what an earlier one made."""
    if fresh:
        shutil.rmtree(output, ignore_errors=True)
    command = [sys.executable, "-m", "planparse", "batch", place, output, "--quiet", *options]
    before = _used()
    began = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command])
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _high_water(process.pid))
        time.sleep(0.02)
    wall = time.perf_counter() - began
    lines = [json.loads(line) for line in (output / "manifest.jsonl").read_bytes().splitlines()]
    worked = sum(line["seconds"] for line in lines)
    return Measured(wall, _used() - before, peak, sum(line["pages"] for line in lines), worked)


def _used() -> float:
    """Processor seconds of this process and all below it, those of a cluster too; ended ones included."""
    parents, seconds = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            pid = int(stat.parent.name)
            parents[pid] = int(fields[1])
            seconds[pid] = sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    family = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(seconds[pid] for pid in family)


def _high_water(pid: int) -> float:
    """Most memory that a process has had, in MB."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def dask_overhead(place: Path, folder: Path, rounds: int) -> Iterator[Row]:
    """The same documents with two local workers, and with a Dask worker of two threads on this machine, in turn."""
    try:
        from distributed import LocalCluster
    except ImportError:
        yield "Dask", "not installed", "", None
        return

    def local() -> Measured:
        return run(place, folder / "local", "--workers", 2)

    def remote() -> Measured:
        quiet = {"dashboard_address": None, "silence_logs": logging.ERROR}
        with LocalCluster(n_workers=1, threads_per_worker=2, **quiet) as cluster:
            return run(place, folder / "dask", "--scheduler", cluster.scheduler_address)

    pairs = []
    for number in range(rounds):
        if number % 2:
            far, near = remote(), local()
        else:
            near, far = local(), remote()
        pairs.append((near, far))
        print(f"round {number + 1}: local {near.wall:.1f} s, Dask {far.wall:.1f} s", file=sys.stderr)
    over = [far.wall / near.wall - 1 for near, far in pairs]
    work = [far.processor / near.processor - 1 for near, far in pairs]
    middle = statistics.median(over)
    yield "two local workers, wall", f"{statistics.median(near.wall for near, _ in pairs):.1f} s", "", None
    yield "two threads of a Dask worker, wall", f"{statistics.median(far.wall for _, far in pairs):.1f} s", "", None
    yield f"Dask over local, median of {rounds}", f"{middle:+.0%} ({_span(over)})", "≤ +25 %", middle <= 0.25
    yield "the same in processor time", f"{statistics.median(work):+.0%} ({_span(work)})", "", None
    same = _same(folder / "local", folder / "dask")
    yield "records of both", "the same bytes" if same else "differ", "same", same


def _span(ratios: list[float]) -> str:
    return f"{min(ratios):+.0%} … {max(ratios):+.0%}"


def measure(folder: Path, documents: int, parts: tuple[str, ...], rounds: int) -> Iterator[Row]:
    """Rows of the table: what, how much, the bar, and whether it is met."""
    many, few = folder / "many", folder / "few"
    write_documents(few, max(1, documents // 10))
    two = None
    if {"speed", "memory", "resume"} & set(parts):
        write_documents(many, documents)
        two = run(many, folder / "out2", "--workers", 2)
        yield f"{documents:,} documents", f"{two.pages:,} pages", "", None
    if two is not None and "speed" in parts:
        one = run(many, folder / "out1", "--workers", 1)
        yield "one worker, wall", f"{one.pace:.0f} pages/s", "", None
        yield "one worker, per core", f"{one.pace_of_core:.0f} pages/s", "≥ 100", one.pace_of_core >= 100
        yield "two workers, wall", f"{two.pace:.0f} pages/s", "", None
        yield "workers busy with documents", f"{one.busy(1):.0%} of one, {two.busy(2):.0%} of two", "", None
        yield "two against one", f"{two.pace / one.pace:.2f} ×", "≥ 1.8", two.pace / one.pace >= 1.8
        same = _same(folder / "out1", folder / "out2")
        yield "records of one and of two workers", "the same bytes" if same else "differ", "same", same
        yield "cost of a million pages", f"{1e6 / one.pace_of_core / 3600:.1f} core hours", "", None
    if two is not None and "memory" in parts:
        small = run(few, folder / "outfew", "--workers", 2)
        grown = two.parent_mb - small.parent_mb
        yield f"parent's memory, {documents // 10:,} documents", f"{small.parent_mb:.0f} MB", "≤ 150", None
        yield f"parent's memory, {documents:,} documents", f"{two.parent_mb:.0f} MB", "≤ 150", two.parent_mb <= 150
        yield "growth between them", f"{grown:+.1f} MB", "flat: ≤ 5", grown <= 5
    if two is not None and "resume" in parts:
        again = run(many, folder / "out2", "--workers", 2, fresh=False)
        yield f"finding {documents:,} done", f"{again.wall:.2f} s", "< 3 s", again.wall < 3
    if "dask" in parts:
        yield from dask_overhead(few, folder, rounds)


def _same(a: Path, b: Path) -> bool:
    names = {path.relative_to(a) for path in a.rglob("*.json")}
    return names == {p.relative_to(b) for p in b.rglob("*.json")} and all(
        (a / name).read_bytes() == (b / name).read_bytes() for name in names
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--rounds", type=int, default=3, help="how often Dask and the local pool run in turn")
    parser.add_argument("--keep", type=Path, help="folder to work in and leave behind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planparse-") as temporary:
        table = Table("measure", "value", "bar", "", title=f"batch, {os.cpu_count()} cores", title_justify="left")
        for what, value, bar, met in measure(
            given.keep or Path(temporary), given.documents, tuple(given.only), given.rounds
        ):
            shown = "" if met is None else "[green]met[/]" if met else "[red]missed[/]"
            table.add_row(what, value, bar, shown)
            print(f"{what}: {value}", file=sys.stderr)
    Console().print(table)


if __name__ == "__main__":
    main()

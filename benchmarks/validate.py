"""How fast records are validated, and how soon the first finding shows.

    python benchmarks/validate.py [--records 10000] [--jobs 2] [--made 200]

Writes invented records (those that the tests mutate, about 40 kB each) into a temporary folder, with a fault in
the first, and runs ``planparse validate`` on them: as one file each, and as one JSONL. The rules that compare the
numbers of documents are left out: invented records repeat each other as those of an archive do not. The bar: 10,000
records in less than 20 s on 2 cores, with the first finding while the rest is still to be read.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from validation.making import make

BAR = 20.0


def write(folder: Path, count: int, made: int) -> tuple[Path, Path, int]:
    """``count`` records as files and as one JSONL; the folder, the JSONL and the bytes of the files."""
    records = folder / "records"
    records.mkdir()
    trees = [make(seed).record for seed in range(made)]
    size = 0
    with (folder / "all.jsonl").open("w", encoding="utf-8") as lines:
        for i in range(count):
            tree = dict(trees[i % made])
            # Another document each: what makes two records the same document is changed.
            tree["source"] = tree["source"] | {"sha256": f"{i:064x}", "name": f"{i}.txt"}
            tree["header"] = tree["header"] | ({"number_symbol": "0/SAI"} if i == 0 else {})
            text = json.dumps(tree, ensure_ascii=False, indent=1)
            size += len(text.encode())
            (records / f"{i:06}.json").write_text(text, encoding="utf-8")
            lines.write(json.dumps(tree, ensure_ascii=False, separators=(",", ":")) + "\n")
    return records, folder / "all.jsonl", size


def run(path: Path, jobs: int) -> tuple[float, float, float, str]:
    """Seconds to the first finding and to the end, processor seconds, and the last line."""
    command = [sys.executable, "-m", "planparse", "validate", str(path), "--jobs", str(jobs)]
    command += ["--format", "github", "--ignore", "PP171,PP48", "--fail-on", "never"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first, lines = 0.0, 0
    for _ in process.stdout:
        first = first or time.perf_counter() - started
        lines += 1
    process.wait()
    took = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return first, took, spent, f"{lines} findings"


def main() -> int:
    """Print the table; the exit code says whether the bar is met."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--made", type=int, default=200, help="different records among them")
    options = parser.parse_args()
    table = Table(title=f"{options.records:,} records, {options.jobs} processes")
    for name in ("input", "MB", "first finding (s)", "all (s)", "CPU (s)", "records/s", "ms a record", "found"):
        table.add_column(name, justify="right")
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        records, lines, size = write(Path(folder), options.records, min(options.made, options.records))
        for name, path in (("files", records), ("JSONL", lines)):
            first, took, spent, found = run(path, options.jobs)
            worst = max(worst, took)
            speed, each = options.records / took, 1000 * spent / options.records
            table.add_row(
                name,
                f"{size / 1e6:.0f}",
                f"{first:.2f}",
                f"{took:.1f}",
                f"{spent:.1f}",
                f"{speed:.0f}",
                f"{each:.2f}",
                found,
            )
    Console().print(table)
    bar = BAR * options.records / 10_000
    print(f"bar: {bar:.1f} s for {options.records:,} records; slowest {worst:.1f} s")
    return int(worst > bar)


if __name__ == "__main__":
    sys.exit(main())

"""A run is tormented: workers and the run itself are killed at random moments, and then nothing may be lost.

    python benchmarks/faults.py [--documents 270] [--bad 30] [--kills 20] [--seed 1]

Ends with an error if a file has no line in the manifest or two, if a record is missing, torn or not what an
undisturbed run makes of it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.documents import write_documents
from planparse.records import PlanRecord

PLANPARSE = [sys.executable, "-m", "planparse", "batch"]


def write_bad(folder: Path, count: int, chance: random.Random) -> None:
    """Files that can't be converted, each kind in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"bad{number:03}"
        kind = number % 6
        if kind == 0:
            (folder / f"{name}.txt").write_bytes(chance.randbytes(4000))
        elif kind == 1:
            (folder / f"{name}.txt").touch()
        elif kind == 2:
            (folder / f"{name}.txt").symlink_to("nowhere")
        elif kind == 3:
            with (folder / f"{name}\n.txt").open("wb") as file:
                file.truncate(200 * 2**20)
        elif kind == 4:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name.encode() + b"\xff.txt")).write_bytes(b" \n\t\n")
        else:
            (folder / f"{name}.txt").symlink_to(f"{name}.txt")


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[1]) == pid:
                found.append(int(stat.parent.name))
    return found


def torment(place: Path, output: Path, kills: int, chance: random.Random, longest: float = 3.0) -> Counter[str]:
    """Run until the run ends by itself; before, kill a worker or the run ``kills`` times. Returns the kills."""
    done: Counter[str] = Counter()
    while True:
        process = subprocess.Popen([*PLANPARSE, str(place), str(output), "--workers", "2", "--quiet"])
        while process.poll() is None and done.total() < kills:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.1, longest))
                break
            workers = children(process.pid)
            if workers and chance.random() < 0.6:
                done["worker"] += 1
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)
            else:
                done["run"] += 1
                process.kill()
        if process.wait() in (0, 20, 21):
            return done
        time.sleep(0.05)


def faults_of(place: Path, output: Path, undisturbed: Path) -> list[str]:
    """What is wrong with an output, compared with that of a run that nobody disturbed."""
    wrong: list[str] = []
    lines = [json.loads(line) for line in (output / "manifest.jsonl").read_bytes().splitlines()]
    named = Counter(line["input"] for line in lines)
    there = {(Path(at) / name).relative_to(place).as_posix() for at, _, names in os.walk(place) for name in names}
    wrong += [f"{name!r} stands in the manifest {named[name]} times" for name in there if named[name] != 1]
    wrong += [f"{name!r} is no input" for name in named.keys() - there]
    for line in lines:
        if "SIGKILL" in (line["error"] or ""):
            continue  # the same file was hit twice: reported, as it should be
        if (line["record"] is None) != (line["status"] == "failed"):
            wrong.append(f"{line['input']!r} is {line['status']} with record {line['record']}")
        if line["record"] is not None:
            data = (output / line["record"]).read_bytes()
            PlanRecord.model_validate_json(data)
            if data != (undisturbed / line["record"]).read_bytes():
                wrong.append(f"{line['record']} differs from that of the undisturbed run")
    return wrong


def main() -> None:
    """Torment a run and tell what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=270)
    parser.add_argument("--bad", type=int, default=30)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planparse-") as temporary:
        folder, chance = Path(temporary), random.Random(given.seed)
        write_documents(folder / "in", given.documents, given.seed)
        write_bad(folder / "in" / "bad", given.bad, chance)
        subprocess.run([*PLANPARSE, folder / "in", folder / "calm", "--quiet"], check=False)
        kills = torment(folder / "in", folder / "out", given.kills, chance)
        wrong = faults_of(folder / "in", folder / "out", folder / "calm")
        print(f"{given.documents} documents, {given.bad} bad ones; killed: {dict(kills)}; faults: {len(wrong)}")
        print("\n".join(wrong[:20]))
        sys.exit(bool(wrong))


if __name__ == "__main__":
    main()

"""A scanner drops files while a run watches."""

from __future__ import annotations

import time
from pathlib import Path
from threading import Event, Thread

import pytest

from documents import folder_of, lines_of, plan
from planparse.batch import Summary, run_batch
from planparse.batch.watching import Resting
from planparse.config import BatchSettings
from planparse.errors import ExitCode, UsageError


def test_a_file_rests_when_it_has_not_changed_for_a_while() -> None:
    times = iter(range(10))
    resting = Resting(2, clock=lambda: float(next(times)))
    growing = [(10, 1), (20, 2), (20, 2), (20, 2)]
    assert [resting.rested({"a": state}) for state in growing] == [[], [], [], ["a"]]


def test_only_a_folder_can_be_watched(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles", reason="planparse[watch] is not installed")
    with pytest.raises(UsageError, match="only a folder"):
        run_batch(str(tmp_path / "*.txt"), str(tmp_path / "out"), watch=True)


def test_what_is_dropped_is_converted_when_it_is_whole(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles", reason="planparse[watch] is not installed")
    place, out, stop = folder_of(tmp_path / "in", ["first.txt"]), tmp_path / "out", Event()
    ended: list[Summary] = []
    settings = BatchSettings(workers=1, settle=0.6)
    runner = Thread(
        target=lambda: ended.append(run_batch(str(place), str(out), settings, stop=stop, watch=True)), daemon=True
    )
    runner.start()
    until(lambda: (out / "first.txt.json").exists())
    text = plan(5)
    with (place / "slowly.txt").open("w", encoding="utf-8") as scanner:
        for at in range(0, len(text), len(text) // 4):
            scanner.write(text[at : at + len(text) // 4])
            scanner.flush()
            time.sleep(0.25)
            assert not (out / "slowly.txt.json").exists()
    folder_of(place, ["box/second.txt", "box/third.txt"], first=7)
    (place / "first.txt").write_text(plan(99), encoding="utf-8")
    before = (out / "first.txt.json").read_bytes()
    until(lambda: (out / "box" / "third.txt.json").exists() and (out / "slowly.txt.json").exists())
    until(lambda: (out / "first.txt.json").read_bytes() != before)
    stop.set()
    runner.join(20)
    assert ended[0].exit_code == ExitCode.OK
    assert sorted(lines_of(out)) == ["box/second.txt", "box/third.txt", "first.txt", "slowly.txt"]


def test_a_watch_that_is_ended_in_the_middle_leaves_everything_in_order(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles", reason="planparse[watch] is not installed")
    place, out, stop = folder_of(tmp_path / "in", [f"{n}.txt" for n in range(9)]), tmp_path / "out", Event()

    class Stopper:
        def total(self, inputs: int) -> None: ...
        def say(self, message: str) -> None: ...
        def done(self, outcome: object, summary: Summary) -> None:
            stop.set()

    settings = BatchSettings(workers=1, format="jsonl")
    summary = run_batch(str(place), str(out), settings, reporter=Stopper(), stop=stop, watch=True)
    assert summary.exit_code == ExitCode.INTERRUPTED
    done = len(lines_of(out))
    assert 0 < done < 9
    assert (out / "records.jsonl").read_bytes().count(b"\n") == done


def until(holds: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)

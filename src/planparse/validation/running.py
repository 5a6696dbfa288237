"""Many record files through the examiner, on several cores, findings as they come.

Results come in the order of the files whatever finishes first, and at most a window of them waits, so the
first finding shows while the rest is still to be read and memory stays flat.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gc
import os
from collections import deque
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from planparse.checks import ARCHIVE_RULES, Digest, Finding
from planparse.checks.run import CRASHED, crashed
from planparse.checks.run import finding as made
from planparse.validation.entries import SUFFIXES, Entry, json_entry, jsonl_lines, read_entries, shown_name
from planparse.validation.examine import Examined, Examiner
from planparse.validation.plugins import installed_rules
from planparse.validation.selection import Selection
from planparse.validation.sources import Sources

CHUNK = 32
"""Files, or lines of JSONL, that one piece of work holds."""

ALONE = 96
"""Up to so many files are examined in this process: starting workers would take longer."""

ALONE_BYTES = 4_000_000


@dataclass(frozen=True)
class Plan:
    """What a run is to do. ``jobs`` is the number of processes; ``today`` is for tests."""

    selection: Selection = field(default_factory=Selection)
    sources: Path | None = None
    jobs: int = 1
    today: dt.date | None = None

    def examiner(self) -> Examiner:
        """An examiner for one process."""
        sources = Sources(self.sources) if self.sources else None
        return Examiner(self.selection, sources, self.today)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


Piece = tuple[str, list[tuple[str, bytes | None]]]
"""Work for one process: a JSONL file's name and its lines, or ``""`` and paths with their names."""


def examine_all(files: Iterable[tuple[Path, str]], plan: Plan) -> Iterator[Examined]:
    """Examine record files; what concerns several records comes at the end."""
    digests: list[Digest] = []
    said: set[str] = set()
    faults = tuple(one for one in installed_rules().faults if plan.selection.wants(one.code))
    if faults:
        yield Examined("", None, faults, across=True)
    for one in _examined(list(files), plan):
        if one.digest is not None:
            digests.append(one.digest)
        yield _without_repeated_crashes(one, said)
    yield from across(digests, plan.selection)


def _without_repeated_crashes(one: Examined, said: set[str]) -> Examined:
    """A rule that fails on every record is reported once."""
    if not any(f.code == CRASHED for f in one.findings):
        return one
    kept = tuple(f for f in one.findings if f.code != CRASHED or f.message not in said)
    said.update(f.message for f in one.findings)
    return replace(one, findings=kept)


def _examined(files: list[tuple[Path, str]], plan: Plan) -> Iterator[Examined]:
    if plan.jobs == 1 or (len(files) <= ALONE and sum(_size(path) for path, _ in files) < ALONE_BYTES):
        examiner = plan.examiner()
        for path, name in files:
            yield from examiner.file(path, name)
        return
    with ProcessPoolExecutor(plan.jobs, initializer=_begin, initargs=(plan,)) as pool:
        waiting: deque[Future[list[Examined]]] = deque()
        try:
            for piece in _pieces(files):
                waiting.append(pool.submit(_work, piece))
                if len(waiting) > 4 * plan.jobs:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _pieces(files: Iterable[tuple[Path, str]]) -> Iterator[Piece]:
    """The work in pieces of bounded size, in order. JSONL is handed out line by line."""
    batch: list[tuple[str, bytes | None]] = []
    for path, name in files:
        if SUFFIXES.get(path.suffix.lower()) == "jsonl" and _size(path) > ALONE_BYTES:
            if batch:
                yield "", batch
                batch = []
            yield from _lines(path, name)
            continue
        batch.append((os.fsdecode(path), None))
        if len(batch) >= CHUNK:
            yield "", batch
            batch = []
    if batch:
        yield "", batch


def _lines(path: Path, name: str) -> Iterator[Piece]:
    with path.open("rb") as handle:
        numbered = jsonl_lines(handle)
        while chunk := list(islice(numbered, CHUNK)):
            yield name, [(str(number), line) for number, line in chunk]


_examiner: Examiner | None = None


def _begin(plan: Plan) -> None:
    global _examiner
    _examiner = plan.examiner()
    # Trees and models hold no cycles: looking for some after every few hundred objects is an eighth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _work(piece: Piece) -> list[Examined]:
    assert _examiner is not None
    name, parts = piece
    if name:
        return [_examiner.entry(json_entry(line or b"", name, int(number))) for number, line in parts]
    return [one for path, _ in parts for one in _examiner.file(Path(path), shown_name(Path(path)))]


def across(digests: list[Digest], selection: Selection) -> Iterator[Examined]:
    """The findings of the rules over all records, file by file."""
    found: dict[tuple[str, int | None], list[Finding]] = {}
    for rule in ARCHIVE_RULES.values():
        if not selection.wants(rule.code):
            continue
        try:
            for one, problem in rule.check(digests):
                if selection.wants(rule.code, one.file):
                    key = (one.file or "", one.entry)
                    found.setdefault(key, []).append(made(rule, problem))
        except Exception as error:
            found.setdefault(("", None), []).append(crashed(rule.code, rule.name, error))
    by_file: dict[str, dict[int | None, list[Finding]]] = {}
    for (file, entry), findings in found.items():
        by_file.setdefault(file, {})[entry] = findings
    for file, entries in by_file.items():
        for entry, placed in _placed(file, entries):
            yield Examined(file, entry, placed, across=True)


def _placed(file: str, entries: dict[int | None, list[Finding]]) -> Iterator[tuple[int | None, tuple[Finding, ...]]]:
    """Findings over all records with their places; a file is read once more, and of JSONL only the lines needed."""
    left = dict(entries)
    for one in _read_again(file, left) if file and file != "-" else ():
        if one.readable and (findings := left.pop(one.number, None)):
            places = one.locate({f.pointer for f in findings})
            spots = [places[f.pointer] for f in findings]
            yield (
                one.number,
                tuple(
                    replace(f, file=file, entry=one.number, line=spot.line, column=spot.column)
                    for f, spot in zip(findings, spots, strict=True)
                ),
            )
    for entry, findings in left.items():
        yield entry, tuple(replace(f, file=file or None, entry=entry, line=entry) for f in findings)


def _read_again(file: str, wanted: Container[int | None]) -> Iterator[Entry]:
    path = Path(file)
    if SUFFIXES.get(path.suffix.lower()) != "jsonl":
        yield from read_entries(path, file)
        return
    with contextlib.suppress(OSError), path.open("rb") as handle:
        for number, line in jsonl_lines(handle):
            if number in wanted:
                yield json_entry(line, file, number)

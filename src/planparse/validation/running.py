"""Many record files through the examiner, on several cores, findings as they come.

Results come in the order of the files whatever finishes first, and at most a window of them waits, so the
first finding shows while the rest is still to be read and memory stays flat.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from planparse.checks import ARCHIVE_RULES, Digest, Finding
from planparse.checks.run import CRASHED, crashed
from planparse.checks.run import finding as made
from planparse.validation.entries import SUFFIXES, json_entry, jsonl_lines, read_entries, shown_name
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
    for (file, entry), findings in found.items():
        yield Examined(file, entry, tuple(_placed(findings, file, entry)), across=True)


def _placed(findings: list[Finding], file: str, entry: int | None) -> Iterator[Finding]:
    """Findings over all records with their places, the file being read once more."""
    places = {}
    if file:
        for one in read_entries(Path(file), file):
            if one.number == entry and one.readable:
                places = dict(one.locate({f.pointer for f in findings}))
                break
    for f in findings:
        line, column = places.get(f.pointer, (entry, None))
        yield replace(f, file=file or None, entry=entry, line=line, column=column)

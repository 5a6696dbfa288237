"""The run itself: inputs in, calls out to the crew, one line of the manifest for each that comes back."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, replace
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Protocol

from planparse.batch.convert import convert_all
from planparse.batch.crew import Crew, Portion, Work
from planparse.batch.discovery import Input
from planparse.batch.jobs import Job, Outcome, Stamp
from planparse.batch.manifest import Entry, Manifest
from planparse.batch.naming import record_name
from planparse.batch.storage import STATE, is_url, storage_at
from planparse.batch.summary import Summary
from planparse.errors import ClusterLostError, UnwritableOutputError

if TYPE_CHECKING:
    from planparse.reading.pages.model import OcrMode

TRIES = 2
"""How often an input is given to a worker that does not come back."""
GRACE = 10.0
"""Seconds that an interrupted run waits for the documents that workers are in the middle of."""
LOOK_UP = 0.2
"""Seconds between two looks at whether the run was told to stop."""


class Reporter(Protocol):
    """Who is told what happens."""

    def total(self, inputs: int) -> None:
        """So many inputs there are."""

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """An input is done."""

    def say(self, message: str) -> None:
        """Something that a person should know."""


@dataclass(frozen=True)
class Plan:
    """What a run does: for whom, how, and when to give up."""

    output: str
    format: str
    stamp: Stamp
    fail_after: int | None = None
    """Stop after so many failures."""
    force: bool = False
    ocr: OcrMode = "auto"
    work: Work = convert_all


class Run:
    """One pass over the inputs."""

    def __init__(self, plan: Plan, manifest: Manifest, crew: Crew, reporter: Reporter, stop: Event) -> None:
        self.plan, self.manifest, self.crew, self.reporter, self.stop = plan, manifest, crew, reporter, stop
        self.summary = Summary()
        self._portion = Portion(crew.chunk, crew.width)
        self._came_back: SimpleQueue[Future[list[Outcome]]] = SimpleQueue()
        self._out: dict[Future[list[Outcome]], list[Job]] = {}
        self._lost: dict[str, int] = {}
        self._here = os.getcwd()  # noqa: PTH109
        self._why: dict[str, str] = {}

    def go(self, inputs: Iterable[Input]) -> Summary:
        """Deal with every input, and return the account."""
        began = time.perf_counter()
        jobs = self._jobs(inputs)
        waiting: deque[Job] = deque()
        try:
            while not self._ended():
                waiting.extend(islice(jobs, self._portion.ahead - len(waiting)))
                if not waiting:
                    break
                self._send([waiting.popleft() for _ in range(self._portion.size(len(waiting)))])
                while len(self._out) >= self.crew.window and not self._ended():
                    self._take(LOOK_UP)
            while self._out and not self._ended():
                self._take(LOOK_UP)
            self._wind_up()
        finally:
            self.summary.seconds += time.perf_counter() - began
        return self.summary

    @property
    def cut_short(self) -> bool:
        """Whether the run was told to stop, or gave up."""
        return self.summary.interrupted or self.summary.stopped is not None

    def _jobs(self, inputs: Iterable[Input]) -> Iterator[Job]:
        for found in inputs:
            if found.skip is not None:
                self._settle(Outcome(found.key, "skipped", error=found.skip))
            elif found.refuse is not None:
                self._settle(Outcome(found.key, "failed", error=found.refuse, lasting=False))
            else:
                yield self._job(found)

    def _job(self, found: Input) -> Job:
        """The call for one input, with what an earlier run left of it."""
        plan = self.plan
        if plan.format == "jsonl":
            record = f"{STATE}/parts/{record_name(found.relative, '.jsonl')}"
        else:
            record = record_name(found.relative, f".{plan.format}")
        path, output = self._everywhere(found.path), self._everywhere(plan.output)
        job = Job(found.key, path, output, record, plan.format, plan.force, plan.ocr)
        earlier = self.manifest.get(found.key)
        if earlier is None:
            return job
        why = earlier.stamp.change_to(plan.stamp)
        if why is None and earlier.status == "failed" and not earlier.lasting:
            why = f"failed before: {earlier.error}"
        if why is None and earlier.status == "skipped":
            why = "skipped before"
        if why is None and earlier.record not in (None, record):
            why = "another place in the output"
        if why is not None:
            self._why[found.key] = why
            return job
        return replace(job, done_sha256=earlier.sha256, done_record=earlier.record is not None)

    def _everywhere(self, place: str) -> str:
        """A place as a worker must be told it, whose own working folder may be another, as on a cluster."""
        return place if is_url(place) else os.path.join(self._here, place)  # noqa: PTH118

    def _send(self, chunk: list[Job]) -> None:
        future = self.crew.executor.submit(self.crew.around(self.plan.work), chunk)
        self._out[future] = chunk
        future.add_done_callback(self._came_back.put)

    def _take(self, timeout: float) -> None:
        """Deal with one call that came back, if one does in time."""
        try:
            future = self._came_back.get(timeout=timeout)
        except Empty:
            return
        chunk = self._out.pop(future)
        try:
            outcomes = future.result()
        except CancelledError:
            if not self._ended():
                raise ClusterLostError("cluster", "the scheduler is gone", "start it and run again") from None
            return
        except self.crew.lost as lost:
            self._try_again(chunk, str(lost))
            return
        for job, outcome in zip(chunk, outcomes, strict=True):
            self._portion.took(outcome.seconds)
            self._explain(job, outcome)
            self._settle(outcome)

    def _try_again(self, chunk: list[Job], why: str) -> None:
        """A worker was lost: find out whose fault it was, and give everybody else another."""
        if self._ended():
            return
        if len(chunk) > 1:
            for job in chunk:
                self._send([job])
            return
        job = chunk[0]
        self._lost[job.key] = self._lost.get(job.key, 0) + 1
        if self._lost[job.key] < TRIES:
            self.summary.retried += 1
            self._send(chunk)
        else:
            self._settle(Outcome(job.key, "failed", error=f"{why}, {TRIES} times", lasting=False))

    def _explain(self, job: Job, outcome: Outcome) -> None:
        """Count why an input that an earlier run knew was done again."""
        why = self._why.pop(job.key, None)
        if job.done_sha256 is not None and not outcome.unchanged:
            why = "its record is gone" if outcome.sha256 == job.done_sha256 else "its content changed"
        if why is not None:
            self.summary.reasons[why.partition(":")[0]] += 1

    def _settle(self, outcome: Outcome) -> None:
        """Write down how an input ended."""
        if outcome.fatal:
            self.crew.kill()
            raise UnwritableOutputError(self.plan.output, outcome.error or "can't be written", "then run again")
        earlier = self.manifest.get(outcome.key)
        entry = Entry.of(outcome, self.plan.stamp)
        if earlier == entry:  # refused or skipped as before
            outcome = replace(outcome, unchanged=True)
        if outcome.unchanged and earlier is not None:
            self.summary.add(outcome, earlier.status)
        else:
            self._clear(earlier, entry)
            self.manifest.append(entry)
            self.summary.add(outcome, outcome.status)
        self._lost.pop(outcome.key, None)
        self.reporter.done(outcome, self.summary)

    def _clear(self, earlier: Entry | None, now: Entry) -> None:
        """Remove the record that an earlier run left of what is not this input any more, or in another format.

        What could not be read now keeps it: its disk may be away for a while. Before the new line is written,
        so that a run killed in between finds the record gone and makes it again.
        """
        stale = earlier.record if earlier is not None else None
        if stale not in (None, now.record) and now.sha256 is not None:
            storage_at(self.plan.output).remove(str(stale))

    def _ended(self) -> bool:
        if self.stop.is_set():
            self.summary.interrupted = True
        most = self.plan.fail_after
        if most is not None and self.summary.failures >= most and self.summary.stopped is None:
            self.summary.stopped = f"{most} {'files' if most > 1 else 'file'} failed"
        return self.cut_short

    def _wind_up(self) -> None:
        """After the end, or a stop: no new calls, but what is being worked on may finish."""
        if not self._out:
            return
        for future in self._out:
            future.cancel()
        enough = time.monotonic() + GRACE
        while self._out and time.monotonic() < enough:
            self._take(LOOK_UP)
        self.crew.kill()

"""``run_batch``: lock the output, open the manifest, run, and leave everything in order."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from threading import Event, Thread

from planparse.batch.convert import convert_all
from planparse.batch.crew import Crew, Work, local_crew
from planparse.batch.discovery import Input, Selection, discover
from planparse.batch.fingerprint import stamp_of
from planparse.batch.home import at_home
from planparse.batch.jobs import Outcome
from planparse.batch.manifest import Manifest
from planparse.batch.outputs import export_tables, join_jsonl, sweep
from planparse.batch.runner import Plan, Reporter, Run
from planparse.batch.storage import is_url
from planparse.batch.summary import Summary
from planparse.batch.watching import require_watchfiles, watch_folder
from planparse.config import BatchSettings
from planparse.errors import PlanparseError, UsageError

Names = Callable[[], Iterable[str]]


class Silent:
    """A reporter that keeps everything to itself."""

    def total(self, inputs: int) -> None:
        """Not said."""

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """Not said."""

    def say(self, message: str) -> None:
        """Not said."""


def run_batch(
    place: str,
    output: str,
    settings: BatchSettings | None = None,
    *,
    listed: Names | None = None,
    reporter: Reporter | None = None,
    stop: Event | None = None,
    watch: bool = False,
    work: Work = convert_all,
) -> Summary:
    """Convert all documents at ``place`` (folder, file, glob, URL, ``-``) into records below ``output``.

    What an earlier run has done and what has not changed since is left as it is. ``listed`` gives the names
    for ``-``; setting ``stop`` ends the run in good order. With ``watch`` the run goes on with what comes into
    the folder until it is told to stop.

    Raises :class:`~planparse.errors.PlanparseError` where the run can't begin or go on; what is wrong with
    single documents stands in the manifest.
    """
    settings, reporter, stop = settings or BatchSettings(), reporter or Silent(), stop or Event()
    _refuse_same(place, output)
    inputs = _inputs(place, output, settings, listed)
    if watch and (is_url(place) or not os.path.isdir(place)):  # noqa: PTH112
        raise UsageError(place, "only a folder can be watched", "leave --watch out")
    _require_packages(settings, watch=watch)
    found = inputs()  # raises before anything is made where there is nothing of that name
    plan = Plan(
        output,
        settings.format,
        stamp_of(settings.format, force=settings.force, ocr=settings.ocr),
        _fail_after(settings),
        settings.force,
        settings.ocr,
        work,
    )
    with at_home(output) as manifest:
        sweep(output)
        if manifest.torn:
            reporter.say("the last run was cut off in the middle of a line; that file will be done again")
        crew = _crew(settings, warm=len(manifest) == 0)
        try:
            _count(inputs, reporter)
            run = Run(plan, manifest, crew, reporter, stop)
            began = time.time()
            summary = run.go(found)
            if not run.cut_short:
                summary.kept = len(manifest) - summary.inputs
            if watch:
                _keep_watch(place, inputs, run, began, settings.settle)
            if not run.cut_short:
                crew.executor.shutdown()
            # Whoever pressed Ctrl-C wants to leave now; only a watch has no other end.
            if watch or not summary.interrupted:
                _put_in_order(output, settings, manifest)
        finally:
            crew.kill()
    return summary


def _crew(settings: BatchSettings, *, warm: bool) -> Crew:
    if settings.scheduler is None:
        return local_crew(settings.workers, settings.timeout, warm=warm)
    from planparse.batch.cluster import dask_crew

    return dask_crew(settings.scheduler, settings.timeout)


def _keep_watch(place: str, inputs: Callable[[], Iterator[Input]], run: Run, began: float, settle: float) -> None:
    """Go on with what comes into the folder until the run is told to stop."""
    dealt_with: dict[str, float] = {}

    def done(found: Input, changed: float) -> bool:
        return found.key in run.manifest and changed < dealt_with.get(found.key, began)

    for arrived in watch_folder(place, inputs, done, settle=settle, stop=run.stop):
        dealt_with |= {found.key: time.time() for found in arrived}
        run.go(arrived)
        if run.cut_short:
            break


def _put_in_order(output: str, settings: BatchSettings, manifest: Manifest) -> None:
    manifest.tidy()
    if settings.format == "jsonl":
        join_jsonl(output, manifest.entries())
    if settings.export:
        export_tables(output, manifest.entries(), settings.export)


def _inputs(place: str, output: str, settings: BatchSettings, listed: Names | None) -> Callable[[], Iterator[Input]]:
    selection = Selection(settings.include, settings.exclude)
    return lambda: discover(place, selection, without=output, listed=listed)


def _count(inputs: Callable[[], Iterator[Input]], reporter: Reporter) -> None:
    """Count the inputs beside the work, for the time left; nobody waits for it."""

    def count() -> None:
        with contextlib.suppress(PlanparseError):  # the run itself will come upon it
            reporter.total(sum(1 for _ in inputs()))

    Thread(target=count, daemon=True).start()


def _fail_after(settings: BatchSettings) -> int | None:
    return 1 if settings.fail_fast else settings.max_failures


def _require_packages(settings: BatchSettings, *, watch: bool) -> None:
    """Say now what would be missed when the work of hours is done."""
    if settings.export:
        from planparse.exporting import require_packages

        require_packages(settings.export)
    if watch:
        require_watchfiles()


def _refuse_same(place: str, output: str) -> None:
    for name, value in (("INPUT", place), ("OUTPUT", output)):
        if not value:  # as of a shell variable that is not set
            raise UsageError(name, "is empty", "name a folder")
    if is_url(place) or is_url(output):
        same = place.rstrip("/") == output.rstrip("/")
    else:
        same = os.path.realpath(place) == os.path.realpath(output)
    if same:
        raise UsageError(output, "is the input itself", "name another folder for the records")
    if not is_url(output) and os.path.lexists(output) and not os.path.isdir(output):  # noqa: PTH112
        raise UsageError(output, "is not a folder", "name a folder for the records")

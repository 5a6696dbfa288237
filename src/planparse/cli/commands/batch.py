"""``planparse batch``: a folder of documents in, a folder of records out."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Annotated, Any

import typer

from planparse.batch import run_batch
from planparse.batch.discovery import names_of
from planparse.cli.messages import note, warn
from planparse.cli.views.progress import Quiet, account, error_console, reporter
from planparse.config import load_settings
from planparse.errors import ExitCode

WORK, STOPPING, WATCH = "Work", "When to stop", "Watching"


def command(
    place: Annotated[
        str,
        typer.Argument(
            metavar="INPUT", help="Folder, file, glob in quotes, URL (s3://…), or - for names on standard input."
        ),
    ],
    output: Annotated[str, typer.Argument(metavar="OUTPUT", help="Folder or URL for records and manifest.jsonl.")],
    format_name: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="json|yaml|jsonl", help="A file for each document, or one JSONL."),
    ] = None,
    export: Annotated[
        list[str] | None,
        typer.Option("--export", metavar="csv|xlsx|parquet|duckdb", help="Tables of all records; may be repeated."),
    ] = None,
    include: Annotated[
        list[str] | None, typer.Option("--include", metavar="GLOB", help="Names to read as plain text, too.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option("--exclude", metavar="GLOB", help="Paths to leave out.")
    ] = None,
    null: Annotated[bool, typer.Option("--null", "-0", help="Names on standard input end with NUL bytes.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", "-w", help="Processes; default: one a core.", rich_help_panel=WORK)
    ] = None,
    timeout: Annotated[
        float | None, typer.Option("--timeout", help="Seconds that a document may take.", rich_help_panel=WORK)
    ] = None,
    force: Annotated[
        bool | None,
        typer.Option("--force", help="Convert text that reads like no Vietnamese, too.", rich_help_panel=WORK),
    ] = None,
    ocr: Annotated[
        str | None,
        typer.Option("--ocr", metavar="auto|never|always", help="Which pages are read by OCR.", rich_help_panel=WORK),
    ] = None,
    fail_fast: Annotated[
        bool | None, typer.Option("--fail-fast", help="Stop at the first failure.", rich_help_panel=STOPPING)
    ] = None,
    max_failures: Annotated[
        int | None, typer.Option("--max-failures", help="Stop after so many failures.", rich_help_panel=STOPPING)
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="tcp://HOST:8786", help="Dask scheduler to use.", rich_help_panel=WORK),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on with files as they come, until Ctrl-C.", rich_help_panel=WATCH)
    ] = False,
    settle: Annotated[
        float | None,
        typer.Option("--settle", help="Seconds for which a watched file must rest.", rich_help_panel=WATCH),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Configuration; default: found upwards.")
    ] = None,
) -> None:
    """Make records of a whole folder.

    What an earlier run has done and what has not changed is left as it is, so a run that was interrupted
    is completed by the same command. OUTPUT/manifest.jsonl has one line for every input: its record, or
    why it has none.

    \b
    Examples:
      planparse batch scans/ records/
      planparse batch 'scans/2025/*.txt' records/ --workers 8 --export xlsx
      find /archive -name '*.txt' -print0 | planparse batch - records/ --null
      planparse batch s3://plans/ocr s3://plans/records
    """
    options = {
        "format": format_name,
        "export": export or None,
        "include": include or None,
        "exclude": exclude or None,
        "workers": workers,
        "timeout": timeout,
        "force": force,
        "ocr": ocr,
        "fail_fast": fail_fast,
        "max_failures": max_failures,
        "scheduler": scheduler,
        "settle": settle,
    }
    settings = load_settings(path=config).override("batch", options).settings.batch
    names = names_of(sys.stdin.buffer.read(), null=null) if place == "-" else []
    try:
        with reporter(quiet) as shown, _stopping(shown) as stop:
            summary = run_batch(place, output, settings, listed=lambda: names, reporter=shown, stop=stop, watch=watch)
    except KeyboardInterrupt:  # the second Ctrl-C
        note(f"to go on, run the same command again: {_again()}")
        raise typer.Exit(ExitCode.INTERRUPTED) from None
    if not quiet:
        error_console().print(account(summary, os.path.join(output, "manifest.jsonl")))  # noqa: PTH118
    if summary.stopped:
        warn(f"stopped because {summary.stopped}")
    if summary.interrupted or summary.stopped:
        note(f"to go on, run the same command again: {_again()}")
    if not summary.inputs:
        warn(f"no documents at {place}")
    raise typer.Exit(summary.exit_code)


def _again() -> str:
    return shlex.join(["planparse", *sys.argv[1:]])


@contextlib.contextmanager
def _stopping(shown: Quiet) -> Iterator[Event]:
    """Ctrl-C and a polite kill end the run in good order; a second one ends it at once."""
    stop = Event()

    def answer(number: int, frame: Any) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        shown.say("stopping when the documents at hand are done (again to stop now)")

    before = {sign: signal.signal(sign, answer) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)

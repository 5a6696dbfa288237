"""What planparse says to a person: on standard error, one line a message. Data never goes there."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

import typer


def complain(message: str) -> None:
    """Say that something failed."""
    _say("error: ", message, typer.colors.RED)


def warn(message: str) -> None:
    """Say something that the person should look at."""
    _say("warning: ", message, typer.colors.YELLOW)


def note(message: str) -> None:
    """Say what was done."""
    _say("", message, None)


def _say(kind: str, message: str, colour: str | None) -> None:
    one_line = " ".join(message.splitlines())
    typer.echo(f"planparse: {typer.style(kind, fg=colour, bold=True) if kind else ''}{one_line}", err=True)


@contextlib.contextmanager
def page_counter() -> Iterator[Callable[[int, int], None]]:
    """A bar of pages on a terminal, shown once there is something to wait for; nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    shown = False

    def tell(done: int, of: int) -> None:
        nonlocal shown
        shown = True
        full = round(30 * done / of) if of else 0
        bar = f"[{'#' * full}{'.' * (30 - full)}] " if of else ""
        total = f" of {of}" if of else ""
        typer.echo(f"\r{bar}page {done}{total} ", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown:
            typer.echo("\r\x1b[K", err=True, nl=False)

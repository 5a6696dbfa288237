"""What planparse says to a person: on standard error, one line a message. Data never goes there."""

from __future__ import annotations

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

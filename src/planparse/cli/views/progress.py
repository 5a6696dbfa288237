"""A batch as a person sees it: a bar on a terminal, lines in a log, and the account at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from planparse.batch.jobs import Outcome
from planparse.batch.summary import Summary
from planparse.cli.messages import note

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

LINE_EVERY = 10.0
"""Seconds between two lines in a log."""


class Quiet:
    """Says nothing while the run goes on."""

    def __enter__(self) -> Quiet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to put away."""

    def total(self, inputs: int) -> None:
        """So many inputs there are."""

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """An input is done."""

    def say(self, message: str) -> None:
        """Something that a person should know."""


class Lines(Quiet):
    """Plain lines on standard error: every failure, and now and then how far the run has come."""

    def __init__(self) -> None:
        self.inputs: int | None = None
        self.began = self.told = time.monotonic()

    def total(self, inputs: int) -> None:
        """Keep the number for the lines to come."""
        self.inputs = inputs

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """Tell of a failure, and from time to time of the rest."""
        if outcome.status == "failed" and not outcome.unchanged:
            self.say(failure_of(outcome))
        now = time.monotonic()
        if now - self.told >= LINE_EVERY:
            self.told = now
            of = f" of {self.inputs:,}" if self.inputs else ""
            left = _time_left(now - self.began, summary.inputs, self.inputs)
            self.say(f"{summary.inputs:,}{of} files, {_pace(summary, now - self.began)}, {_failures(summary)}{left}")

    def say(self, message: str) -> None:
        """Print a line."""
        note(message)


class Bar(Quiet):
    """A progress bar on the terminal, with the failures above it."""

    def __init__(self, console: Console) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.console = console
        self.began = time.monotonic()
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("[cyan]{task.fields[pace]}"),
            TextColumn("{task.fields[failures]}"),
            TimeRemainingColumn(compact=True),
            console=console,
            transient=True,
        )
        self.task = self.bar.add_task("converting", total=None, pace="", failures="")

    def __enter__(self) -> Bar:
        self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self.bar.stop()

    def total(self, inputs: int) -> None:
        """Give the bar its length."""
        self.bar.update(self.task, total=inputs)

    def done(self, outcome: Outcome, summary: Summary) -> None:
        """Move the bar on."""
        if outcome.status == "failed" and not outcome.unchanged:
            self.say(failure_of(outcome))
        self.bar.update(
            self.task,
            completed=summary.inputs,
            pace=_pace(summary, time.monotonic() - self.began),
            failures=f"[red]{_failures(summary)}" if summary.failures else "",
        )

    def say(self, message: str) -> None:
        """Print a line above the bar."""
        self.console.print(message, markup=False, highlight=False, soft_wrap=True)


def reporter(quiet: bool) -> Quiet:
    """The reporter that suits standard error."""
    if quiet:
        return Quiet()
    if not sys.stderr.isatty():
        return Lines()
    return Bar(error_console())


def error_console() -> Console:
    """A console on standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def failure_of(outcome: Outcome) -> str:
    """One line about an input that failed, whatever its name is made of."""
    name = outcome.key.encode("utf-8", "backslashreplace").decode("utf-8")
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in name)
    return f"failed: {shown}: {outcome.error}"


def account(summary: Summary, manifest: str) -> Table:
    """The closing table of a run."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(title="batch", title_justify="left", title_style="bold", show_header=False, min_width=46)
    table.add_column(style="dim")
    table.add_column(justify="right")
    colours = {"ok": "green", "warnings": "yellow", "failed": "red", "skipped": "dim"}
    for status, colour in colours.items():
        if count := summary.counts[status]:  # type: ignore[index]
            table.add_row(status, f"[{colour}]{count:,}[/]")
    table.add_section()
    table.add_row("converted now", f"[bold]{summary.converted:,}[/]")
    if summary.unchanged:
        table.add_row("done before, unchanged", f"[bold]{summary.unchanged:,}[/]")
    for reason, count in sorted(summary.reasons.items()):
        table.add_row(f"done again: {escape(reason)}", f"[bold]{count:,}[/]")
    if summary.kept:
        table.add_row("kept from earlier runs", f"[bold]{summary.kept:,}[/]")
    if summary.retried:
        table.add_row("given to a second worker", f"[bold]{summary.retried:,}[/]")
    table.add_section()
    table.add_row("pages", f"[bold]{summary.pages:,}[/]")
    table.add_row("time", f"[bold]{summary.seconds:,.1f} s[/]")
    table.add_row("pace", f"[bold]{summary.pace:,.0f} pages/s[/]")
    table.add_section()
    table.add_row("manifest", escape(manifest))
    return table


def _pace(summary: Summary, seconds: float) -> str:
    return f"{summary.pages / seconds:,.0f} pages/s" if seconds > 0 else ""


def _failures(summary: Summary) -> str:
    return f"{summary.failures:,} failed"


def _time_left(seconds: float, done: int, total: int | None) -> str:
    if not total or not done or total <= done:
        return ""
    left = seconds * (total - done) / done
    return f", {left / 60:,.0f} min left" if left >= 90 else f", {left:,.0f} s left"

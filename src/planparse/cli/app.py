"""The ``planparse`` command itself: global options, lazy commands, and errors said in one line."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from inspect import cleandoc
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from planparse.cli.messages import complain
from planparse.cli.registry import COMMANDS, Entry
from planparse.errors import ExitCode, PlanparseError
from planparse.threads import use_one_thread
from planparse.version import __version__

EPILOG = """\b
Examples:
  planparse extract plan.txt               a record as JSON on standard output
  planparse extract *.txt -o records/      one file each
  planparse show plan.txt                  the same, to be read by a person
  planparse restore plan.txt --diff        what was garbled and what it says

\b
Exit codes: docs/exit-codes.md. Every command has its own --help."""


class _Listed(TyperCommand):
    """A command that is only listed: what ``--help`` and completion need to know of it."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(name=entry.name, help=entry.summary, rich_help_panel=entry.panel)
        self.entry = entry


class LazyGroup(TyperGroup):
    """A group whose commands are imported when they run, so that ``--help`` stays quick."""

    def __init__(self, **options: Any) -> None:
        options["commands"] = {entry.name: _Listed(entry) for entry in COMMANDS}
        super().__init__(**options)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Find the command that ``args`` names and load it."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, load(command.entry) if isinstance(command, _Listed) else command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command; that its reader has gone (``| head``) is no failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise typer.Exit(_mute()) from None


def _mute() -> ExitCode:
    """Let what is still buffered for standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.OK


def load(entry: Entry) -> Any:
    """Import a command's module and make the click command of it."""
    module = import_module(f"planparse.cli.commands.{entry.module}")
    if hasattr(module, "app"):
        return typer.main.get_command(module.app)
    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    alone.command(entry.name, help=_unwrapped(module.command.__doc__))(module.command)
    return typer.main.get_command(alone)


def _unwrapped(docstring: str) -> str:
    """A docstring whose paragraphs are one line each, but for those marked ``\\b``, which stay as set."""
    paragraphs = cleandoc(docstring).split("\n\n")
    return "\n\n".join(p if p.startswith("\b") else p.replace("\n", " ") for p in paragraphs)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"planparse {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=LazyGroup,
    name="planparse",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def planparse(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error; may stand anywhere.")
    ] = False,
) -> None:
    """Turn OCR'd Vietnamese administrative plans (kế hoạch) into validated records."""


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; nothing but ``--debug`` ever shows a traceback."""
    args, debug = _take_debug(list(sys.argv[1:] if argv is None else argv))
    use_one_thread()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks a letter must not end the run
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(args)
    except Exception as error:
        if debug:
            raise
        return _report(error)


def _run(args: list[str]) -> int:
    code: object = None
    try:
        typer.main.get_command(app).main(args, prog_name="planparse")
    except SystemExit as end:
        code = end.code
    try:
        if sys.stdout is not None:  # whether all output could be written shows here, not while Python ends
            sys.stdout.flush()
    except BrokenPipeError:
        return _mute()
    return code if isinstance(code, int) else int(code is not None)


def _report(error: Exception) -> ExitCode:
    """Say in one line what went wrong."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        from planparse.writing.files import unprintable

        _mute()
        error = unprintable(os.strerror(error.errno))
    if isinstance(error, PlanparseError):
        complain(str(error))
        return error.code
    complain(f"a defect of planparse: {type(error).__name__}: {error} (run again with --debug and report it)")
    return ExitCode.INTERNAL


def _take_debug(args: list[str]) -> tuple[list[str], bool]:
    """Take ``--debug`` out of the arguments, wherever it stands before a ``--``."""
    end = args.index("--") if "--" in args else len(args)
    kept = [arg for arg in args[:end] if arg != "--debug"] + args[end:]
    return kept, len(kept) < len(args) or os.environ.get("PLANPARSE_DEBUG", "") not in ("", "0")

"""The command line: parse options, call the library, render with rich.

:mod:`~planparse.cli.registry` lists the commands, each a module of :mod:`~planparse.cli.commands` that is
imported when it runs; :mod:`~planparse.cli.views` draws records and restored text for people.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the ``planparse`` command and return its exit code; ``argv`` defaults to the process's own."""
    from planparse.cli.app import run

    return run(argv)

"""The console that views draw on."""

from __future__ import annotations

import os
import sys

from rich.console import Console

from planparse.writing.files import unprintable

PIPE_WIDTH = 120
"""Columns where no terminal says how many there are."""


def data_console() -> Console:
    """A console on standard output: coloured and as wide as the terminal, plain and 120 wide in a pipe."""
    if sys.stdout is None:
        raise unprintable("it is closed")
    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)

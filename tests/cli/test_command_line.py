"""The command as a whole: help, version, lazy loading, messages."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from running import Run

from planparse import __version__
from planparse.cli.app import load
from planparse.cli.registry import COMMANDS, Entry


def test_version(run: Run) -> None:
    assert run("--version").out == f"planparse {__version__}\n"


def test_help_lists_every_command_with_examples(run: Run) -> None:
    shown = run("--help").out
    assert all(entry.name in shown and entry.summary in shown for entry in COMMANDS)
    assert "planparse extract plan.txt" in shown


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_says_what_the_list_says_and_gives_examples(entry: Entry, run: Run) -> None:
    assert load(entry).help.startswith(entry.summary)
    shown = run(entry.name, "--help")
    assert shown.code == 0
    assert f"planparse {entry.name}" in shown.out


def test_no_arguments_show_help(run: Run) -> None:
    assert "Usage: planparse" in "".join(vars(run())[part] for part in ("out", "err"))


def test_a_misspelt_command_is_guessed(run: Run) -> None:
    outcome = run("extrct")
    assert outcome.code == 2
    assert "extract" in outcome.err


def test_help_loads_nothing_heavy() -> None:
    script = (
        "import sys; from planparse.cli import main; main(['--help']);"
        "print(sorted({'pydantic', 'numpy', 'yaml', 'rapidfuzz', 'planparse.pipeline'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_python_dash_m() -> None:
    done = subprocess.run([sys.executable, "-m", "planparse", "-V"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == f"planparse {__version__}"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("planparse ex", "extract"), ("planparse extract --for", "--format"), ("planparse show --only ta", "tasks")],
)
def test_the_shell_completes(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" ")), "_PLANPARSE_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-m", "planparse"], env={**os.environ, **words}, capture_output=True, text=True, check=True
    )
    assert offered in done.stdout.split()

"""``planparse migrate``: records of an older schema version brought up to the present one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import complain, note
from planparse.errors import BadRecordError, ExitCode
from planparse.validation.entries import read_entries
from planparse.validation.migrations import migrate
from planparse.validation.paths import record_files
from planparse.validation.rewriting import render
from planparse.version import SCHEMA_VERSION
from planparse.writing import write_text


def command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Record files, folders or globs.")],
    check: Annotated[bool, typer.Option("--check", help="Say what would be done; write nothing.")] = False,
) -> None:
    """Bring records up to the present schema version.

    Files are rewritten in place, in their own format. Records that are up to date stay untouched.

    \b
    Examples:
      planparse migrate records/
      planparse migrate records/ --check
    """
    behind = failed = 0
    for path, name in record_files(paths):
        try:
            changes = _migrate_file(path, name, write=not check)
        except BadRecordError as error:
            complain(str(error))
            failed += 1
            continue
        behind += bool(changes)
        for change in changes:
            note(f"{name}: {change}")
    note(f"{behind} file{'' if behind == 1 else 's'} {'to migrate' if check else 'migrated'} to {SCHEMA_VERSION}")
    if failed:
        raise typer.Exit(ExitCode.BAD_RECORD)
    if check and behind:
        raise typer.Exit(ExitCode.FINDINGS)


def _migrate_file(path: Path, name: str, *, write: bool) -> list[str]:
    """Migrate the records of a file; what was changed, nothing if they are up to date."""
    trees, told = [], []
    for entry in read_entries(path, name):
        if not entry.readable or not isinstance(entry.tree, dict):
            what = entry.faults[0].message if entry.faults else "is no record"
            raise BadRecordError(name, what, "planparse validate says more")
        try:
            tree, changes = migrate(entry.tree)
        except ValueError as error:
            raise BadRecordError(name, str(error), "use the planparse that wrote it") from None
        trees.append(tree)
        told += changes
    if told and write:
        write_text(path, render(trees, path))
    return told

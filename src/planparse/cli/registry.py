"""The commands of ``planparse``, in the order of ``planparse --help``.

To add one, write ``cli/commands/NAME.py`` with a function ``command`` (or, for a command with commands of
its own, a ``typer.Typer`` called ``app``) and name it here. The summary stands here as well as in the
docstring so that ``--help`` need not import the module; a test keeps both alike.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """One command: its name, its module within ``planparse.cli.commands``, its line in ``--help``."""

    name: str
    module: str
    summary: str
    panel: str


DOCUMENTS, RECORDS, HOUSE = "Documents", "Records", "Housekeeping"

COMMANDS: tuple[Entry, ...] = (
    Entry("extract", "extract", "Make a record of each document.", DOCUMENTS),
    Entry("show", "show", "Show a document's record as tables in the terminal.", DOCUMENTS),
    Entry("restore", "restore", "Restore a document's Vietnamese, line for line.", DOCUMENTS),
    Entry("batch", "batch", "Make records of a whole folder.", DOCUMENTS),
    Entry("reconcile", "reconcile", "Compare records: documents that cite each other must agree.", RECORDS),
    Entry("validate", "validate", "Check records: their structure, and whether what they say can be.", RECORDS),
    Entry("rules", "rules", "List the rules of planparse validate, or explain one.", RECORDS),
    Entry("migrate", "migrate", "Bring records up to the present schema version.", RECORDS),
    Entry("export", "export", "Make tables of records for analysts.", RECORDS),
    Entry("schema", "schema", "Print the JSON Schema of a record.", RECORDS),
    Entry("config", "config", "Show the settings that hold here.", HOUSE),
    Entry("doctor", "doctor", "Check what this installation can read, and say what is missing.", HOUSE),
)

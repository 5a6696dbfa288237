"""``planparse reconcile``: records of a folder against one another."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.messages import note
from planparse.errors import ExitCode, UsageError
from planparse.reading.recordfile import load_record
from planparse.reconciliation import Finding, apply, reconcile
from planparse.validation.paths import record_files
from planparse.writing import choose_format, print_text, write_text


def command(
    paths: Annotated[list[str], typer.Argument(metavar="RECORD", help="Record files, folders or globs.")],
    repair: Annotated[
        bool, typer.Option("--apply", help="Write repaired records; the ink stays in evidence.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="With --apply: write there, not in place.")
    ] = None,
    form: Annotated[str, typer.Option("--format", "-f", metavar="text|json", help="Format of the report.")] = "text",
) -> None:
    """Compare records: documents that cite each other must agree.

    A document's own number and date are checked against the citations of it in other records; citations, scores and
    the names of bodies, signers and places against one another. Each conflict is reported with all readings. A
    number or date is proven where most places agree; a name where most records agree, OCR can have made the one
    reading of the other, and the lexicon knows it. Names that the law changed are reported as aliases with their
    last day. Exit codes: 0 no open conflict, 13 conflicts that nothing settles, 12 a record that can't be read.

    \b
    Examples:
      planparse reconcile records/
      planparse reconcile records/ --apply -o reconciled/
      planparse reconcile records/ --format json
    """
    if form not in ("text", "json"):
        raise UsageError("--format", f"{form!r} is no format of this report", "choose text or json")
    if output is not None and not repair:
        raise UsageError("--output", "nothing is written without --apply", "add --apply")
    records = [(name, path, load_record(path)) for path, name in record_files(paths)]
    found = reconcile([(name, record) for name, _, record in records])
    _report(found, form, len(records))
    if repair:
        for name, path, record in records:
            mine = [finding for finding in found if finding.name == name]
            target = output / path.name if output else path
            if mine or output:
                kind = choose_format(None, target, several=False)
                write_text(target, kind.dump(apply(record, mine)))
    if any(finding.status == "open" for finding in found):
        raise typer.Exit(ExitCode.FINDINGS)


def _report(found: list[Finding], form: str, count: int) -> None:
    if form == "json":
        print_text(json.dumps([finding.as_dict() for finding in found], ensure_ascii=False, indent=2) + "\n")
        return
    for finding in found:
        print_text(f"{finding.name}: {finding.kind}: {finding.message}\n")
    of = Counter(finding.status for finding in found)
    aliases = f", {of['alias']} aliases" if of["alias"] else ""
    note(f"{count} records: {of['proven']} proven repairs, {of['open']} open conflicts{aliases}")

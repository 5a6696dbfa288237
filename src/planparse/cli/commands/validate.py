"""``planparse validate``: records checked, in CI or by hand."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from planparse.checks import Finding, at_least
from planparse.cli.messages import note
from planparse.cli.reports import Reports
from planparse.config import ValidateSettings, load_settings
from planparse.errors import ExitCode, UsageError
from planparse.records import Severity
from planparse.validation.baseline import Baseline, baseline_text, read_baseline
from planparse.validation.examine import Examined
from planparse.validation.fixing import fix_files
from planparse.validation.paths import record_files
from planparse.validation.reporters import REPORTERS, Summary, all_rules
from planparse.validation.running import Plan, across, cores, examine_all
from planparse.validation.selection import Selection, codes
from planparse.writing import print_text, write_text

_CHECKS, _REPORTS, _ADOPTION, _FIXING = "What is checked", "Reports", "Old findings", "Mending"


def command(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Record files, folders or globs; - is stdin.")],
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="CODES", help="Only these rules: PP2, PP255,PP580.", rich_help_panel=_CHECKS
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option("--ignore", metavar="CODES", help="Not these rules.", rich_help_panel=_CHECKS),
    ] = None,
    sources: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Documents that the records were made from.", rich_help_panel=_CHECKS),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="error|warning|info|never", help="Lowest severity that fails.", rich_help_panel=_CHECKS),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="|".join(REPORTERS), help="Format of the report.", rich_help_panel=_REPORTS
        ),
    ] = None,
    output: Annotated[
        list[str] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="[FORMAT=]FILE",
            help="Write a report to FILE; with FORMAT= besides the others.",
            rich_help_panel=_REPORTS,
        ),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave out the findings in FILE.", rich_help_panel=_ADOPTION),
    ] = None,
    write_baseline: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all findings to FILE and end well.", rich_help_panel=_ADOPTION),
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is mechanical, show it, check again.", rich_help_panel=_FIXING)
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would do, write nothing.", rich_help_panel=_FIXING)
    ] = False,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Processes; default: one a core.")] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Settings to use instead of those found.")
    ] = None,
) -> None:
    """Check records: their structure, and whether what they say can be.

    Every finding names file, line and column, the JSON Pointer, the rule's code, what is wrong and how to mend it.
    Exit codes: 0 nothing at or above --fail-on, 13 findings, 12 records that can't be read, 2 wrong options.

    \b
    Examples:
      planparse validate records/
      planparse validate records/ --sources scans/ --fail-on warning
      planparse validate records/ -o sarif=planparse.sarif -o junit=planparse.xml
      planparse validate old/ --write-baseline baseline.json
      planparse validate old/ --baseline baseline.json
      planparse validate records/ --fix
      planparse extract plan.txt | planparse validate -
    """
    settings = load_settings(path=config).settings.validate_
    plan = _plan(settings, select, ignore, sources, jobs)
    floor = _floor(fail_on or settings.fail_on)
    reports = Reports.from_options(form, output or [], quiet=write_baseline is not None)
    if fix or diff:
        _fix(paths, write=fix and not diff, quiet=form not in (None, "text"))
    old = read_baseline(path) if (path := baseline or settings.baseline) and not write_baseline else Baseline()
    summary = Summary()
    kept: list[Finding] = []
    with reports:
        for one in _examined(paths, plan):
            if write_baseline:
                kept.extend(one.findings)
                continue
            one = _without(one, old)
            summary.add(one)
            reports.examined(one)
            if floor is not None and any(at_least(f.severity, floor) for f in one.findings):
                summary.exit_code = summary.exit_code or ExitCode.FINDINGS
        if write_baseline:
            write_text(write_baseline, baseline_text(kept))
            note(f"wrote {len(kept):,} findings to {write_baseline}")
            return
        summary.in_baseline, summary.gone_from_baseline = old.matched, old.gone
        if summary.unreadable and floor is not None:
            summary.exit_code = ExitCode.BAD_RECORD
        reports.finish(summary)
    raise typer.Exit(summary.exit_code)


def _plan(
    settings: ValidateSettings,
    select: list[str] | None,
    ignore: list[str] | None,
    sources: Path | None,
    jobs: int | None,
) -> Plan:
    known = [rule.code for rule in all_rules()]
    selection = Selection(
        codes(select if select is not None else settings.select, known),
        codes(ignore if ignore is not None else settings.ignore, known),
        {pattern: codes(given, known) for pattern, given in settings.per_file_ignores.items()},
    )
    folder = sources or settings.sources
    if folder is not None and not folder.is_dir():
        raise UsageError(str(folder), "is no folder", "give the folder that holds the documents")
    return Plan(selection, folder, jobs or cores())


def _floor(fail_on: str) -> Severity | None:
    floors: dict[str, Severity | None] = {"error": "error", "warning": "warning", "info": "info", "never": None}
    if fail_on not in floors:
        raise UsageError("--fail-on", f"{fail_on!r} is no severity", "choose error, warning, info or never")
    return floors[fail_on]


def _examined(paths: list[str], plan: Plan) -> Iterator[Examined]:
    if "-" not in paths:
        yield from examine_all(record_files(paths), plan)
        return
    if len(paths) > 1:
        raise UsageError("-", "standard input can't be checked together with files", "run planparse validate twice")
    digests = []
    for one in plan.examiner().stream(sys.stdin.buffer, "-"):
        if one.digest is not None:
            digests.append(one.digest)
        yield one
    yield from across(digests, plan.selection)


def _without(one: Examined, old: Baseline) -> Examined:
    """The record without the findings that the baseline has."""
    from dataclasses import replace

    def new(finding: Finding) -> bool:
        return not old.takes(finding)

    return replace(one, findings=tuple(filter(new, one.findings)))


def _fix(paths: list[str], *, write: bool, quiet: bool) -> None:
    if "-" in paths:
        raise UsageError("--fix", "standard input can't be mended", "name files")
    mended = 0
    for fixed in fix_files(record_files(paths), write=write):
        mended += 1
        if not quiet:
            print_text(fixed.diff)
    note(f"{mended} file{'' if mended == 1 else 's'} {'mended' if write else 'to mend'}")

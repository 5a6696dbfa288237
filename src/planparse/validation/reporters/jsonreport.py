"""``--format json``: planparse's own report; its schema is ``schemas/validation-report-1.0.schema.json``."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from planparse.checks import Finding
from planparse.records import Severity
from planparse.validation.reporters.base import CollectingReporter, Summary
from planparse.version import __version__

REPORT_VERSION = "1.0"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReportedFinding(_Part):
    """One finding."""

    code: str = Field(description="The rule's code; planparse rules CODE explains it.")
    severity: Severity = Field(description="error, warning or info.")
    message: str = Field(description="What is wrong.")
    remedy: str = Field(description="How to mend it.")
    file: str | None = Field(description="The record file; null for what concerns the whole run.")
    entry: int | None = Field(description="Number of the record in a file of several, counted from 1.")
    line: int | None = Field(description="Line in the record file, counted from 1.")
    column: int | None = Field(description="Column in the record file, counted in characters from 1.")
    pointer: str = Field(description="JSON Pointer (RFC 6901) to the value; empty for the record as a whole.")
    source_lines: list[int] = Field(description="Lines of the document that the value was read from.")
    fingerprint: str = Field(description="The same for the same fault in later runs.")


class ReportSummary(_Part):
    """Counts of the run."""

    records: int = Field(description="Records read.")
    clean: int = Field(description="Records without findings.")
    unreadable: int = Field(description="Records that could not be read.")
    errors: int
    warnings: int
    infos: int
    in_baseline: int = Field(description="Findings left out because the baseline has them.")
    gone_from_baseline: int = Field(description="Findings of the baseline that did not come again.")


class Report(_Part):
    """The report of ``planparse validate --format json``."""

    report_version: str = Field(default=REPORT_VERSION, description="Version of this report's shape.")
    planparse_version: str = Field(default=__version__, description="The planparse that wrote it.")
    summary: ReportSummary
    findings: list[ReportedFinding]


def reported(finding: Finding) -> ReportedFinding:
    """A finding as the report has it."""
    names = ("code", "severity", "message", "remedy", "file", "entry", "line", "column", "pointer", "fingerprint")
    return ReportedFinding(**{name: getattr(finding, name) for name in names}, source_lines=list(finding.lines))


class JsonReporter(CollectingReporter):
    """Writes one JSON object."""

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        counts = ReportSummary(
            records=summary.records,
            clean=summary.clean,
            unreadable=summary.unreadable,
            errors=summary.severities["error"],
            warnings=summary.severities["warning"],
            infos=summary.severities["info"],
            in_baseline=summary.in_baseline,
            gone_from_baseline=summary.gone_from_baseline,
        )
        report = Report(summary=counts, findings=[reported(one) for one in self.findings])
        self.write(report.model_dump_json(indent=2) + "\n")

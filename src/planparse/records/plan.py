"""The record of one document."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from planparse.records.base import Evidence, Model, Severity, Text
from planparse.records.body import Citation, Deadline, OutlineItem
from planparse.records.header import Header, Signature
from planparse.records.scores import IndicatorScore, IndicatorTable
from planparse.records.tasks import Task
from planparse.version import SCHEMA_VERSION


class SourceInfo(Model):
    """The file that the record was made from."""

    name: Text = Field(description="File name.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the file's bytes.")
    media_type: Text = Field(description="text/plain or text/markdown.")
    lines: int = Field(ge=1, description="How many lines it has.")


class Diagnostic(Model):
    """Something that a reader of the record should know."""

    code: str = Field(pattern=r"^PP\d{3}$", description="Stable code, see docs/diagnostics.md.")
    severity: Severity = Field(description="error, warning or info.")
    message: Text = Field(description="What is the matter, in one sentence.")
    pointer: str | None = Field(default=None, description="JSON Pointer (RFC 6901) to the value that it is about.")
    lines: list[int] = Field(default_factory=list, description="Input lines that it is about.")


class Acceptance(Model):
    """A finding of ``planparse validate`` that somebody looked at and lets stand."""

    code: str = Field(pattern=r"^[A-Z]{2,6}\d{3}$", description="Code of the rule: PP255.")
    pointer: str | None = Field(
        default=None, description="JSON Pointer that the finding names; null accepts the rule for the whole record."
    )
    reason: Text = Field(description="Why it may stand.")


class PlanRecord(Model):
    """Everything that planparse reads from one administrative document.

    Values are plain; ``evidence`` says for each, by its JSON Pointer, where it stands in the input and how
    sure it is. ``null`` means that the document does not show it.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    schema_uri: Text | None = Field(
        default=None,
        alias="$schema",
        exclude_if=lambda value: value is None,
        description="Path or address of the JSON Schema, for editors.",
    )
    schema_version: str = Field(default=SCHEMA_VERSION, description="Version of this record's shape.")
    source: SourceInfo = Field(description="The input file, by name and content (tệp nguồn).")
    header: Header = Field(default_factory=Header, description="Head of the document (phần mở đầu).")
    signature: Signature = Field(default_factory=Signature, description="Who signed (người ký).")
    recipients: list[Text] = Field(default_factory=list, description="Recipients (Nơi nhận).")
    outline: list[OutlineItem] = Field(default_factory=list, description="Headings in reading order.")
    tasks: list[Task] = Field(default_factory=list, description="Rows of the appendix task tables.")
    indicator_tables: list[IndicatorTable] = Field(default_factory=list, description="Tables of indicator scores.")
    indicator_scores: list[IndicatorScore] = Field(default_factory=list, description="Scores stated in the document.")
    citations: list[Citation] = Field(
        default_factory=list, description="Documents cited, in order of first citation."
    )
    deadlines: list[Deadline] = Field(default_factory=list, description="Deadlines stated in the running text.")
    diagnostics: list[Diagnostic] = Field(default_factory=list, description="What a reader should know.")
    evidence: dict[str, Evidence] = Field(
        default_factory=dict, description="Where each value came from, keyed by JSON Pointer (RFC 6901)."
    )
    accepted: list[Acceptance] = Field(
        default_factory=list, description="Findings of planparse validate that may stand, each with the reason."
    )

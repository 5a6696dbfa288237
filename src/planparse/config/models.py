"""Every key that a configuration may hold, with its meaning and its default.

A section of the file is named after the command that reads it. Keys are written with hyphens, as the
options of the commands are: ``max-failures`` in the file, ``--max-failures`` on the command line,
``settings.batch.max_failures`` in code.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

RecordFormat = Literal["json", "yaml", "jsonl"]
TableFormat = Literal["csv", "xlsx", "parquet", "duckdb"]
RuleCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,6}\d{0,3}$")]
"""A rule or a family of rules: ``PP255``, ``PP2``, ``ACME``."""


def hyphenated(name: str) -> str:
    """A field's name as the file writes it."""
    return name.replace("_", "-")


class Section(BaseModel):
    """Base of all sections: unknown keys are errors, values are of their kind and fixed once made."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, strict=True, alias_generator=hyphenated, populate_by_name=True
    )


class ExtractSettings(Section):
    """``[extract]``: what ``planparse extract`` does unless told otherwise."""

    format: RecordFormat = Field(default="json", description="How records are written.")


class BatchSettings(Section):
    """``[batch]``: what ``planparse batch`` does unless told otherwise."""

    workers: int | None = Field(default=None, ge=1, le=1024, description="Worker processes; default: one a core.")
    timeout: float = Field(default=300.0, gt=0, description="Seconds after which a file is given up.")
    format: RecordFormat = Field(default="json", description="How records are written; jsonl makes one file.")
    export: list[TableFormat] = Field(default_factory=list, description="Tables to make when the run is over.")
    include: list[str] = Field(
        default_factory=list, description="Globs of names to convert besides those of the known formats."
    )
    exclude: list[str] = Field(default_factory=list, description="Globs of paths to leave out.")
    force: bool = Field(default=False, description="Convert text that reads like no Vietnamese, too.")
    ocr: Literal["auto", "never", "always"] = Field(
        default="auto", description="Read pages by OCR: where their text is unsound, never, or all."
    )
    fail_fast: bool = Field(default=False, description="Stop at the first file that fails.")
    max_failures: int | None = Field(default=None, ge=1, description="Stop when so many files have failed.")
    settle: float = Field(default=2.0, ge=0, description="Seconds for which a watched file must rest.")
    scheduler: str | None = Field(default=None, description="Address of a Dask scheduler.")


class ExportSettings(Section):
    """``[export]``: what ``planparse export`` does unless told otherwise."""

    to: TableFormat | None = Field(default=None, description="Format of the tables.")


class ValidateSettings(Section):
    """``[validate]``: what ``planparse validate`` does unless told otherwise."""

    select: list[RuleCode] = Field(default_factory=list, description="Rules to run; default: all.")
    ignore: list[RuleCode] = Field(default_factory=list, description="Rules to leave out.")
    fail_on: Literal["error", "warning", "info"] = Field(
        default="error", description="Lowest severity that makes the command fail."
    )
    per_file_ignores: dict[str, list[RuleCode]] = Field(
        default_factory=dict, description="Glob of record files → rules to leave out for them."
    )
    sources: Path | None = Field(default=None, description="Folder with the documents that records were made from.")
    baseline: Path | None = Field(default=None, description="File of findings that are accepted.")


class Settings(Section):
    """A whole configuration."""

    extract: ExtractSettings = Field(default_factory=ExtractSettings)
    batch: BatchSettings = Field(default_factory=BatchSettings)
    export: ExportSettings = Field(default_factory=ExportSettings)
    validate_: ValidateSettings = Field(default_factory=ValidateSettings, alias="validate")

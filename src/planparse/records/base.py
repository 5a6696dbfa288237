"""What every model of a record shares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Severity = Literal["error", "warning", "info"]

Text = Annotated[str, StringConstraints(min_length=1)]
"""A value that is there: never an empty string (what is not there is ``null``)."""

DocumentType = Text
"""Name of a document type in Vietnamese, as Nghị định 30/2020/NĐ-CP writes it: ``Kế hoạch``."""


class Model(BaseModel):
    """Base of all models: unknown fields are errors, values are fixed once made."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class PointedSpan(Model):
    """A stretch of one input line: where a value stands in the ink."""

    line: int = Field(ge=1, description="Line of the input file, 1-based.")
    start: int = Field(ge=0, description="First character of the stretch, 0-based, counted in the input line.")
    end: int = Field(ge=0, description="Character after the last one.")
    page: int | None = Field(
        default=None,
        ge=1,
        exclude_if=lambda value: value is None,
        description="Page, 1-based; of documents whose pages were read (PDF, images, OCR results with boxes).",
    )
    box: list[float] | None = Field(
        default=None,
        exclude_if=lambda value: value is None,
        min_length=4,
        max_length=4,
        description="Left, top, right and bottom on that page in points (1/72 inch) from its upper left corner.",
    )


class Evidence(Model):
    """Where a value came from and how sure it is."""

    spans: list[PointedSpan] = Field(description="All stretches of the input that the value was read from.")
    raw: str = Field(description="The ink at those spans, joined by line breaks, exactly as in the input.")
    confidence: float = Field(ge=0, le=1, description="Probability that the value is right, 0 to 1.")
    repaired_from: str | None = Field(
        default=None, description="What was read before a proven repair; a diagnostic names the proof."
    )

"""What the running text holds: headings, cited documents, deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from planparse.records.base import DocumentType, Model, Text


class OutlineItem(Model):
    """A heading (phần, mục, khoản, điểm)."""

    label: Text = Field(description="Label as printed, repaired: I., 1., 1.1., a).")
    title: Text | None = Field(
        default=None,
        description="Title (tiêu đề); null where the label opens running text that has no title.",
    )
    level: int = Field(ge=1, description="Depth, 1 for the outermost.")
    line: int = Field(ge=1, description="Input line on which the label stands.")


class Citation(Model):
    """A document that the text cites (văn bản viện dẫn)."""

    doc_type: DocumentType | None = Field(default=None, description="Type of the cited document (tên loại).")
    number: Text | None = Field(default=None, description="Its number (số).")
    year: int | None = Field(default=None, ge=1945, le=2100, description="Year within its number.")
    symbol: Text | None = Field(default=None, description="Its symbol (ký hiệu).")
    number_symbol: Text | None = Field(default=None, description="Number and symbol (số, ký hiệu).")
    date: dt.date | None = Field(default=None, description="Its date of issue (ngày ban hành).")
    issuer: Text | None = Field(default=None, description="The body that issued it (cơ quan ban hành).")
    text: Text = Field(description="The citation as the text words it, restored.")
    lines: list[int] = Field(default_factory=list, description="Input lines of every place that cites it.")


class Deadline(Model):
    """Something due by a date that the running text states (thời hạn)."""

    what: Text = Field(description="What is due, in the text's words.")
    date: dt.date | None = Field(default=None, description="By when, where a full date is given.")
    recurrence: Literal["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly"] | None = Field(
        default=None, description="How often, where it recurs (định kỳ hằng tháng, hằng năm …)."
    )
    recurs_on: Text | None = Field(
        default=None,
        description="Day of a recurrence as --MM-DD or ---DD (ISO 8601 truncated), where stated.",
    )
    line: int = Field(ge=1, description="Input line on which the date stands.")

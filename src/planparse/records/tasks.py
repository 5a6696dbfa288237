"""Rows of the appendix: who does what by when, with which product."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from planparse.records.base import Model, Text


class Due(Model):
    """The deadline cell in a form that can be compared (thời gian thực hiện, chuẩn hóa)."""

    kind: Literal["by", "within", "recurring", "conditional"] = Field(
        description="by: until a date; within: in a period; recurring: repeated; conditional: hangs on something."
    )
    start: dt.date | None = Field(default=None, description="First day of the period.")
    end: dt.date | None = Field(default=None, description="Last day on which it is in time.")


class Task(Model):
    """One row of a task table (nhiệm vụ, giải pháp)."""

    part: Text | None = Field(default=None, description="Part of the appendix (phần): A, B.")
    section: Text | None = Field(default=None, description="Section (mục): I, II.")
    section_title: Text | None = Field(default=None, description="Title of the section.")
    subsection: Text | None = Field(default=None, description="Subsection within the section, with its title.")
    number: Text | None = Field(default=None, description="Row number (số thứ tự).")
    content: Text | None = Field(default=None, description="What is to be done (nội dung công việc).")
    responsible: Text | None = Field(default=None, description="Who does it (trách nhiệm thực hiện), as printed.")
    deadline: Text | None = Field(default=None, description="By when (tiến độ, thời gian thực hiện), as printed.")
    result: Text | None = Field(default=None, description="Product expected (kết quả, sản phẩm).")
    lead_agencies: list[Text] = Field(default_factory=list, description="Bodies in the lead (cơ quan chủ trì).")
    supporting_agencies: list[Text] = Field(
        default_factory=list, description="Bodies that support (cơ quan phối hợp)."
    )
    due: Due | None = Field(default=None, description="The deadline, normalised.")

"""Indicator scores: PAR INDEX, SIPAS, PAPI and their like, in tables and in prose."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from planparse.records.base import Model, Text


class IndicatorRow(Model):
    """One row of an indicator table."""

    number: Text | None = Field(default=None, description="Row number (số thứ tự).")
    name: Text = Field(description="Field or dimension (lĩnh vực, chỉ số nội dung).")
    component_id: Text | None = Field(default=None, description="The same in the index definitions of the lexicon.")
    level: int = Field(default=1, ge=1, description="1 for a row of the index, 2 for a part of the row above.")
    parent: Text | None = Field(default=None, description="Number of the row that a level-2 row belongs to.")
    rank: int | None = Field(default=None, ge=1, description="Rank (xếp hạng).")
    rank_total: int | None = Field(default=None, ge=1, description="Out of how many provinces.")
    score: float | None = Field(default=None, description="Score reached (điểm thực hiện, điểm đạt).")
    max_score: float | None = Field(default=None, description="Highest score possible (điểm tối đa).")
    expected_increase: Text | None = Field(default=None, description="Increase planned, sign kept: +0,13.")
    target: Text | None = Field(default=None, description="Target (mục tiêu), comparison kept: ≥ 9,40.")


class IndicatorTable(Model):
    """A table of an index's components."""

    index: Text | None = Field(default=None, description="Index: PAR INDEX, SIPAS, PAPI, PCI, DTI, PGI.")
    year: int | None = Field(default=None, description="Year that the scores are of.")
    rows: list[IndicatorRow] = Field(default_factory=list, description="Rows in the order of the table.")


class IndicatorScore(Model):
    """One score that the document states."""

    index: Text | None = Field(default=None, description="Index: PAR INDEX, SIPAS, PAPI …")
    component: Text | None = Field(default=None, description="Component, where the score is of a part of the index.")
    subject: Text | None = Field(default=None, description="Whose score: a province, or the country.")
    year: int | None = Field(default=None, description="Year of the score.")
    value: float | None = Field(default=None, description="The score.")
    unit: Literal["điểm", "%"] | None = Field(default=None, description="Unit of the value.")
    max: float | None = Field(default=None, description="Highest value possible, where stated (90,49/100).")
    rank: int | None = Field(default=None, ge=1, description="Rank (xếp hạng, xếp thứ).")
    rank_total: int | None = Field(default=None, ge=1, description="Out of how many.")
    change: float | None = Field(default=None, description="Change against the year before, signed.")
    change_unit: Literal["điểm", "%", "bậc"] | None = Field(default=None, description="Unit of the change.")
    change_since: int | None = Field(default=None, description="Year that the change is counted from.")
    rank_change: int | None = Field(default=None, description="Places gained (positive) or lost (negative).")
    kind: Literal["result", "target"] = Field(default="result", description="Reached, or aimed at.")
    origin: Literal["prose", "table"] = Field(default="prose", description="Where the document states it.")

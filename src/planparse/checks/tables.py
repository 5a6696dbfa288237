"""PP350–PP369: tables of indicator scores add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.numbering import follows, roman, starts, steps
from planparse.checks.registry import rule
from planparse.records import IndicatorRow, IndicatorTable, PlanRecord

TOLERANCE = 0.011
"""Printed scores are rounded to two decimals; half a hundredth on either side, and a hair for binary floats."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SUMS = "look at the cells in the document: the parts must add up; correct the one that was misread"


def printed_number(text: str | None) -> float | None:
    """The one number that a cell such as ``+0,13`` or ``≥ 9,40`` prints, sign kept; ``None`` unless exactly one."""
    found = _NUMBER.findall(text or "")
    if len(found) != 1:
        return None
    negative = (text or "").lstrip().startswith(("-", "−", "–"))
    return float(found[0].replace(",", ".")) * (-1 if negative else 1)


def parts_of(table: IndicatorTable) -> Iterator[tuple[int, IndicatorRow, list[tuple[int, IndicatorRow]]]]:
    """Each level-1 row with its place and the level-2 rows that follow it."""
    head: tuple[int, IndicatorRow] | None = None
    parts: list[tuple[int, IndicatorRow]] = []
    for j, row in enumerate(table.rows):
        if row.level == 1:
            if head:
                yield (*head, parts)
            head, parts = (j, row), []
        elif row.level == 2:
            parts.append((j, row))
    if head:
        yield (*head, parts)


def _shown(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _decimals(number: float) -> int:
    exponent = Decimal(str(number)).as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


@rule("PP350", "error", "a score never exceeds the highest possible one; correct the cell that was misread")
def score_above_max(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score is above the highest score possible."""
    for i, table in enumerate(record.indicator_tables):
        for j, row in enumerate(table.rows):
            if row.score is not None and row.max_score is not None and row.score > row.max_score + 1e-9:
                yield Problem(
                    f"/indicator_tables/{i}/rows/{j}/score",
                    f"the score {_shown(row.score)} is above the maximum {_shown(row.max_score)}",
                )


@rule("PP351", "error", "a rank is never below the last; correct the cell that was misread")
def rank_above_total(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A rank is beyond the number of those ranked."""
    for i, table in enumerate(record.indicator_tables):
        for j, row in enumerate(table.rows):
            if row.rank is not None and row.rank_total is not None and row.rank > row.rank_total:
                yield Problem(f"/indicator_tables/{i}/rows/{j}/rank", f"rank {row.rank} of {row.rank_total} can't be")
    for i, score in enumerate(record.indicator_scores):
        if score.rank is not None and score.rank_total is not None and score.rank > score.rank_total:
            yield Problem(f"/indicator_scores/{i}/rank", f"rank {score.rank} of {score.rank_total} can't be")


@rule("PP352", "error", _SUMS)
def parts_do_not_sum(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The parts of a row do not add up to it."""
    for i, table in enumerate(record.indicator_tables):
        for j, row, parts in parts_of(table):
            for field in ("score", "max_score"):
                whole = getattr(row, field)
                values = [getattr(part, field) for _, part in parts]
                if whole is None or len(values) < 2 or any(v is None for v in values):
                    continue
                slack = TOLERANCE if max(map(_decimals, [whole, *values])) <= 2 else 0.006 * (len(values) + 1)
                if abs(sum(values) - whole) > slack:
                    yield Problem(
                        f"/indicator_tables/{i}/rows/{j}/{field}",
                        f"{field} is {_shown(whole)}, but its parts make {_shown(sum(values))}",
                    )


@rule("PP353", "error", _SUMS)
def total_row_differs(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The row of totals is not the sum of the rows above it."""
    for i, table in enumerate(record.indicator_tables):
        rows = [(j, row) for j, row in enumerate(table.rows) if row.level == 1]
        if len(rows) < 3 or not _is_total(rows[-1][1]):
            continue
        j, total = rows[-1]
        for field in ("score", "max_score"):
            whole = getattr(total, field)
            values = [getattr(row, field) for _, row in rows[:-1]]
            if whole is None or any(v is None for v in values):
                continue
            if abs(sum(values) - whole) > TOLERANCE:
                yield Problem(
                    f"/indicator_tables/{i}/rows/{j}/{field}",
                    f"the total is {_shown(whole)}, but the rows make {_shown(sum(values))}",
                )


def _is_total(row: IndicatorRow) -> bool:
    return row.number is None and row.name.casefold().startswith(("tổng", "cộng"))


@rule("PP354", "error", _SUMS)
def target_is_not_score_and_increase(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Score and expected increase do not make the target.

    A target that is only bounded (≥ 9,40) must lie no higher than what score and increase make.
    """
    for i, table in enumerate(record.indicator_tables):
        for j, row in enumerate(table.rows):
            increase, target = printed_number(row.expected_increase), printed_number(row.target)
            if row.score is None or increase is None or target is None or "%" in (row.target or ""):
                continue
            made = row.score + increase
            bounded = (row.target or "").lstrip().startswith(("≥", ">", "trên", "Trên", "từ", "Từ"))
            if made < target - TOLERANCE or (made > target + TOLERANCE and not bounded):
                sum_ = f"{_shown(row.score)} and {row.expected_increase} make {_shown(made)}"
                yield Problem(f"/indicator_tables/{i}/rows/{j}/target", f"the target is {row.target}, but {sum_}")


@rule("PP355", "error", "name the number of the row above that it is a part of")
def part_of_nothing(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A row is part of a row that is not there."""
    for i, table in enumerate(record.indicator_tables):
        numbers = {row.number for row in table.rows if row.level == 1 and row.number is not None}
        for j, row in enumerate(table.rows):
            pointer = f"/indicator_tables/{i}/rows/{j}"
            if row.level == 1 and row.parent is not None:
                yield Problem(f"{pointer}/parent", "a row of level 1 is no part of another row")
            elif row.level > 1 and row.parent is not None and row.parent not in numbers:
                yield Problem(f"{pointer}/parent", f"the table has no row {row.parent}")
            elif j == 0 and row.level > 1:
                yield Problem(f"{pointer}/level", "the first row of a table is no part of a row above")


@rule("PP356", "error", "look whether a row was lost or a number misread")
def table_number_gap(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The row numbers of a table of scores do not run."""
    for i, table in enumerate(record.indicator_tables):
        before: tuple[int, ...] | None = None
        for j, row in enumerate(table.rows):
            if row.number is None or row.level > 1:
                continue
            value = roman(row.number.rstrip(". "))
            now = (value,) if value is not None else steps(row.number)
            if now is None:
                continue
            if before is None and not starts(now):
                yield Problem(f"/indicator_tables/{i}/rows/{j}/number", f"the first row has the number {row.number}")
            elif before is not None and not follows(before, now):
                was = ".".join(map(str, before))
                yield Problem(
                    f"/indicator_tables/{i}/rows/{j}/number", f"row {row.number} stands right after row {was}"
                )
            before = now


@rule("PP357", "error", "look at the cell in the document")
def score_negative(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A score or a maximum is below zero."""
    for i, table in enumerate(record.indicator_tables):
        for j, row in enumerate(table.rows):
            for field in ("score", "max_score"):
                value = getattr(row, field)
                if value is not None and value < 0:
                    yield Problem(f"/indicator_tables/{i}/rows/{j}/{field}", f"{field} is {_shown(value)}")


@rule("PP358", "warning", "all rows of a table are ranked among the same provinces; correct the odd one")
def rank_totals_differ(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Rows of one table are ranked among different numbers of provinces."""
    for i, table in enumerate(record.indicator_tables):
        totals = [row.rank_total for row in table.rows if row.rank_total is not None]
        if len(totals) < 3 or len(set(totals)) == 1:
            continue
        usual = max(set(totals), key=totals.count)
        if totals.count(usual) * 2 <= len(totals):
            continue
        for j, row in enumerate(table.rows):
            if row.rank_total is not None and row.rank_total != usual:
                yield Problem(
                    f"/indicator_tables/{i}/rows/{j}/rank_total",
                    f"ranked among {row.rank_total}, the other rows among {usual}",
                )

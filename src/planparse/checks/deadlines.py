"""PP470–PP479: deadlines in the running text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.dates import shown
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.records import PlanRecord

_MONTH_DAY = re.compile(r"--(\d{2})-(\d{2})")
_DAY = re.compile(r"---(\d{2})")


@rule("PP470", "error", "correct the deadline, or the date of the document")
def deadline_before_document(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Something was due before the document was issued."""
    issued = record.header.date
    for i, deadline in enumerate(record.deadlines):
        if issued and deadline.date and deadline.date < issued:
            yield Problem(
                f"/deadlines/{i}/date", f"due on {shown(deadline.date)}, but the document is of {shown(issued)}"
            )


@rule("PP471", "error", "write the day as --MM-DD (every year) or ---DD (every month)")
def recurrence_malformed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The day of a recurrence is no day."""
    for i, deadline in enumerate(record.deadlines):
        value = deadline.recurs_on
        if value is not None and not _is_day(value):
            yield Problem(f"/deadlines/{i}/recurs_on", f"{value!r} is no day of a year or a month")


def _is_day(value: str) -> bool:
    if match := _MONTH_DAY.fullmatch(value):
        try:
            dt.date(2024, int(match[1]), int(match[2]))  # a leap year: 29 February recurs too
        except ValueError:
            return False
        return True
    return bool((match := _DAY.fullmatch(value)) and 1 <= int(match[1]) <= 31)


@rule("PP472", "warning", "give the date or how often it recurs, or remove the deadline")
def deadline_without_time(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A deadline has neither a date nor a recurrence."""
    for i, deadline in enumerate(record.deadlines):
        if deadline.date is None and deadline.recurrence is None and deadline.recurs_on is None:
            yield Problem(f"/deadlines/{i}/date", "neither a date nor a recurrence is given")


@rule("PP473", "error", "check the date in the document: it is decades away")
def deadline_far_away(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Something is due more than thirty years after the document."""
    issued = record.header.date
    for i, deadline in enumerate(record.deadlines):
        if issued and deadline.date and deadline.date.year - issued.year > 30:
            yield Problem(f"/deadlines/{i}/date", f"due on {shown(deadline.date)} in a document of {issued.year}")

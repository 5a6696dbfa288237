"""PP260–PP269: deadlines of tasks, as printed and as normalised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.dates import printed_dates, printed_period, printed_years, shown
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.records import Due, PlanRecord


@rule("PP260", "error", "correct the deadline, or the date of the document")
def due_before_document(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A task was due before the document was issued."""
    issued = record.header.date
    for i, task in enumerate(record.tasks):
        if issued and task.due and task.due.end and task.due.end < issued:
            yield Problem(
                f"/tasks/{i}/due/end",
                f"due by {shown(task.due.end)}, but the document is of {shown(issued)}",
            )


@rule("PP261", "error", "put the first day in start and the last in end")
def due_reversed(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The period of a task ends before it starts."""
    for i, task in enumerate(record.tasks):
        due = task.due
        if due and due.start and due.end and due.start > due.end:
            yield Problem(f"/tasks/{i}/due/end", f"ends on {shown(due.end)}, before it starts on {shown(due.start)}")


@rule("PP262", "error", "copy the dates of the deadline cell into due")
def due_disagrees_with_deadline(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The normalised deadline is not the one that is printed.

    “Trước” (before) a day may be counted with that day or without it.
    """
    for i, task in enumerate(record.tasks):
        if task.deadline is not None and task.due is not None:
            for side, told in _disagreements(task.deadline, task.due):
                yield Problem(f"/tasks/{i}/due/{side}", told)


def _disagreements(deadline: str, due: Due) -> Iterator[tuple[str, str]]:
    period, dates, years = printed_period(deadline), set(printed_dates(deadline)), printed_years(deadline)
    if "trước" in deadline.casefold():
        dates |= {date - dt.timedelta(days=1) for date in dates}
    for side, value in (("start", due.start), ("end", due.end)):
        if value is None:
            continue
        if period is not None:
            printed = period[0] if side == "start" else period[1]
            if value != printed:
                yield side, f"{side} is {shown(value)}, but {deadline!r} is {shown(period[0])} to {shown(period[1])}"
        elif side == "end" and dates and due.kind == "by" and value not in dates:
            yield side, f"end is {shown(value)}, but the cell prints {', '.join(map(shown, sorted(dates)))}"
        elif years and value not in dates and not {value.year, value.year + 1} & years:
            yield side, f"{side} is {shown(value)}, but the cell speaks of {', '.join(map(str, sorted(years)))}"


@rule("PP263", "error", "give the last day, or choose another kind")
def due_without_end(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A task is due by a date or within a period that is not given."""
    for i, task in enumerate(record.tasks):
        if task.due and task.due.kind in ("by", "within") and task.due.end is None:
            yield Problem(f"/tasks/{i}/due/end", f"kind is {task.due.kind!r}, but end is missing")


@rule("PP264", "error", "copy the deadline cell into deadline, or remove due")
def due_without_deadline(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A normalised deadline stands where none is printed."""
    for i, task in enumerate(record.tasks):
        if task.due is not None and task.deadline is None:
            yield Problem(f"/tasks/{i}/deadline", "due is given, but the cell that it comes from is missing")


@rule("PP265", "error", "check the date in the document: it is years away")
def due_far_away(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A task is due more than thirty years after the document."""
    issued = record.header.date
    for i, task in enumerate(record.tasks):
        if issued and task.due and task.due.end and task.due.end.year - issued.year > 30:
            yield Problem(
                f"/tasks/{i}/due/end", f"due by {shown(task.due.end)}, {issued.year} being the year of issue"
            )

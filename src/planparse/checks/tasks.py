"""PP250–PP269: the rows of task tables, each for itself."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.registry import rule
from planparse.records import PlanRecord


@rule("PP250", "error", "copy what is to be done from the row of the table, or remove the row")
def task_without_content(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A task says nothing about what is to be done."""
    for i, task in enumerate(record.tasks):
        if task.content is None:
            yield Problem(f"/tasks/{i}/content", f"task {task.number or i + 1} has no content")


@rule("PP251", "warning", "copy who is responsible from the row of the table")
def task_without_responsible(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Nobody is responsible for a task."""
    for i, task in enumerate(record.tasks):
        if task.responsible is None and not task.lead_agencies:
            yield Problem(f"/tasks/{i}/responsible", f"task {task.number or i + 1} names no responsible body")


@rule("PP252", "warning", "keep the body in one of the two lists")
def leads_and_supports(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A body both leads and supports the same task."""
    for i, task in enumerate(record.tasks):
        for j, name in enumerate(task.supporting_agencies):
            if name in task.lead_agencies:
                yield Problem(f"/tasks/{i}/supporting_agencies/{j}", f"{name!r} is in the lead of this task already")


@rule("PP253", "warning", "remove one of the two rows, or correct the one that was copied")
def task_repeated(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Two rows of the same section say the same."""
    seen: dict[tuple[str | None, ...], int] = {}
    for i, task in enumerate(record.tasks):
        if task.content is None:
            continue
        key = (task.part, task.section, task.subsection, task.content, task.responsible, task.deadline, task.result)
        if key in seen:
            yield Problem(f"/tasks/{i}", f"this row says the same as row {seen[key] + 1} of the list")
        seen.setdefault(key, i)


@rule("PP254", "warning", "name the bodies that responsible prints, or correct responsible")
def agencies_without_responsible(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """Bodies are named for a task whose responsible cell is empty."""
    for i, task in enumerate(record.tasks):
        if task.responsible is None and (task.lead_agencies or task.supporting_agencies):
            yield Problem(f"/tasks/{i}/responsible", "bodies are named, but the cell that they come from is missing")

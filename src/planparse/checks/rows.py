"""PP255–PP259: the numbers of rows and sections run without gaps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.checks.context import Context
from planparse.checks.finding import Problem
from planparse.checks.numbering import Steps, follows, roman, starts, steps
from planparse.checks.registry import rule
from planparse.records import PlanRecord

_GAP = "look whether a row was lost or a number misread; correct the number or add the row"


@rule("PP255", "error", _GAP)
def row_number_gap(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The numbers of the rows do not run: one is missing, repeated or out of order.

    Numbering may start again with 1, in a new section or another table; else it goes on by one. Rows whose
    number is not known and rows numbered in another way (letters, dashes) are passed over.
    """
    before: Steps | None = None
    group: tuple[str | None, ...] | None = None
    for i, task in enumerate(record.tasks):
        here = (task.part, task.section, task.section_title, task.subsection)
        now = steps(task.number) if task.number is not None else None
        if task.number is None or now is None:
            before = None if task.number is None else before
            group = here
            continue
        again = starts(now) if here != group else now == (1,) and before != (1,)
        if before is not None and not follows(before, now) and not again:
            was = ".".join(map(str, before))
            yield Problem(f"/tasks/{i}/number", f"row {task.number} stands right after row {was}")
        elif before is None and i == 0 and not starts(now):
            yield Problem(f"/tasks/{i}/number", f"the first row has the number {task.number}")
        before, group = now, here


@rule("PP256", "warning", "correct the label of the section, or look whether its rows were lost")
def section_gap(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """The sections of a part do not run I, II, III."""
    before: tuple[str | None, int] | None = None
    for i, task in enumerate(record.tasks):
        value = roman(task.section.rstrip(". ")) if task.section else None
        if value is None:
            continue
        if before is None or before[0] != task.part:
            expected = {1, (before[1] + 1) if before else 1}
        else:
            expected = {before[1], before[1] + 1}
        if value not in expected:
            was = f"after section {before[1]}" if before else "first"
            yield Problem(f"/tasks/{i}/section", f"section {task.section} comes {was}")
        before = (task.part, value)


@rule("PP257", "error", "give all rows of a section the same title")
def section_title_differs(record: PlanRecord, at: Context) -> Iterator[Problem]:
    """A row gives its section another title than the row before."""
    for i, (before, task) in enumerate(pairwise(record.tasks), 1):
        same = task.section is not None and (before.part, before.section) == (task.part, task.section)
        if same and before.section_title != task.section_title:
            told = f"section {task.section} is titled {before.section_title!r} in the row before"
            yield Problem(f"/tasks/{i}/section_title", told)

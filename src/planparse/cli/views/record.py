"""A record drawn section by section; a section that the document lacks is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rich.box import ROUNDED, SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from planparse.records import PlanRecord, Task

SEVERITY_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
UNSURE = 0.8
"""Below this confidence a value of the header card is marked."""


def show_record(console: Console, record: PlanRecord, only: Iterable[str], first: int | None = None) -> None:
    """Draw the named sections of a record in their order, at most the ``first`` rows of each."""
    for name in only:
        shown, left = _cut(record, ROWS.get(name), first)
        drawing = SECTIONS[name](shown)
        if drawing is not None:
            console.print(drawing)
            if left:
                console.print(Text(f"… {left} more", style="dim"))


def _cut(record: PlanRecord, field: str | None, first: int | None) -> tuple[PlanRecord, int]:
    """The record with ``field`` cut to its ``first`` items, and how many were cut off."""
    if field is None or first is None:
        return record, 0
    rows = getattr(record, field)
    return record.model_copy(update={field: rows[:first]}), max(0, len(rows) - first)


def _header(record: PlanRecord) -> RenderableType:
    head, sign = record.header, record.signature
    card = Table.grid(padding=(0, 2))
    card.add_column(style="dim", no_wrap=True)
    card.add_column(ratio=1)
    rows: list[tuple[str, str, object]] = [
        ("type", "/header/doc_type", _with_code(head.doc_type, head.doc_type_code)),
        ("number", "/header/number_symbol", head.number_symbol or head.number or head.symbol),
        ("date", "/header/date", head.date),
        ("place", "/header/place", head.place),
        ("issuer", "/header/issuer", head.issuer),
        ("under", "/header/parent_issuer", head.parent_issuer),
        ("subject", "/header/subject", head.subject),
        ("to", "/header/addressees", "\n".join(head.addressees)),
        ("signed", "/signature/name", sign.name),
        ("as", "/signature/position", ", ".join(filter(None, (sign.authority, sign.on_behalf_of, sign.position)))),
        ("copied to", "/recipients", "\n".join(record.recipients)),
    ]
    for label, pointer, value in rows:
        if value:
            card.add_row(label, _valued(record, pointer, str(value)))
    if not card.row_count:
        card.add_row("", Text("no header found", style="dim"))
    title = Text(record.source.name, style="bold")
    return Panel(card, title=title, title_align="left", box=ROUNDED, border_style="blue")


def _with_code(name: str | None, code: str | None) -> str | None:
    return f"{name} ({code})" if name and code else name


def _valued(record: PlanRecord, pointer: str, value: str) -> Text:
    """A value, with its confidence beside it where that is low."""
    text = Text(value)
    evidence = record.evidence.get(pointer)
    if evidence is not None and evidence.confidence < UNSURE:
        text.append(f"  {evidence.confidence:.0%} sure", style="yellow")
    return text


def _outline(record: PlanRecord) -> RenderableType | None:
    if not record.outline:
        return None
    root = Tree(Text("Outline", style="bold"), guide_style="dim")
    path: list[tuple[int, Tree]] = [(0, root)]
    for item in record.outline:
        while path[-1][0] >= item.level:
            path.pop()
        label = Text.assemble((item.label, "bold cyan"), " ", item.title or "…", (f"  {item.line}", "dim"))
        path.append((item.level, path[-1][1].add(label)))
    return root


def _tasks(record: PlanRecord) -> RenderableType | None:
    if not record.tasks:
        return None
    table = _table("Tasks", ("no.", "right"), "content", "responsible", "deadline", "result")
    for column, ratio in zip(table.columns[1:], (4, 3, 2, 2), strict=True):
        column.ratio = ratio
    table.expand, table.show_lines = True, True
    group: tuple[str | None, ...] = ()
    for task in record.tasks:
        if (here := (task.part, task.section, task.subsection)) != group and any(here):
            table.add_row("", Text(_section(task), style="bold cyan"))
        group = here
        table.add_row(*map(_cell, (task.number, task.content, task.responsible, task.deadline, task.result)))
    return table


def _section(task: Task) -> str:
    return " ".join(filter(None, (task.part, task.section, task.section_title, task.subsection)))


def _indicator_tables(record: PlanRecord) -> RenderableType | None:
    drawn = []
    for found in record.indicator_tables:
        name = " ".join(str(part) for part in (found.index or "Indicators", found.year) if part)
        table = _table(
            name, ("no.", "right"), "name", *((n, "right") for n in ("rank", "score", "max", "increase", "target"))
        )
        for row in found.rows:
            rank = f"{row.rank}/{row.rank_total}" if row.rank and row.rank_total else row.rank
            indent = "  " * (row.level - 1)
            table.add_row(
                *map(_cell, (row.number, indent + row.name, rank, _number(row.score), _number(row.max_score))),
                *map(_cell, (row.expected_increase, row.target)),
            )
        drawn.append(table)
    return Group(*drawn) if drawn else None


def _scores(record: PlanRecord) -> RenderableType | None:
    if not record.indicator_scores:
        return None
    table = _table(
        "Scores", "index", "of", ("year", "right"), ("value", "right"), ("rank", "right"), "change", "kind"
    )
    for score in record.indicator_scores:
        value = " ".join(filter(None, (_number(score.value), score.unit)))
        change = (
            f"{score.change:+g} {score.change_unit or ''}".replace(".", ",") if score.change is not None else None
        )
        rank = f"{score.rank}/{score.rank_total}" if score.rank and score.rank_total else score.rank
        name = " · ".join(filter(None, (score.index, score.component)))
        table.add_row(*map(_cell, (name, score.subject, score.year, value, rank, change, score.kind)))
    return table


def _citations(record: PlanRecord) -> RenderableType | None:
    if not record.citations:
        return None
    table = _table("Citations", "document", "number", "date", "issuer", ("lines", "right"))
    for cited in record.citations:
        name = cited.doc_type if cited.number_symbol else cited.text  # a law goes by its name
        row = (name, cited.number_symbol, cited.date, cited.issuer, _lines(cited.lines))
        table.add_row(*map(_cell, row))
    return table


def _deadlines(record: PlanRecord) -> RenderableType | None:
    if not record.deadlines:
        return None
    table = _table("Deadlines", "when", "what", ("line", "right"))
    for due in record.deadlines:
        when = due.date or " ".join(filter(None, (due.recurrence, due.recurs_on)))
        table.add_row(*map(_cell, (when, due.what, due.line)))
    return table


def _diagnostics(record: PlanRecord) -> RenderableType | None:
    if not record.diagnostics:
        return None
    table = _table("Diagnostics", "code", "message", "at", ("lines", "right"))
    for found in record.diagnostics:
        table.add_row(
            Text(f"{found.code} {found.severity}", style=SEVERITY_STYLES[found.severity]),
            *map(_cell, (found.message, found.pointer, _lines(found.lines))),
        )
    return table


def _table(title: str, *columns: str | tuple[str, str]) -> Table:
    table = Table(title=Text(title, style="bold"), title_justify="left", box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        if isinstance(column, tuple):
            table.add_column(column[0], justify="right", no_wrap=True)
        else:
            table.add_column(column)
    return table


def _cell(value: object) -> Text:
    return Text("" if value is None else str(value))


def _lines(numbers: Iterable[int]) -> str:
    """Line numbers in few characters, neighbours joined, at most three runs: ``3-5, 9, 11 …``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:3])
    return shown + (" …" if len(runs) > 3 else "")


def _number(value: float | None) -> str | None:
    """A number as Vietnamese prints it, with a decimal comma."""
    return None if value is None else f"{value:.10g}".replace(".", ",")


SECTIONS: dict[str, Callable[[PlanRecord], RenderableType | None]] = {
    "header": _header,
    "outline": _outline,
    "tasks": _tasks,
    "indicators": _indicator_tables,
    "scores": _scores,
    "citations": _citations,
    "deadlines": _deadlines,
    "diagnostics": _diagnostics,
}
"""Name of a section, as ``--only`` takes it → what draws it."""

ROWS = {
    "outline": "outline",
    "tasks": "tasks",
    "scores": "indicator_scores",
    "citations": "citations",
    "deadlines": "deadlines",
    "diagnostics": "diagnostics",
}
"""Name of a section → the field whose items are its rows, where it has any."""

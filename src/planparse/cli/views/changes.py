"""Restoration shown: lines side by side, and each change with what was weighed."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from planparse.restore.changes import changes, line_changes
from planparse.restore.text import RestoredLine, RestoredText

OLD, NEW, UNSURE = "red", "green", "bold yellow"
SURE = 0.9
"""Below this confidence a change is drawn as unsure."""


def show_diff(console: Console, text: RestoredText) -> None:
    """Old and new of every changed line, changed words coloured, unsure ones marked."""
    table = Table(box=SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("as read by OCR", ratio=1)
    table.add_column("restored", ratio=1)
    changed = 0
    for line in text.lines:
        ink = text.source.lines[line.number - 1].text
        sides = _sides(line, ink)
        if sides is not None:
            table.add_row(str(line.number), *sides)
            changed += 1
    if changed:
        console.print(table)
    console.print(f"{changed} of {len(text.lines)} lines changed in {text.source.name}", style="dim")


def _sides(line: RestoredLine, ink: str) -> tuple[Text, Text] | None:
    found = list(line_changes(line, ink))
    if not found:
        return None
    old, new = Text(ink), Text(line.text)
    for change in found:
        old.stylize(OLD, change.start, change.end)
        if change.token is not None:
            new.stylize(NEW if change.token.confidence >= SURE else UNSURE, change.token.start, change.token.end)
    return old, new


def show_explanation(console: Console, text: RestoredText) -> None:
    """Each change on a row: place, ink, restored word, confidence, and the runners-up."""
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name, justify in (("line", "right"), ("column", "right")):
        table.add_column(name, justify="right" if justify == "right" else "left", style="dim", no_wrap=True)
    table.add_column("ink", style=OLD)
    table.add_column("restored", style=NEW)
    table.add_column("confidence", justify="right")
    table.add_column("also weighed", style="dim")
    count = 0
    for change in changes(text):
        count += 1
        column = text.source.lines[change.line - 1].span(change.start, change.end).start + 1
        token = change.token
        table.add_row(
            str(change.line),
            str(column),
            Text(change.old),
            Text(change.new) if change.new else Text("(dropped)", style="dim"),
            Text(f"{token.confidence:.2f}", style="" if token.confidence >= SURE else UNSURE) if token else "",
            ", ".join(f"{word} {chance:.2f}" for word, chance in token.candidates) if token else "",
        )
    if count:
        console.print(table)
    console.print(f"{count} changes in {text.source.name}, read as profile {text.profile}", style="dim")

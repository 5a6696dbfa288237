"""``planparse config``: what settings hold, and where they are from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.views.console import data_console
from planparse.config import load_settings

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode="rich")


@app.callback()
def config() -> None:
    """Show the settings that hold here."""


@app.command()
def show(
    path: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Configuration; default: found upwards.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Print every setting, its value, and where that is from."""
    loaded = load_settings(path=path)
    holdings = list(loaded.holdings())
    if as_json:
        table = {h.key: {"value": h.value, "origin": h.origin} for h in holdings}
        typer.echo(json.dumps(table, ensure_ascii=False, indent=2, default=str))
        return
    from rich.table import Table
    from rich.text import Text

    shown = Table("setting", "value", "from", box=None, pad_edge=False, header_style="bold")
    for key, value, origin in holdings:
        said = "" if value is None else json.dumps(value, ensure_ascii=False, default=str)
        shown.add_row(key, said, Text(origin, style="dim" if origin == "default" else "cyan"))
    data_console().print(shown)

"""Write the pages that are made from the program: ``docs/cli.md`` and ``docs/diagnostics.md``.

    python docs/build.py

Run it after changing a command's options or ``data/diagnostics.yaml``; a test fails when a page is stale.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from planparse.cli.app import load
from planparse.cli.registry import COMMANDS

HERE = Path(__file__).parent
MADE = "<!-- made by docs/build.py; change the program, not this page -->"


def cli_page() -> str:
    """The reference of the command line."""
    parts = [
        MADE,
        "# The command line",
        "`planparse COMMAND --help` shows the same. `--debug` may stand anywhere and adds the traceback of an error; "
        "[exit codes](exit-codes.md) tell failures apart.",
        "\n".join(f"- [`{e.name}`](#planparse-{e.name}): {e.summary}" for e in COMMANDS),
    ]
    for entry in COMMANDS:
        parts += _command(f"planparse {entry.name}", load(entry))
    return "\n\n".join(parts) + "\n"


def _command(title: str, command: Any) -> Iterator[str]:
    yield f"## {title}"
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            label, *lines = paragraph.lstrip("\b\n").splitlines()
            yield f"{label}\n\n```sh\n{inspect.cleandoc(chr(10).join(lines))}\n```"
        else:
            yield paragraph
    rows = [_row(param) for param in command.params if param.name != "help" and not getattr(param, "hidden", False)]
    if rows:
        yield "\n".join(["| argument or option | meaning |", "|---|---|", *rows])
    for name, inner in getattr(command, "commands", {}).items():
        yield from _command(f"{title} {name}", inner)


def _row(param: Any) -> str:
    names = ", ".join(f"`{name}`" for name in (*param.opts, *param.secondary_opts))
    if param.param_type_name == "argument":
        names = f"`{param.metavar or param.name.upper()}`"
    elif param.metavar:
        names += f" `{param.metavar}`"
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (names, param.help or "")) + " |"


def diagnostics_page() -> str:
    """What each code in a record's ``diagnostics`` means."""
    entries = yaml.safe_load((files("planparse") / "data" / "diagnostics.yaml").read_text(encoding="utf-8"))
    parts = [
        MADE,
        "# Diagnostics",
        "A record's `diagnostics` say what a reader should know about it. Codes are stable; `pointer` names the "
        "value and `lines` the input lines that one is about.",
    ]
    for code, entry in sorted(entries.items()):
        parts += [f"## {code}: {entry['title']}", f"*{entry['severity']}*. {' '.join(entry['meaning'].split())}"]
    return "\n\n".join(parts) + "\n"


PAGES = {"cli.md": cli_page, "diagnostics.md": diagnostics_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")
        print(f"wrote docs/{name}")

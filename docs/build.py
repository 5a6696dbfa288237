"""Write the pages that are made from the program: ``cli.md``, ``records.md`` and ``diagnostics.md`` in ``docs/``.

    python docs/build.py [--check]

Run it after changing a command's options, a field of a record or ``data/diagnostics.yaml``. With ``--check``
nothing is written, and the exit code is 1 when a page is stale.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from planparse.cli.app import load
from planparse.cli.registry import COMMANDS
from planparse.records.schema import schema_text

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
    return _cells(names, param.help or "")


def _cells(*cells: str) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"


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


def records_page() -> str:
    """Every field of a record."""
    schema = json.loads(schema_text())
    parts = [
        MADE,
        "# The record",
        "Made from [the JSON Schema](../schemas/plan-record.schema.json). What the document does not show is `null` "
        "or an empty list.",
    ]
    for name, model in [(schema["title"], schema), *schema["$defs"].items()]:
        about = " ".join(model.get("description", "").split()).replace("``", "`")
        rows = [_cells(f"`{field}`", _type(body), body.get("description", "")) for field, body in _fields(model)]
        parts += [f"## {name}", about, "\n".join(["| field | type | meaning |", "|---|---|---|", *rows])]
    return "\n\n".join(parts) + "\n"


def _fields(model: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return list(model["properties"].items())


def _type(body: dict[str, Any]) -> str:
    """A field's type in a few words, models linked."""
    if "$ref" in body:
        name = body["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in body:
        return " or ".join(_type(choice) for choice in body["anyOf"])
    if "enum" in body:
        return ", ".join(f"`{value}`" for value in body["enum"])
    if body.get("type") == "array":
        return f"list of {_type(body['items'])}"
    if isinstance(values := body.get("additionalProperties"), dict):
        return f"mapping to {_type(values)}"
    return {"string": "text"}.get(body["type"], body["type"]) if body.get("format") != "date" else "date"


PAGES = {"cli.md": cli_page, "records.md": records_page, "diagnostics.md": diagnostics_page}


def main() -> int:
    """Write the pages, or check that they are fresh."""
    stale = [name for name, page in PAGES.items() if (HERE / name).read_text(encoding="utf-8") != page()]
    if sys.argv[1:] == ["--check"]:
        print(*(f"docs/{name} is stale: run python docs/build.py" for name in stale), sep="\n")
        return int(bool(stale))
    for name in stale:
        (HERE / name).write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

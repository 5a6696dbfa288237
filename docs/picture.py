"""Draw the pictures of README: what ``planparse`` really shows for a sample.

    python docs/picture.py

Writes ``docs/show.svg`` and ``docs/restore.svg`` anew; run it when what is shown has changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

import planparse
from planparse.cli.views.changes import show_diff
from planparse.cli.views.record import show_record

HERE = Path(__file__).parent
SAMPLE = Path("samples/ke-hoach-cai-cach/eng.txt")
FONTS = "Consolas, 'Noto Sans Mono', 'Liberation Mono', Menlo, monospace"
"""Fonts that have all letters of Vietnamese; rich would have the page fetch one."""

PICTURE = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace(
    "font-family: Fira Code, monospace", f"font-family: {FONTS}"
)


def draw(name: str, command: str, show: Callable[[Console], None]) -> None:
    """Write what ``show`` prints as a picture whose title is the command."""
    console = Console(record=True, width=116, file=io.StringIO(), force_terminal=True, highlight=False)
    show(console)
    picture = console.export_svg(title=command, code_format=PICTURE, unique_id=f"planparse-{name}")
    text = "\n".join(line.rstrip() for line in picture.splitlines())
    (HERE / f"{name}.svg").write_text(text + "\n", encoding="utf-8")
    print(f"wrote docs/{name}.svg")


def main() -> None:
    """Draw both pictures."""
    source = planparse.read(HERE.parent / SAMPLE)
    record = planparse.extract(source)
    sections = ["header", "outline", "tasks", "citations"]
    draw("show", f"planparse show {SAMPLE} --first 5", lambda console: show_record(console, record, sections, 5))
    text = planparse.restore_text(source)
    some = type(text)(text.source, text.lines[:40], text.profile)
    draw("restore", f"planparse restore {SAMPLE} --diff (its first page)", lambda console: show_diff(console, some))


if __name__ == "__main__":
    main()

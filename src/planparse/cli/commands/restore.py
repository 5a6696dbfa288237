"""``planparse restore``: garbled Vietnamese in, readable Vietnamese out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from planparse.cli.inputs import ForceOption, Ocr, OcrOption, read_document
from planparse.cli.messages import note
from planparse.reading.language import require_vietnamese
from planparse.restore import restore
from planparse.restore.changes import changes
from planparse.writing import print_text, write_text
from planparse.writing.restored import restored_text


def command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="OCR text, .txt or .md; - is standard input.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="OUT", help="File to write the restored text to.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show old and new lines side by side.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="List each change with its confidence and what else was weighed.")
    ] = False,
    force: ForceOption = False,
    ocr: OcrOption = Ocr.AUTO,
) -> None:
    """Restore a document's Vietnamese, line for line.

    The restored text has exactly the lines of the input and goes to standard output, or to OUT. With
    --diff or --explain standard output holds the comparison instead.

    \b
    Examples:
      planparse restore plan.txt -o plan.restored.txt
      planparse restore plan.txt --diff | less -R
      planparse restore plan.txt --explain
    """
    source = read_document(file, ocr)
    if not force:
        require_vietnamese(source)
    text = restore(source, weigh=explain)
    if diff or explain:
        from planparse.cli.views.changes import show_diff, show_explanation
        from planparse.cli.views.console import data_console

        console = data_console()
        if diff:
            show_diff(console, text)
        if explain:
            show_explanation(console, text)
    elif output is None:
        print_text(restored_text(text))
    if output is not None:
        write_text(output, restored_text(text))
        note(f"wrote {output} ({sum(1 for _ in changes(text))} words changed)")

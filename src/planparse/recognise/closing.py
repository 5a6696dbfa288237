"""The close of a document: who signed it (and by what authority), and who receives it."""

from __future__ import annotations

from planparse.recognise.closing_columns import Columns, split_columns
from planparse.recognise.layout import Layout
from planparse.recognise.notes import Notebook
from planparse.recognise.passage import Passage, join
from planparse.recognise.signature_lines import Part, read_part
from planparse.records import Signature
from planparse.restore.text import RestoredText


def find_closing(text: RestoredText, layout: Layout, notes: Notebook) -> tuple[Signature, list[str]]:
    """The signature and the recipients; empty where the document has no close."""
    if layout.closing is None:
        notes.diagnose("PP120", "warning", "the document has no close with a signature", "/signature")
        return Signature(), []
    columns = split_columns(text, layout.closing)
    signature = _signature(text, columns, notes)
    return signature, _recipients(text, columns, notes)


def _signature(text: RestoredText, columns: Columns, notes: Notebook) -> Signature:
    """Authority, office and name, in the order in which they stand one below the other."""
    authority = on_behalf_of = position = name = None
    parts = _merged(text, [part for piece in columns.signature if (part := read_part(text, piece))])
    for part in parts:
        if part.authority and authority is None:
            authority, on_behalf_of = part.authority, part.value
            notes.found("/signature/authority", [part.mark] if part.mark else part.places, 0.98)
            if on_behalf_of:
                _note(part, "/signature/on_behalf_of", notes)
        elif part.authority:
            message = f"signs {part.authority} as well: {part.value or ''}".rstrip(": ")
            notes.diagnose("PP122", "info", message, "/signature/authority", [r[0] for r in part.places])
        elif part.kind == "office" and position is None:
            position = part.value
            _note(part, "/signature/position", notes)
        elif part.kind == "name" and name is None:
            name = part.value
            _note(part, "/signature/name", notes)
    missing = [what for what, value in (("office", position), ("name", name)) if value is None]
    if missing:
        lines = sorted({piece[0] for piece in columns.signature})
        message = f"no {' and no '.join(missing)} of the signer could be read"
        notes.diagnose("PP120", "warning", message, "/signature", lines)
    return Signature(authority=authority, on_behalf_of=on_behalf_of, position=position, name=name)


def _merged(text: RestoredText, parts: list[Part]) -> list[Part]:
    """Lines that only go on with the one above (``TM. ỦY BAN NHÂN DÂN`` / ``TỈNH …``) joined to it."""
    merged: list[Part] = []
    for part in parts:
        if part.kind == "more":
            if merged and merged[-1].kind != "name":
                merged[-1] = merged[-1].continued(text, part)
            continue
        merged.append(part)
    return merged


def _note(part: Part, pointer: str, notes: Notebook) -> None:
    notes.found(pointer, part.places, part.confidence, part.repaired_from)
    if part.repaired_from is None:
        return
    lines = [r[0] for r in part.places]
    if part.kind == "name":
        message = f"{part.repaired_from!r} was read as {part.value}; check the name on the page"
        notes.diagnose("PP121", "warning", message, pointer, lines)
    else:
        notes.diagnose("PP124", "info", f"{part.repaired_from!r} was read as {part.value}", pointer, lines)


def _recipients(text: RestoredText, columns: Columns, notes: Notebook) -> list[str]:
    found: list[str] = []
    for pieces in columns.items:
        passage = join(text, pieces)
        start, end = _inner(passage)
        if start >= end:
            continue
        notes.found(f"/recipients/{len(found)}", passage.ranges(start, end), 0.95)
        found.append(passage.text[start:end])
    if not found and columns.label:
        notes.diagnose("PP123", "info", "no recipients could be read", "/recipients", [columns.label[0]])
    return found


def _inner(passage: Passage) -> tuple[int, int]:
    """An item without its dash and the mark that ends it."""
    shown = passage.text
    start = len(shown) - len(shown.lstrip(" -–—~•*_+.:"))
    return start, len(shown.rstrip(" ;.,:*|_")) or start

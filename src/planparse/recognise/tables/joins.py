"""The pieces of a cell joined to its text: hyphens close up, paragraphs and bullets keep their lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from planparse.recognise.passage import Range
from planparse.recognise.tables.grid import GridCell
from planparse.restore.text import RestoredText

_BULLET = re.compile(r"[-–+•*]\s*(?=\S)")
_BULLET_START = re.compile(r"[-–•*]\s*(?=[^\W_])")
_SENTENCE_END = (".", ";", ":")
_HYPHEN = ("-", "/")
_OPEN_HYPHEN = re.compile(r"[\w)][-/]")


def _is_bullet(text: str) -> bool:
    return bool(_BULLET_START.match(text)) and not re.match(r"[-–]\s*\d{4}\b", text)


def join_pieces(shown: Sequence[str], full: Sequence[bool]) -> str:
    """One text from the lines of a cell.

    ``57-`` + ``NQ/TW`` → ``57-NQ/TW``; a line that begins with a bullet starts a paragraph, and so does a
    capital after a sentence whose line was not full. A bullet is written ``- ``.
    """
    text = ""
    was_full = True
    for piece, is_full in zip(shown, full, strict=True):
        piece = " ".join(piece.split())
        if not piece:
            continue
        bullet = _is_bullet(piece)
        if bullet:
            piece = "- " + _BULLET.sub("", piece, count=1)
        if not text:
            text = piece
        elif bullet or (text.endswith(_SENTENCE_END) and not was_full and piece[0].isupper()):
            text += "\n" + piece
        elif text.endswith(_HYPHEN) and _OPEN_HYPHEN.fullmatch(text[-2:]):
            text += piece
        else:
            text += " " + piece
        was_full = is_full
    return text


def cell_text(text: RestoredText, cell: GridCell, mended: Mapping[Range, str] | None = None) -> str:
    """The text of a cell; ``mended`` holds pieces that were restored once more."""
    again = mended or {}
    return join_pieces([again[p] if p in again else show(text, p) for p in cell.pieces], cell.full_lines)


def show(text: RestoredText, piece: Range) -> str:
    """What a piece says."""
    line, start, end = piece
    return text.line(line).text[start:end]


def ink_of(text: RestoredText, piece: Range) -> str:
    """The ink behind a piece, as OCR left it."""
    line, start, end = piece
    left, right = text.line(line).ink_range(start, end)
    return text.source.lines[line - 1].text[left:right]

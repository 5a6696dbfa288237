"""Restored text and a layout without head or closing, for tests of single recognisers."""

from __future__ import annotations

from planparse.reading import read_bytes
from planparse.recognise.layout import Layout, Role
from planparse.restore.text import RestoredLine, RestoredText, Token


def as_read(text: str, name: str = "test.txt") -> RestoredText:
    """``text`` as if the restorer had left it alone."""
    source = read_bytes(text.encode(), name)
    lines = []
    for line in source.lines:
        tokens, at = [], 0
        for word in line.text.split():
            at = line.text.index(word, at)
            tokens.append(Token(word, at, at + len(word), at, at + len(word)))
            at += len(word)
        lines.append(RestoredLine(line.number, line.text, tuple(tokens)))
    return RestoredText(source, tuple(lines))


def all_body(text: RestoredText) -> Layout:
    """Every line that holds something is body."""
    return Layout(tuple(Role.BODY if line.text.strip() else Role.BLANK for line in text.lines))

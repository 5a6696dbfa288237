"""Where in a record's file a JSON Pointer's value stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from planparse.checks.pointers import split

_LINE_END = re.compile(r"\n")


class Place(NamedTuple):
    """Line and column in a file, both counted from 1; the column counts characters."""

    line: int
    column: int


Locate = Callable[[Iterable[str]], Mapping[str, Place]]
"""Finds the places of pointers. A pointer to nothing gets the place of the nearest part around it."""


class Trie(dict[str, "Trie"]):
    """Pointers by their steps, each with the offset at which its value was found."""

    offset: int | None = None

    def size(self) -> int:
        """How many parts are looked for: this one and all below."""
        return 1 + sum(part.size() for part in self.values())


def trie_of(pointers: Iterable[str]) -> Trie:
    """The tree of all steps of some pointers."""
    root = Trie()
    for pointer in pointers:
        node = root
        for step in split(pointer):
            node = node.setdefault(step, Trie())
    return root


def offset_of(root: Trie, pointer: str) -> int:
    """The offset of a pointer's value, or of the innermost part around it that was found."""
    node, found = root, root.offset or 0
    for step in split(pointer):
        node = node[step]
        if node.offset is None:
            break
        found = node.offset
    return found


class Places:
    """Line and column of any character of a text; the line ends are looked for once."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self.first_line = first_line
        self._starts = [0, *(found.end() for found in _LINE_END.finditer(text))]

    def at(self, offset: int) -> Place:
        """The place of a character; the text's own first line has the number ``first_line``."""
        line = bisect_right(self._starts, offset) - 1
        return Place(line + self.first_line, offset - self._starts[line] + 1)

"""Where in a record's file a JSON Pointer's value stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from planparse.checks.pointers import split


class Place(NamedTuple):
    """Line and column in a file, both counted from 1; the column counts characters."""

    line: int
    column: int


Locate = Callable[[Iterable[str]], Mapping[str, Place]]
"""Finds the places of pointers. A pointer to nothing gets the place of the nearest part around it."""


class Trie(dict[str, "Trie"]):
    """Pointers by their steps, each with the offset at which its value was found."""

    offset: int | None = None


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


def place_at(text: str, offset: int, first_line: int = 1) -> Place:
    """The place of a character of ``text``, whose own first line has the number ``first_line``."""
    return Place(text.count("\n", 0, offset) + first_line, offset - text.rfind("\n", 0, offset))

"""JSON with positions, at the price of plain JSON.

Reading goes through the C scanner of :mod:`json`; only when something is to be said about a value does
:func:`locate` walk the text again, token by token and without recursion, to find where it stands.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from planparse.checks.pointers import join
from planparse.validation.places import Place, Places, Trie, offset_of, trie_of

_TOKEN = re.compile(r'[{}\[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s{}\[\]:,"]+', re.DOTALL)


class _Repeats:
    """Takes the pairs of each object; remembers whether any key came twice."""

    def __init__(self) -> None:
        self.any = False

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.any = self.any or len(made) < len(pairs)
        return made


def parse(text: str) -> tuple[Any, bool]:
    """The value of a JSON text, and whether any object in it has a key twice.

    Raises ``json.JSONDecodeError``, ``RecursionError`` for deep nesting, and ``ValueError`` for numbers of
    thousands of digits.
    """
    repeats = _Repeats()
    return json.loads(text, object_pairs_hook=repeats), repeats.any


class _Frame:
    """An object or a list that the walk is inside of."""

    __slots__ = ("is_list", "keys", "node", "step", "waiting")

    def __init__(self, is_list: bool, node: Trie | None) -> None:
        self.is_list, self.node = is_list, node
        self.step: str | int = 0
        self.keys: set[str] = set()
        self.waiting = not is_list  # for a key


def locate(text: str, pointers: Iterable[str], first_line: int = 1) -> Mapping[str, Place]:
    """The places of pointers' values; see :data:`~planparse.validation.places.Locate`."""
    wanted = list(pointers)
    root = trie_of(wanted)
    for _ in _walk(text, root):
        pass
    places = Places(text, first_line)
    return {pointer: places.at(offset_of(root, pointer)) for pointer in wanted}


def repeated_keys(text: str, first_line: int = 1) -> Iterator[tuple[str, Place]]:
    """Every key that its object has already, as the pointer of its value and the place of the second key."""
    places = Places(text, first_line)
    for pointer, offset in _walk(text, Trie(), every=True):
        yield pointer, places.at(offset)


def _walk(text: str, root: Trie, every: bool = False) -> Iterator[tuple[str, int]]:
    """Note the offsets of the values that ``root`` names; yield keys that come twice, with ``every`` to the end."""
    stack: list[_Frame] = []
    left = root.size()
    for token in _TOKEN.finditer(text):
        shown = token.group()
        first = shown[0]
        if first == ":":
            continue
        top = stack[-1] if stack else None
        if first in "}]":
            if stack:
                stack.pop()
            continue
        if first == ",":
            if top is not None and top.is_list:
                top.step = int(top.step) + 1
            elif top is not None:
                top.waiting = True
            continue
        if top is not None and top.waiting and first == '"':
            key = json.loads(shown, strict=False) if "\\" in shown else shown[1:-1]
            top.step, top.waiting = key, False
            if key in top.keys:
                yield join(*(frame.step for frame in stack)), token.start()
            top.keys.add(key)
            continue
        node = root if top is None else None if top.node is None else top.node.get(str(top.step))
        if node is not None and node.offset is None:
            node.offset = token.start()
            left -= 1
            if left == 0 and not every:
                return
        if first in "{[":
            stack.append(_Frame(first == "[", node))

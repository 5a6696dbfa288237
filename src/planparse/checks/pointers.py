"""JSON Pointers (RFC 6901): how findings and evidence name a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_POSITION = re.compile(r"/\d+(?=/|$)")

MISSING: Any = object()
"""What :func:`resolve` gives for a pointer to nothing."""


def escape(key: object) -> str:
    """One step of a pointer: ``~`` and ``/`` inside a key are written ``~0`` and ``~1``."""
    return str(key).replace("~", "~0").replace("/", "~1")


def join(*steps: object) -> str:
    """A pointer from its steps: ``join("tasks", 3, "due")`` is ``/tasks/3/due``."""
    return "".join("/" + escape(step) for step in steps)


def split(pointer: str) -> list[str]:
    """The steps of a pointer, unescaped."""
    if "~" not in pointer:
        return pointer.split("/")[1:]
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def resolve(tree: Any, pointer: str) -> Any:
    """The value that ``pointer`` names in a JSON tree, or :data:`MISSING`."""
    if pointer and not pointer.startswith("/"):
        return MISSING
    here = tree
    for step in split(pointer):
        if isinstance(here, dict):
            if step not in here:
                return MISSING
            here = here[step]
        elif isinstance(here, list):
            if not (step.isascii() and step.isdigit()) or int(step) >= len(here):
                return MISSING
            here = here[int(step)]
        else:
            return MISSING
    return here


@lru_cache(maxsize=65_536)
def kind(pointer: str) -> str:
    """A pointer with its list positions left open: ``/tasks/3/due`` is of the kind ``/tasks/*/due``."""
    return _POSITION.sub("/*", pointer)


def leaves(tree: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in a JSON tree that holds no others, with its pointer, in order."""
    stack = [(pointer, tree)]
    while stack:
        at, value = stack.pop()
        if isinstance(value, dict):
            stack += [
                (f"{at}/{escape(key) if '/' in key or '~' in key else key}", value[key]) for key in reversed(value)
            ]
        elif isinstance(value, list):
            stack += [(f"{at}/{i}", value[i]) for i in range(len(value) - 1, -1, -1)]
        else:
            yield at, value

"""YAML with positions, and without what makes YAML dangerous.

The text is read event by event and the tree is built here, so that nothing is ever expanded: anchors,
aliases, merge keys and tags are refused, nesting is bounded, and numbers are what JSON takes for numbers
(``no`` and ``05`` and ``2025-08-29`` are no booleans, octals or dates: a record has no use for them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planparse.checks.pointers import escape
from planparse.validation.places import Place

MAX_DEPTH = 64
MAX_VALUES = 1_000_000

_INTEGER = re.compile(r"[-+]?(?:0|[1-9]\d*)")
_FLOAT = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
_WORDS = {"": None, "~": None, "null": None, "Null": None, "NULL": None, "true": True, "false": False}
_WORDS |= {"True": True, "False": False, "TRUE": True, "FALSE": False}
_NOT_FINITE = {".nan", ".NaN", ".NAN", ".inf", ".Inf", "-.inf", "+.inf", "-.Inf"}


class YamlFaultError(Exception):
    """YAML that is refused. ``kind`` is ``malformed``, ``alias``, ``deep`` or ``large``."""

    def __init__(self, kind: str, what: str, place: Place | None) -> None:
        super().__init__(what)
        self.kind, self.what, self.place = kind, what, place


@dataclass
class YamlDocument:
    """One document of a YAML stream: its tree, where every value stands, and keys that came twice."""

    tree: Any = None
    places: dict[str, Place] = field(default_factory=dict)
    repeated: list[tuple[str, Place]] = field(default_factory=list)
    not_finite: list[tuple[str, Place]] = field(default_factory=list)

    def locate(self, pointers: Iterable[str]) -> Mapping[str, Place]:
        """See :data:`~planparse.validation.places.Locate`."""
        found = {}
        for pointer in pointers:
            here = pointer
            while here not in self.places and here:
                here = here.rpartition("/")[0]
            found[pointer] = self.places.get(here, Place(1, 1))
        return found


@dataclass
class _Frame:
    """A mapping or a sequence under construction."""

    made: Any
    pointer: str
    key: str | None = None


def documents(text: str) -> Iterator[YamlDocument]:
    """The documents of a YAML text, one by one; raises :class:`YamlFaultError` at the first thing refused."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    current: YamlDocument | None = None
    stack: list[_Frame] = []
    values = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            name = type(event).__name__
            mark = event.start_mark
            place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
            if name == "DocumentStartEvent":
                current, stack = YamlDocument(), []
            elif name == "DocumentEndEvent" and current is not None:
                yield current
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                stack.pop()
            elif name in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent", "AliasEvent"):
                assert current is not None
                values += 1
                _refuse(event, name, place, len(stack), values)
                _take(event, name, place, stack, current)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = Place(mark.line + 1, mark.column + 1) if mark else None
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise YamlFaultError("malformed", f"is no YAML: {what}", where) from None


def _refuse(event: Any, name: str, place: Place, depth: int, values: int) -> None:
    if name == "AliasEvent":
        raise YamlFaultError("alias", f"the alias *{event.anchor} repeats a value", place)
    if event.anchor is not None:
        raise YamlFaultError("alias", f"the anchor &{event.anchor} marks a value for repetition", place)
    if event.tag is not None and not (name == "ScalarEvent" and event.tag == "tag:yaml.org,2002:str"):
        raise YamlFaultError("alias", f"the tag {event.tag} asks for a type of its own", place)
    if name == "ScalarEvent" and event.value == "<<" and not event.style:
        raise YamlFaultError("alias", "the key << merges another mapping in", place)
    if depth >= MAX_DEPTH:
        raise YamlFaultError("deep", f"nested deeper than {MAX_DEPTH}", place)
    if values > MAX_VALUES:
        raise YamlFaultError("large", f"holds more than {MAX_VALUES:,} values", place)


def _take(event: Any, name: str, place: Place, stack: list[_Frame], into: YamlDocument) -> None:
    """Put the value that starts with ``event`` where it belongs."""
    top = stack[-1] if stack else None
    if top is not None and isinstance(top.made, dict) and top.key is None:
        if name != "ScalarEvent":
            raise YamlFaultError("malformed", "a key must be a word, not a list or a mapping", place)
        top.key = event.value
        if event.value in top.made:
            into.repeated.append((f"{top.pointer}/{escape(event.value)}", place))
        return
    pointer = ""
    if top is not None:
        pointer = f"{top.pointer}/{escape(len(top.made) if isinstance(top.made, list) else top.key)}"
    into.places[pointer] = place
    value: Any = {"MappingStartEvent": dict, "SequenceStartEvent": list}.get(name, lambda: None)()
    if name == "ScalarEvent":
        if not event.style and event.value in _NOT_FINITE:
            into.not_finite.append((pointer, place))
        value = _scalar(event)
    if top is None:
        into.tree = value
    elif isinstance(top.made, list):
        top.made.append(value)
    else:
        top.made[top.key] = value
        top.key = None
    if name != "ScalarEvent":
        stack.append(_Frame(value, pointer))


def _scalar(event: Any) -> Any:
    """The value of a scalar: what is quoted, or tagged a string, is text; else as JSON would have it."""
    text: str = event.value
    if event.style or event.tag is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= 40 and _INTEGER.fullmatch(text):
        return int(text)
    if len(text) <= 40 and _FLOAT.fullmatch(text) and not (text[0] == "0" and text[1:2].isdigit()):
        return float(text)
    return text

"""A model's fields as the columns of a table; the models are the only place that names them."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

Kind = Literal["text", "integer", "number", "date", "texts", "integers"]
Value = str | int | float | dt.date | list[str] | list[int] | None

PLAIN = frozenset({"header"})
"""Models whose fields need no prefix: a document's ``issuer`` is who issued it."""


@dataclass(frozen=True)
class Column:
    """One column: its name, what it holds, and the path of fields that leads there."""

    name: str
    kind: Kind
    description: str = ""
    path: tuple[str, ...] = ()


def columns_of(model: type[BaseModel], prefix: str = "", path: tuple[str, ...] = ()) -> Iterator[Column]:
    """The columns of a model; a model within it adds its name (``due.end`` is column ``due_end``).

    Lists of models have tables of their own and are no columns.
    """
    for name, field in model.model_fields.items():
        inner = _bare(field.annotation)
        at = (*path, name)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from columns_of(inner, prefix if name in PLAIN else f"{prefix}{name}_", at)
        elif (kind := _kind(inner)) is not None:
            yield Column(prefix + name, kind, field.description or "", at)


def value_at(item: Any, path: Sequence[str]) -> Value:
    """The value that a column has for one item; ``None`` where a model on the way is not there."""
    for name in path:
        if item is None:
            return None
        item = getattr(item, name)
    return item  # type: ignore[no-any-return]


def _bare(annotation: Any) -> Any:
    """A type without ``None``, constraints and the like."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            (annotation,) = [arg for arg in get_args(annotation) if arg is not type(None)]
        else:
            return annotation


def _kind(bare: Any) -> Kind | None:
    if get_origin(bare) is list:
        inner = _kind(_bare(get_args(bare)[0]))
        return {"text": "texts", "integer": "integers"}.get(inner or "")  # type: ignore[return-value]
    if get_origin(bare) is Literal or bare is str:
        return "text"
    if bare is int:
        return "integer"
    if bare is float:
        return "number"
    return "date" if bare is dt.date else None

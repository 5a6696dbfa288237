"""Records of an older schema version made into records of the present one.

Each step takes the tree of one version and returns that of the next. Version 1.0 is the first; when the
shape of a record changes, the new version gets one step here, a copy of its schema stays in ``schemas/``,
and records in archives are brought up with ``planparse migrate``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from planparse.version import SCHEMA_VERSION

Tree = dict[str, Any]


class Step(NamedTuple):
    """The way from one version to the next: ``changes`` says in a line what it does."""

    to: str
    changes: str
    apply: Callable[[Tree], Tree]


STEPS: dict[str, Step] = {}
"""Version → the step away from it. Empty as long as 1.0 is the only version there has been."""


def path_from(
    version: str, steps: Mapping[str, Step] | None = None, target: str = SCHEMA_VERSION
) -> list[Step] | None:
    """The steps from ``version`` to ``target``, or ``None`` where there is no way."""
    known = STEPS if steps is None else steps
    way: list[Step] = []
    while version != target:
        step = known.get(version)
        if step is None or len(way) > len(known):
            return None
        way.append(step)
        version = step.to
    return way


def can_migrate(version: str) -> bool:
    """Is there a way from ``version`` to the present one?"""
    return path_from(version) is not None


def migrate(
    tree: Tree, steps: Mapping[str, Step] | None = None, target: str = SCHEMA_VERSION
) -> tuple[Tree, list[str]]:
    """The tree in the target version, and what was changed on the way; ``tree`` itself stays as it is.

    Raises ``ValueError`` where there is no way from the tree's version.
    """
    version = tree.get("schema_version")
    way = path_from(version, steps, target) if isinstance(version, str) else None
    if way is None:
        raise ValueError(f"there is no way from schema version {version!r} to {target}")
    made, told = dict(tree), []
    for step in way:
        made = step.apply(made) | {"schema_version": step.to}
        told.append(f"{version} → {step.to}: {step.changes}")
        version = step.to
    return made, told

"""Where the configuration is: the nearest one on the way up from a folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from planparse.errors import MissingFileError, UnreadableInputError, UsageError

OWN, SHARED = "planparse.toml", "pyproject.toml"


def find_config(start: Path) -> Path | None:
    """The file that holds for ``start``, or ``None``.

    The nearest folder upwards with a ``planparse.toml``, or with a ``pyproject.toml`` that has a table
    ``[tool.planparse]``, decides; beside each other ``planparse.toml`` holds.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (own := folder / OWN).is_file():
            return own
        shared = folder / SHARED
        if shared.is_file() and _shared_table(shared) is not None:
            return shared
    return None


def read_table(path: Path) -> dict[str, Any]:
    """The settings that a file holds, unchecked.

    Raises :class:`~planparse.errors.PlanparseError` where the file can't be read or is no TOML.
    """
    where = str(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise MissingFileError(where, "no such file", "check the path given to --config") from None
    except OSError as error:
        raise UnreadableInputError(where, error.strerror or "can't be read", "check its permissions") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(where, f"is no TOML: {error}", "mend the line, see https://toml.io") from None
    if path.name != SHARED:
        return table
    own = table.get("tool", {}).get("planparse", {})
    if not isinstance(own, dict):
        raise UsageError(where, "tool.planparse is no table", "write [tool.planparse] and keys below it")
    return own


def _shared_table(path: Path) -> dict[str, Any] | None:
    """``[tool.planparse]`` of a pyproject.toml; other people's broken files are none of our business."""
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("planparse")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    return found if found is not None else None

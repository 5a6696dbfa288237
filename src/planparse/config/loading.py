"""Defaults, then the file, then the options: what holds, and where each value is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from planparse.config.finding import find_config, read_table
from planparse.config.models import Section, Settings, hyphenated
from planparse.errors import UsageError

DEFAULT = "default"


class Holding(NamedTuple):
    """One setting: its key (``batch.max-failures``), its value and where that is from."""

    key: str
    value: Any
    origin: str


@dataclass(frozen=True)
class LoadedSettings:
    """Settings that hold, and for each that is no default where it was set."""

    settings: Settings
    path: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    def origin(self, key: str) -> str:
        """Where the value of ``key`` is from: ``default``, a file, or an option."""
        return self.origins.get(key, DEFAULT)

    def override(self, section: str, options: Mapping[str, Any]) -> LoadedSettings:
        """The same settings with the options of one command put over them.

        ``options`` maps field names (``max_failures``) to values; those that are ``None`` were not given.
        """
        given = {hyphenated(name): value for name, value in options.items() if value is not None}
        table = _dump(self.settings)
        table.setdefault(section, {}).update(given)
        origins = dict(self.origins) | {f"{section}.{key}": f"option --{key}" for key in given}
        return LoadedSettings(_validated(table, "command line"), self.path, origins)

    def holdings(self) -> Iterator[Holding]:
        """All settings in the order of their sections."""
        for section, values in _dump(self.settings).items():
            for key, value in values.items():
                yield Holding(f"{section}.{key}", value, self.origin(f"{section}.{key}"))


def load_settings(start: Path | None = None, path: Path | None = None) -> LoadedSettings:
    """The settings that hold for the folder ``start`` (default: where the command runs).

    ``path`` names the file outright. Raises :class:`~planparse.errors.UsageError` for unknown keys, with the
    nearest known one, and for values of a wrong kind.
    """
    path = path or find_config(start or Path.cwd())
    if path is None:
        return LoadedSettings(Settings())
    table = read_table(path)
    _refuse_unknown(table, Settings, str(path))
    settings = _validated(_absolute(table, path.resolve().parent), str(path))
    origins = {f"{section}.{key}": str(path) for section, values in table.items() for key in values}
    return LoadedSettings(settings, path, origins)


def _dump(settings: Settings) -> dict[str, dict[str, Any]]:
    return settings.model_dump(by_alias=True)


def _validated(table: Mapping[str, Any], where: str) -> Settings:
    try:
        return Settings.model_validate(table)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        what = f"{key} = {first['input']!r}: {first['msg'][:1].lower()}{first['msg'][1:]}"
        raise UsageError(where, what, "see docs/configuration.md for what it may be") from None


def _refuse_unknown(table: Mapping[str, Any], model: type[Section], where: str, prefix: str = "") -> None:
    known = _keys(model)
    for key, value in table.items():
        if key not in known:
            raise UsageError(where, f"unknown key {prefix}{key}", _nearest(hyphenated(key), known, prefix))
        if (inner := known[key]) is not None:
            if not isinstance(value, Mapping):
                raise UsageError(where, f"{prefix}{key} is no table", f"write [{prefix}{key}] and keys below it")
            _refuse_unknown(value, inner, where, f"{prefix}{key}.")


def _keys(model: type[Section]) -> dict[str, type[Section] | None]:
    """The keys of a table, with the section that stands below each, if one does."""
    fields = {hyphenated(info.alias or name): info.annotation for name, info in model.model_fields.items()}
    return {
        key: kind if isinstance(kind, type) and issubclass(kind, Section) else None for key, kind in fields.items()
    }


def _nearest(key: str, known: Mapping[str, type[Section] | None], prefix: str) -> str:
    """What the author of an unknown key may have meant: the same key of a section, or one like it here."""
    if below := [f"{name}.{key}" for name, section in known.items() if section is not None and key in _keys(section)]:
        return f"did you mean {' or '.join(below)}?"
    if near := get_close_matches(key, known, n=1, cutoff=0.5):
        return f"did you mean {prefix}{near[0]}?"
    return f"known here: {', '.join(sorted(known))}"


def _absolute(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Paths of a file are relative to that file, wherever the command runs."""
    made = {section: dict(values) for section, values in table.items()}
    for info, name in ((info, name) for name, info in Settings.model_fields.items()):
        section = made.get(info.alias or name)
        if section is None or not (isinstance(info.annotation, type) and issubclass(info.annotation, Section)):
            continue
        for field_name, field_info in info.annotation.model_fields.items():
            key = hyphenated(field_name)
            if "Path" in str(field_info.annotation) and isinstance(section.get(key), str):
                section[key] = folder / section[key]
    return made

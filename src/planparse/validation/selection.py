"""Which rules are wanted, for which files: ``--select``, ``--ignore``, per-file ignores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from planparse.errors import UsageError


@dataclass(frozen=True)
class Selection:
    """Codes or beginnings of codes: ``PP255``, ``PP2``. The longest beginning that fits a code decides.

    With ``select`` ``PP2`` and ``ignore`` ``PP25``, PP260 is wanted and PP255 is not; with ``ignore`` ``PP2``
    and ``select`` ``PP255`` it is the other way round. No ``select`` selects everything.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wants(self, code: str, file: str | None = None) -> bool:
        """Is a finding with this code wanted, in this file?"""
        if file is not None and any(
            code.startswith(prefix)
            for pattern, prefixes in self.per_file.items()
            if matches(file, pattern)
            for prefix in prefixes
        ):
            return False
        chosen = 0 if not self.select else max((len(p) for p in self.select if code.startswith(p)), default=-1)
        refused = max((len(p) for p in self.ignore if code.startswith(p)), default=-1)
        return chosen > refused or (chosen == refused and chosen > 0) or (not self.select and refused < 0)


def matches(file: str, pattern: str) -> bool:
    """Does a path match a glob? ``*`` reaches over folders; a pattern may match the end of the path."""
    return fnmatchcase(file, pattern) or fnmatchcase(file, "*/" + pattern)


def codes(options: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """The codes of options that may each hold several, joined by commas.

    Raises :class:`~planparse.errors.UsageError` for one that no rule starts with.
    """
    wanted = tuple(part for option in options for part in (p.strip().upper() for p in option.split(",")) if part)
    every = list(known)
    for prefix in wanted:
        if not any(code.startswith(prefix) for code in every):
            raise UsageError(prefix, "no rule has a code that starts so", "planparse rules lists them")
    return wanted

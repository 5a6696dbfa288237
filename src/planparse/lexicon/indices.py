"""Definitions of the indices that provinces are measured by: names, scales, components, and for which years."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from planparse.lexicon.folding import letters
from planparse.lexicon.tables import read_yaml


@dataclass(frozen=True)
class Component:
    """A field, dimension or component of an index; ``max`` is ``None`` where no source gives it.

    ``beside`` is the id of the other part, where a field has two.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    max: float | None = None
    beside: str | None = None


@dataclass(frozen=True)
class CriteriaSet:
    """The criteria that one decision set, for the scores of years ``first`` to ``last``."""

    decision: str | None
    first: int
    last: int | None
    source: str
    components: tuple[Component, ...] = ()


@dataclass(frozen=True)
class Index:
    """An index; ``scale`` is its highest total, ``None`` where unknown or not in points."""

    id: str
    name: str
    aliases: tuple[str, ...]
    publisher: str
    scale: float | None
    percent: bool
    source: str
    sets: tuple[CriteriaSet, ...]
    parts: tuple[Component, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, its short name first."""
        return (self.id, self.name, *self.aliases)

    def criteria(self, year: int | None) -> CriteriaSet | None:
        """The criteria that scores of a year follow; of no year the latest with components."""
        if year is None:
            return next((s for s in reversed(self.sets) if s.components), None)
        started = [s for s in self.sets if s.first <= year and (s.last is None or year <= s.last)]
        return started[-1] if started else None

    def component(self, name: str, year: int | None = None, cutoff: float = 0.78) -> Component | None:
        """The component that a printed name means; ``None`` where none is like it or two are."""
        return _component(self, name, year, cutoff)


@lru_cache(maxsize=4096)
def _component(index: Index, name: str, year: int | None, cutoff: float) -> Component | None:
    criteria = index.criteria(year) if year is not None else None
    # the criteria of the year first; an old or new set has the same field under another name
    sets = [criteria] if criteria and criteria.components else list(index.sets)
    return best_match(name, [c for s in sets for c in s.components], cutoff)


def best_match(name: str, components: list[Component], cutoff: float) -> Component | None:
    """The one component whose name or alias is most like ``name``."""
    shown = letters(name)
    ranked = sorted(
        [(max([fuzz.ratio(shown, letters(n)) for n in (c.name, *c.aliases)]) / 100, c) for c in components],
        key=lambda r: -r[0],
    )
    if not ranked or ranked[0][0] < cutoff:
        return None
    rival = next((score for score, c in ranked if c.id != ranked[0][1].id), 0.0)
    return ranked[0][1] if ranked[0][0] > rival else None


@cache
def indices() -> tuple[Index, ...]:
    """All indices of ``data/indices.yaml``."""
    data = read_yaml("indices.yaml")
    return tuple(_index(entry, data["sources"]) for entry in data["indices"])


def _index(entry: dict[str, Any], sources: dict[str, str]) -> Index:
    return Index(
        id=entry["id"],
        name=entry["name"],
        aliases=tuple(entry.get("aliases") or ()),
        publisher=entry["publisher"],
        scale=entry["scale"],
        percent=entry["percent"],
        source=sources[entry["source"]],
        sets=tuple(
            CriteriaSet(s["decision"], s["from"], s["to"], sources[s["source"]], _components(s.get("components")))
            for s in entry["sets"]
        ),
        parts=_components(entry.get("parts")),
    )


def _components(entries: list[dict[str, Any]] | None) -> tuple[Component, ...]:
    return tuple(
        Component(e["id"], e["name"], tuple(e.get("aliases") or ()), e.get("max"), e.get("beside"))
        for e in entries or ()
    )

"""The tables of the lexicon, each read from its YAML file when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, TypeVar

from planparse.lexicon.entries import (
    Agency,
    Authority,
    BodyHead,
    DocType,
    Entry,
    FamilyName,
    Month,
    Phrase,
    Position,
    Province,
)
from planparse.lexicon.table import Table

E = TypeVar("E", bound=Entry)


def read_yaml(name: str) -> Any:
    """The content of a YAML file under ``planparse/data``."""
    import yaml  # late: the command line shows its help without it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.files("planparse").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=loader)


def load(name: str, kind: type[E]) -> Table[E]:
    """A table of ``kind`` from a YAML file with ``sources`` (key → text) and ``entries``."""
    data = read_yaml(name)
    entries = []
    for fields in data["entries"]:
        lists = {key: tuple(value) for key, value in fields.items() if isinstance(value, list)}
        entries.append(kind(**{**fields, **lists, "source": data["sources"][fields["source"]]}))
    return Table(tuple(entries))


@cache
def doc_types() -> Table[DocType]:
    """Types of document and their abbreviations."""
    return load("document_types.yaml", DocType)


@cache
def provinces() -> Table[Province]:
    """Provinces and cities of the central level, before and after 1 July 2025."""
    return load("provinces.yaml", Province)


@cache
def agencies() -> Table[Agency]:
    """Bodies with their abbreviations, before and after the reform of 1 March 2025."""
    return load("agencies.yaml", Agency)


@cache
def body_heads() -> Table[BodyHead]:
    """How names of bodies begin."""
    return load("body_heads.yaml", BodyHead)


@cache
def positions() -> Table[Position]:
    """Offices of signers."""
    return load("positions.yaml", Position)


@cache
def authorities() -> Table[Authority]:
    """TM., KT., TL., TUQ., Q."""
    return load("authorities.yaml", Authority)


@cache
def family_names() -> Table[FamilyName]:
    """Family names."""
    return load("family_names.yaml", FamilyName)


@cache
def months() -> Table[Month]:
    """Months written in words."""
    return load("months.yaml", Month)


@cache
def phrases(kind: str) -> tuple[str, ...]:
    """The fixed phrases of a kind: motto, slogan, recipients, addressees, stamp, gazette, annex, column, …"""
    return tuple(entry.name for entry in page_phrases() if entry.kind == kind)


@cache
def page_phrases() -> Table[Phrase]:
    """All fixed phrases of the page."""
    return load("page_phrases.yaml", Phrase)

"""The kinds of entry that the lexicon holds; every one names its source and when it was true."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A fact of the lexicon.

    ``valid_from`` and ``valid_to`` are the first and the last day on which it held; ``None`` leaves that
    end open. ``source`` is the legal text or book that it was taken from, spelled out.
    """

    name: str
    source: str
    aliases: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def holds_on(self, day: dt.date | None) -> bool:
        """Whether the entry held on a day; an unknown day excludes nothing."""
        if day is None:
            return True
        return (self.valid_from or dt.date.min) <= day <= (self.valid_to or dt.date.max)


@dataclass(frozen=True, kw_only=True)
class DocType(Entry):
    """A type of document (tên loại văn bản). ``family``: administrative, legal, party or copy."""

    code: str | None = None
    family: str = "administrative"


@dataclass(frozen=True, kw_only=True)
class Province(Entry):
    """A province or city of the central level. ``kind`` is ``tỉnh`` or ``thành phố``."""

    kind: str
    successor: str | None = None
    predecessors: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """``tỉnh Khánh Hòa``, ``thành phố Hà Nội``: as running text names it."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, kw_only=True)
class Agency(Entry):
    """A body. ``level``: central, province, district, commune, or local where it exists at several."""

    abbreviation: str
    level: str
    successor: str | None = None


@dataclass(frozen=True, kw_only=True)
class BodyHead(Entry):
    """How names of bodies begin: ``Sở``, ``Ban Quản lý``."""


@dataclass(frozen=True, kw_only=True)
class Position(Entry):
    """An office (chức vụ); ``deputy_of`` is the office for which it signs KT."""

    deputy_of: str | None = None


@dataclass(frozen=True, kw_only=True)
class Authority(Entry):
    """A signing authority; ``form`` is how it is printed (``KT.``)."""

    code: str
    form: str
    signs_for: str


@dataclass(frozen=True, kw_only=True)
class FamilyName(Entry):
    """A family name (họ)."""


@dataclass(frozen=True, kw_only=True)
class Month(Entry):
    """A month in words."""

    number: int


@dataclass(frozen=True, kw_only=True)
class Phrase(Entry):
    """A fixed phrase of the page; ``kind`` says what it marks (motto, recipients, stamp, …)."""

    kind: str

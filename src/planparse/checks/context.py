"""What a rule may look at beside the record itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from planparse.checks.pointers import MISSING, leaves, resolve
from planparse.records import Evidence, PlanRecord
from planparse.source import SourceText


class Context:
    """The record as a JSON tree, the day of the check and, where it is at hand, the source document."""

    def __init__(
        self,
        record: PlanRecord,
        *,
        tree: Mapping[str, Any] | None = None,
        source: SourceText | None = None,
        source_sought: bool = False,
        today: dt.date | None = None,
    ) -> None:
        self.record = record
        self.source = source
        self.source_sought = source_sought or source is not None
        """Whether anybody looked for the source; without that its absence is no finding."""
        self.today = today or dt.date.today()
        self._tree = tree

    @cached_property
    def tree(self) -> Mapping[str, Any]:
        """The record as plain JSON values, as its file has them."""
        return self.record.model_dump(mode="json", exclude_none=True) if self._tree is None else self._tree

    @cached_property
    def values(self) -> list[tuple[str, Any]]:
        """All leaves of the record but those of the evidence and the diagnostics, with their pointers."""
        aside = ("evidence", "diagnostics", "accepted")
        return list(leaves({key: part for key, part in self.tree.items() if key not in aside}))

    @cached_property
    def _by_pointer(self) -> dict[str, Any]:
        return dict(self.values)

    @cached_property
    def evidenced(self) -> dict[str, Any]:
        """What each pointer of the evidence leads to, ``MISSING`` where it leads nowhere."""
        known, tree = self._by_pointer, self.tree
        return {p: known[p] if p in known else resolve(tree, p) for p in self.record.evidence}

    @cached_property
    def evident(self) -> list[tuple[str, Any, Evidence]]:
        """Values with their ink, but for those that are known to be repaired or inferred."""
        found = []
        for pointer, evidence in self.record.evidence.items():
            if evidence.repaired_from is not None or not evidence.raw or pointer in self.explained:
                continue
            value = self.evidenced[pointer]
            if value is not MISSING:
                found.append((pointer, value, evidence))
        return found

    @cached_property
    def texts(self) -> list[tuple[str, str]]:
        """The leaves that are strings."""
        return [(pointer, value) for pointer, value in self.values if isinstance(value, str)]

    @cached_property
    def prose(self) -> list[tuple[str, str]]:
        """The strings that the document says, without what is about its file."""
        return [(pointer, text) for pointer, text in self.texts if not pointer.startswith(("/source", "/$schema"))]

    @cached_property
    def all_prose(self) -> str:
        """All of :attr:`prose`, each on lines of its own: a rule that finds nothing here need not look further."""
        return "\n" + "\n".join(text for _, text in self.prose) + "\n"

    @cached_property
    def explained(self) -> frozenset[str]:
        """Pointers that a diagnostic of the record speaks of: their values are known to be inferred or odd."""
        return frozenset(d.pointer for d in self.record.diagnostics if d.pointer)

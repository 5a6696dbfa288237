"""The documents that records were made from, found by name in a folder."""

from __future__ import annotations

import os
from collections import OrderedDict
from pathlib import Path

from planparse.errors import PlanparseError
from planparse.reading import read_path
from planparse.records import SourceInfo
from planparse.source import SourceText

KEPT = 8
"""So many documents are held in memory; records of one document mostly come together."""


class Sources:
    """A folder of documents, looked through once; the last few that were asked for stay in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._by_name: dict[str, list[Path]] | None = None
        self._kept: OrderedDict[Path, SourceText | None] = OrderedDict()

    def find(self, wanted: SourceInfo) -> SourceText | None:
        """The document of a record: of several with its name the one with its content, else the first."""
        found = [text for path in self._paths(wanted.name) if (text := self._read(path)) is not None]
        same = [text for text in found if text.sha256 == wanted.sha256]
        return next(iter(same or found), None)

    def _paths(self, name: str) -> list[Path]:
        if self._by_name is None:
            self._by_name = {}
            for root, folders, files in os.walk(self.folder):
                folders.sort()
                for file in sorted(files):
                    shown = file.encode("utf-8", "backslashreplace").decode("utf-8")
                    self._by_name.setdefault(shown, []).append(Path(root, file))
        return self._by_name.get(name, [])

    def _read(self, path: Path) -> SourceText | None:
        if path not in self._kept:
            try:
                self._kept[path] = read_path(path)
            except PlanparseError:
                self._kept[path] = None
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[path]

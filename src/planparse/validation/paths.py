"""What the command line names: files, folders and globs, made into record files."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from planparse.errors import MissingFileError
from planparse.validation.entries import SUFFIXES, shown_name

NO_RECORDS = ("manifest.jsonl", "*.schema.json", "*baseline*.json", "package*.json", "tsconfig*.json")
"""Names of files that lie in folders of records and are none; named outright they are read all the same."""


def record_files(paths: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """The record files that ``paths`` name, each once, with the name that findings give it.

    A folder stands for all record files below it, but for hidden ones. Raises
    :class:`~planparse.errors.MissingFileError` for a path or a glob that nothing answers to.
    """
    seen: set[str] = set()
    for named in paths:
        path = Path(named)
        if path.is_dir():
            found: Iterable[Path] = _below(path)
        elif path.exists() or path.is_symlink() or not glob.has_magic(named):
            if not path.exists():
                raise MissingFileError(named, "no such file", "check the path")
            found = [path]
        else:
            matched = sorted(glob.glob(named, recursive=True))  # noqa: PTH207 - the pattern may be absolute
            if not matched:
                raise MissingFileError(named, "no file matches", "check the pattern, and quote ** in the shell")
            found = (p for m in matched for p in ([Path(m)] if Path(m).is_file() else _below(Path(m))))
        for one in found:
            name = shown_name(one)
            if name not in seen:
                seen.add(name)
                yield one, name


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            hidden = file.startswith(".") or any(fnmatchcase(file, pattern) for pattern in NO_RECORDS)
            if Path(file).suffix.lower() in SUFFIXES and not hidden:
                yield Path(root, file)

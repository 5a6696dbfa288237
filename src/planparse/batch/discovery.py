"""Which documents a run is about: a folder, a glob, a list, or a URL; each input exactly once.

Nothing that is found is passed over in silence: what can't be converted comes out as an :class:`Input` that
says why. Only hidden files and folders (``.git``, ``.DS_Store``) are no inputs.
"""

from __future__ import annotations

import glob
import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import lru_cache

from planparse.batch.storage import file_system, is_url
from planparse.errors import MissingFileError
from planparse.reading.registry import SUFFIXES

GLOB_MARKS = "*?["


@dataclass(frozen=True, slots=True)
class Input:
    """A document to convert, or something that can't be one.

    ``key`` is its name in the manifest, ``path`` where to read it, ``relative`` its place in the output.
    ``skip`` says why nobody should try, ``refuse`` why trying would fail.
    """

    key: str
    path: str
    relative: str
    skip: str | None = None
    refuse: str | None = None


@dataclass(frozen=True)
class Selection:
    """Which files of a folder are documents: those of known formats and ``include``, without ``exclude``."""

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def excluded(self, relative: str) -> bool:
        """Whether a path below the input is left out."""
        name = posixpath.basename(relative)
        return any(fnmatch(relative, p) or fnmatch(name, p) for p in self.exclude)

    def strange(self, relative: str) -> str | None:
        """Why a file is no document, going by its name; ``None`` where it may be one."""
        name = posixpath.basename(relative)
        suffix = posixpath.splitext(name)[1].lower()
        if suffix in SUFFIXES or not suffix or any(fnmatch(relative, p) or fnmatch(name, p) for p in self.include):
            return None
        return f"no format is known for {suffix} (--include '*{suffix}' reads it as plain text)"


def discover(
    place: str, selection: Selection, *, without: str | None = None, listed: Callable[[], Iterable[str]] | None = None
) -> Iterator[Input]:
    """The inputs at ``place``, in an order that depends on their names only.

    ``place`` is a folder, a file, a glob, a URL of those, or ``-`` for the names that ``listed`` gives.
    ``without`` is the output, which is no input even where it lies inside. Raises
    :class:`~planparse.errors.MissingFileError` where there is nothing of that name.
    """
    if place == "-":
        return _once(_listed(listed() if listed is not None else (), without))
    if is_url(place):
        return _once(_remote(place, selection, without))
    if os.path.isdir(place):  # noqa: PTH112
        return _folder(place, selection, without)
    if os.path.lexists(place):
        return iter([Input(os.path.basename(place), place, os.path.basename(place))])  # noqa: PTH119
    if any(mark in place for mark in GLOB_MARKS):
        return _once(_glob(place, selection, without))
    raise MissingFileError(place, "no such file or folder", "check the path")


def _once(inputs: Iterable[Input]) -> Iterator[Input]:
    seen: set[str] = set()
    for found in inputs:
        if found.key not in seen:
            seen.add(found.key)
            yield found


def _folder(root: str, selection: Selection, without: str | None) -> Iterator[Input]:
    real_root = os.path.realpath(root)
    barred = _real(without)
    linked: set[str] = set()

    def walk(folder: str, relative: str) -> Iterator[Input]:
        try:
            with os.scandir(folder) as found:
                items = sorted(found, key=lambda item: os.fsencode(item.name))
        except OSError as error:
            said = f"folder can't be read: {error.strerror}"
            yield Input(relative.rstrip("/") or ".", folder, relative, refuse=said)
            return
        for item in items:
            name = relative + item.name
            if item.name.startswith(".") or selection.excluded(name):
                continue
            if not _is_folder(item):
                yield Input(name, item.path, name, skip=selection.strange(name))
            elif barred is not None and os.path.realpath(item.path) == barred:
                continue
            elif not item.is_symlink():
                yield from walk(item.path, name + "/")
            else:
                yield from follow(item.path, name)

    def follow(path: str, name: str) -> Iterator[Input]:
        """A linked folder: walked if it lies elsewhere and was not yet, told of otherwise."""
        target = os.path.realpath(path)
        here = os.path.realpath(os.path.dirname(path))  # noqa: PTH120
        if _within(here, target):
            yield Input(name, path, name, refuse="a loop of links: it leads back to a folder that it is in")
        elif _within(target, real_root) or any(_within(target, other) for other in linked):
            yield Input(name, path, name, skip=f"a link to a folder that is converted itself: {target}")
        else:
            linked.add(target)
            yield from walk(path, name + "/")

    return walk(root, "")


def _is_folder(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_dir()
    except OSError:
        return False


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _real(output: str | None) -> str | None:
    """Where an output folder of this machine really is."""
    return os.path.realpath(output) if output is not None and not is_url(output) else None


def _inside(path: str, barred: str | None) -> bool:
    """Whether a file lies in the output: what a run made is no input of the next."""
    return barred is not None and _within(_real_folder(os.path.dirname(os.path.abspath(path))), barred)  # noqa: PTH100, PTH120


@lru_cache(maxsize=1024)
def _real_folder(folder: str) -> str:
    return os.path.realpath(folder)


def _glob(pattern: str, selection: Selection, without: str | None) -> Iterator[Input]:
    fixed = pattern[: min(pattern.index(mark) for mark in GLOB_MARKS if mark in pattern)]
    base = os.path.dirname(fixed)  # noqa: PTH120
    barred = _real(without)
    found = sorted(glob.iglob(pattern, recursive=True), key=os.fsencode)  # noqa: PTH207
    for path in found:
        if not os.path.isdir(path):  # noqa: PTH112
            relative = os.path.relpath(path, base or ".")
            if not selection.excluded(relative) and not _inside(path, barred):
                yield Input(relative, path, relative)


def _listed(names: Iterable[str], without: str | None) -> Iterator[Input]:
    here = os.getcwd()  # noqa: PTH109
    barred = _real(without)
    for name in names:
        if is_url(name):
            yield Input(name, name, name.partition("://")[2])
            continue
        path = os.path.normpath(name)
        if _inside(path, barred):
            continue
        inside = os.path.relpath(path, here) if os.path.isabs(path) and _within(path, here) else path  # noqa: PTH117
        yield Input(path, path, f"_root{inside}" if os.path.isabs(inside) else inside)  # noqa: PTH117


def _remote(url: str, selection: Selection, without: str | None) -> Iterator[Input]:
    fs, path = file_system(url)
    scheme = url.partition("://")[0]
    chosen = any(mark in path for mark in GLOB_MARKS)
    try:
        if chosen:
            names = sorted(name for name, info in fs.glob(path, detail=True).items() if info["type"] != "directory")
            base = posixpath.dirname(path[: min(path.index(mark) for mark in GLOB_MARKS if mark in path)])
        elif fs.isfile(path):
            names, base = [path], posixpath.dirname(path)
        else:
            names, base = sorted(fs.find(path)), path.rstrip("/")
    except OSError as error:
        raise MissingFileError(url, str(error) or "nothing there", "check the URL and access to it") from None
    if not names:
        raise MissingFileError(url, "nothing is there", "check the URL and access to it")
    if without is not None and is_url(without):
        output = file_system(without)[1].rstrip("/") + "/"
        names = [name for name in names if not name.startswith(output)]
    return _objects(scheme, base, names, selection, chosen)


def _objects(scheme: str, base: str, names: Iterable[str], selection: Selection, chosen: bool) -> Iterator[Input]:
    for name in names:
        relative = name.removeprefix(base).lstrip("/")
        hidden = any(part.startswith(".") for part in relative.split("/"))
        if hidden or selection.excluded(relative) or name.endswith("/"):
            continue
        yield Input(relative, f"{scheme}://{name}", relative, skip=None if chosen else selection.strange(relative))


def names_of(data: bytes, *, null: bool) -> list[str]:
    """The names of a list as ``find`` prints it: one a line, or ended by NUL bytes (``-print0``)."""
    parts = data.split(b"\0") if null or b"\0" in data else [line.rstrip(b"\r") for line in data.split(b"\n")]
    return [os.fsdecode(part) for part in parts if part]

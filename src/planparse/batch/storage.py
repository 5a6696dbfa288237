"""Where bytes come from and go to: the local disk, or any URL that fsspec knows (``s3://``, ``gs://``)."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from planparse.errors import (
    MissingFileError,
    NotAFileError,
    TooLargeInputError,
    UnreadableInputError,
    UnwritableOutputError,
    UsageError,
)

STATE = ".planparse"
"""Folder of the output that holds the run's own files: lock, temporary files, parts of a JSONL."""


class Storage(Protocol):
    """A place for files, named by paths relative to it with ``/`` between parts."""

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all; raises :class:`UnwritableOutputError`."""

    def exists(self, path: str) -> bool:
        """Whether a file that is not empty is there."""

    def remove(self, path: str) -> None:
        """Have a file gone, if it is there."""

    def open(self, path: str) -> BinaryIO:
        """Open a file for reading; raises :class:`MissingFileError` or :class:`UnreadableInputError`."""


def is_url(place: str) -> bool:
    """Whether a place is a URL for fsspec; a one-letter scheme is a Windows drive."""
    scheme, found, _ = place.partition("://")
    return bool(found) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


def read_bytes_of(place: str, limit: int) -> bytes:
    """The bytes of one regular file or object; at most ``limit`` are ever read.

    Raises a :class:`~planparse.errors.PlanparseError` that says why it can't be read.
    """
    if is_url(place):
        fs, path = file_system(place)
        try:
            if (size := fs.size(path)) is not None and size > limit:
                raise _too_large(place, limit)
            with fs.open(path, "rb") as handle:
                data = cast(bytes, handle.read(limit + 1))
        except FileNotFoundError:
            raise MissingFileError(place, "no such object", "check the URL") from None
        except OSError as error:
            raise UnreadableInputError(place, str(error) or "can't be read", "check access to it") from None
    else:
        data = _local_bytes(place, limit)
    if len(data) > limit:
        raise _too_large(place, limit)
    return data


def _local_bytes(place: str, limit: int) -> bytes:
    try:
        # A pipe would block until somebody writes into it; no file does for being opened this way.
        handle = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        what = "is a link to nothing" if os.path.islink(place) else "no such file"  # noqa: PTH114
        raise MissingFileError(place, what, "check the path") from None
    except OSError as error:
        raise UnreadableInputError(place, error.strerror or "can't be read", "check its permissions") from None
    status = os.fstat(handle)
    if stat.S_ISDIR(status.st_mode):  # Python makes no file object of one
        os.close(handle)
        raise NotAFileError(place, "is a folder", "name the files in it")
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(place, "is not a regular file", "copy its content into a file first")
        if status.st_size > limit:
            raise _too_large(place, limit)
        try:
            return file.read(limit + 1)
        except OSError as error:
            raise UnreadableInputError(place, error.strerror or "can't be read", "check the disk") from None


def _too_large(place: str, limit: int) -> TooLargeInputError:
    return TooLargeInputError(place, f"is larger than {limit // 2**20} MB", "split it into documents first")


class LocalStorage:
    """A folder of this machine. Files appear under their name only when they are whole and on the disk."""

    def __init__(self, root: str) -> None:
        self.root = Path(root)
        self.temporary = self.root / STATE / "tmp"

    def write(self, path: str, data: bytes) -> None:
        """Write to a temporary file of the same disk, flush it to the disk, and rename."""
        target = self.root / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.temporary.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.temporary)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101
                os.replace(name, target)  # noqa: PTH105
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            raise UnwritableOutputError(
                str(target), error.strerror or "can't be written", "check the disk's space and permissions"
            ) from None

    def exists(self, path: str) -> bool:
        """Whether the file is there; a name appears only with its content, so this is all there is to ask."""
        try:
            return (self.root / path).stat().st_size > 0
        except OSError:
            return False

    def remove(self, path: str) -> None:
        """Remove, if it is there and may be removed."""
        with contextlib.suppress(OSError):
            (self.root / path).unlink()

    def open(self, path: str) -> BinaryIO:
        """Open for reading."""
        try:
            return (self.root / path).open("rb")
        except FileNotFoundError:
            raise MissingFileError(str(self.root / path), "no such file", "run the batch again") from None
        except OSError as error:
            raise UnreadableInputError(
                str(self.root / path), error.strerror or "can't be read", "check its permissions"
            ) from None


class RemoteStorage:
    """A folder behind a URL. Object stores make an object visible only when it is whole."""

    def __init__(self, root: str) -> None:
        self.url = root.rstrip("/")
        self.fs, self.root = file_system(self.url)

    def write(self, path: str, data: bytes) -> None:
        """Put one object."""
        try:
            self.fs.pipe_file(f"{self.root}/{path}", data)
        except OSError as error:
            raise UnwritableOutputError(f"{self.url}/{path}", str(error), "check access to it") from None

    def exists(self, path: str) -> bool:
        """Ask the store; listings that fsspec remembers would be out of date."""
        try:
            return bool(self.fs.info(f"{self.root}/{path}", refresh=True).get("size"))
        except TypeError:  # a file system without the option
            return bool(self.fs.exists(f"{self.root}/{path}"))
        except OSError:
            return False

    def remove(self, path: str) -> None:
        """Remove, if it is there and may be removed."""
        with contextlib.suppress(OSError):
            self.fs.rm_file(f"{self.root}/{path}")

    def open(self, path: str) -> BinaryIO:
        """Open for reading."""
        try:
            return cast(BinaryIO, self.fs.open(f"{self.root}/{path}", "rb"))
        except FileNotFoundError:
            raise MissingFileError(f"{self.url}/{path}", "no such object", "run the batch again") from None
        except OSError as error:
            raise UnreadableInputError(f"{self.url}/{path}", str(error), "check access to it") from None


@lru_cache(maxsize=8)
def storage_at(root: str) -> Storage:
    """The storage at a folder or URL; workers keep theirs."""
    return RemoteStorage(root) if is_url(root) else LocalStorage(root)


@lru_cache(maxsize=1)
def _umask() -> int:
    """The mask with which this process makes files (there is no way to ask without setting it)."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def file_system(url: str) -> tuple[Any, str]:
    """The fsspec file system of a URL and the path within it."""
    try:
        import fsspec
    except ImportError:
        raise UsageError(url, "URLs need fsspec", "pip install 'planparse[remote]'") from None
    try:
        fs, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(url, str(error), "install the package that fsspec names for it") from None
    return fs, str(path)

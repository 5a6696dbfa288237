"""Which format reads which file, and the limits that hold for all of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from planparse.errors import (
    EmptyInputError,
    MissingFileError,
    NotAFileError,
    TooLargeInputError,
    UnreadableInputError,
)
from planparse.reading.decoding import decode
from planparse.reading.markdown import markdown_lines
from planparse.reading.pages.formats import RESULTS, SCANS, true_suffix
from planparse.reading.pages.model import Page, PageOptions
from planparse.reading.plaintext import plain_lines
from planparse.source import Geometry, Line, SourceText

MAX_BYTES = 64 * 1024 * 1024
"""Largest input that is read, in bytes. A thousand pages of plan are about 3 MB."""

LineReader = Callable[[str], tuple[tuple[Line, ...], tuple[int, ...]]]

READERS: dict[str, tuple[str, LineReader]] = {
    ".txt": ("text/plain", plain_lines),
    ".text": ("text/plain", plain_lines),
    ".md": ("text/markdown", markdown_lines),
    ".markdown": ("text/markdown", markdown_lines),
}
"""File name suffix → (media type, reader) of text. A name with a suffix that is not known is read as plain text."""

SUFFIXES = frozenset({*READERS, *RESULTS, *SCANS})
"""All suffixes of documents."""


def read_path(path: Path, options: PageOptions | None = None) -> SourceText:
    """Read one file.

    Raises a :class:`~planparse.errors.PlanparseError` that names the file and the remedy when it is
    missing, no regular file, unreadable, empty, binary, too large or in no encoding that we know.
    """
    return read_bytes(read_raw(path), os.fsdecode(path), path.suffix, options)


def read_raw(path: Path) -> bytes:
    """The bytes of one file, within the limits that hold for all inputs; raises as :func:`read_path`."""
    where = os.fsdecode(path)
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFileError(where, "no such file", "check the path") from None
    except OSError as error:
        raise UnreadableInputError(where, error.strerror or "can't be read", "check its permissions") from None
    if stat.S_ISDIR(status.st_mode):
        raise NotAFileError(where, "is a folder", "name the files in it, or use planparse batch")
    if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
        raise NotAFileError(where, "is not a regular file", "copy its content into a file first")
    if status.st_size > MAX_BYTES:
        raise _too_large(where)
    try:
        with path.open("rb") as handle:
            return _limited(handle, where)
    except OSError as error:
        raise UnreadableInputError(where, error.strerror or "can't be read", "check its permissions") from None


def read_stream(handle: BinaryIO, name: str, suffix: str = "", options: PageOptions | None = None) -> SourceText:
    """Read a document from an open binary stream, such as standard input."""
    return read_bytes(_limited(handle, name), name, suffix, options)


def read_bytes(data: bytes, name: str, suffix: str = ".txt", options: PageOptions | None = None) -> SourceText:
    """Make a document of bytes already at hand; ``suffix`` chooses the format.

    PDF and images are known by their first bytes as well, unless the suffix speaks of text.

    ``options`` say how pages are read.
    """
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xff\xfe"):
        raise EmptyInputError(name, "is empty", "check that the scan was read at all")
    suffix = suffix.lower() if suffix.lower() in READERS else true_suffix(data, suffix)
    geometry: Geometry | None = None
    remarks: tuple[str, ...] = ()
    if suffix in RESULTS or suffix in SCANS:
        from planparse.reading.pages.laying import lay  # NumPy, which text does not need

        media_type, pages, remarks = _pages(data, name, suffix, options or PageOptions())
        encoding = "utf-8"
        lines, page_starts, geometry = lay(pages)
        if not any(line.text.strip() for line in lines):
            raise EmptyInputError(name, "holds no words", "check that the scan was read at all")
    else:
        text, encoding = decode(data, name)
        if not text.strip():
            raise EmptyInputError(name, "holds only white space", "check that the scan was read at all")
        media_type, reader = READERS.get(suffix, READERS[".txt"])
        lines, page_starts = reader(text)
    base = name if name == "-" else Path(name).name
    # A name with bytes that are no UTF-8 must not break the JSON that it will stand in.
    shown = base.encode("utf-8", "backslashreplace").decode("utf-8")
    return SourceText(
        name=shown,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=encoding,
        lines=lines,
        page_starts=page_starts,
        geometry=geometry,
        remarks=remarks,
    )


def _pages(data: bytes, name: str, suffix: str, options: PageOptions) -> tuple[str, list[Page], tuple[str, ...]]:
    """Media type and pages of a file that has pages, and what should be known of their reading."""
    if suffix in RESULTS:
        media_type, reader = RESULTS[suffix]
        return media_type, reader(data, name), ()
    from planparse.reading.pages.guard import read_guarded

    pages, remarks = read_guarded(data, name, suffix, options)
    return SCANS[suffix], pages, tuple(remarks)


def _limited(handle: BinaryIO, name: str) -> bytes:
    data = handle.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> TooLargeInputError:
    limit = MAX_BYTES // (1024 * 1024)
    return TooLargeInputError(name, f"is larger than {limit} MB", "split it into documents first")

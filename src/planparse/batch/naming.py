"""The record's name of each input: the input's own path, made safe for every file system and for people.

Names that are odd (line breaks, bytes that are no UTF-8, 250 letters) are spelled with ``%XX`` or cut, and
get a piece of their hash so that no two inputs share a record.
"""

from __future__ import annotations

import hashlib
import os
import re

LONGEST = 200
"""Longest part of a path in bytes; file systems allow 255, and suffixes come on top."""

_ODD = re.compile(rb'[\x00-\x1f\x7f<>:"|?*\\]')


def record_name(relative: str, suffix: str) -> str:
    """The path of the record, relative to the output, for an input at ``relative``.

    >>> record_name("2025/ke hoach.txt", ".json")
    '2025/ke hoach.txt.json'
    >>> record_name("a\\nb.txt", ".json")
    'a%0Ab.txt-4f454bc6.json'
    """
    parts = [_safe(part) for part in relative.replace(os.sep, "/").split("/") if part not in ("", ".")]
    return "/".join(parts) + suffix


def _safe(part: str) -> str:
    if part == "..":
        return "_up"
    raw = os.fsencode(part)
    spelled = _ODD.sub(_percent, raw)
    try:
        name = spelled.decode("utf-8")
    except UnicodeDecodeError:
        name = "".join(chr(b) if b < 0x80 else f"%{b:02X}" for b in spelled)
    if name.encode("utf-8") == raw and len(raw) <= LONGEST and not name.startswith("."):
        return name
    # A leading dot would hide the record, and could meet the run's own folder.
    name = f"%2E{name[1:]}" if name.startswith(".") else name
    kept = name.encode("utf-8")[:LONGEST].decode("utf-8", "ignore")
    return f"{kept}-{hashlib.sha256(raw).hexdigest()[:8]}"


def _percent(found: re.Match[bytes]) -> bytes:
    return b"%%%02X" % found.group()[0]

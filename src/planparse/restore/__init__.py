"""Garbled Vietnamese in, readable Vietnamese out, line for line. Knows nothing about plans."""

from planparse.restore.restorer import restore
from planparse.restore.text import RestoredLine, RestoredText, Token

__all__ = ["RestoredLine", "RestoredText", "Token", "restore"]

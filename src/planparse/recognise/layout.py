"""What each line of a document is: head, body, closing, appendix, table, footnote or furniture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """The part of the page that a line belongs to."""

    BLANK = "blank"
    HEAD = "head"  # national motto, issuer, number, date, type, subject, addressees
    BODY = "body"
    CLOSING = "closing"  # signature and recipients
    APPENDIX = "appendix"  # all after the closing: titles of annexes, text and tables in them
    TABLE = "table"  # rows of a task or score table, wherever it stands
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"  # page numbers, running heads, gazette lines, signature stamps


@dataclass(frozen=True)
class Layout:
    """Roles of all lines; ``roles[i]`` is the role of line ``i + 1``."""

    roles: tuple[Role, ...]

    def role(self, line: int) -> Role:
        """The role of a line (1-based)."""
        return self.roles[line - 1]

    def lines(self, *roles: Role) -> list[int]:
        """Numbers of all lines with one of these roles, in order."""
        return [i for i, role in enumerate(self.roles, 1) if role in roles]

"""What each line of a document is: head, body, closing, appendix, table, footnote or furniture."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from planparse.recognise.closing_zone import ClosingZone, find_closing_zone
from planparse.recognise.footnotes import find_footnotes
from planparse.recognise.furniture import find_furniture
from planparse.recognise.head_parts import HeadZone
from planparse.recognise.head_zone import find_head_zone
from planparse.recognise.table_zone import find_tables
from planparse.restore.text import RestoredText


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
    """Roles of all lines; ``roles[i]`` is the role of line ``i + 1``. The zones say where the parts within are."""

    roles: tuple[Role, ...]
    head: HeadZone = field(default_factory=HeadZone)
    closing: ClosingZone | None = None

    def role(self, line: int) -> Role:
        """The role of a line (1-based)."""
        return self.roles[line - 1]

    def lines(self, *roles: Role) -> list[int]:
        """Numbers of all lines with one of these roles, in order."""
        return [i for i, role in enumerate(self.roles, 1) if role in roles]


def find_layout(text: RestoredText) -> Layout:
    """Tell the parts of a document apart."""
    furniture = find_furniture(text)
    head = find_head_zone(text, furniture)
    head_lines = head.lines()
    # What stands above the head is the gazette's own head, or the end of the document before.
    above = {n for n in range(1, min(head_lines, default=1)) if head.motto} - head_lines
    furniture = (furniture | above) - head_lines
    closing = find_closing_zone(text, head.last_line, furniture)
    closing_lines = set(closing.lines) if closing else set()
    end = max(closing_lines, default=len(text.lines) + 1)

    filled = [ln.number for ln in text.lines if ln.text.strip()]
    rest = [n for n in filled if n not in furniture and n not in head_lines and n not in closing_lines]
    tables = find_tables(text, [n for n in rest if n < end]) | find_tables(
        text, [n for n in rest if n > end], annex=True
    )
    taken = furniture | head_lines | closing_lines | tables | {n for n in rest if n > end}
    footnotes = find_footnotes(text, taken)

    roles = []
    for line in text.lines:
        number = line.number
        if not line.text.strip():
            role = Role.BLANK
        elif number in head_lines:
            role = Role.HEAD
        elif number in furniture:
            role = Role.FURNITURE
        elif number in closing_lines:
            role = Role.CLOSING
        elif number in footnotes:
            role = Role.FOOTNOTE
        elif number in tables:
            role = Role.TABLE
        elif number > end:
            role = Role.APPENDIX
        else:
            role = Role.BODY
        roles.append(role)
    return Layout(tuple(roles), head, closing)

"""The parts of a document's head, each as ranges of restored lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from planparse.recognise.passage import Range

LABEL = re.compile(
    r"\s*[^\w$]{0,3}(?P<label>[S$589§][^\s\d:.,;]{0,2}\d?)\s?[:.;,]?\s*"
    r"(?=[\dA-Za-z|/\-–.…_ ]{0,8}/|\d)"
)
"""``Số:`` and its readings ``S6:``, ``Sé:``, ``$6:``, ``86:``, before a number or the blank left for one."""


@dataclass
class HeadZone:
    """The parts of the head as ranges of restored lines; an empty list is a part that was not found."""

    motto: Range | None = None
    slogan: Range | None = None
    left: list[Range] = field(default_factory=list)  # left column above the number: parent body and issuer
    number: Range | None = None  # from the label to the end of the left column
    symbol_tail: list[Range] = field(default_factory=list)  # a symbol that goes on in the next line
    date: Range | None = None  # place and date
    about: list[Range] = field(default_factory=list)  # what follows V/v
    doc_type: Range | None = None
    subject: list[Range] = field(default_factory=list)
    addressees: list[Range] = field(default_factory=list)
    addressees_label: Range | None = None
    last_line: int = 0  # last line of the head

    @property
    def found(self) -> bool:
        """Whether there is a head at all."""
        return bool(self.motto or self.number or self.date or self.doc_type)

    def lines(self) -> set[int]:
        """All lines that hold a part of the head."""
        single = [self.motto, self.slogan, self.number, self.date, self.doc_type, self.addressees_label]
        many = [*self.left, *self.symbol_tail, *self.about, *self.subject, *self.addressees]
        return {r[0] for r in (*single, *many) if r}

"""The row of labels: which reading of a label comes next, and how deep it stands."""

from __future__ import annotations

from planparse.recognise.outline_labels import Kind, Label

MAX_JUMP = 2
"""So many labels may be lost in a row."""


class Row:
    """The labels that are open, the outermost first, each of another kind."""

    def __init__(self) -> None:
        self._open: list[Label] = []

    @property
    def level(self) -> int:
        """Depth of the label placed last, from 1."""
        return len(self._open)

    def place(self, readings: list[Label], fresh: bool) -> tuple[Label, bool] | None:
        """Take the reading that comes next in its row; ``fresh`` says that a paragraph begins with it.

        Returns the reading and whether it leaves out labels before it; ``None`` where none fits.
        """
        fitting = [(jump, label) for label in readings if (jump := self._jump(label)) is not None]
        if not fitting:
            return None
        fitting = [(jump, label) for jump, label in fitting if not label.changed or not jump]
        if not fitting:
            return None
        jump, label = min(fitting, key=lambda pair: (pair[0], pair[1].changed, pair[1].kind))
        if jump and not fresh:
            return None
        if not fresh and label.kind in (Kind.ARABIC, Kind.LETTER) and not self._expected(label):
            return None
        self.put(label)
        return label, jump > 0

    def behind(self, readings: list[Label]) -> tuple[Label | None, int | None]:
        """A Roman label that does not count on from the one before it in its row, and that one's number."""
        last = next((other.value for other in self._open if other.kind is Kind.ROMAN), None)
        return next((r for r in readings if r.kind is Kind.ROMAN and r.value <= (last or 0)), None), last

    def put(self, label: Label) -> None:
        """Open a label whose number its neighbours have settled."""
        self._open = [*self._above(label), label]

    def _above(self, label: Label) -> list[Label]:
        return [other for other in self._open if other.kind < label.kind]

    def _same(self, label: Label) -> Label | None:
        return next((other for other in self._open if other.kind == label.kind), None)

    def _expected(self, label: Label) -> bool:
        last = self._same(label)
        return last is not None and label.value == last.value + 1

    def _jump(self, label: Label) -> int | None:
        """How many labels are left out before this one; ``None`` where it can't stand here."""
        if label.above and not self._parents_fit(label):
            return None
        last = self._same(label)
        before = last.value if last is not None and last.above == label.above else 0
        jump = label.value - before - 1
        if label.kind is Kind.ARTICLE and last is None:
            return 0  # an excerpt may begin with any article
        return jump if 0 <= jump <= MAX_JUMP else None

    def _parents_fit(self, label: Label) -> bool:
        """``2.1.`` stands under ``2.``, or under nothing that is numbered."""
        parent = next((other for other in reversed(self._open) if Kind.ARABIC <= other.kind < label.kind), None)
        if parent is None:
            return True
        numbers = (*parent.above, parent.value)
        return numbers == label.above or label.above[: len(numbers)] == numbers or numbers[-1] + 1 == label.above[-1]

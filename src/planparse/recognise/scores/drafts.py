"""A score while it is being put together, with the place of each of its parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planparse.recognise.passage import Passage
from planparse.recognise.scores.figures import Figure, Unit

Stretch = tuple[int, int]


@dataclass
class Draft:
    """One stated score. ``at`` says where in the passage each field stands."""

    index: str | None
    component: str | None
    subject: str | None
    year: int | None
    kind: Literal["result", "target"] = "result"
    value: float | None = None
    unit: Literal["điểm", "%"] | None = None
    max: float | None = None
    rank: int | None = None
    rank_total: int | None = None
    change: float | None = None
    change_unit: Unit | None = None
    change_since: int | None = None
    rank_change: int | None = None
    carried_from: int | None = None
    """Line of an earlier sentence that the year was taken from."""
    borrowed: bool = False
    """Whether the index was named before, and not where the figure stands."""
    percent: float | None = None
    """The same value said once more in percent."""
    passage: Passage | None = None
    at: dict[str, Stretch] = field(default_factory=dict)

    def set_value(self, figure: Figure, at: Stretch) -> None:
        """The score itself."""
        self.value, self.max = figure.number, figure.out_of
        self.unit = "%" if figure.unit == "%" else "điểm" if figure.unit else None
        self.at["value"] = at
        if figure.out_of is not None:
            self.at["max"] = at

    def aim(self, figure: Figure, at: Stretch) -> None:
        """A target: a score, or a place among the first."""
        (self.set_rank if figure.role == "group" else self.set_value)(figure, at)

    def set_rank(self, figure: Figure, at: Stretch) -> None:
        """The place among the provinces."""
        self.rank = int(figure.number)
        self.rank_total = int(figure.out_of) if figure.out_of else None
        self.at["rank"] = at
        if figure.out_of:
            self.at["rank_total"] = at

    def set_change(self, figure: Figure, at: Stretch) -> None:
        """How score or place changed; the first statement stays, later ones are of parts."""
        if figure.unit == "bậc":
            if self.rank_change is None:
                self.rank_change = int(figure.number)
                self.at["rank_change"] = at
        elif self.change is None:
            self.change, self.change_unit = figure.number, figure.unit
            self.at["change"] = at

"""How a page was turned to stand upright, and where its words stand on the page as it came."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planparse.source import Box


@dataclass(frozen=True)
class Turned:
    """A page ``width`` by ``height`` points large was turned left by ``quarters`` and then by ``lean`` degrees."""

    width: float
    height: float
    quarters: int = 0
    lean: float = 0.0

    def back(self, box: Box) -> Box:
        """A box of the upright page on the page as it came: the smallest level one around it."""
        corners = [self._back(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        left, right = (min(self.width, max(0.0, side)) for side in (min(xs), max(xs)))
        top, bottom = (min(self.height, max(0.0, side)) for side in (min(ys), max(ys)))
        return Box(left, top, right, bottom)

    def there(self, box: Box) -> Box:
        """Where a box of the page as it came stands on the upright one: the smallest level box around it."""
        corners = [self._there(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _there(self, x: float, y: float) -> tuple[float, float]:
        x, y = [(x, y), (y, self.width - x), (self.width - x, self.height - y), (self.height - y, x)][
            self.quarters % 4
        ]
        wide, high = (self.width, self.height) if self.quarters % 2 == 0 else (self.height, self.width)
        if self.lean:
            turn = math.radians(self.lean)
            across, down = x - wide / 2, y - high / 2
            x = wide / 2 + across * math.cos(turn) + down * math.sin(turn)
            y = high / 2 - across * math.sin(turn) + down * math.cos(turn)
        return x, y

    def _back(self, x: float, y: float) -> tuple[float, float]:
        wide, high = (self.width, self.height) if self.quarters % 2 == 0 else (self.height, self.width)
        if self.lean:
            turn = math.radians(self.lean)
            across, down = x - wide / 2, y - high / 2
            x = wide / 2 + across * math.cos(turn) - down * math.sin(turn)
            y = high / 2 + across * math.sin(turn) + down * math.cos(turn)
        return [(x, y), (self.width - y, x), (self.width - x, self.height - y), (y, self.height - x)][
            self.quarters % 4
        ]

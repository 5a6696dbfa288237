"""A network with one hidden layer that tells how likely something is from a row of numbers; its trainer writes it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAR = 80.0
"""Log odds beyond which no number goes."""


@dataclass(frozen=True)
class SmallNetwork:
    """Numbers are told as deviations from their ``mean`` in units of their ``spread``."""

    mean: NDArray[Any]
    spread: NDArray[Any]
    up: NDArray[Any]
    up_bias: NDArray[Any]
    down: NDArray[Any]
    down_bias: NDArray[Any]

    @classmethod
    def shipped(cls, name: str) -> Self:
        """The weights that a trainer wrote and the package brings in its file ``name``."""
        import numpy as np

        with (resources.files("planparse") / "data" / name).open("rb") as file, np.load(file) as data:
            return cls(**{name: data[name].astype(np.float32) for name in data.files})

    def odds(self, deviations: NDArray[Any]) -> NDArray[Any]:
        """How likely each row is, 0 to 1."""
        import numpy as np

        inner = np.maximum(deviations @ self.up + self.up_bias, 0)
        return np.asarray(1 / (1 + np.exp(np.minimum(-(inner @ self.down + self.down_bias), _FAR))))

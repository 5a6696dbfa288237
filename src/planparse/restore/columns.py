"""Lists that grow, as arrays: only what is new is converted.

The table of forms grows with every document and is asked for as arrays with every document; to convert all of it each
time would cost more and more the longer a batch runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


class Column:
    """The array of a list that only ever grows at its end."""

    def __init__(self, values: Sequence[Any], dtype: npt.DTypeLike) -> None:
        self._values = values
        self._array: npt.NDArray[Any] = np.empty(0, dtype=dtype)
        self._done = 0

    def array(self) -> npt.NDArray[Any]:
        """All values so far. What an earlier call gave stays as it was."""
        count = len(self._values)
        if count > len(self._array):
            wider = np.empty(2 * count, dtype=self._array.dtype)
            wider[: self._done] = self._array[: self._done]
            self._array = wider
        if count > self._done:
            self._array[self._done : count] = self._values[self._done :]
            self._done = count
        return self._array[:count]

"""The tagger: for each word of a table its column, and whether it begins a cell or a row.

A small network over the words of a whole table body, learned by ``training/tagger.py`` from tables that were
rendered, read by Tesseract and known word by word. Its layers look in turn at the words before and after in reading
order, with growing strides (dilated convolutions, Yu and Koltun 2016), and at the words around on the page and those
that the language model would go on with (a graph network on fixed neighbours); so what is known of one line of a cell
reaches the next. All words are judged at once, in a few matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.recognise.tables.signs import NEIGHBOURS, Signs
from planparse.recognise.tables.tags import N_TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLICE = 2048
"""Words for which a layer's wide inputs are laid out at a time: keeps memory flat and in cache."""
_EPSILON = 1e-5


@dataclass(frozen=True)
class _Layer:
    step: int
    scale: NDArray[Any]
    shift: NDArray[Any]
    up: NDArray[Any]
    up_bias: NDArray[Any]
    down: NDArray[Any]
    down_bias: NDArray[Any]


@dataclass(frozen=True)
class Tagger:
    """The learned weights; see :func:`read_tagger`."""

    name: NDArray[Any]
    parts: NDArray[Any]
    enter: NDArray[Any]
    enter_bias: NDArray[Any]
    layers: tuple[_Layer, ...]
    scale: NDArray[Any]
    shift: NDArray[Any]
    answer: NDArray[Any]
    answer_bias: NDArray[Any]

    def __call__(self, signs: Signs) -> NDArray[Any]:
        """Answers for n words, (n, N_TAGS + 3): log probabilities of the tags, then three log odds."""
        import numpy as np

        wide = self.name.shape[1]
        x = signs.signs @ self.enter[2 * wide :] + self.enter_bias
        x += self.name[signs.names] @ self.enter[:wide]
        x += self.parts[signs.hashes].sum(1) @ self.enter[wide : 2 * wide]
        for layer in self.layers:
            y = _normalised(x, layer.scale, layer.shift)
            x += _seen(layer, y, signs.near)
        answers = _normalised(x, self.scale, self.shift) @ self.answer + self.answer_bias
        tags = answers[:, :N_TAGS]
        peak = tags.max(1, keepdims=True)
        tags -= peak + np.log(np.exp(tags - peak).sum(1, keepdims=True))
        return np.asarray(answers)


def _normalised(x: NDArray[Any], scale: NDArray[Any], shift: NDArray[Any]) -> NDArray[Any]:
    import numpy as np

    centred = x - x.mean(1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(1, keepdims=True) + _EPSILON)
    return np.asarray(centred / spread * scale + shift)


def _seen(layer: _Layer, y: NDArray[Any], near: NDArray[Any]) -> NDArray[Any]:
    """What a layer adds: it looks at each word and at the words around it."""
    import numpy as np

    count, width = y.shape
    step = layer.step
    if step:
        none = np.zeros((step, width), dtype=y.dtype)
        padded = np.concatenate([none, y, none])
    else:
        padded = np.concatenate([y, np.zeros((1, width), dtype=y.dtype)])
    added = np.empty_like(y)
    for first in range(0, count, SLICE):
        last = min(count, first + SLICE)
        if step:
            around = np.concatenate([padded[first + k : last + k] for k in (0, step, 2 * step)], axis=1)
        else:
            others = padded[near[first:last].ravel()].reshape(last - first, NEIGHBOURS * width)
            around = np.concatenate([y[first:last], others], axis=1)
        inner = around @ layer.up + layer.up_bias
        np.maximum(inner, 0, out=inner)
        added[first:last] = inner @ layer.down + layer.down_bias
    return added


def read_tagger(path: Path) -> Tagger:
    """The weights that the trainer wrote: matrices in half precision, embeddings in bytes with a scale a row."""
    import numpy as np

    with path.open("rb") as file, np.load(file) as data:
        arrays: dict[str, Any] = {name: data[name] for name in data.files}

    def single(name: str) -> NDArray[Any]:
        return np.ascontiguousarray(arrays[name].astype(np.float32))

    def rows(name: str) -> NDArray[Any]:
        return np.asarray(single(name) * arrays[f"{name}.scale"].astype(np.float32)[:, None])

    layers = tuple(
        _Layer(int(step), *(single(f"{i}.{part}") for part in ("norm.weight", "norm.bias", "up.weight", "up.bias",
                                                              "down.weight", "down.bias")))
        for i, step in enumerate(arrays["steps"].tolist())
    )  # fmt: skip
    return Tagger(
        rows("name"), rows("parts"), single("enter.weight"), single("enter.bias"), layers,
        single("norm.weight"), single("norm.bias"), single("answer.weight"), single("answer.bias"),
    )  # fmt: skip


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """The tagger that ships with the package."""
    with resources.as_file(resources.files("planparse") / "data" / "tagger.npz") as path:
        return read_tagger(path)

"""The tagger: for each word of a table its column, and whether it begins a cell or a row.

A small network over the words of a whole table body, learned by ``training/tagger.py`` from tables that were
rendered, read by Tesseract and known word by word. Its layers look in turn at the words before and after in reading
order, with growing strides (dilated convolutions, Yu and Koltun 2016), and at the words around on the page and those
that the language model would go on with (a graph network on fixed neighbours); so what is known of one line of a cell
reaches the next. All words are judged at once, in a few matrix products.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planparse.native import kernels
from planparse.recognise.tables.around import SLICE, Sights, Weights, look, parted, sights
from planparse.recognise.tables.head_names import USUAL_ORDER
from planparse.recognise.tables.signs import Signs
from planparse.recognise.tables.tags import N_TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRUST = 0.5
"""How far the tagger is believed, in log odds, on whether words say what is to be done or what comes of it. Plans
differ in that: in many, results begin with verbs as tasks do; then where words stand must tell."""
_ALIKE = [USUAL_ORDER.index("content"), USUAL_ORDER.index("result")]
_EPSILON = 1e-5
_ABREAST = 8
"""Sums of a row that run side by side; the width of the network is a multiple of so many."""


@dataclass(frozen=True)
class _Layer:
    step: int
    scale: NDArray[Any]
    shift: NDArray[Any]
    up: NDArray[Any]
    up_bias: NDArray[Any]
    down: NDArray[Any]
    down_bias: NDArray[Any]

    @cached_property
    def parted(self) -> Weights:
        """``up`` of a layer that looks around on the page."""
        return parted(self.up, self.up_bias)


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
        x += self.name.take(signs.names, axis=0) @ self.enter[:wide]
        # trigram by trigram: whole rows are added up, not the twelve of each word
        x += self.parts.take(signs.hashes.T, axis=0).sum(0) @ self.enter[wide : 2 * wide]
        around = sights(signs.near)
        for layer in self.layers:
            y = normalised(x, layer.scale, layer.shift)
            x += _seen(layer, y, around)
        answers = normalised(x, self.scale, self.shift) @ self.answer + self.answer_bias
        tags = answers[:, :N_TAGS]
        peak = tags.max(1, keepdims=True)
        tags -= peak + np.log(np.exp(tags - peak).sum(1, keepdims=True))
        pair = answers[:, _ALIKE]
        either = np.logaddexp(pair[:, 0], pair[:, 1])[:, None]
        pair *= TRUST
        answers[:, _ALIKE] = pair + either - np.logaddexp(pair[:, 0], pair[:, 1])[:, None]
        return np.asarray(answers)


def normalised(x: NDArray[Any], scale: NDArray[Any], shift: NDArray[Any]) -> NDArray[Any]:
    """Rows made to have mean 0 and spread 1, then scaled and shifted; (rows, width) of float32."""
    import numpy as np

    kernel = kernels()
    if kernel is not None:
        normal = np.empty_like(x)
        kernel.normalise(x, scale, shift, _EPSILON, normal)
        return normal
    centred = x - _means(x)
    spread = np.sqrt(_means(centred * centred) + np.float32(_EPSILON))
    return np.asarray(centred / spread * scale + shift)


def _means(x: NDArray[Any]) -> NDArray[Any]:
    """The means of rows, as a column; added up in the order in which ``native/normalise.c`` does."""
    import numpy as np

    abreast = x.reshape(len(x), -1, _ABREAST)
    total = abreast[:, 0].copy()
    for at in range(1, abreast.shape[1]):
        total += abreast[:, at]
    while total.shape[1] > 1:
        total = total[:, ::2] + total[:, 1::2]
    return np.asarray(total / np.float32(x.shape[1]))


def _seen(layer: _Layer, y: NDArray[Any], around: list[Sights]) -> NDArray[Any]:
    """What a layer adds: it looks at each word and at the words around it."""
    import numpy as np

    count, width = y.shape
    step = layer.step
    if not step:
        added = look(layer.parted, y, around) @ layer.down
        added += layer.down_bias
        return np.asarray(added)
    none = np.zeros((step, width), dtype=y.dtype)
    padded = np.concatenate([none, y, none])
    added = np.empty_like(y)
    for first in range(0, count, SLICE):
        last = min(count, first + SLICE)
        inner = np.concatenate([padded[first + k : last + k] for k in (0, step, 2 * step)], axis=1) @ layer.up
        inner += layer.up_bias
        np.maximum(inner, 0, out=inner)
        np.matmul(inner, layer.down, out=added[first:last])
    added += layer.down_bias
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

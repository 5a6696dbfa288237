"""The lattice in C, up to its last pass; what it does is told in :mod:`planparse.restore.lattice`."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from planparse.restore.language import Ints, LanguageModel
from planparse.restore.lattice import Arcs, Edges


def last_layers_natively(
    kernel: ModuleType, arcs: Arcs, model: LanguageModel, weight: float, margins: tuple[float, ...]
) -> tuple[Ints, Edges]:
    """The arcs of the last layer's nodes, and its edges; ``margins``: of the layers below, lowest first."""
    nodes, first, second, arc, log_p = kernel.read_lattice(
        arcs.word, arcs.start, arcs.end, arcs.place, arcs.channel, model.unigram, model.unigram_bow, model.tables,
        weight, margins,
    )  # fmt: skip
    return _ints(nodes), Edges(_ints(first), _ints(second), _ints(arc), np.frombuffer(log_p, dtype=np.float32))


def _ints(numbers: bytes) -> Ints:
    return np.frombuffer(numbers, dtype=np.int32).astype(np.int64)

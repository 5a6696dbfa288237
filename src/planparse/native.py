"""Hot loops in C, where the installation could build them.

They are a part of the package that may be missing: without a compiler the installation leaves them out, and the
Python that they repeat does the work, to the last bit the same, but slower. ``PLANPARSE_NATIVE=0`` asks for that
Python. Their source is ``native/`` in the repository.
"""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

INTERFACE = 9
"""As in ``native/module.c``: a module that was built from other source is none."""


def _found() -> ModuleType | None:
    try:
        module = import_module("planparse._native")
    except ImportError:  # not built here
        return None
    return module if getattr(module, "INTERFACE", 0) == INTERFACE else None


_module = _found()
BUILT = _module is not None


def kernels() -> ModuleType | None:
    """The compiled module, or ``None`` where there is none or the environment wants none."""
    return None if os.environ.get("PLANPARSE_NATIVE") == "0" else _module

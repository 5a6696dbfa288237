"""A folder of thousands: every document becomes a record, and none is lost whatever happens on the way.

:func:`run_batch` is the whole of it. The rooms: :mod:`.discovery` finds inputs, :mod:`.runner` hands them to
a :mod:`.crew` of workers that :mod:`.convert` them, :mod:`.manifest` keeps the account, :mod:`.storage`
is the disk or an object store, :mod:`.outputs` makes what is made of all records together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planparse.batch.service import run_batch
    from planparse.batch.summary import Summary

__all__ = ["Summary", "run_batch"]


def __getattr__(name: str) -> Any:
    # Imported when asked for: every worker imports this package, and needs little of it.
    if name == "run_batch":
        from planparse.batch.service import run_batch

        return run_batch
    if name == "Summary":
        from planparse.batch.summary import Summary

        return Summary
    raise AttributeError(name)

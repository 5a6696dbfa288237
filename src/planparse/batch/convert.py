"""The work itself: read one input, extract, write its record. Never raises: whatever happens is an outcome.

This is what a worker runs, be it a process of this machine or of a cluster.
"""

from __future__ import annotations

import errno
import hashlib
import posixpath
import time
from collections.abc import Sequence
from dataclasses import replace

from planparse.batch.jobs import Job, Outcome
from planparse.batch.storage import read_bytes_of, storage_at
from planparse.errors import ExitCode, PlanparseError, UnwritableOutputError
from planparse.reading import MAX_BYTES

LASTING = frozenset(
    {
        ExitCode.EMPTY,
        ExitCode.DAMAGED,
        ExitCode.BINARY,
        ExitCode.UNDECODABLE,
        ExitCode.TOO_LARGE,
        ExitCode.NOT_VIETNAMESE,
    }
)
"""Failures that lie in the bytes of the input; others may be gone at the next try."""

WORDS_A_PAGE = 400
"""Words on a full page of a plan; for documents whose page breaks the OCR did not keep."""


def convert_all(jobs: Sequence[Job]) -> list[Outcome]:
    """Convert several documents one after the other."""
    return [convert(job) for job in jobs]


def convert(job: Job) -> Outcome:
    """Convert one document."""
    began = time.perf_counter()
    outcome = _attempt(job)
    return replace(outcome, seconds=round(time.perf_counter() - began, 3))


def _attempt(job: Job) -> Outcome:
    sha256 = None
    try:
        data = read_bytes_of(job.path, MAX_BYTES)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 == job.done_sha256 and (not job.done_record or storage_at(job.output).exists(job.record)):
            return Outcome(job.key, "ok", sha256, unchanged=True)
        return _record(job, data, sha256)
    except UnwritableOutputError as error:
        return Outcome(job.key, "failed", sha256, error=str(error), lasting=False, fatal=True)
    except PlanparseError as error:
        said = f"{error.what} ({error.remedy})"
        return Outcome(job.key, "failed", sha256, error=said, lasting=error.code in LASTING and sha256 is not None)
    except MemoryError:
        return Outcome(job.key, "failed", sha256, error="needs more memory than there is", lasting=False)
    except OSError as error:
        fatal = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return Outcome(job.key, "failed", sha256, error=f"{error}", lasting=False, fatal=fatal)
    except Exception as error:  # a defect of planparse costs one document, not the run
        said = f"a defect of planparse: {type(error).__name__}: {error}"
        # It may as well be one of the installation, which somebody mends: the next run tries again.
        return Outcome(job.key, "failed", sha256, error=said, lasting=False)


def _record(job: Job, data: bytes, sha256: str) -> Outcome:
    # Imported here: a run that only finds everything done never needs them.
    from planparse.pipeline import extract
    from planparse.reading import read_bytes
    from planparse.reading.pages.model import PageOptions
    from planparse.writing import FORMATS

    name = posixpath.basename(job.path.replace("\\", "/"))
    # One page at a time: the run keeps all cores busy as it is.
    source = read_bytes(data, name, posixpath.splitext(name)[1], PageOptions(job.ocr, workers=1))
    record = extract(source, force=job.force)
    storage_at(job.output).write(job.record, FORMATS[job.format].dump(record).encode("utf-8", "backslashreplace"))
    words = sum(len(line.text.split()) for line in source.lines)
    heavy = sum(d.severity != "info" for d in record.diagnostics)
    return Outcome(
        job.key,
        "warnings" if heavy else "ok",
        sha256,
        job.record,
        diagnostics=len(record.diagnostics),
        pages=max(len(source.page_starts), -(-words // WORDS_A_PAGE)),
    )

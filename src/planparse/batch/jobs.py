"""What goes to a worker and what comes back: one job, one outcome, whichever machine does the work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from planparse.reading.pages.model import OcrMode

Status = Literal["ok", "warnings", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What, besides the input's bytes, decides what a record holds."""

    planparse: str
    model: str
    options: str

    def change_to(self, now: Stamp) -> str | None:
        """Why work done under this stamp doesn't hold under ``now``; ``None`` where it does."""
        if self.planparse != now.planparse:
            return f"planparse {self.planparse} is now {now.planparse}"
        if self.model != now.model:
            return "another model"
        if self.options != now.options:
            return "other options"
        return None


@dataclass(frozen=True, slots=True)
class Job:
    """One document to convert.

    ``path`` is where to read (a local path or a URL), ``key`` what the manifest calls it, ``record`` the
    record's path below ``output``. ``force`` converts text that reads like no Vietnamese,
    ``ocr`` says which pages are read by OCR. ``done_sha256`` is
    the content for which the work is done already, with a record if ``done_record``: an input that has it
    still is left as it is.
    """

    key: str
    path: str
    output: str
    record: str
    format: str
    force: bool = False
    ocr: OcrMode = "auto"
    done_sha256: str | None = None
    done_record: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended; a line of the manifest but for ``unchanged`` and ``fatal``."""

    key: str
    status: Status
    sha256: str | None = None
    record: str | None = None
    diagnostics: int = 0
    pages: int = 0
    seconds: float = 0.0
    error: str | None = None
    lasting: bool = True
    """Whether trying again with the same input would end the same way."""
    unchanged: bool = False
    """Whether the manifest has this already."""
    fatal: bool = False
    """Whether no other job can succeed either, as when the disk is full."""

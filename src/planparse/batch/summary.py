"""The account of a run: what became of every input, and how the command ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from planparse.batch.jobs import Outcome, Status
from planparse.errors import ExitCode


@dataclass
class Summary:
    """Counts of one run, kept up to date while it goes on."""

    counts: Counter[Status] = field(default_factory=Counter)
    """Inputs by how they ended, in this run or, where nothing changed, before it."""
    converted: int = 0
    """Inputs that this run worked on."""
    unchanged: int = 0
    """Inputs that an earlier run had done and that have not changed since."""
    kept: int = 0
    """Inputs of earlier runs that were not among those of this one; their lines and records stay."""
    retried: int = 0
    """Inputs that were given to a second worker because the first was lost."""
    failures: int = 0
    """Failures of this run."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why inputs that an earlier run knew were done again."""
    pages: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    stopped: str | None = None
    """Why the run ended before its end, if it did."""

    def add(self, outcome: Outcome, status: Status) -> None:
        """Count one input; ``status`` is the one that the manifest has."""
        self.counts[status] += 1
        if outcome.unchanged:
            self.unchanged += 1
            return
        self.converted += status != "skipped"
        self.failures += status == "failed"
        self.pages += outcome.pages

    @property
    def inputs(self) -> int:
        """How many inputs have been dealt with."""
        return sum(self.counts.values())

    @property
    def pace(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds if self.seconds > 0 else 0.0

    @property
    def exit_code(self) -> ExitCode:
        """How the command ends."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if self.counts["failed"] or self.stopped:
            return ExitCode.SOME_FAILED
        return ExitCode.OK if self.converted else ExitCode.NOTHING_TO_DO

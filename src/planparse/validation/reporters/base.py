"""What a report is made from, and what every reporter does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from planparse.checks import ARCHIVE_RULES, RULES, Finding
from planparse.records import Severity
from planparse.validation.examine import Examined
from planparse.validation.faults import FAULTS
from planparse.validation.plugins import installed_rules

Write = Callable[[str], None]


@dataclass
class Summary:
    """Counts of a run: records read, records without findings, findings by severity, findings not shown."""

    records: int = 0
    clean: int = 0
    unreadable: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    in_baseline: int = 0
    gone_from_baseline: int = 0
    exit_code: int = 0

    def add(self, one: Examined) -> None:
        """Count one record."""
        if not one.across:
            self.records += 1
            self.clean += not one.findings
            self.unreadable += not one.readable
        self.severities.update(f.severity for f in one.findings)

    @property
    def findings(self) -> int:
        """How many findings were reported."""
        return self.severities.total()


class Reporter(ABC):
    """Writes one report. Findings come record by record, as they are found."""

    def __init__(self, write: Write) -> None:
        self.write = write

    @abstractmethod
    def examined(self, one: Examined) -> None:
        """Take what came of one record."""

    @abstractmethod
    def finish(self, summary: Summary) -> None:
        """Write the end of the report."""


class CollectingReporter(Reporter):
    """A reporter whose format needs all findings at once."""

    def __init__(self, write: Write) -> None:
        super().__init__(write)
        self.findings: list[Finding] = []

    def examined(self, one: Examined) -> None:
        """Keep the findings."""
        self.findings.extend(one.findings)


@dataclass(frozen=True)
class RuleInfo:
    """What is known of a code, whatever kind of rule it is."""

    code: str
    name: str
    severity: Severity
    summary: str
    remedy: str


_RUN: tuple[RuleInfo, ...] = (
    RuleInfo("PP090", "rule-failed", "error", "A rule failed and could not be run.", "report it to its author"),
    RuleInfo("PP091", "acceptance-unused", "info", "An acceptance accepts nothing.", "remove the acceptance"),
    RuleInfo("PP092", "plugin-broken", "error", "A plug-in can't be used.", "mend or uninstall it"),
)


def all_rules() -> Iterator[RuleInfo]:
    """Every code that a finding can have, sorted: faults of form, rules, rules over archives, plug-ins."""
    kinds: Iterable[Iterable[object]] = (
        FAULTS,
        _RUN,
        RULES.values(),
        ARCHIVE_RULES.values(),
        installed_rules().rules,
    )
    infos = {}
    for kind in kinds:
        for one in kind:
            info = RuleInfo(*(getattr(one, name) for name in ("code", "name", "severity", "summary", "remedy")))
            infos[info.code] = info
    yield from (infos[code] for code in sorted(infos))

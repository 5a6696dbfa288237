"""``--format github``: workflow commands that GitHub shows as annotations beside the lines of a change."""

from __future__ import annotations

from planparse.checks import Finding
from planparse.validation.examine import Examined
from planparse.validation.reporters.base import Reporter, Summary

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


class GithubReporter(Reporter):
    """Writes each annotation as soon as it is found."""

    def examined(self, one: Examined) -> None:
        """Write the record's annotations."""
        for finding in one.findings:
            self.write(_annotation(finding) + "\n")

    def finish(self, summary: Summary) -> None:
        """Nothing is left to do."""


def _annotation(one: Finding) -> str:
    options = {"file": one.file, "line": one.line, "col": one.column, "title": f"{one.code} {one.pointer}".strip()}
    given = ",".join(f"{key}={_property(str(value))}" for key, value in options.items() if value is not None)
    return f"::{_COMMANDS[one.severity]} {given}::{_data(f'{one.message}. To mend: {one.remedy}.')}"


def _data(text: str) -> str:
    """Escaped as the toolkit of GitHub Actions does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

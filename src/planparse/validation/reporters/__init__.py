"""Reports of findings by format name; each reporter writes the format of one reader."""

from __future__ import annotations

from collections.abc import Mapping

from planparse.validation.reporters.base import CollectingReporter, Reporter, RuleInfo, Summary, Write, all_rules
from planparse.validation.reporters.github import GithubReporter
from planparse.validation.reporters.gitlab import GitlabReporter
from planparse.validation.reporters.jsonreport import JsonReporter
from planparse.validation.reporters.junit import JunitReporter
from planparse.validation.reporters.sarif import SarifReporter
from planparse.validation.reporters.text import TextReporter

REPORTERS: Mapping[str, type[Reporter]] = {
    "text": TextReporter,
    "json": JsonReporter,
    "sarif": SarifReporter,
    "junit": JunitReporter,
    "github": GithubReporter,
    "gitlab": GitlabReporter,
}
"""Format → reporter; the first is the default."""

__all__ = ["REPORTERS", "CollectingReporter", "Reporter", "RuleInfo", "Summary", "Write", "all_rules"]

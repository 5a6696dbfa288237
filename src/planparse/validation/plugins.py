"""Rules of third parties, through the entry point group ``planparse.rules``.

A package says in its ``pyproject.toml``

    [project.entry-points."planparse.rules"]
    acme = "acme_rules:RULES"

and ``RULES`` there is a rule of :func:`planparse.checks.make_rule`, or a list of such rules. Their codes take a
prefix of their own (``ACME100``). An entry point that can't be loaded is reported and stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import NamedTuple

from planparse.checks import Finding, Rule
from planparse.checks.registry import OWN_PREFIX

GROUP = "planparse.rules"
BROKEN_PLUGIN = "PP092"


class PluginRules(NamedTuple):
    """The rules that plug-ins bring, and what went wrong with the others."""

    rules: tuple[Rule, ...]
    faults: tuple[Finding, ...]


@cache
def installed_rules() -> PluginRules:
    """The rules of all installed plug-ins."""
    return load_rules(sorted(entry_points(group=GROUP), key=lambda point: point.name))


def load_rules(points: Iterable[EntryPoint]) -> PluginRules:
    """Load rules from entry points."""
    rules: dict[str, Rule] = {}
    faults: list[Finding] = []
    for point in points:
        try:
            given = point.load()
            for rule in [given] if isinstance(given, Rule) else list(given):
                _refuse(rule, rules)
                rules[rule.code] = rule
        except Exception as error:  # whatever a plug-in does at import is not ours to foresee
            faults.append(
                Finding(
                    BROKEN_PLUGIN,
                    "error",
                    f"the plug-in {point.name} ({point.value}) can't be used: {type(error).__name__}: {error}",
                    "mend or uninstall it; the other rules have been run",
                )
            )
    return PluginRules(tuple(rules.values()), tuple(faults))


def _refuse(rule: object, rules: dict[str, Rule]) -> None:
    if not isinstance(rule, Rule):
        raise TypeError(f"{rule!r} is no rule; make rules with planparse.checks.make_rule")
    if rule.code.startswith(OWN_PREFIX):
        raise ValueError(f"the code {rule.code} is planparse's own; take another prefix")
    if rule.code in rules:
        raise ValueError(f"two rules have the code {rule.code}")

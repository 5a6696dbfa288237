"""``planparse rules``: what can be found, and why it matters."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from planparse.errors import UsageError
from planparse.validation.explaining import Explanation, explain
from planparse.validation.reporters import all_rules
from planparse.writing import print_text

_FAMILIES = {
    "PP0": "Files and structure",
    "PP1": "Header",
    "PP2": "Tasks",
    "PP3": "Scores",
    "PP4": "Citations and deadlines",
    "PP5": "Evidence and text",
}


def command(
    code: Annotated[
        str | None, typer.Argument(metavar="[CODE]", help="Explain this rule, or list those that begin so: PP2.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
) -> None:
    """List the rules of planparse validate, or explain one.

    \b
    Examples:
      planparse rules
      planparse rules PP2
      planparse rules PP255
    """
    wanted = [rule for rule in all_rules() if code is None or rule.code.startswith(code.upper())]
    if not wanted:
        raise UsageError(str(code), "there is no such rule", "planparse rules lists them")
    explained = [explain(rule) for rule in wanted]
    if as_json:
        print_text(json.dumps([one._asdict() for one in explained], ensure_ascii=False, indent=2) + "\n")
    elif len(explained) == 1:
        print_text(_page(explained[0]))
    else:
        print_text(_list(explained))


def _list(rules: list[Explanation]) -> str:
    told, family = "", None
    for rule in rules:
        group = _FAMILIES.get(rule.code[:3], "Plug-ins")
        if group != family:
            told += ("\n" if family else "") + _bold(group) + "\n"
            family = group
        told += f"  {rule.code}  {rule.severity:7}  {rule.name:38} {rule.summary}\n"
    return told


def _page(rule: Explanation) -> str:
    told = f"{_bold(f'{rule.code} {rule.name}')} ({rule.severity})\n\n{rule.summary}\n"
    if rule.meaning:
        told += f"\n{rule.meaning}\n"
    told += f"\nTo mend: {rule.remedy}.\n"
    for title, example in (("Found", rule.bad), ("Not found", rule.good)):
        if example:
            told += f"\n{_bold(title)}\n" + "".join(f"    {line}\n" for line in _shown(example).splitlines())
    told += f'\nTo accept it in a record:\n    "accepted": [{{"code": "{rule.code}", "reason": "…"}}]\n'
    return told


def _shown(example: Any) -> str:
    import yaml

    if isinstance(example, str):
        return example
    text: str = yaml.safe_dump(example, allow_unicode=True, sort_keys=False, width=100)
    return text


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else text

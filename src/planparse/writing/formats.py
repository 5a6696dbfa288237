"""The formats that records are written in, and which of them a command line means.

All formats write the same data: fields in the order of the models, evidence in the order of the values it
is about, dates as ISO 8601 text. Writing a record twice gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from planparse.errors import UsageError
from planparse.records import PlanRecord


@dataclass(frozen=True)
class Format:
    """How records become text.

    ``dump`` writes one record, its last line ended; ``between`` is what goes between two records in one
    stream, or ``None`` where a stream can hold just one.
    """

    name: str
    suffixes: tuple[str, ...]
    dump: Callable[[PlanRecord], str]
    between: str | None

    @property
    def suffix(self) -> str:
        """The suffix of files in this format."""
        return self.suffixes[0]


def ordered(record: PlanRecord) -> PlanRecord:
    """The same record with its evidence in the order of the fields that it is about."""
    places = {name: place for place, name in enumerate(PlanRecord.model_fields)}

    def place(pointer: str) -> tuple[int, list[tuple[int, int, str]]]:
        _, head, *rest = (pointer + "/").split("/")
        steps = [(0, int(step), "") if step.isdecimal() else (1, 0, step) for step in rest]
        return places.get(head, len(places)), steps

    evidence = {pointer: record.evidence[pointer] for pointer in sorted(record.evidence, key=place)}
    return record.model_copy(update={"evidence": evidence})


def _json(record: PlanRecord) -> str:
    return ordered(record).model_dump_json(indent=2) + "\n"


def _jsonl(record: PlanRecord) -> str:
    return ordered(record).model_dump_json() + "\n"


def _yaml(record: PlanRecord) -> str:
    import yaml

    plain = ordered(record).model_dump(mode="json")
    text: str = yaml.dump(plain, Dumper=yaml_dumper(), sort_keys=False, allow_unicode=True, width=110)
    return text


@cache
def yaml_dumper() -> type[Any]:
    """YAML that people read: text of several lines stands as a block."""
    import yaml

    base: type[Any] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

    class Dumper(base):  # type: ignore[misc]  # the C base exists only where libyaml does
        def ignore_aliases(self, data: Any) -> bool:
            return True  # every value stands where it belongs, never as *id001

    def text(dumper: Any, value: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return Dumper


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("json", (".json",), _json, None),
        Format("yaml", (".yaml", ".yml"), _yaml, "---\n"),
        Format("jsonl", (".jsonl", ".ndjson"), _jsonl, ""),
    )
}
"""Name → format; the first is the default."""


def choose_format(name: str | None, output: Path | None, several: bool) -> Format:
    """The format that is meant: by name, by the output's suffix, or JSON (JSONL for ``several`` records).

    ``several`` says that more than one record goes into one stream; a format that can't hold them raises
    :class:`~planparse.errors.UsageError`.
    """
    if name is not None:
        if name.lower() not in FORMATS:
            raise UsageError("--format", f"{name} is no format", f"choose from {', '.join(FORMATS)}")
        form = FORMATS[name.lower()]
    else:
        suffix = output.suffix.lower() if output is not None else ""
        default = FORMATS["jsonl" if several else "json"]
        form = next((f for f in FORMATS.values() if suffix in f.suffixes), default)
    if several and form.between is None:
        where = str(output) if output is not None else "--format"
        raise UsageError(where, f"{form.name} holds one record only", "use jsonl, or -o FOLDER/ for a file each")
    return form

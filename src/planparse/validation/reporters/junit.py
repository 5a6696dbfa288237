"""``--format junit``: the XML that build servers read test results from: a suite a file, a case a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from planparse.checks import Finding
from planparse.validation.examine import Examined
from planparse.validation.reporters.base import Reporter, Summary, Write

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class JunitReporter(Reporter):
    """A record without findings is one passed case; errors are failures, the rest is told in passed cases."""

    def __init__(self, write: Write) -> None:
        super().__init__(write)
        self.suites: dict[str, list[Examined]] = {}

    def examined(self, one: Examined) -> None:
        """Keep the record's findings under its file."""
        self.suites.setdefault(one.file or "planparse", []).append(one)

    def finish(self, summary: Summary) -> None:
        """Write the report."""
        suites = [_suite(file, records) for file, records in self.suites.items()]
        tests = sum(count for _, count, _ in suites)
        failures = sum(failed for _, _, failed in suites)
        head = f'<testsuites name="planparse validate" tests="{tests}" failures="{failures}" errors="0" time="0">\n'
        self.write('<?xml version="1.0" encoding="UTF-8"?>\n' + head)
        for text, _, _ in suites:
            self.write(text)
        self.write("</testsuites>\n")


def _suite(file: str, records: Iterable[Examined]) -> tuple[str, int, int]:
    """The suite of a file, how many cases it has and how many of them failed."""
    cases, failed = [], 0
    for record in records:
        if not record.findings and not record.across:
            name = f"record {record.entry}" if record.entry else "record"
            cases.append(
                f'    <testcase name="{name}" classname={_attribute(file)} file={_attribute(file)} time="0"/>\n'
            )
        for one in record.findings:
            failed += one.severity == "error"
            cases.append(_case(one, file))
    name = _attribute(file)
    head = f'  <testsuite name={name} tests="{len(cases)}" failures="{failed}" errors="0" skipped="0" time="0">\n'
    return head + "".join(cases) + "  </testsuite>\n", len(cases), failed


def _case(one: Finding, file: str) -> str:
    where = f"{file}:{one.line}:{one.column}" if one.column else f"{file}:{one.line or 1}"
    body = f"{where} {one.pointer}\n{one.code} {one.severity}: {one.message}\nTo mend: {one.remedy}"
    place = f' line="{one.line}"' if one.line else ""
    head = f"    <testcase name={_attribute(f'{one.code} {one.pointer}')} classname={_attribute(file)}"
    head += f' file={_attribute(file)}{place} time="0">\n'
    if one.severity == "error":
        told = (
            f"      <failure message={_attribute(one.message)} type={_attribute(one.code)}>{_text(body)}</failure>\n"
        )
    else:
        told = f"      <system-out>{_text(body)}</system-out>\n"
    return head + told + "    </testcase>\n"


def _clean(text: str) -> str:
    """Text without the characters that XML can't hold."""
    return _NOT_XML.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))


def _text(text: str) -> str:
    return escape(_clean(text))

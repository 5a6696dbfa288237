"""Record files that are broken, or made to do harm: a clear finding, bounded time and memory, no traceback."""

from __future__ import annotations

import io
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from planparse.validation.examine import Examined, Examiner

RECORD = {
    "schema_version": "1.0",
    "source": {"name": "a.txt", "sha256": "0" * 64, "media_type": "text/plain", "lines": 3},
}
GOOD = json.dumps(RECORD, indent=2)
YAML = "schema_version: '1.0'\nsource: {name: a.txt, sha256: '" + "0" * 64 + "', media_type: text/plain, lines: 3}\n"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)

CASES = {
    "truncated.json": (GOOD[:-20], "PP051", "ends in the middle"),
    "empty.json": ("", "PP051", "is empty"),
    "comma.json": (GOOD.replace('"1.0",', '"1.0"'), "PP051", "line 3"),
    "binary.json": (b"\x00\xff\xfe" * 100, "PP051", "UTF-8"),
    "list.json": ("[1, 2]", "PP060", "a list"),
    "deep.json": ("[" * 100_000, "PP052", "too deep"),
    "deep-closed.json": ('{"a":' * 50_000 + "1" + "}" * 50_000, "PP052", "too deep"),
    "digits.json": ('{"a": ' + "9" * 10_000 + "}", "PP051", "digits"),
    "nan.json": (GOOD.replace('"lines": 3', '"lines": NaN'), "PP064", "lines"),
    "nan-score.json": (
        GOOD[:-1] + ', "indicator_scores": [{"index": "SIPAS", "value": Infinity}]}',
        "PP054",
        "no number",
    ),
    "huge-float.json": (GOOD[:-1] + ', "indicator_scores": [{"value": 1e999}]}', "PP054", "no number"),
    "twice.json": (GOOD[:-1] + ', "recipients": [], "recipients": ["Lưu"]}', "PP053", "recipients"),
    "bomb.yaml": (BOMB, "PP056", "&a"),
    "alias.yaml": (YAML + "recipients: &r [Lưu]\nheader: {addressees: *r}\n", "PP056", "&r"),
    "merge.yaml": (YAML + "header: {<<: {number: '1'}}\n", "PP056", "<<"),
    "tag.yaml": (YAML + "header: !!python/object:os.system {}\n", "PP056", "python"),
    "deep.yaml": ("[" * 5_000, "PP052", "nested"),
    "nan.yaml": (YAML + "indicator_scores: [{value: .nan}]\n", "PP054", "no number"),
    "twice.yaml": (YAML + "recipients: []\nrecipients: []\n", "PP053", "recipients"),
    "broken.yaml": (YAML + "  header: [", "PP051", "no YAML"),
    "version.json": (GOOD.replace("1.0", "7.3"), "PP061", "7.3"),
    "unversioned.json": (json.dumps({"source": RECORD["source"]}), "PP063", "schema_version"),
    "unknown.json": (GOOD[:-1] + ', "header": {"nummer": "5"}}', "PP062", "nummer"),
    "quoted.json": (GOOD.replace('"lines": 3', '"lines": "3"'), "PP064", "'3'"),
}


def examined(path: Path) -> list[Examined]:
    return list(Examiner().file(path, path.name))


@pytest.mark.parametrize("name", CASES)
def test_a_broken_file_gets_a_finding_that_says_what_is_wrong(tmp_path: Path, name: str) -> None:
    content, code, word = CASES[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    started = time.perf_counter()
    findings = [finding for one in examined(path) for finding in one.findings]
    assert time.perf_counter() - started < 5
    assert code in {finding.code for finding in findings}
    said = " ".join(f"line {f.line} {f.message} {f.pointer}" for f in findings if f.code == code)
    assert word in said
    assert all(finding.line is not None and finding.remedy for finding in findings)


def test_good_files_have_no_findings(tmp_path: Path) -> None:
    for name, text in (("a.json", GOOD), ("b.yaml", YAML), ("c.jsonl", json.dumps(RECORD) + "\n\n"), ("d.yml", YAML)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        (one,) = examined(path)
        assert one.findings == ()


def test_a_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as handle:
        handle.truncate(100 * 1024 * 1024)
    tracemalloc.start()
    (one,) = examined(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [finding.code for finding in one.findings] == ["PP055"]
    assert peak < 1_000_000


def test_one_line_too_long_does_not_hide_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planparse.validation.entries.MAX_BYTES", 10_000)
    path = tmp_path / "many.jsonl"
    path.write_text(json.dumps("x" * 50_000) + "\n" + json.dumps(RECORD) + "\n", encoding="utf-8")
    first, second = examined(path)
    assert [f.code for f in first.findings] == ["PP055"]
    assert (second.entry, second.findings) == (2, ())


def test_many_faults_are_not_all_listed(tmp_path: Path) -> None:
    path = tmp_path / "garbage.json"
    path.write_text(json.dumps(RECORD | {"tasks": [1] * 2000}), encoding="utf-8")
    (one,) = examined(path)
    assert len(one.findings) == 101
    assert one.findings[-1].code == "PP066"


def test_a_stream_without_a_name_is_told_by_its_content() -> None:
    def read(text: str) -> Iterator[Examined]:
        return Examiner().stream(io.BytesIO(text.encode()), "-")

    assert [one.findings for one in read(GOOD)] == [()]
    assert [one.findings for one in read(YAML)] == [()]
    assert [one.entry for one in read((json.dumps(RECORD) + "\n") * 3)] == [1, 2, 3]

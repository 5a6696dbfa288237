"""Each report is what its reader takes: checked against schemas, or read by the reader's own code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest

from cli.running import Run
from planparse.checks import Finding
from planparse.validation.examine import Examined
from planparse.validation.reporters import REPORTERS, Summary
from planparse.validation.reporters.jsonreport import Report
from validation.examples import BASE, over

HERE = Path(__file__).parent
OTHER = {"source": {"sha256": "1" * 64}}
BAD = over(
    over(BASE, OTHER),
    {"header": {"number": "607", "symbol": "KH-UBND", "number_symbol": "601/KH-UBND", "date": "2099-01-02"}},
)
ODD_NAME = "records/kế hoạch #1, 50%.json"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good record, a bad one under an odd name, and one that is cut off."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "records").mkdir()
    write = {"good.json": json.dumps(BASE), Path(ODD_NAME).name: json.dumps(BAD, indent=2), "cut.json": '{"a": '}
    for name, text in write.items():
        (tmp_path / "records" / name).write_text(text, encoding="utf-8")
    return tmp_path


def report(run: Run, form: str) -> str:
    return run("validate", "records", "--format", form).out


def test_text_names_the_place_quotes_it_and_says_how_to_mend_it(run: Run, folder: Path) -> None:
    out = report(run, "text")
    assert f"{ODD_NAME}\n" in out
    assert "PP152" in out and "/header/number_symbol" in out
    assert '| "number_symbol": "601/KH-UBND",\n' in out
    assert out.splitlines()[-1] == "3 records: 3 errors; 1 can't be read"


def test_text_shows_no_control_characters(run: Run, folder: Path) -> None:
    (folder / "records" / "good.json").write_text(json.dumps(over(BASE, {"header": {"place": "\x1b[2J\u202eA"}})))
    assert "\x1b" not in report(run, "text")


def test_json_keeps_to_its_schema(run: Run, folder: Path) -> None:
    data = json.loads(report(run, "json"))
    jsonschema.validate(data, Report.model_json_schema())
    assert (data["summary"]["records"], data["summary"]["unreadable"], data["summary"]["errors"]) == (3, 1, 3)
    found = next(one for one in data["findings"] if one["code"] == "PP152")
    assert (found["file"], found["line"], found["column"]) == (ODD_NAME, 12, 22)


def test_sarif_keeps_to_what_the_specification_asks(run: Run, folder: Path) -> None:
    log = json.loads(report(run, "sarif"))
    jsonschema.validate(log, json.loads((HERE / "sarif.schema.json").read_text(encoding="utf-8")))
    (one_run,) = log["runs"]
    rules = one_run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in one_run["results"])
    prints = [json.dumps(result["partialFingerprints"]) for result in one_run["results"]]
    assert len(set(prints)) == len(prints)
    uris = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in one_run["results"]}
    assert "records/k%E1%BA%BF%20ho%E1%BA%A1ch%20%231%2C%2050%25.json" in uris


def official_sarif_schema(folder: Path) -> dict[str, Any]:
    """The schema of SARIF: a file that the environment names, or in CI the copy in an npm package (MIT)."""
    if named := os.environ.get("PLANPARSE_SARIF_SCHEMA"):
        schema: dict[str, Any] = json.loads(Path(named).read_text(encoding="utf-8"))
        return schema
    if not os.environ.get("CI") or not shutil.which("npm"):
        pytest.skip("the official schema is looked for in CI, or where PLANPARSE_SARIF_SCHEMA names it")
    packed = subprocess.run(
        ["npm", "pack", "--silent", "@microsoft/jest-sarif"], cwd=folder, capture_output=True, text=True, timeout=120
    )
    if packed.returncode:
        pytest.skip("npm can't fetch @microsoft/jest-sarif here")
    with tarfile.open(folder / packed.stdout.split()[-1]) as archive:
        name = next(n for n in archive.getnames() if "/schemas/sarif-2.1.0" in n)
        handle = archive.extractfile(name)
        assert handle is not None
        return json.loads(handle.read())  # type: ignore[no-any-return]


def test_sarif_keeps_to_the_official_schema(run: Run, folder: Path) -> None:
    log = json.loads(report(run, "sarif"))
    jsonschema.validate(log, official_sarif_schema(folder))


def test_junit_is_read_by_those_who_read_junit(run: Run, folder: Path) -> None:
    junitparser = pytest.importorskip("junitparser", reason="junitparser is not installed")
    text = report(run, "junit")
    suites = junitparser.JUnitXml.fromstring(text.encode())
    assert {suite.name for suite in suites} == {"records/good.json", ODD_NAME, "records/cut.json"}
    assert (suites.tests, suites.failures) == (4, 3)
    counted = [(suite.tests, suite.failures) for suite in suites]
    assert (sum(t for t, _ in counted), sum(f for _, f in counted)) == (4, 3)


def test_junit_is_xml_whatever_a_record_holds(run: Run, folder: Path) -> None:
    (folder / "records" / "good.json").write_text(
        json.dumps(over(BASE, {"header": {"number": "]]>\x01<&\"'\ud800"}}))
    )
    ElementTree.fromstring(report(run, "junit"))


def test_github_gets_one_annotation_a_finding_on_one_line(run: Run, folder: Path) -> None:
    lines = report(run, "github").splitlines()
    assert len(lines) == 3
    assert all(line.startswith("::error ") for line in lines)
    (odd,) = [line for line in lines if "PP152" in line]
    assert "file=records/kế hoạch #1%2C 50%25.json,line=12,col=22,title=PP152 /header/number_symbol::" in odd


def test_gitlab_gets_unique_fingerprints_and_its_own_severities(run: Run, folder: Path) -> None:
    issues = json.loads(report(run, "gitlab"))
    keys = {"description", "check_name", "fingerprint", "severity", "location"}
    assert all(set(issue) == keys for issue in issues)
    assert all(issue["severity"] in ("info", "minor", "major", "critical", "blocker") for issue in issues)
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 3


@pytest.mark.parametrize("form", REPORTERS)
def test_a_report_without_findings_is_a_report_all_the_same(form: str) -> None:
    pieces: list[str] = []
    reporter = REPORTERS[form](pieces.append)
    reporter.examined(Examined("a.json", None, ()))
    reporter.finish(Summary(records=1, clean=1))
    text = "".join(pieces)
    if form in ("json", "sarif", "gitlab"):
        json.loads(text)
    assert form == "github" or text


def test_two_like_findings_have_two_fingerprints_in_reports_that_need_it() -> None:
    one = Finding("PP255", "error", "row 3 stands right after row 1", "mend it", "/tasks/1/number", "a.json", 3, 1)
    other = Finding("PP255", "error", "row 3 stands right after row 1", "mend it", "/tasks/9/number", "a.json", 9, 1)
    assert one.fingerprint == other.fingerprint
    pieces: list[str] = []
    reporter = REPORTERS["gitlab"](pieces.append)
    reporter.examined(Examined("a.json", None, (one, other)))
    reporter.finish(Summary())
    assert len({issue["fingerprint"] for issue in json.loads("".join(pieces))}) == 2


def test_several_reports_at_once(run: Run, folder: Path) -> None:
    outcome = run("validate", "records", "-o", "sarif=out/a.sarif", "-o", "junit=out/a.xml")
    assert "PP152" in outcome.out
    assert json.loads((folder / "out" / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    ElementTree.parse(folder / "out" / "a.xml")


def test_a_report_to_a_file_leaves_standard_output_alone(run: Run, folder: Path) -> None:
    outcome = run("validate", "records", "--format", "json", "-o", "report.out")
    assert outcome.out == ""
    assert json.loads((folder / "report.out").read_text(encoding="utf-8"))["summary"]["errors"] == 3
    run("validate", "records", "-o", "by-suffix.sarif")
    assert "runs" in json.loads((folder / "by-suffix.sarif").read_text(encoding="utf-8"))

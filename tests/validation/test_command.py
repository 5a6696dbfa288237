"""``planparse validate``, ``rules`` and ``migrate`` as people and build servers run them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.running import Run
from planparse.validation.migrations import Step, migrate, path_from
from planparse.version import SCHEMA_VERSION
from validation.examples import BASE, over
from validation.making import make

WRONG = over(BASE, {"header": {"number": "607", "symbol": "KH-UBND", "number_symbol": "601/KH-UBND"}})
ODD = over(BASE, {"tasks": [{"number": "1", "content": "Rà soát thủ tục"}]})  # a warning: nobody is responsible


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: str, record: Any) -> None:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(record, ensure_ascii=False, indent=2), encoding="utf-8")


# Exit codes


def test_nothing_wrong(run: Run, folder: Path) -> None:
    write("a.json", BASE)
    outcome = run("validate", "a.json")
    assert (outcome.code, outcome.out) == (0, "1 record: nothing wrong\n")


def test_findings_fail_from_the_chosen_severity_on(run: Run, folder: Path) -> None:
    write("odd.json", ODD)
    assert run("validate", "odd.json").code == 0
    assert run("validate", "odd.json", "--fail-on", "warning").code == 13
    write("wrong.json", WRONG)
    assert run("validate", "wrong.json").code == 13
    assert run("validate", "wrong.json", "--fail-on", "never").code == 0


def test_what_cannot_be_read_has_a_code_of_its_own(run: Run, folder: Path) -> None:
    write("wrong.json", WRONG)
    Path("cut.json").write_text('{"schema')
    assert run("validate", "cut.json", "wrong.json").code == 12


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["no-such.json"], 3, "no such file"),
        (["no/**/such.json"], 3, "no file matches"),
        (["a.json", "--select", "XX9"], 2, "no rule has a code that starts so"),
        (["a.json", "--fail-on", "fatal"], 2, "is no severity"),
        (["a.json", "--format", "pdf"], 2, "is no format"),
        (["a.json", "--sources", "nowhere"], 2, "is no folder"),
        (["a.json", "--baseline", "nowhere.json"], 3, "no such file"),
        (["a.json", "-"], 2, "standard input"),
        (["a.json", "-o", "one.txt", "-o", "two.txt"], 2, "without a format"),
    ],
)
def test_wrong_options_are_said_in_one_line(run: Run, folder: Path, options: list[str], code: int, said: str) -> None:
    write("a.json", BASE)
    outcome = run("validate", *options)
    assert outcome.code == code
    assert said in outcome.err
    assert len(outcome.err.splitlines()) == 1


# Inputs


def test_folders_globs_and_several_formats(run: Run, folder: Path) -> None:
    write("records/a.json", BASE)
    write("records/sub/b.json", over(BASE, {"source": {"sha256": "1" * 64}}))
    Path("records/c.jsonl").write_text(json.dumps(over(BASE, {"source": {"sha256": "2" * 64}})) + "\n")
    Path("records/manifest.jsonl").write_text('{"input": "x"}\n')
    Path("records/notes.txt").write_text("no record")
    Path("records/.hidden.json").write_text("{")
    assert run("validate", "records").out == "3 records: nothing wrong\n"
    assert run("validate", "records/**/*.json").out == "2 records: nothing wrong\n"
    assert run("validate", "records/a.json", "records").out == "3 records: nothing wrong\n"


def test_standard_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(json.dumps(WRONG).encode())

    monkeypatch.setattr(sys, "stdin", Stdin)
    outcome = run("validate", "-", "--format", "github")
    assert outcome.code == 13
    assert "file=-,line=1" in outcome.out


def test_every_record_of_a_file_of_several_is_told_by_its_number(run: Run, folder: Path) -> None:
    other = over(WRONG, {"source": {"sha256": "1" * 64}})
    Path("all.jsonl").write_text("\n".join(json.dumps(one) for one in (BASE, other)), encoding="utf-8")
    (found,) = json.loads(run("validate", "all.jsonl", "--format", "json").out)["findings"]
    assert (found["entry"], found["line"]) == (2, 2)


def test_many_files_over_processes_come_in_order(run: Run, folder: Path) -> None:
    for i in range(120):
        write(f"r/{i:03}.json", over(ODD, {"source": {"sha256": f"{i:064}"}}))
    alone = run("validate", "r", "--jobs", "1", "--format", "json").out
    assert run("validate", "r", "--jobs", "2", "--format", "json").out == alone
    found = json.loads(alone)["findings"]
    assert [one["file"] for one in found] == [f"r/{i:03}.json" for i in range(120)]


# Choosing


def test_select_ignore_and_the_longest_code_decides(run: Run, folder: Path) -> None:
    write("a.json", over(WRONG, {"tasks": ODD["tasks"]}))

    def codes(*options: str) -> list[str]:
        out = run("validate", "a.json", "--format", "json", *options).out
        return [one["code"] for one in json.loads(out)["findings"]]

    assert codes() == ["PP152", "PP251"]
    assert codes("--select", "PP2") == ["PP251"]
    assert codes("--ignore", "pp152") == ["PP251"]
    assert codes("--select", "PP1,PP2", "--ignore", "PP25") == ["PP152"]
    assert codes("--ignore", "PP1", "--ignore", "PP2", "--select", "PP152") == ["PP152"]


def test_settings_of_the_project(run: Run, folder: Path) -> None:
    write("old/a.json", WRONG)
    write("new/a.json", over(WRONG, {"source": {"sha256": "1" * 64}}))
    Path("planparse.toml").write_text(
        '[validate]\nignore = ["PP17"]\nfail-on = "info"\n[validate.per-file-ignores]\n"old/*" = ["PP1"]\n'
    )
    outcome = run("validate", "old", "new", "--format", "json")
    assert [one["file"] for one in json.loads(outcome.out)["findings"]] == ["new/a.json"]
    assert run("validate", "old").code == 0


def test_a_record_may_accept_a_finding_with_a_reason(run: Run, folder: Path) -> None:
    reason = {"code": "PP152", "pointer": "/header/number_symbol", "reason": "printed so, see the corrigendum"}
    write("a.json", over(WRONG, {"accepted": [reason]}))
    assert run("validate", "a.json", "--fail-on", "info").code == 0
    write("b.json", over(BASE, {"accepted": [reason]}))
    outcome = run("validate", "b.json", "--fail-on", "info")
    assert outcome.code == 13
    assert "PP091" in outcome.out


# Old findings


def test_a_baseline_lets_only_new_findings_fail(run: Run, folder: Path) -> None:
    tasks = [{"number": str(i), "content": f"Việc {i}"} for i in range(1, 4)]
    write("old/a.json", over(WRONG, {"tasks": tasks}))
    assert run("validate", "old", "--write-baseline", "known.json").code == 0
    outcome = run("validate", "old", "--baseline", "known.json", "--fail-on", "info")
    assert (outcome.code, outcome.out) == (0, "1 record: nothing wrong; baseline: 4 known, 0 gone\n")
    # Rows that move are the same findings; one more is new; one that was mended is gone.
    tasks = [{"number": "1", "content": "Việc mới", "responsible": "Sở Nội vụ"}, *tasks[1:]]
    write("old/a.json", over(WRONG, {"tasks": [*tasks, {"number": "4", "content": "Việc 4"}]}))
    outcome = run("validate", "old", "--baseline", "known.json", "--fail-on", "info", "--format", "json")
    data = json.loads(outcome.out)
    assert [one["pointer"] for one in data["findings"]] == ["/tasks/3/responsible"]
    assert (data["summary"]["in_baseline"], data["summary"]["gone_from_baseline"]) == (3, 1)


def test_what_is_no_baseline_is_refused(run: Run, folder: Path) -> None:
    write("a.json", BASE)
    Path("known.json").write_text("[1]")
    assert run("validate", "a.json", "--baseline", "known.json").code == 12


# Sources


def test_ink_is_compared_where_the_documents_are(run: Run, folder: Path) -> None:
    made = make(3)
    (folder / "scans").mkdir()
    (folder / "scans" / made.name).write_text(made.text, encoding="utf-8")
    write("a.json", made.record)
    assert run("validate", "a.json", "--sources", "scans", "--fail-on", "info").code == 0
    (folder / "scans" / made.name).write_text(made.text.replace("Số:", "Số :"), encoding="utf-8")
    outcome = run("validate", "a.json", "--sources", "scans")
    assert {"PP571", "PP572"} <= set(outcome.out.split())
    (folder / "scans" / made.name).unlink()
    outcome = run("validate", "a.json", "--sources", "scans", "--fail-on", "info")
    assert "PP570" in outcome.out


# Records side by side


def test_records_are_compared_with_each_other(run: Run, folder: Path) -> None:
    cited = {
        "number": "5", "symbol": "KH-UBND", "number_symbol": "5/KH-UBND", "issuer": "Ủy ban nhân dân tỉnh Cà Mau",
        "text": "Kế hoạch số 5/KH-UBND", "date": "2025-02-03",
    }  # fmt: skip
    document = {"header": {
        "number": "5", "symbol": "KH-UBND", "number_symbol": "5/KH-UBND", "date": "2025-02-08",
        "issuer": "Ủy ban nhân dân tỉnh Cà Mau",
    }}  # fmt: skip
    write("r/a.json", over(BASE, document))
    write("r/b.json", over(over(BASE, document), {"source": {"sha256": "1" * 64}}))
    for i, date in enumerate(["2025-02-03", "2025-02-03", "2025-02-13"]):
        other = {"source": {"sha256": f"{i + 2:064}"}, "citations": [{**cited, "date": date}]}
        write(f"r/c{i}.json", over(BASE, other))
    write("r/d.json", over(BASE, {"source": {"sha256": f"{2:064}"}}))
    found = json.loads(run("validate", "r", "--format", "json").out)["findings"]
    told = {(one["file"], one["code"], one["pointer"]) for one in found}
    assert told == {
        ("r/b.json", "PP171", "/header/number_symbol"),
        ("r/d.json", "PP170", "/source/sha256"),
        *((f"r/c{i}.json", "PP480", "/citations/0/date") for i in range(3)),
        ("r/c2.json", "PP481", "/citations/0/date"),
    }
    assert all(one["line"] > 1 for one in found)


# Mending


UNTIDY = {
    "source": {**BASE["source"], "lines": "3"},
    "schema_version": "1.0",
    "header": {"number": 607, "subject": "Ca\u0309i  cách ", "date": "29/8/2025"},
    "indicator_scores": [{"index": "SIPAS", "value": "84,05", "rank": "12"}],
    "evidence": {
        "/header/subject": {"raw": "Ca\u0309i  cách ", "spans": [{"line": 1, "start": 0, "end": 12}], "confidence": 1}
    },
}  # fmt: skip


def test_fix_mends_form_and_leaves_ink_alone(run: Run, folder: Path) -> None:
    write("a.json", UNTIDY)
    before = Path("a.json").read_text(encoding="utf-8")
    outcome = run("validate", "a.json", "--diff", "--fail-on", "never")
    assert '-    "number": 607,' in outcome.out
    assert '+    "number": "607",' in outcome.out
    assert Path("a.json").read_text(encoding="utf-8") == before
    run("validate", "a.json", "--fix")
    mended = json.loads(Path("a.json").read_text(encoding="utf-8"))
    assert list(mended)[:3] == ["schema_version", "source", "header"]
    assert mended["header"] == {"number": "607", "date": "2025-08-29", "subject": "Cải cách"}
    assert mended["indicator_scores"] == [{"index": "SIPAS", "value": 84.05, "rank": 12}]
    assert mended["evidence"]["/header/subject"]["raw"] == "Ca\u0309i  cách "
    assert run("validate", "a.json", "--fix").err == "planparse: 0 files mended\n"


def test_fix_keeps_format_and_comments(run: Run, folder: Path) -> None:
    base = (
        "schema_version: '1.0'\nsource: {name: a.txt, sha256: '" + "0" * 64 + "', media_type: text/plain, lines: 3}\n"
    )
    Path("a.yaml").write_text(base + "header:\n  number: 607\n", encoding="utf-8")
    Path("b.yaml").write_text("# checked by Lan\n" + base + "header:\n  number: 607\n", encoding="utf-8")
    Path("c.jsonl").write_text(json.dumps(over(BASE, {"recipients": [" A"]})) + "\n", encoding="utf-8")
    run("validate", "a.yaml", "b.yaml", "c.jsonl", "--fix", "--fail-on", "never")
    assert "number: '607'" in Path("a.yaml").read_text(encoding="utf-8")
    assert Path("b.yaml").read_text(encoding="utf-8").endswith("number: 607\n")
    assert json.loads(Path("c.jsonl").read_text(encoding="utf-8"))["recipients"] == ["A"]


# Rules and migration


def test_rules_are_listed_and_explained(run: Run) -> None:
    listed = run("rules").out
    assert "Tasks\n  PP250" in listed
    page = run("rules", "PP255").out
    assert "PP255 row-number-gap (error)" in page
    assert "Found\n    tasks:\n" in page
    assert [one["code"] for one in json.loads(run("rules", "pp35", "--json").out)][:2] == ["PP350", "PP351"]
    assert run("rules", "PP999").code == 2


def test_migrate_leaves_the_present_version_alone(run: Run, folder: Path) -> None:
    write("a.json", BASE)
    before = Path("a.json").read_bytes()
    assert run("migrate", "a.json").err == f"planparse: 0 files migrated to {SCHEMA_VERSION}\n"
    assert Path("a.json").read_bytes() == before
    write("b.json", over(BASE, {"schema_version": "7.0"}))
    outcome = run("migrate", "b.json")
    assert outcome.code == 12
    assert "no way from schema version '7.0'" in outcome.err


def test_steps_lead_from_version_to_version() -> None:
    def rename(tree: dict[str, Any]) -> dict[str, Any]:
        return {"header": tree["head"]}

    steps = {
        "0.8": Step("0.9", "head is called header", rename),
        "0.9": Step("1.0", "nothing", lambda tree: tree),
    }
    tree, told = migrate({"schema_version": "0.8", "head": {}}, steps, "1.0")
    assert tree == {"header": {}, "schema_version": "1.0"}
    assert told == ["0.8 → 0.9: head is called header", "0.9 → 1.0: nothing"]
    assert path_from("0.5", steps, "1.0") is None
    with pytest.raises(ValueError, match="no way"):
        migrate({}, steps, "1.0")


def test_a_migration_rewrites_the_file(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def move(tree: dict[str, Any]) -> dict[str, Any]:
        return {"header": {"place": tree.pop("at")}, **tree}

    step = Step(SCHEMA_VERSION, "the place stands in the header", move)
    monkeypatch.setattr("planparse.validation.migrations.STEPS", {"0.9": step})
    write("a.json", {**BASE, "schema_version": "0.9", "at": "Huế"})
    outcome = run("validate", "a.json")
    assert "PP061" in outcome.out and "run planparse migrate" in outcome.out
    assert run("migrate", "a.json", "--check").code == 13
    assert run("migrate", "a.json").code == 0
    assert run("validate", "a.json").code == 0

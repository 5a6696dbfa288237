"""The checks inside a build: pre-commit hook, GitHub action and GitLab template in scratch repositories."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from validation.examples import BASE, over

ROOT = Path(__file__).parents[2]
WRONG = over(BASE, {"header": {"number": "607", "symbol": "KH-UBND", "number_symbol": "601/KH-UBND"}})
RIGHT = over(BASE, {"header": {"number": "607", "symbol": "KH-UBND", "number_symbol": "607/KH-UBND"}})

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def environment(folder: Path) -> dict[str, str]:
    """An environment in which ``planparse`` is the one under test, and nobody's git settings count."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    script = programs / "planparse"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planparse "$@"\n')
    script.chmod(0o755)
    made = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PRE_COMMIT"))}
    return made | {
        "PATH": f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
    }  # fmt: skip


class Scratch:
    """A repository with a folder of records."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "repository"
        self.root.mkdir()
        self.environment = environment(folder)
        self.run("git", "init", "-q")

    def run(self, *command: str, **extra: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, cwd=self.root, env=self.environment | extra, capture_output=True, text=True, timeout=120
        )
        done.stdout += done.stderr
        return done

    def write(self, name: str, content: Any) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=2)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def scratch(tmp_path: Path) -> Scratch:
    return Scratch(tmp_path)


# The pre-commit hook


def hooks() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return made


def test_a_commit_with_a_wrong_record_is_refused_and_a_mended_one_taken(scratch: Scratch) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    hook = next(h for h in hooks() if h["id"] == "planparse-validate")
    # The hook as it stands, but run from here instead of from an environment that pre-commit would build.
    local = {"repos": [{"repo": "local", "hooks": [hook | {"language": "system"}]}]}
    scratch.write(".pre-commit-config.yaml", yaml.safe_dump(local))
    scratch.write("notes/other.json", "{ this is none of our business")
    scratch.write("records/plan.json", WRONG)
    installed = scratch.run(sys.executable, "-m", "pre_commit", "install")
    assert installed.returncode == 0, installed.stdout
    scratch.run("git", "add", "-A")
    refused = scratch.run("git", "commit", "-m", "Add a plan")
    assert refused.returncode != 0
    assert "PP152" in refused.stdout and "records/plan.json" in refused.stdout
    scratch.write("records/plan.json", RIGHT)
    scratch.run("git", "add", "-A")
    taken = scratch.run("git", "commit", "-m", "Add a plan")
    assert taken.returncode == 0, taken.stdout


def test_hooks_are_what_pre_commit_takes() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="pre-commit is not installed")
    manifest = clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in manifest] == ["planparse-validate", "planparse-fix"]


def test_the_fixing_hook_mends_and_fails_no_commit(scratch: Scratch) -> None:
    fix = next(h for h in hooks() if h["id"] == "planparse-fix")
    scratch.write("records/plan.json", over(RIGHT, {"header": {"place": " Cà  Mau"}}))
    done = scratch.run(*fix["entry"].split(), "records/plan.json")
    assert done.returncode == 0, done.stdout
    assert json.loads((scratch.root / "records/plan.json").read_text(encoding="utf-8"))["header"]["place"] == "Cà Mau"


# The GitHub action


def vendored_schema(name: str) -> Any:
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def action() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return made


def test_the_action_keeps_to_the_schema_of_actions() -> None:
    jsonschema.validate(action(), vendored_schema("github-actions"))


def run_action(scratch: Scratch, **inputs: str) -> tuple[int, str, dict[str, str]]:
    """Run the action's validating step as the runner does: inputs in its variables, bash -e; its outputs too."""
    about = action()
    given = {name: str(about["inputs"][name]["default"]) for name in about["inputs"]} | inputs
    step = next(step for step in about["runs"]["steps"] if step.get("id") == "validate")
    variables = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
        for name, value in step["env"].items()
    }
    assert "${{" not in step["run"], "an input within the script could be run"
    outputs = scratch.root.parent / "outputs"
    outputs.write_text("")
    script = scratch.root.parent / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    done = scratch.run(
        "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), **variables, GITHUB_OUTPUT=str(outputs)
    )
    return done.returncode, done.stdout, dict(line.split("=", 1) for line in outputs.read_text().splitlines())


def test_the_action_fails_a_job_and_annotates_its_lines(scratch: Scratch) -> None:
    scratch.write("records/plan.json", WRONG)
    code, said, outputs = run_action(scratch)
    assert code == 13
    assert "::error file=records/plan.json,line=" in said
    assert outputs == {"sarif-file": "planparse.sarif", "exit-code": "13"}
    log = json.loads((scratch.root / "planparse.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["results"][0]["ruleId"] == "PP152"
    scratch.write("records/plan.json", RIGHT)
    code, said, outputs = run_action(scratch)
    assert (code, said, outputs["exit-code"]) == (0, "", "0")


def test_inputs_of_the_action_are_options_and_never_commands(scratch: Scratch) -> None:
    scratch.write("records/plan.json", WRONG)
    scratch.write("old/plan.json", over(WRONG, {"source": {"sha256": "1" * 64}}))
    assert run_action(scratch, paths="records old", args="--ignore PP152")[0] == 0
    code, _, _ = run_action(scratch, paths="records; touch hacked", args="$(touch hacked)")
    assert code != 0
    assert not (scratch.root / "hacked").exists()
    scratch.run("planparse", "validate", "old", "--write-baseline", "known.json")
    assert run_action(scratch, paths="old", baseline="known.json")[0] == 0


# The GitLab template


def test_the_gitlab_template_makes_both_reports(scratch: Scratch) -> None:
    template = yaml.safe_load((ROOT / "templates" / "planparse.gitlab-ci.yml").read_text(encoding="utf-8"))
    jsonschema.validate(template, vendored_schema("gitlab-ci"))
    job = template["planparse"]
    variables = {name: str(value) for name, value in job["variables"].items()} | {"PLANPARSE_INSTALL": ""}
    scratch.write("records/plan.json", WRONG)
    for line in [*job["before_script"], *job["script"]]:
        done = scratch.run("bash", "-eo", "pipefail", "-c", line, **variables)
    assert done.returncode == 13, done.stdout
    reports = job["artifacts"]["reports"]
    (issue,) = json.loads((scratch.root / reports["codequality"]).read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "records/plan.json"
    assert "PP152" in (scratch.root / reports["junit"]).read_text(encoding="utf-8")

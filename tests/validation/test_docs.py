"""The transcript in docs/validate.md is what the commands say."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.running import Run

PAGE = Path(__file__).parents[2] / "docs" / "validate.md"


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.skipif(shutil.which("sed") is None, reason="the page mends the record with sed")
def test_a_build_fails_and_is_mended(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("records").mkdir()
    Path("records/plan.json").write_text(blocks("json")[0], encoding="utf-8")
    codes = []
    for transcript in blocks("console"):
        for command, said in re.findall(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", transcript, re.DOTALL | re.MULTILINE):
            words = shlex.split(command)
            if words[0] != "planparse":
                subprocess.run(words, check=True)
                continue
            outcome = run(*words[1:])
            assert outcome.out == said
            codes.append(outcome.code)
    assert codes == [13, 0]


def test_the_rule_on_the_page_is_a_rule() -> None:
    from planparse.checks import check
    from planparse.records import PlanRecord
    from validation.examples import BASE

    scope: dict[str, object] = {}
    exec(blocks("python")[1], scope)  # the page is ours
    (found,) = check(PlanRecord.model_validate(BASE), rules=scope["RULES"])  # type: ignore[arg-type]
    assert (found.code, found.pointer) == ("ACME100", "/header/place")

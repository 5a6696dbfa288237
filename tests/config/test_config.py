"""Settings found upwards, checked, overridden and accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from planparse.config import find_config, load_settings
from planparse.errors import MissingFileError, UsageError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_file_upwards_holds(tmp_path: Path) -> None:
    write(tmp_path / "planparse.toml", "[batch]\nworkers = 3\n")
    near = write(tmp_path / "a" / "pyproject.toml", "[tool.planparse.batch]\nworkers = 4\n")
    write(tmp_path / "a" / "b" / "pyproject.toml", "[tool.other]\n")
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir()
    assert find_config(deep) == near
    assert load_settings(deep).settings.batch.workers == 4
    assert load_settings(tmp_path).settings.batch.workers == 3


def test_planparse_toml_holds_beside_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.planparse.batch]\nworkers = 4\n")
    own = write(tmp_path / "planparse.toml", "")
    assert find_config(tmp_path) == own


def test_another_projects_broken_pyproject_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "not toml at all [")
    assert find_config(tmp_path) is None or find_config(tmp_path) != tmp_path / "pyproject.toml"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[batch]\nworker = 2\n", r"unknown key batch\.worker \(did you mean batch\.workers\?\)"),
        ("[batch]\nmax_failures = 2\n", r"did you mean batch\.max-failures\?"),
        ("[bacth]\nworkers = 2\n", r"unknown key bacth \(did you mean batch\?\)"),
        ("zzzz = 1\n", r"unknown key zzzz \(known here: batch, export, extract, validate\)"),
        ("workers = 2\n", r"unknown key workers \(did you mean batch\.workers\?\)"),
        ("format = 'yaml'\n", r"did you mean extract\.format or batch\.format\?"),
        ("[batch]\nworkers = true\n", r"batch\.workers = True"),
        ("[batch]\nforce = 'yes'\n", r"batch\.force = 'yes'"),
        ("batch = 1\n", r"batch is no table"),
        ("[batch]\nworkers = 'two'\n", r"batch\.workers = 'two'"),
        ("[batch]\nworkers = 0\n", r"batch\.workers = 0"),
        ("[validate]\nselect = ['E501']\n", r"validate\.select\.0 = 'E501'"),
        ("[batch\n", r"is no TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path: Path, text: str, complaint: str) -> None:
    write(tmp_path / "planparse.toml", text)
    with pytest.raises(UsageError, match=complaint) as caught:
        load_settings(tmp_path)
    assert str(tmp_path) in str(caught.value)


def test_options_override_and_every_value_knows_its_origin(tmp_path: Path) -> None:
    path = write(tmp_path / "planparse.toml", "[batch]\nworkers = 3\ntimeout = 9\n")
    loaded = load_settings(tmp_path).override("batch", {"workers": 8, "max_failures": None, "fail_fast": True})
    held = {h.key: (h.value, h.origin) for h in loaded.holdings()}
    assert held["batch.workers"] == (8, "option --workers")
    assert held["batch.timeout"] == (9.0, str(path))
    assert held["batch.fail-fast"] == (True, "option --fail-fast")
    assert held["batch.max-failures"] == (None, "default")
    assert held["validate.fail-on"] == ("error", "default")


def test_a_wrong_option_is_no_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^command line: batch\.workers = 0"):
        load_settings(tmp_path).override("batch", {"workers": 0})


def test_paths_are_relative_to_their_file(tmp_path: Path) -> None:
    write(tmp_path / "planparse.toml", "[validate]\nsources = 'ocr'\nper-file-ignores = {'old/*' = ['PP2']}\n")
    inner = tmp_path / "inner"
    inner.mkdir()
    settings = load_settings(inner).settings
    assert settings.validate_.sources == tmp_path / "ocr"
    assert settings.validate_.per_file_ignores == {"old/*": ["PP2"]}


def test_a_file_named_outright_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        load_settings(path=tmp_path / "none.toml")

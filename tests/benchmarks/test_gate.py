"""The gate: floors hold, rise by themselves and fall only with a reason."""

from __future__ import annotations

import json

import pytest
from benchmarks.scoring import Tally

from benchmarks import gate

FLOORS = {"corpus": "c0ffee", "floors": {"text.eng": 0.98, "tasks.eng": 0.9}, "lowered": []}


def test_figures_at_their_floors_pass():
    assert gate.failures({"text.eng": 0.98, "tasks.eng": 0.9, "new.eng": 0.1}, FLOORS, "c0ffee") == []


def test_a_figure_below_its_floor_fails_and_says_by_how_much():
    (line,) = gate.failures({"text.eng": 0.97, "tasks.eng": 0.9}, FLOORS, "c0ffee")
    assert line == "text.eng is 0.9700, its floor is 0.98"


def test_a_figure_that_is_no_longer_measured_fails():
    assert gate.failures({"text.eng": 0.99}, FLOORS, "c0ffee") == ["tasks.eng is no longer measured"]


def test_changed_samples_fail_until_measured_again():
    (line,) = gate.failures({"text.eng": 1.0, "tasks.eng": 1.0}, FLOORS, "other")
    assert "--update" in line


def test_updating_raises_and_never_lowers():
    new = gate.updated({"text.eng": 0.99123456, "tasks.eng": 0.5}, FLOORS, "c0ffee", lower=None)
    assert new["floors"] == {"tasks.eng": 0.9, "text.eng": 0.99}
    assert new["lowered"] == []


def test_lowering_needs_a_reason_that_is_kept():
    new = gate.updated({"text.eng": 0.98, "tasks.eng": 0.5}, FLOORS, "c0ffee", lower="samples with harder tables")
    assert new["floors"]["tasks.eng"] == 0.5
    assert new["lowered"] == [{"figure": "tasks.eng", "from": 0.9, "to": 0.5, "reason": "samples with harder tables"}]


@pytest.mark.parametrize("argv", [["--lower", "because"], ["--update", "--lower", "  "]])
def test_lower_alone_or_without_a_reason_is_refused(argv):
    with pytest.raises(SystemExit) as stop:
        gate.main(argv)
    assert stop.value.code == 2


@pytest.fixture
def small_gate(tmp_path, monkeypatch):
    """A gate over one figure, with its own floors file."""

    def set_up(figure: Tally, floor: float):
        path = tmp_path / "floors.json"
        path.write_text(json.dumps({"corpus": "x", "floors": {"text.eng": floor}, "lowered": []}), encoding="utf-8")
        monkeypatch.setattr(gate, "FLOORS", path)
        monkeypatch.setattr(gate, "digest", lambda: "x")
        monkeypatch.setattr(gate, "measure", lambda: {"doc/eng": {"text": figure}})
        return path

    return set_up


def test_the_command_fails_below_a_floor(small_gate, capsys):
    small_gate(Tally(90, 100, 100), floor=0.95)
    assert gate.main([]) == 1
    assert "FAILED: text.eng is 0.9000" in capsys.readouterr().err


def test_update_does_not_hide_a_fall(small_gate):
    path = small_gate(Tally(90, 100, 100), floor=0.95)
    assert gate.main(["--update"]) == 1
    assert json.loads(path.read_text(encoding="utf-8"))["floors"] == {"text.eng": 0.95}
    assert gate.main(["--update", "--lower", "a harder sample"]) == 0
    assert json.loads(path.read_text(encoding="utf-8"))["floors"] == {"text.eng": 0.9}


def test_the_floors_in_the_repository_are_of_these_samples():
    assert json.loads(gate.FLOORS.read_text(encoding="utf-8"))["corpus"] == gate.digest()

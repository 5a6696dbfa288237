"""The manifest: append-only while a run goes on, whole after any crash, one line an input in the end."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.batch.jobs import Outcome, Stamp
from planparse.batch.manifest import Entry, Manifest

STAMP = Stamp("1.0", "abc", "json 1.0")


def entry(name: str, **more: object) -> Entry:
    return replace(Entry.of(Outcome(name, "ok", "0" * 64, f"{name}.json"), STAMP), **more)


def test_the_latest_line_holds_and_the_end_is_in_order(tmp_path: Path) -> None:
    path = tmp_path / "manifest.jsonl"
    manifest = Manifest(path)
    for name in ("c", "a", "b"):
        manifest.append(entry(name))
    manifest.append(entry("a", status="warnings"))
    assert manifest.get("a") == entry("a", status="warnings")
    assert manifest.get("z") is None
    manifest.tidy()
    manifest.append(entry("d"))
    manifest.close()
    shown = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["input"] for line in shown] == ["a", "b", "c", "d"]
    assert shown[0]["status"] == "warnings"


def test_names_of_any_kind_survive(tmp_path: Path) -> None:
    names = ["kế hoạch.txt", "a\nb.txt", "a\udcff\udcfe.txt", '"quoted".txt']
    manifest = Manifest(tmp_path / "m")
    for name in names:
        manifest.append(entry(name))
    manifest.close()
    again = Manifest(tmp_path / "m")
    assert sorted(e.input for e in again.entries()) == sorted(names)
    assert len((tmp_path / "m").read_bytes().splitlines()) == len(names)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 700))
def test_a_file_cut_anywhere_loses_only_its_last_line(tmp_path_factory: object, cut: int) -> None:
    path = tmp_path_factory.mktemp("cut") / "m"  # type: ignore[attr-defined]
    manifest = Manifest(path)
    for name in ("a", "b", "c"):
        manifest.append(entry(name))
    manifest.close()
    data = path.read_bytes()
    path.write_bytes(data[:cut])
    whole = data[:cut].count(b"\n")
    torn = Manifest(path)
    assert [e.input for e in torn.entries()] == ["a", "b", "c"][:whole]
    assert torn.torn == (0 < cut < len(data) and not data[:cut].endswith(b"\n"))
    torn.append(entry("d"))
    torn.close()
    assert [e.input for e in Manifest(path).entries()] == [*["a", "b", "c"][:whole], "d"]


def test_garbage_in_the_middle_is_dropped_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "m"
    path.write_bytes(b"{}\n\xff\xff\n" + entry("a").line() + b"[1]\n")
    manifest = Manifest(path)
    manifest.tidy()
    assert path.read_bytes() == entry("a").line()

"""What is an input, what is none, and what can't be one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents import folder_of
from planparse.batch.discovery import Selection, discover, names_of
from planparse.batch.naming import record_name
from planparse.errors import MissingFileError


def keys(place: object, **options: object) -> list[str]:
    selection = Selection(options.pop("include", ()), options.pop("exclude", ()))  # type: ignore[arg-type]
    return [i.key for i in discover(str(place), selection, **options) if not i.skip and not i.refuse]  # type: ignore[arg-type]


def told(place: object) -> dict[str, str | None]:
    return {i.key: i.refuse or i.skip for i in discover(str(place), Selection()) if i.skip or i.refuse}


def test_a_folder_is_walked_in_the_order_of_names(tmp_path: Path) -> None:
    folder_of(tmp_path, ["b.txt", "a/z.md", "a/b/c.TXT", "plain", ".hidden.txt", ".git/x.txt"])
    assert keys(tmp_path) == ["a/b/c.TXT", "a/z.md", "b.txt", "plain"]


def test_strange_files_are_told_of(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a.txt", "b.docx"])
    assert "no format is known for .docx" in str(told(tmp_path)["b.docx"])
    assert keys(tmp_path, include=["*.docx"]) == ["a.txt", "b.docx"]


def test_what_is_excluded_is_no_input(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a.txt", "drafts/b.txt", "c/drafts.txt"])
    assert keys(tmp_path, exclude=["drafts"]) == ["a.txt", "c/drafts.txt"]
    assert keys(tmp_path, exclude=["*drafts*"]) == ["a.txt"]


def test_the_output_inside_the_input_is_none(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a.txt", "out/a.txt.txt"])
    assert keys(tmp_path, without=str(tmp_path / "out")) == ["a.txt"]


@pytest.mark.parametrize("output", ["out", "./out/", "in/out"])
def test_nor_is_it_for_a_glob_or_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    monkeypatch.chdir(tmp_path)
    folder_of(Path(), ["in/a.txt", f"{output}/a.txt.json", f"{output}/sub/b.txt.json", "outer/c.txt"])
    (tmp_path / "link").symlink_to(output)
    everything = [path.as_posix() for path in Path().rglob("*") if path.is_file()]
    listed = discover("-", Selection(), without=output, listed=lambda: [*everything, "link/a.txt.json"])
    assert sorted(i.path for i in listed) == ["in/a.txt", "outer/c.txt"]
    found = discover("**/*", Selection(), without=output)
    assert sorted(i.path for i in found) == ["in/a.txt", "outer/c.txt"]


def test_links_are_followed_once_and_never_in_circles(tmp_path: Path) -> None:
    root = folder_of(tmp_path / "in", ["a.txt", "sub/b.txt"])
    folder_of(tmp_path / "elsewhere", ["c.txt"])
    (root / "sub" / "up").symlink_to(root)
    (root / "again").symlink_to(root / "sub")
    (root / "other").symlink_to(tmp_path / "elsewhere")
    (root / "third").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "elsewhere")
    (root / "x.txt").symlink_to("y.txt")
    (root / "y.txt").symlink_to("x.txt")
    assert keys(root) == ["a.txt", "other/c.txt", "sub/b.txt", "x.txt", "y.txt"]
    reasons = told(root)
    assert "loop" in str(reasons["sub/up"])
    assert "loop" in str(reasons["other/back"])
    assert "converted itself" in str(reasons["again"])
    assert "converted itself" in str(reasons["third"])


def test_globs_and_single_files(tmp_path: Path) -> None:
    folder_of(tmp_path, ["a1.txt", "a2.txt", "b.txt", "c/a3.txt", "odd[1].txt"])
    assert [Path(k).name for k in keys(tmp_path / "a*.txt")] == ["a1.txt", "a2.txt"]
    assert [Path(k).name for k in keys(tmp_path / "**" / "a*.txt")] == ["a1.txt", "a2.txt", "a3.txt"]
    assert keys(tmp_path / "odd[1].txt") == ["odd[1].txt"]
    found = list(discover(str(tmp_path / "**" / "a3.txt"), Selection()))
    assert [(i.key, i.relative) for i in found] == [("c/a3.txt", "c/a3.txt")], "as the record is called"


def test_lists_name_each_input_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = ["b.txt", "./b.txt", "sub/../b.txt", "../x.txt", "/etc/y.txt", str(tmp_path / "a.txt")]
    found = list(discover("-", Selection(), listed=lambda: names))
    assert [i.relative for i in found] == ["b.txt", "../x.txt", "_root/etc/y.txt", "a.txt"]
    assert record_name("../x.txt", ".json") == "_up/x.txt.json"


def test_lists_are_read_by_lines_or_by_nul_bytes() -> None:
    assert names_of(b"a.txt\r\n\nb c.txt\n", null=False) == ["a.txt", "b c.txt"]
    assert names_of(b"a\nb.txt\0c\xff.txt\0", null=True) == ["a\nb.txt", os.fsdecode(b"c\xff.txt")]


def test_nothing_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError):
        keys(tmp_path / "none")
    assert keys(tmp_path / "none*") == []


@given(
    st.lists(
        st.binary(min_size=1, max_size=260).filter(lambda b: b"/" not in b and b"\0" not in b),
        min_size=2,
        max_size=6,
        unique=True,
    )
)
def test_no_two_inputs_share_a_record_and_every_name_can_be_written(names: list[bytes]) -> None:
    inputs = [os.fsdecode(n) for n in names if n not in (b".", b"..")]
    made = [record_name(name, ".json") for name in inputs]
    assert len(set(made)) == len(made)
    for name in made:
        assert len(name.encode("utf-8")) <= 255
        assert name.isprintable() or "\x7f" not in name
        assert not name.startswith(".")

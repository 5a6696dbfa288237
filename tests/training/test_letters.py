"""How letters break is learned from pieces of lines and their truth."""

from __future__ import annotations

from training.restoration.letters import lay, learn


def test_ink_is_laid_under_its_letters() -> None:
    assert lay("hội", "h6i", None) == [("h", "h"), ("ộ", "6"), ("i", "i")]


def test_every_sign_of_the_ink_is_accounted_for() -> None:
    steps = lay("chủ trì phối", "chu} tr_i ph6i", None)
    assert "".join(got for _, got in steps) == "chu} tr_i ph6i"
    assert "".join(letter for letter, _ in steps) == "chủ trì phối"


def test_what_comes_often_is_likelier_than_what_never_came() -> None:
    of, _, _ = learn([("t6 ch0c", "tổ chức"), ("t6 c0ng", "tổ cứng"), ("t6 m0c", "tổ mức"), ("t6i", "tối")] * 5)
    assert of["ứ"]["0"] > -0.7
    assert of["ổ"]["6"] > of["ổ"].get("8", -9.0)

"""Roman numerals and ones told by their strokes, as Tesseract cannot tell them."""

from __future__ import annotations

import numpy as np
import pytest

from planparse.reading.pages.numerals import before_slash, may_be_numeral, numeral_of
from planparse.reading.pages.picture import Mask

pytest.importorskip("PIL", reason="planparse[training] is not installed")
FAMILIES = ("Liberation Serif", "TeX Gyre Termes", "FreeSerif")


def drawn(text: str, family: str, bold: bool = False, pixels: int = 56) -> Mask:
    """The ink of a text as it is printed at 300 dpi."""
    from PIL import Image, ImageDraw
    from training.render import _font

    try:
        font = _font(family, bold, False, pixels)
    except LookupError as error:
        pytest.skip(str(error))
    picture = Image.new("L", (round(font.getlength(text)) + 40, 2 * pixels), 255)
    ImageDraw.Draw(picture).text((20, 20), text, font=font, fill=0)
    return np.asarray(picture) < 140


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "1", "11"])
@pytest.mark.parametrize("bold", [False, True])
def test_numerals_are_told_in_every_face(text: str, family: str, bold: bool) -> None:
    assert numeral_of(drawn(text, family, bold)) == text


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("text", ["TT", "H", "A", "N", "M", "VỊ", "2", "7", "Y", "10", "U"])
def test_other_letters_are_no_numerals(text: str, family: str) -> None:
    assert not may_be_numeral(text) or numeral_of(drawn(text, family)) is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(("text", "quarter"), [("III/2025", "III"), ("II/2026", "II"), ("IV/2025", "IV")])
def test_the_quarter_before_a_year_is_told(text: str, quarter: str, family: str) -> None:
    assert numeral_of(drawn(text, family), slash=True) == quarter


@pytest.mark.parametrize(
    ("text", "may"), [("IH", True), ("VH", True), ("|", True), ("STT", False), ("vị", False), ("2.1", False)]
)
def test_only_words_of_such_letters_are_looked_at(text: str, may: bool) -> None:
    assert may_be_numeral(text) is may


def test_a_quarter_keeps_its_year() -> None:
    assert before_slash("[H/2025") == ("[H", "/2025")
    assert before_slash("15/2025") is None

"""Words of a subject that the title garbles are read as the body repeats them."""

from __future__ import annotations

from dataclasses import replace

from plain_text import as_read
from planparse.recognise.header import find_header
from planparse.recognise.layout import find_layout
from planparse.recognise.notes import Notebook
from planparse.restore.text import RestoredText

PAGE = """ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH CAO BẰNG            Độc lập - Tự do - Hạnh phúc
Số: 15/KH-UBND           Cao Bằng, ngày 20 tháng 5 năm 2024

KẾ HOẠCH
{subject}

Thực hiện Nghị quyết của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch cải thiện môi trường đầu tư
năm 2024, bảo đảm sự phục vụ của cơ quan hành chính đối với người dân trong 12 tháng năm 2024.
"""


def subject_of(subject: str, profile: str = "eng") -> tuple[str | None, Notebook]:
    text: RestoredText = replace(as_read(PAGE.format(subject=subject)), profile=profile)
    notes = Notebook(text)
    return find_header(text, find_layout(text), notes).subject, notes


def test_a_garbled_word_is_read_as_the_body_spells_it() -> None:
    subject, notes = subject_of("Caii thiện môi trường đầu tư năm 2024")
    assert subject == "Cải thiện môi trường đầu tư năm 2024"
    assert "PP117" in {d.code for d in notes.diagnostics}
    assert notes.evidence["/header/subject"].repaired_from == "Caii thiện môi trường đầu tư năm 2024"


def test_numbers_and_words_unlike_the_body_stay() -> None:
    assert subject_of("Tuyên truyền môi trường đầu tư năm 2023")[0] == "Tuyên truyền môi trường đầu tư năm 2023"
    assert subject_of("Công bố kết quả 13 tháng năm 2024")[0] == "Công bố kết quả 13 tháng năm 2024"


def test_clean_text_is_never_changed() -> None:
    assert subject_of("Caii thiện môi trường đầu tư năm 2024", "clean")[0] == "Caii thiện môi trường đầu tư năm 2024"


def test_specks_at_word_edges_go() -> None:
    assert subject_of("Đánh giá cơ’ quan hành chính ‘năm 2024")[0] == "Đánh giá cơ quan hành chính năm 2024"

"""The warnings of a reading: few, in Vietnamese, each with what was read as what and where it stands."""

from pathlib import Path

import pytest

import congvan
from congvan.model import Reading

DEMO = Path(__file__).parents[2] / "demo" / "documents" / "142-cv-tu.txt"
LETTER = """UBND TỈNH AN LẠC
SỞ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/SYT-NVY
V/v trực dịch
An Lạc, ngày 3 tháng 2 năm 2021

Kính gửi: Các bệnh viện.

Thực hiện Công văn số 5/UBND-VX ngày 01/02/2021 của UBND tỉnh, Sở Y tế yêu cầu:

1. Tổ chức trực hằng ngày.

2. Báo cáo kết quả về Sở Y tế.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Trần Văn An
"""


def told(text: str) -> list[tuple[str, str]]:
    return [(doubt.where, doubt.what) for doubt in congvan.read_text(text).warnings]


def test_a_clean_letter_needs_no_warning():
    assert told(LETTER) == []


@pytest.mark.parametrize(
    ("printed", "instead", "where", "said"),
    [
        ("Kính gửi:", "Kinh gùi:", "meta.recipients", "«Kinh gùi» là «Kính gửi»"),
        ("Nơi nhận:", "Noi nhận:", "meta.distribution", "«Noi nhận» là «Nơi nhận»"),
        ("1. Tổ chức trực", "1. Nơi giáp danh tổ chức trực", "1", "«giáp danh» có lẽ là «giáp ranh»"),
        ("1. Tổ chức trực", "1. Mua săm vật tư và tổ chức trực", "text", "«Mua săm» là «Mua sắm»"),
        ("2. Báo cáo", "3. Báo cáo", "3", "Sau «1.» là «3.», không có số 2"),
        ("2. Báo cáo", "1. Báo cáo", "1", "«1.» lặp lại"),
        ("1. Tổ chức", "1. Cần: (1) trực; (2) ghi; (2) báo tin. Tổ chức", "1", "Số (2) lặp lại"),
        ("Số: 12/", "Số:      /", "meta.number", "Số văn bản để trống"),
        ("Số: 12/SYT-NVY\n", "", "meta.number", "Không thấy số văn bản"),
        ("An Lạc, ngày 3 tháng 2 năm 2021\n", "", "meta.date", "Không thấy ngày ban hành"),
        ("ngày 3 tháng 2 năm 2021", "ngày 31 tháng 2 năm 2021", "meta.date", "không có trong lịch"),
        ("ngày 3 tháng 2 năm 2021", "ngày 3 tháng 2 năm 1021", "meta.date", "khó đúng"),
        ("ngày 01/02/2021", "ngày 01/12/2021", "meta.date", "trước ngày của «Công văn số 5/UBND-VX"),
        (" ngày 01/02/2021", "", "references", "không ghi ngày: «Công văn số 5/UBND-VX»"),
        ("GIÁM ĐỐC\nTrần Văn An\n", "", "meta.signer", "Không thấy người ký"),
        ("An Lạc, ngày", "CÔNG VĂN ĐẾN\nSố: 981\nNgày: 05/02/2021\nAn Lạc, ngày", "meta.receiving_stamp", "«981»"),
    ],
)
def test_what_a_clerk_should_look_at_is_said_once(printed, instead, where, said):
    assert printed in LETTER
    doubts = told(LETTER.replace(printed, instead))
    assert [place for place, what in doubts if said in what] == [where], doubts
    assert len(doubts) <= 2


def test_lettered_points_without_d_with_a_stroke():
    points = "1. Các đơn vị:\na) Tổ chức trực.\nb) Ghi sổ.\nc) Khử khuẩn.\nd) Tập huấn.\ne) Truy vết."
    doubts = told(LETTER.replace("1. Tổ chức trực hằng ngày.", points))
    assert doubts == [("1.e", "Sau «d)» là «e)», không có điểm đ.")]


def test_a_text_without_a_letterhead_is_told_once():
    assert [place for place, _ in told("1. Các đơn vị tổ chức trực.\n\n2. Ngành y tế báo cáo.")] == ["meta"]


@pytest.mark.parametrize("right", ["hằng ngày", "hàng ngày", "Uỷ ban nhân dân", "các văn bản chỉ đạo"])
def test_what_is_rightly_spelt_is_never_repaired(right):
    assert told(LETTER.replace("hằng ngày", right)) == []


def test_every_warning_shows_the_place_it_speaks_of():
    reading: Reading = congvan.read(DEMO)
    shown = {reading.text[slice(*doubt.span)] for doubt in reading.warnings if doubt.span}
    assert {"Kinh gùi", "Noi nhận", "giáp danh", "Chỉ thị số 31-CT/TU"} <= shown
    assert len(reading.warnings) == 5

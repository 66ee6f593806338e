"""The top and the foot of a document in the shapes in which offices, portals and scanners print them."""

import pytest

import congvan

BODY = "\n\nThực hiện chỉ đạo của cấp trên, cơ quan yêu cầu:\n\n1. Tổ chức trực.\n\n2. Báo cáo kết quả.\n"

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"

HEADS = {
    "one column": (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ TÂN LONG\n-------\n" + STATE + "Số: 45/UBND-VX\nTân Long, ngày 3 tháng 2 năm 2021",
        {"issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ TÂN LONG", "number": "45", "symbol": "UBND-VX", "place": "Tân Long"},
    ),
    "two columns, wide blanks": (
        (
            "BỘ Y TẾ          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nCỤC Y TẾ DỰ PHÒNG      Độc lập - Tự do - Hạnh phúc\n"
            "Số: 77/DP-DT        Hà Nội, ngày 3 tháng 2 năm 2021"
        ),
        {
            "issuer": "CỤC Y TẾ DỰ PHÒNG",
            "issuer_parent": "BỘ Y TẾ",
            "number": "77",
            "symbol": "DP-DT",
            "place": "Hà Nội",
        },
    ),
    "two columns, one blank": (
        (
            "UBND TỈNH AN LẠC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỞ TÀI CHÍNH Độc lập - Tự do - Hạnh phúc\n"
            "Số: 9/STC-NS An Lạc, ngày 3 tháng 2 năm 2021"
        ),
        {
            "issuer": "SỞ TÀI CHÍNH",
            "issuer_parent": "UBND TỈNH AN LẠC",
            "number": "9",
            "symbol": "STC-NS",
            "place": "An Lạc",
        },
    ),
    "cells of a table": (
        (
            "ỦY BAN NHÂN DÂN TỈNH VĨNH LẠC | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n"
            "Số: 08/UBND-TH | Vĩnh Lạc, ngày 3 tháng 2 năm 2021 |"
        ),
        {"issuer": "ỦY BAN NHÂN DÂN TỈNH VĨNH LẠC", "number": "08", "symbol": "UBND-TH", "place": "Vĩnh Lạc"},
    ),
    "a name over two lines": (
        "BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH\nBỆNH COVID-19 TỈNH AN LẠC\n"
        + STATE
        + "Số: 3/BCĐ-YT\nAn Lạc, ngày 3 tháng 2 năm 2021",
        {"issuer": "BAN CHỈ ĐẠO PHÒNG, CHỐNG DỊCH BỆNH COVID-19 TỈNH AN LẠC", "number": "3", "symbol": "BCĐ-YT"},
    ),
    "the Party": (
        "TỈNH ỦY AN LẠC\n*\nSố 571-CV/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Lạc, ngày 3 tháng 2 năm 2021",
        {"issuer": "TỈNH ỦY AN LẠC", "number": "571", "symbol": "CV/TU", "system": "party"},
    ),
    "a Party board under its committee": (
        "TỈNH ỦY AN LẠC\nBAN TUYÊN GIÁO\n*\nSố 12-CV/BTGTU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Lạc, ngày 3 tháng 2 năm 2021",
        {"issuer": "BAN TUYÊN GIÁO", "issuer_parent": "TỈNH ỦY AN LẠC", "symbol": "CV/BTGTU", "system": "party"},
    ),
    "number left blank": (
        "ỦY BAN NHÂN DÂN\nXÃ HÒA BÌNH\n" + STATE + "Số:       /UBND-VP\nHòa Bình, ngày 3 tháng 2 năm 2021",
        {"issuer": "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH", "number": None, "symbol": "UBND-VP"},
    ),
    "number parted by blanks": (
        "SỞ Y TẾ TỈNH AN LẠC\n" + STATE + "Số: 512 /SYT - NVY\nAn Lạc, ngày 3 tháng 2 năm 2021",
        {"number": "512", "symbol": "SYT-NVY"},
    ),
    "older tone marks and long dashes": (
        (
            "UỶ BAN NHÂN DÂN\nTỈNH HOÀ LẠC\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập – Tự do – Hạnh phúc\n"
            "Số: 45/UBND-VX\nHoà Lạc, ngày 3 tháng 2 năm 2021"
        ),
        {"issuer": "UỶ BAN NHÂN DÂN TỈNH HOÀ LẠC", "number": "45", "place": "Hoà Lạc", "province": "Hoà Lạc"},
    ),
    "a city with its title": (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\n"
        + STATE
        + "Số: 2279/UBND-VX\nThành phố Hồ Chí Minh, ngày 3 tháng 2 năm 2021",
        {"issuer": "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "place": "Thành phố Hồ Chí Minh"},
    ),
    "bold and headings of markdown": (
        "## **ỦY BAN NHÂN DÂN**\n**TỈNH AN LẠC**\n\n" + STATE + "\nSố: 45/UBND-VX\n\n*An Lạc, ngày 3 tháng 2 năm 2021*",
        {"issuer": "ỦY BAN NHÂN DÂN TỈNH AN LẠC", "number": "45", "place": "An Lạc"},
    ),
}


@pytest.mark.parametrize(("head", "wanted"), HEADS.values(), ids=HEADS)
def test_letterhead(head, wanted):
    meta = congvan.read_text(head + "\nKính gửi: Các đơn vị trực thuộc." + BODY).meta
    assert {name: getattr(meta, name) for name in wanted} == wanted
    assert str(meta.date) == "2021-02-03"
    assert meta.recipients == ("Các đơn vị trực thuộc",)
    assert meta.doc_type == "CÔNG VĂN"


SUBJECTS = {
    "under the number": (
        "Số: 45/UBND-VX\nV/v tăng cường phòng, chống dịch\ntại các khu công nghiệp\n\nAn Lạc, ngày 3 tháng 2 năm 2021"
    ),
    "after the date": (
        "Số: 45/UBND-VX\nAn Lạc, ngày 3 tháng 2 năm 2021\nV/v tăng cường phòng, chống dịch tại các khu công nghiệp"
    ),
    "beside the date": (
        "Số: 45/UBND-VX       An Lạc, ngày 3 tháng 2 năm 2021\nV/v: tăng cường phòng, chống dịch\n"
        "tại các khu công nghiệp"
    ),
    "spelt out": (
        "Số: 45/UBND-VX\nVề việc tăng cường phòng, chống dịch\ntại các khu công nghiệp\n\n"
        "An Lạc, ngày 3 tháng 2 năm 2021"
    ),
}


@pytest.mark.parametrize("lines", SUBJECTS.values(), ids=SUBJECTS)
def test_subject_of_a_letter(lines):
    text = f"ỦY BAN NHÂN DÂN\nTỈNH AN LẠC\n{STATE}{lines}\n\nKính gửi: Các đơn vị.{BODY}"
    meta = congvan.read_text(text).meta
    assert meta.subject == "tăng cường phòng, chống dịch tại các khu công nghiệp"
    assert (meta.issuer, str(meta.date)) == ("ỦY BAN NHÂN DÂN TỈNH AN LẠC", "2021-02-03")


ADDRESSES = {
    "dashes": "Kính gửi:\n- Sở Y tế;\n- UBND các huyện, thành phố.",
    "dashes after the word": "Kính gửi: - Sở Y tế;\n                - UBND các huyện, thành phố.",
    "one line": "Kính gửi: Sở Y tế; UBND các huyện, thành phố.",
    "no dashes": "Kính gửi:\nSở Y tế;\nUBND các huyện, thành phố.",
    "commas of the Party": "Kính gửi: - Sở Y tế,\n- UBND các huyện, thành phố,",
    "bullets and markdown": "*Kính gửi:*\n\n* Sở Y tế;\n* UBND các huyện, thành phố.",
    "a wrapped name": "Kính gửi:\n- Sở Y tế;\n- UBND các huyện,\nthành phố.",
    "bruised": "Kỉnh gửì:\n- Sở Y tế;\n- UBND các huyện, thành phố.",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_addressees(address):
    text = f"UBND TỈNH AN LẠC\n{STATE}Số: 1/UBND-VX\nAn Lạc, ngày 3 tháng 2 năm 2021\n\n{address}{BODY}"
    reading = congvan.read_text(text)
    assert reading.meta.recipients == ("Sở Y tế", "UBND các huyện, thành phố")
    assert [section.id for section in reading.sections] == ["1", "2"]


FEET = {
    "one under the other": (
        "Nơi nhận:\n- Như trên;\n- Bộ Y tế (b/c);\n- Lưu: VT, YT.\n\nTM. ỦY BAN NHÂN DÂN\n"
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\nTrần Văn An"
    ),
    "signature first": (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nTrần Văn An\n\nNơi nhận:\n- Như trên;\n"
        "- Bộ Y tế (b/c);\n- Lưu: VT, YT."
    ),
    "name after all": (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNơi nhận:\n- Như trên;\n"
        "- Bộ Y tế (b/c);\n- Lưu: VT, YT.\n\nTrần Văn An"
    ),
    "two columns, wide": (
        "Nơi nhận:                 TM. ỦY BAN NHÂN DÂN\n- Như trên;               KT. CHỦ TỊCH\n"
        "- Bộ Y tế (b/c);          PHÓ CHỦ TỊCH\n- Lưu: VT, YT.            Trần Văn An"
    ),
    "two columns, one blank": (
        "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; KT. CHỦ TỊCH\n- Bộ Y tế (b/c); PHÓ CHỦ TỊCH\n"
        "- Lưu: VT, YT. Trần Văn An"
    ),
    "bars": (
        "|\nNơi nhận:\n- Như trên;\n- Bộ Y tế (b/c);\n- Lưu: VT, YT.\n|\n**TM. ỦY BAN NHÂN DÂN**\n"
        "**KT. CHỦ TỊCH**\nPHÓ CHỦ TỊCH\nTrần Văn An\n|"
    ),
    "no dashes": (
        "Nơi nhận: Như trên; Bộ Y tế (b/c); Lưu: VT, YT.\n\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\n"
        "PHÓ CHỦ TỊCH\n(Đã ký)\nTS. Trần Văn An"
    ),
}


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_foot(foot):
    text = (
        f"UBND TỈNH AN LẠC\n{STATE}Số: 1/UBND-VX\nAn Lạc, ngày 3 tháng 2 năm 2021\n\nKính gửi: Các sở.{BODY}\n{foot}\n"
    )
    meta = congvan.read_text(text).meta
    assert [copy.name for copy in meta.distribution] == ["Như trên", "Bộ Y tế"]
    assert meta.distribution[1].note == "b/c"
    assert meta.archive == "VT, YT"
    assert meta.signer.name == "Trần Văn An"
    assert meta.signer.codes == ("TM", "KT")
    assert meta.signer.title == "PHÓ CHỦ TỊCH"


def test_the_stamp_of_the_office_that_received_it_is_not_its_number():
    text = (
        "ĐẢNG ỦY KHỐI\nVĂN BẢN ĐẾN\nSố: 19 Ngày: 1/3/21\nChuyển:\n\nCHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề phòng, chống dịch"
        + BODY
    )
    meta = congvan.read_text(text).meta
    assert (meta.number, meta.symbol, meta.date) == (None, None, None)
    assert (meta.receiving_stamp.number, str(meta.receiving_stamp.date)) == ("19", "2021-03-01")
    assert (meta.doc_type, meta.issuer) == ("CHỈ THỊ", "BAN THƯỜNG VỤ TỈNH ỦY")


@pytest.mark.parametrize("mark", ["HỎA TỐC", "THƯỢNG KHẨN", "KHẨN"])
def test_urgency(mark):
    head = f"UBND TỈNH AN LẠC\n{STATE}{mark}\nSố: 1/UBND-VX\nAn Lạc, ngày 3 tháng 2 năm 2021\n\nKính gửi: Các sở."
    assert congvan.read_text(head + BODY).meta.urgency == mark


def test_a_bruised_date_is_settled_by_what_the_letter_cites():
    head = f"Bộ YTÉ {STATE}sốl 0688/BYT-MT Hà Nội, ngàyló thảngU năm 2021\nKính gửi: Các tỉnh."
    reading = congvan.read_text(
        head + "\nThực hiện Thông báo số 334/TB-VPCP ngày 10/12/2021, Bộ Y tế đề nghị:\n1. Tổ chức trực."
    )
    assert (reading.meta.number, str(reading.meta.date)) == ("10688", "2021-12-16")
    assert {doubt.where for doubt in reading.warnings} >= {"meta.number", "meta.date"}

"""Orders in single sentences: who, in what role, by when, how much, reporting to whom; what is cited; what is no order."""

import datetime as dt

import pytest

import congvan

HEAD = (
    "UBND TỈNH AN LẠC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/UBND-VX\nAn Lạc, ngày 2 tháng 8 năm 2021\n\n"
    "Kính gửi: Các sở.\n\nUBND tỉnh yêu cầu:\n\n"
)


def section(sentence: str):
    return congvan.read_text(f"{HEAD}1. {sentence}\n\n2. Tổ chức trực ban.").sections[0]


ORDERS = {
    "Sở Y tế rà soát vật tư.": [("Sở Y tế", "implement")],
    "Sở Y tế chủ trì, phối hợp với Sở Tài chính, Công an tỉnh và các đơn vị liên quan lập phương án.": [
        ("Sở Y tế", "lead"),
        ("Sở Tài chính", "coordinate"),
        ("Công an tỉnh", "coordinate"),
        ("các đơn vị liên quan", "coordinate"),
    ],
    "Giao Bộ Chỉ huy Quân sự tỉnh duy trì các chốt.": [("Bộ Chỉ huy Quân sự tỉnh", "implement")],
    "Yêu cầu Chủ tịch UBND các huyện, thành phố tập trung chỉ đạo quyết liệt.": [
        ("Chủ tịch UBND các huyện, thành phố", "direct")
    ],
    "Giám đốc các sở, Thủ trưởng các ban, ngành; Chủ tịch UBND các huyện chịu trách nhiệm trước UBND tỉnh.": [
        ("Giám đốc các sở", "accountable"),
        ("Thủ trưởng các ban, ngành", "accountable"),
        ("Chủ tịch UBND các huyện", "accountable"),
    ],
    "Các Bộ: Quốc phòng, Công an chủ động chỉ đạo các đơn vị.": [("Bộ Quốc phòng", "direct"), ("Bộ Công an", "direct")],
    "Các cấp, các ngành, các địa phương tập trung thực hiện.": [("Các cấp, các ngành, các địa phương", "implement")],
    "Mặt trận Tổ quốc, Đoàn Thanh niên, Hội Phụ nữ vận động nhân dân.": [
        ("Mặt trận Tổ quốc, Đoàn Thanh niên, Hội Phụ nữ", "implement")
    ],
    "Ban cán sự đảng Ủy ban nhân dân tỉnh lãnh đạo cụ thể hóa Chỉ thị này.": [
        ("Ban cán sự đảng Ủy ban nhân dân tỉnh", "direct")
    ],
    "Văn phòng theo dõi tình hình và công tác chỉ đạo.": [],
    "Đài Phát thanh và Truyền hình tỉnh kịp thời thông tin về công tác chỉ đạo ứng phó.": [
        ("Đài Phát thanh và Truyền hình tỉnh", "implement"),
    ],
    "Vụ Tuyên truyền là đầu mối theo dõi.": [("Vụ Tuyên truyền", "lead")],
    "Khi phát hiện ca bệnh, Trạm Y tế xã khoanh vùng ngay.": [("Trạm Y tế xã", "implement")],
    "Về xét nghiệm: Sở Y tế tổ chức lấy mẫu.": [("Sở Y tế", "implement")],
    "Các địa phương đang thực hiện giãn cách phải kiểm soát chặt chẽ.": [("Các địa phương", "implement")],
    "Tổ chức theo dõi, báo cáo theo hướng dẫn của Bộ Y tế.": [],
    "Ban hành văn bản hướng dẫn thực hiện.": [],
    "Kích hoạt Ban Chỉ huy Phòng chống thiên tai và tìm kiếm cứu nạn các cấp.": [
        ("Ban Chỉ huy Phòng chống thiên tai và tìm kiếm cứu nạn các cấp", "direct"),
    ],
    "Để dịch lây lan thì người đứng đầu địa phương phải chịu trách nhiệm.": [
        ("người đứng đầu địa phương", "accountable")
    ],
    "UBND tỉnh giao các sở triển khai.": [("các sở", "implement")],
    "Chủ tịch UBND tỉnh giao Giám đốc Sở Y tế làm Trưởng đoàn.": [("Giám đốc Sở Y tế", "implement")],
    "Ban Quản lý các KCN tỉnh yêu cầu các doanh nghiệp trong KCN ký cam kết.": [
        ("Ban Quản lý các KCN tỉnh", "implement"),
        ("các doanh nghiệp trong KCN", "implement"),
    ],
    "Các đơn vị vận tải hành khách bố trí xe.": [("Các đơn vị vận tải hành khách", "implement")],
    "Chi cục Dân số - Kế hoạch hóa gia đình phối hợp với Phòng Công nghệ thông tin theo dõi.": [
        ("Chi cục Dân số - Kế hoạch hóa gia đình", "implement"),
        ("Phòng Công nghệ thông tin", "coordinate"),
    ],
    "Các đơn vị nghiêm túc thực hiện.": [("Các đơn vị", "implement")],
    "Sở Y tế có trách nhiệm hướng dẫn thực hiện.": [("Sở Y tế", "implement")],
    "Sở Y tế có văn bản số 12 gửi các đơn vị.": [],
    "Ban cán sự đảng UBND tỉnh lãnh đạo UBND tỉnh rà soát.": [
        ("Ban cán sự đảng UBND tỉnh", "direct"),
        ("UBND tỉnh", "implement"),
    ],
    "Các sở, ban, ngành; UBND các huyện; các đơn vị liên quan tổ chức thực hiện.": [
        ("Các sở, ban, ngành", "implement"),
        ("UBND các huyện", "implement"),
        ("các đơn vị liên quan", "implement"),
    ],
    "Chế độ báo cáo: các sở, ngành báo cáo UBND tỉnh.": [("các sở, ngành", "implement")],
    "Chủ tịch UBND huyện An Lạc và huyện Bình Sơn chịu trách nhiệm.": [
        ("Chủ tịch UBND huyện An Lạc và huyện Bình Sơn", "accountable")
    ],
}


@pytest.mark.parametrize(("sentence", "wanted"), ORDERS.items(), ids=[sentence[:40] for sentence in ORDERS])
def test_who_is_ordered_in_what_role(sentence, wanted):
    assert [(agency.name, agency.role) for agency in section(sentence).agencies] == wanted


def test_points_under_a_heading_inherit_its_body():
    reading = congvan.read_text(
        f"{HEAD}1. Sở Y tế:\n\na) Chỉ đạo xét nghiệm.\n\nb) Bố trí nhân lực.\n\n2. Sở Tài chính cấp kinh phí."
    )
    first = reading.sections[0]
    assert [(agency.name, agency.role, agency.inherited) for agency in first.agencies] == [("Sở Y tế", "direct", False)]
    assert [child.id for child in first.children] == ["1.a", "1.b"]
    assert [(agency.name, agency.inherited) for agency in first.children[1].agencies] == [("Sở Y tế", True)]


DEADLINES = {
    "Hoàn thành trước ngày 15/8/2021.": (dt.date(2021, 8, 15), None, None),
    "Hoàn thành trước ngày 15/8.": (dt.date(2021, 8, 15), None, None),
    "Hoàn thành chậm nhất đến hết ngày 20 tháng 8 năm 2021.": (dt.date(2021, 8, 20), None, None),
    "Xong trước 17 giờ 30 ngày 9/8/2021.": (dt.date(2021, 8, 9), "17:30", None),
    "Xong trước 17h00 ngày 9/8/2021.": (dt.date(2021, 8, 9), "17:00", None),
    "Áp dụng từ 0 giờ ngày 10/8/2021.": (dt.date(2021, 8, 10), "00:00", None),
    "Thực hiện từ ngày 10/8/2021 đến hết ngày 24/8/2021.": (dt.date(2021, 8, 24), None, None),
    "Hoàn thành trong tháng 9/2021.": (dt.date(2021, 9, 30), None, None),
    "Hoàn thành trong quý IV/2021.": (dt.date(2021, 12, 31), None, None),
    "Gửi số liệu trước 16 giờ hằng ngày.": (None, "16:00", "daily"),
    "Gửi số liệu trước 14 giờ thứ Sáu hàng tuần.": (None, "14:00", "weekly"),
    "Gửi số liệu trước ngày 25 hằng tháng.": (None, None, "monthly"),
    "Trả kết quả trong vòng 24 giờ kể từ khi nhận mẫu.": (None, None, None),
    "Phun hóa chất ngay khi nước rút.": (None, None, None),
}


@pytest.mark.parametrize(("sentence", "wanted"), DEADLINES.items(), ids=DEADLINES)
def test_by_when(sentence, wanted):
    (deadline,) = section(sentence).deadlines
    assert (deadline.date, deadline.time, deadline.recurrence) == wanted
    assert deadline.raw in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Công văn số 5028/BYT-DP ngày 26/6/2021 của Bộ Y tế.",
        "Tính đến ngày 15/7/2021, đã tiêm cho 500 người; tiếp tục rà soát.",
        "Thực hiện cách ly 14 ngày kể từ ngày nhập cảnh.",
        "Báo cáo Sở Y tế kịp thời.",
    ],
)
def test_what_is_no_deadline(sentence):
    assert section(sentence).deadlines == ()


QUANTITIES = {
    "Lấy 1.539 mẫu.": (1539, "mẫu"),
    "Đạt 96,4% dân số.": (96.4, "%"),
    "Hỗ trợ 455,55 tỷ đồng.": (455.55, "tỷ đồng"),
    "Hỗ trợ 80.000 đồng/người/ngày.": (80000, "đồng/người/ngày"),
    "Bố trí 100-150 giường bệnh.": ((100, 150), "giường bệnh"),
    "Bố trí từ 03 đến 05 người.": ((3, 5), "người"),
    "Mua 200 nghìn liều.": (200000, "liều"),
    "Cách ly trong 07 ngày.": (7, "ngày"),
    "Phun thuốc 02 lần/tuần.": (2, "lần/tuần"),
    "Theo dõi trong hai tuần.": (2, "tuần"),
    "Phong tỏa 28 tỉnh, thành phố.": (28, "tỉnh, thành phố"),
}


@pytest.mark.parametrize(("sentence", "wanted"), QUANTITIES.items(), ids=QUANTITIES)
def test_how_much(sentence, wanted):
    (quantity,) = section(sentence).quantities
    assert (quantity.value, quantity.unit) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện 5K, phương châm 4 tại chỗ, 3 tại chỗ.",
        "Tiêm cho người từ 65 tuổi trở lên.",
        "Xét nghiệm vào ngày thứ 3.",
        "Áp dụng Chỉ thị 16 tại vùng 2.",
        "Xong trước 17 giờ ngày 9/8/2021.",
        "Thực hiện từ ngày 10 tháng 8 năm 2021.",
    ],
)
def test_what_is_no_amount(sentence):
    assert section(sentence).quantities == ()


REPORTS = {
    "Sở Y tế tổng hợp, báo cáo UBND tỉnh trước 16 giờ hằng ngày.": ("UBND tỉnh",),
    "Khi có ca bệnh, báo cáo ngay về Trung tâm Y tế huyện.": ("Trung tâm Y tế huyện",),
    "Các đơn vị báo cáo kết quả về Sở Y tế (qua Văn phòng Sở).": ("Sở Y tế",),
    "Thực hiện chế độ báo cáo hằng tuần.": (),
    "Phát hiện sốt thì báo ngay cho y tế địa phương.": ("y tế địa phương",),
}


@pytest.mark.parametrize(("sentence", "to"), REPORTS.items(), ids=REPORTS)
def test_who_reports_to_whom(sentence, to):
    (report,) = section(sentence).reporting
    assert report.to == to


@pytest.mark.parametrize(
    "sentence",
    [
        "Theo báo cáo của Sở Y tế, tiếp tục rà soát.",
        "Xem xét Báo cáo số 12/BC-SYT.",
        "Làm tốt công tác thông tin, báo cáo.",
    ],
)
def test_what_is_no_duty_to_report(sentence):
    assert section(sentence).reporting == ()


def cited(text: str):
    found = congvan.read_text(f"{HEAD}1. {text}\n\n2. Tổ chức trực ban.").references
    return [(one.type, one.number, one.symbol, str(one.date) if one.date else None, one.relation) for one in found]


CITATIONS = {
    "Thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ.": [
        ("Nghị quyết", "128", "NQ-CP", "2021-10-11", "cites")
    ],
    "Thực hiện Kết luận số 105-KL/TU, ngày 16 tháng 5 năm 2021.": [("Kết luận", "105", "KL/TU", "2021-05-16", "cites")],
    "Theo các Công điện số 1068/CĐ-TTg ngày 05/8/2021, số 1099/CĐ-TTg ngày 22/8/2021.": [
        ("Công điện", "1068", "CĐ-TTg", "2021-08-05", "cites"),
        ("Công điện", "1099", "CĐ-TTg", "2021-08-22", "cites"),
    ],
    "Công văn này thay thế Công văn số 6288/BYT-MT ngày 04/8/2021.": [
        ("Công văn", "6288", "BYT-MT", "2021-08-04", "replaces")
    ],
    "Ngày 24/8/2021, Bộ Y tế ban hành Công văn số 7001/BYT-DP.": [
        ("Công văn", "7001", "BYT-DP", "2021-08-24", "cites")
    ],
    "Theo Chỉ thị số 16/CT-TTg ngày 31/3/2020; thực hiện nghiêm Chỉ thị 16.": [
        ("Chỉ thị", "16", "CT-TTg", "2020-03-31", "cites")
    ],
    "Theo Nghị định số 104/2016/NĐ-CP ngày 01/7/2016.": [("Nghị định", "104/2016", "NĐ-CP", "2016-07-01", "cites")],
    "Theo Điện của Ban Bí thư Trung ương Đảng ngày 21/7/2021.": [("Điện", None, None, "2021-07-21", "cites")],
    "Côngvăn số 6670/BYT-MTngày 16/8/2021 củaBộ Y tế.": [("Công văn", "6670", "BYT-MT", "2021-08-16", "cites")],
    "Trực 24/7, xét nghiệm RT-PCR, thực hiện 5K.": [],
}


@pytest.mark.parametrize(("text", "wanted"), CITATIONS.items(), ids=[text[:40] for text in CITATIONS])
def test_what_is_cited(text, wanted):
    assert cited(text) == wanted


def test_a_document_does_not_cite_itself():
    assert cited("Thực hiện nghiêm Công văn số 1/UBND-VX ngày 02/8/2021.") == []


def test_footnotes_stand_apart_and_are_cited_from():
    reading = congvan.read_text(
        f"{HEAD}1. Các sở rà soát[1] và báo cáo.\n\n[1] Theo Công văn số 12/BYT-DP ngày 3/4/2021 có 20 người."
        "\n\n2. Sở Tài chính cấp 5 tỷ đồng."
    )
    first, second = reading.sections
    assert "Công văn" not in first.text
    assert first.quantities == ()
    assert [quantity.raw for quantity in second.quantities] == ["5 tỷ đồng"]
    assert [reference.symbol for reference in reading.references] == ["BYT-DP"]


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        (
            "Sở Giao thông vận tải bố trí 60 xe; Sở Tài chính tham mưu, báo cáo UBND tỉnh trước ngày 10/8.",
            "Sở Tài chính",
        ),
        ("Các sở đi kiểm tra cơ sở. Sở Y tế tổng hợp, báo cáo UBND tỉnh trước 17 giờ hằng ngày.", "Sở Y tế"),
        ("Sở Y tế phối hợp với Công an tỉnh rà soát; báo cáo UBND tỉnh hằng tuần.", "Sở Y tế"),
    ],
)
def test_the_body_of_the_clause_reports(sentence, by):
    (report,) = section(sentence).reporting
    assert report.by == by

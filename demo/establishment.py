"""Which organisations the province, a district and a commune have, who leads them and what posts they keep.

The organisation of 2021: three tiers, health centres under the district's People's Committee and guided by the
Department of Health, health stations under the health centre.
"""

from dataclasses import dataclass

BOTH, MEN, WOMEN, CARE = 0.38, 0.06, 1.0, 0.6
"""Share of women among the posts of an organisation: most, uniformed, the Women's Union, health and care."""


@dataclass(frozen=True)
class Establishment:
    """An organisation that exists once per unit of a tier.

    ``mark`` ends its code. ``name`` and ``abbreviation`` may hold {unit} ("huyện Thuận Hòa"), {name} ("Thuận Hòa"),
    {committee} ("Huyện ủy") and {peer} ("Hạt", "Phòng"). ``parent`` and ``guide`` are marks of the same unit, or of the
    unit above when written with a leading "^". ``posts``: the head, then the others; "Trưởng ban = UBND/Chủ tịch" is a
    post held by the person who holds another.
    """

    mark: str
    name: str
    abbreviation: str
    kind: str
    parent: str
    posts: tuple[str, ...]
    guide: str = ""
    women: float = BOTH


def _department(mark: str, name: str, abbreviation: str, *rooms: str, women: float = BOTH) -> Establishment:
    posts = ("Giám đốc", "Phó Giám đốc", *(f"Trưởng phòng {room}" for room in rooms), "Chuyên viên")
    return Establishment(mark, f"Sở {name}", f"Sở {abbreviation}", "department", "UBND", posts, women=women)


def _front(mark: str, name: str, abbreviation: str, head: str, women: float = BOTH) -> Establishment:
    return Establishment(mark, name, abbreviation, "mass_organisation", "MTTQ", (head, f"Phó {head}"), women=women)


def _party_board(mark: str, name: str, head: str = "Trưởng ban") -> Establishment:
    return Establishment(mark, name, name, "party_board", "TU", (head, f"Phó {head}", "Chuyên viên"))


def _hospital(mark: str, name: str, abbreviation: str) -> Establishment:
    posts = ("Giám đốc", "Phó Giám đốc", "Trưởng phòng Kế hoạch tổng hợp")
    return Establishment(mark, name, abbreviation, "hospital", "SYT", posts, women=CARE)


PROVINCE = (
    Establishment(
        "TU", "Tỉnh ủy {name}", "Tỉnh ủy", "party_committee", "",
        ("Bí thư", "Phó Bí thư", "Phó Bí thư Thường trực"),
    ),
    Establishment(
        "VPTU", "Văn phòng Tỉnh ủy", "VP Tỉnh ủy", "party_office", "TU",
        ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng Tổng hợp", "Chuyên viên"),
    ),
    _party_board("BTCTU", "Ban Tổ chức Tỉnh ủy"),
    _party_board("BTGTU", "Ban Tuyên giáo Tỉnh ủy"),
    _party_board("BDVTU", "Ban Dân vận Tỉnh ủy"),
    _party_board("UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", "Chủ nhiệm"),
    Establishment(
        "DUK", "Đảng ủy Khối các cơ quan và doanh nghiệp tỉnh", "Đảng ủy Khối", "party_committee", "TU",
        ("Bí thư", "Phó Bí thư", "Chánh Văn phòng"),
    ),
    Establishment(
        "UBND", "Ủy ban nhân dân tỉnh {name}", "UBND tỉnh", "peoples_committee", "TU",
        ("Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch Thường trực"),
    ),
    Establishment(
        "VPUB", "Văn phòng Ủy ban nhân dân tỉnh", "VP UBND tỉnh", "peoples_committee_office", "UBND",
        ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng Khoa giáo - Văn xã", "Chuyên viên"),
    ),
    Establishment(
        "BCD", "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh {name}", "BCĐ tỉnh", "steering_committee", "UBND",
        ("Trưởng ban = UBND/Chủ tịch", "Phó Trưởng ban = UBND/Phó Chủ tịch", "Thư ký"), guide="TU",
    ),
    _department("SYT", "Y tế", "Y tế", "Nghiệp vụ Y", women=CARE),
    _department("SCT", "Công Thương", "Công Thương", "Quản lý Thương mại"),
    _department("SLDTBXH", "Lao động - Thương binh và Xã hội", "LĐ-TB&XH", "Bảo trợ xã hội"),
    _department("STC", "Tài chính", "Tài chính", "Quản lý Ngân sách"),
    _department("SKHDT", "Kế hoạch và Đầu tư", "KH&ĐT", "Tổng hợp - Quy hoạch"),
    _department("SGDDT", "Giáo dục và Đào tạo", "GD&ĐT", "Chính trị tư tưởng"),
    _department("STTTT", "Thông tin và Truyền thông", "TT&TT", "Thông tin - Báo chí"),
    _department("SGTVT", "Giao thông vận tải", "GTVT", "Quản lý Vận tải"),
    _department("SNNPTNT", "Nông nghiệp và Phát triển nông thôn", "NN&PTNT", "Kế hoạch - Tài chính"),
    _department("SKHCN", "Khoa học và Công nghệ", "KH&CN", "Quản lý Khoa học"),
    _department("SVHTTDL", "Văn hóa, Thể thao và Du lịch", "VHTTDL", "Quản lý Văn hóa"),
    _department("STNMT", "Tài nguyên và Môi trường", "TN&MT", "Quản lý Môi trường"),
    _department("SXD", "Xây dựng", "Xây dựng", "Quản lý Xây dựng"),
    _department("STP", "Tư pháp", "Tư pháp", "Phổ biến pháp luật"),
    _department("SNV", "Nội vụ", "Nội vụ", "Thi đua - Khen thưởng"),
    Establishment(
        "TTT", "Thanh tra tỉnh", "Thanh tra tỉnh", "department", "UBND",
        ("Chánh Thanh tra", "Phó Chánh Thanh tra"),
    ),
    Establishment("BDT", "Ban Dân tộc tỉnh", "Ban Dân tộc", "department", "UBND", ("Trưởng ban", "Phó Trưởng ban")),
    Establishment(
        "CAT", "Công an tỉnh {name}", "Công an tỉnh", "police", "UBND",
        ("Giám đốc", "Phó Giám đốc", "Trưởng phòng Quản lý hành chính về trật tự xã hội"), guide="TU", women=MEN,
    ),
    Establishment(
        "BCHQS", "Bộ Chỉ huy quân sự tỉnh {name}", "Bộ CHQS tỉnh", "military", "UBND",
        ("Chỉ huy trưởng", "Chính ủy", "Chủ nhiệm Hậu cần"), guide="TU", women=MEN,
    ),
    Establishment(
        "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh {name}", "Ủy ban MTTQ tỉnh", "front", "TU",
        ("Chủ tịch", "Phó Chủ tịch", "Trưởng ban Phong trào"),
    ),
    _front("LDLD", "Liên đoàn Lao động tỉnh {name}", "LĐLĐ tỉnh", "Chủ tịch"),
    _front("HND", "Hội Nông dân tỉnh {name}", "Hội Nông dân tỉnh", "Chủ tịch"),
    _front("HPN", "Hội Liên hiệp Phụ nữ tỉnh {name}", "Hội LHPN tỉnh", "Chủ tịch", women=WOMEN),
    _front("TD", "Tỉnh Đoàn {name}", "Tỉnh Đoàn", "Bí thư"),
    _front("HCCB", "Hội Cựu chiến binh tỉnh {name}", "Hội CCB tỉnh", "Chủ tịch", women=MEN),
    _front("HCTD", "Hội Chữ thập đỏ tỉnh {name}", "Hội CTĐ tỉnh", "Chủ tịch"),
    Establishment(
        "BQLKCN", "Ban Quản lý các khu công nghiệp tỉnh {name}", "BQL các KCN tỉnh", "zone_authority", "UBND",
        ("Trưởng ban", "Phó Trưởng ban", "Trưởng phòng Quản lý Doanh nghiệp"),
    ),
    Establishment(
        "DPTTH", "Đài Phát thanh và Truyền hình {name}", "Đài PT-TH", "media", "UBND",
        ("Giám đốc", "Phó Giám đốc", "Trưởng phòng Thời sự"), guide="BTGTU",
    ),
    Establishment(
        "BAO", "Báo {name}", "Báo {name}", "media", "TU",
        ("Tổng Biên tập", "Phó Tổng Biên tập"), guide="BTGTU",
    ),
    Establishment(
        "BHXH", "Bảo hiểm xã hội tỉnh {name}", "BHXH tỉnh", "insurance", "UBND",
        ("Giám đốc", "Phó Giám đốc"),
    ),
    Establishment("KBNN", "Kho bạc Nhà nước {name}", "KBNN tỉnh", "treasury", "UBND", ("Giám đốc", "Phó Giám đốc")),
    Establishment(
        "CDC", "Trung tâm Kiểm soát bệnh tật tỉnh {name}", "CDC tỉnh", "disease_control_centre", "SYT",
        (
            "Giám đốc", "Phó Giám đốc", "Trưởng khoa Phòng, chống bệnh truyền nhiễm",
            "Trưởng khoa Xét nghiệm - Chẩn đoán hình ảnh - Thăm dò chức năng",
        ),
        women=CARE,
    ),
    _hospital("BVDK", "Bệnh viện Đa khoa tỉnh {name}", "BVĐK tỉnh"),
    _hospital("BVSN", "Bệnh viện Sản Nhi tỉnh {name}", "BV Sản Nhi"),
    _hospital("BVP", "Bệnh viện Phổi tỉnh {name}", "BV Phổi"),
    _hospital("BVYHCT", "Bệnh viện Y học cổ truyền tỉnh {name}", "BV YHCT"),
)  # fmt: skip


def _division(mark: str, name: str, abbreviation: str, guide: str, women: float = BOTH) -> Establishment:
    posts = ("Trưởng phòng", "Phó Trưởng phòng", "Chuyên viên")
    return Establishment(
        mark, f"Phòng {name} {{unit}}", f"Phòng {abbreviation} {{unit}}", "division", "UBND", posts, guide, women
    )


DISTRICT = (
    Establishment(
        "DU", "{committee} {name}", "{committee} {name}", "party_committee", "^TU",
        ("Bí thư", "Phó Bí thư Thường trực"),
    ),
    Establishment(
        "VPDU", "Văn phòng {committee} {name}", "VP {committee} {name}", "party_office", "DU",
        ("Chánh Văn phòng", "Chuyên viên"), guide="^VPTU",
    ),
    Establishment(
        "UBND", "Ủy ban nhân dân {unit}", "UBND {unit}", "peoples_committee", "^UBND",
        ("Chủ tịch", "Phó Chủ tịch", "Phó Chủ tịch phụ trách Văn hóa - Xã hội"), guide="DU",
    ),
    Establishment(
        "VPUB", "Văn phòng HĐND và UBND {unit}", "VP HĐND và UBND {unit}", "peoples_committee_office", "UBND",
        ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Chuyên viên"),
    ),
    Establishment(
        "BCD", "Ban Chỉ đạo phòng, chống dịch COVID-19 {unit}", "BCĐ {unit}", "steering_committee", "UBND",
        ("Trưởng ban = UBND/Chủ tịch", "Phó Trưởng ban = UBND/Phó Chủ tịch phụ trách Văn hóa - Xã hội"), guide="^BCD",
    ),
    Establishment(
        "TTYT", "Trung tâm Y tế {unit}", "TTYT {unit}", "health_centre", "UBND",
        ("Giám đốc", "Phó Giám đốc", "Trưởng khoa Kiểm soát bệnh tật", "Nhân viên nhập liệu"), guide="^SYT", women=CARE,
    ),
    Establishment(
        "CA", "Công an {unit}", "Công an {unit}", "police", "^CAT",
        ("Trưởng Công an", "Phó Trưởng Công an"), "UBND", MEN,
    ),
    Establishment(
        "BCHQS", "Ban Chỉ huy quân sự {unit}", "Ban CHQS {unit}", "military", "^BCHQS",
        ("Chỉ huy trưởng", "Chính trị viên"), guide="UBND", women=MEN,
    ),
    Establishment(
        "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam {unit}", "Ủy ban MTTQ {unit}", "front", "^MTTQ",
        ("Chủ tịch", "Phó Chủ tịch"), guide="DU",
    ),
    _division("PYT", "Y tế", "Y tế", "^SYT", CARE),
    _division("PLDTBXH", "Lao động - Thương binh và Xã hội", "LĐ-TB&XH", "^SLDTBXH"),
    _division("PGDDT", "Giáo dục và Đào tạo", "GD&ĐT", "^SGDDT"),
    _division("PTCKH", "Tài chính - Kế hoạch", "TC-KH", "^STC"),
    _division("PVHTT", "Văn hóa và Thông tin", "VH&TT", "^STTTT"),
    _division("PKT", "{economy}", "{economy}", "^SCT"),
)  # fmt: skip

COMMUNE = (
    Establishment(
        "DU", "Đảng ủy {unit}", "Đảng ủy {unit}", "party_committee", "^DU",
        ("Bí thư", "Phó Bí thư Thường trực"),
    ),
    Establishment(
        "UBND", "Ủy ban nhân dân {unit}", "UBND {unit}", "peoples_committee", "^UBND",
        ("Chủ tịch", "Phó Chủ tịch", "Công chức Văn phòng - Thống kê"), guide="DU",
    ),
    Establishment(
        "TYT", "Trạm Y tế {unit}", "TYT {unit}", "health_station", "^TTYT",
        ("Trưởng trạm", "Điều dưỡng", "Nhân viên Dân số"), guide="UBND", women=0.7,
    ),
    Establishment(
        "CA", "Công an {unit}", "Công an {unit}", "police", "^CA",
        ("Trưởng Công an", "Phó Trưởng Công an"), "UBND", MEN,
    ),
    Establishment(
        "MTTQ", "Ủy ban Mặt trận Tổ quốc Việt Nam {unit}", "Ủy ban MTTQ {unit}", "front", "^MTTQ",
        ("Chủ tịch", "Phó Chủ tịch"), guide="DU",
    ),
)  # fmt: skip

KNOWN_OFFICERS = {
    ("Tỉnh ủy", "Phó Bí thư"): "Phan Đức Chính",
    ("VP Tỉnh ủy", "Chánh Văn phòng"): "Đỗ Thị Kim Yến",
    ("VP Tỉnh ủy", "Chuyên viên"): "Đỗ Thùy Linh",
    ("UBND tỉnh", "Phó Chủ tịch"): "Trần Quốc Việt",
    ("Sở Y tế", "Giám đốc"): "Bùi Thị Hồng Vân",
    ("Sở Công Thương", "Giám đốc"): "Lê Thị Thanh Hà",
    ("Sở LĐ-TB&XH", "Giám đốc"): "Hoàng Minh Phượng",
    ("BQL các KCN tỉnh", "Trưởng ban"): "Vũ Đình Quyết",
    ("CDC tỉnh", "Trưởng khoa Phòng, chống bệnh truyền nhiễm"): "Mai Xuân Trường",
    ("UBND huyện Thuận Hòa", "Chủ tịch"): "Nguyễn Hữu Đạt",
    ("UBND huyện Phú Khê", "Chủ tịch"): "Đặng Văn Khoa",
    ("UBND thị xã An Bình", "Chủ tịch"): "Phạm Thị Ngọc Ánh",
    ("TTYT thành phố Bình Minh", "Giám đốc"): "Ngô Quang Huy",
    ("TTYT huyện Thuận Hòa", "Giám đốc"): "Cao Thị Minh Nguyệt",
    ("TTYT huyện Thuận Hòa", "Nhân viên nhập liệu"): "Lâm Thị Kiều Oanh",
    ("TYT xã Tân Lộc", "Trưởng trạm"): "Trịnh Thị Bích Ngọc",
    ("TYT xã Hòa Xuân", "Trưởng trạm"): "Lý Văn Phúc",
    ("TYT xã Đông Khê", "Trưởng trạm"): "Hà Thị Mỹ Duyên",
}
"""People whom the documentation and the screens' first pictures name: (abbreviation, post) to full name."""

KNOWN_WOMEN = {"Đỗ Thùy Linh", "Hoàng Minh Phượng"}
"""Known officers who are women though no "Thị" says so."""

PUBLIC_FIGURES = {
    "Nguyễn Phú Trọng", "Nguyễn Xuân Phúc", "Phạm Minh Chính", "Vương Đình Huệ", "Võ Văn Thưởng", "Vũ Đức Đam",
    "Phạm Bình Minh", "Lê Văn Thành", "Lê Minh Khái", "Nguyễn Thanh Long", "Nguyễn Trường Sơn",
    "Phan Văn Giang", "Tô Lâm",
}  # fmt: skip
"""Names that an invented officer must not bear by chance."""

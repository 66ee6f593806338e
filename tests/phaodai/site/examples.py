"""One example of each record kind: all that the inherited tests of a register need to know of it."""

from dataclasses import dataclass
from typing import Any

from phaodai.foundation import clock
from phaodai.foundation.registers import Register
from phaodai.foundation.registers.listing import Wish, matching
from phaodai.foundation.scope import SYSTEM, entering


@dataclass(frozen=True)
class Change:
    """What somebody changes in place: who, which field, a value that it takes and one that it refuses."""

    field: str
    good: str
    bad: str
    by: str = "linh"


@dataclass(frozen=True)
class Example:
    """A row of the story (tests/story.py) that the tests find, and where else it is spoken of.

    `finds` are words that lead to that row alone, with and without accents; `reader` an officer who sees the whole
    list. `kind` names the records of RECORDS (access.py) and `page` the row of access.txt that the JSON interface must
    agree with; a kind without a page of its own says in `outcomes` what the roles get that get anything.
    """

    finds: tuple[str, str, str]
    kind: str
    page: str = ""
    outcomes: tuple[tuple[str, str], ...] = ()
    reader: str = "viet"
    change: Change | None = None


_HERE = ("bệnh viện Tân Lộc", "benh vien tan loc", "VIỆN tân LỘC")
OF_FACILITIES: dict[str, Example] = {
    "co-so-dieu-tri": Example(
        _HERE,
        kind="care-facility",
        page="care-facility",
        change=Change("phone", "0204 3 868 686", "0" * 60, by="dich"),
    ),
    "giuong": Example(("Tân Lộc G1", "tan loc g1", "TÂN lộc g1"), kind="bed", page="care-facility"),
    "bao-cao-giuong": Example(
        _HERE, kind="bed-report", page="care-facility", change=Change("plain_beds", "30", "ba mươi", by="dich")
    ),
    "nguon-o-xy": Example(_HERE, kind="oxygen-source", page="care-facility"),
    "ke-hoach-giuong": Example(
        _HERE, kind="bed-plan", page="care-facility", change=Change("beds", "6", "sáu", by="dich")
    ),
    "nhan-luc": Example(
        _HERE, kind="worker", page="nhan-luc-record", change=Change("phone", "0912 000 111", "0" * 60, by="dich")
    ),
    "ca-truc": Example(_HERE, kind="shift", page="ca-truc-record"),
    "doi-y-te": Example(
        _HERE, kind="care-team", page="doi-y-te-record", change=Change("name", "Tổ lưu động 2", "x" * 400, by="dich")
    ),
}

EXAMPLES: dict[str, Example] = {
    "su-kien": Example(
        ("Mốc cưới Tân Lộc", "moc cuoi tan loc", "TÂN cưới"), kind="gathering", page="containment-gathering"
    ),
    "luot-kiem-tra": Example(("Chợ Tân Lộc", "cho tan loc", "TÂN lộc"), kind="place-check", page="containment-check"),
    "ton-tai-5k": Example(
        ("Chợ Tân Lộc", "cho tan loc", "TÂN lộc"),
        kind="check-finding",
        page="ton-tai-5k-record",
        change=Change("note", "Chờ hàng", "x" * 400, by="ngoc"),
    ),
    "nguoi-den": Example(
        ("Mốc đến Phú Khê", "moc den phu khe", "ĐẾN phú KHÊ"), kind="arrival", page="containment-arrival"
    ),
    "chot": Example(
        ("Mốc chốt Phú Khê", "moc chot phu khe", "PHÚ khê CHỐT"),
        kind="checkpoint",
        page="containment-checkpoint",
        change=Change("phone", "0260 3 868 686", "0" * 40, by="viet"),
    ),
    "cap-do-noi-di": Example(
        ("Giang Đông", "giang dong", "GIANG đông"), kind="origin-level", page="cap-do-noi-di-record"
    ),
    "van-ban-den": Example(
        ("Mốc giấy Hai", "moc giay hai", "  HAI  "),
        kind="book",
        page="command-document",
        change=Change("note", "Đã chuyển Phòng Tổng hợp", "x" * 400),
    ),
    "nhiem-vu": Example(("Trung tâm", "trung tam", "MỐC  trung TÂM"), kind="owed", page="command-task"),
    "ten-goi": Example(
        ("Công Thương", "cong thuong", "QUẢN LÝ công THƯƠNG"),
        kind="name",
        outcomes=(("office", "++0"),),
        reader="linh",
    ),
    "van-ban-di": Example(
        ("Mốc thảo VPTU", "moc thao vptu", "THẢO vptu"),
        kind="draft",
        page="command-paper",
        change=Change("note", "Đã gửi bưu điện", "x" * 400),
    ),
    "bao-cao": Example(("BTV Tỉnh ủy", "btv tinh uy", "TỈNH ỦY btv"), kind="report", page="command-report"),
    "co-quan": Example(
        ("Đông Khê", "dong khe", "ĐÔNG"),
        kind="body",
        page="co-quan-record",
        change=Change("phone", "0260 3 868 686", "0" * 60),
    ),
    "can-bo": Example(("Hữu Đạt", "huu dat", "Đạt"), kind="post", page="can-bo-record"),
    "chi-bao-tuan": Example(
        ("Tân Lộc", "tan loc", "TÂN"),
        kind="figures",
        page="chi-bao-tuan-record",
        change=Change("community_cases", "7", "bảy ca"),
    ),
    "mau-so": Example(
        ("Tân Lộc", "tan loc", "TÂN lộc"),
        kind="denominator",
        page="mau-so-record",
        change=Change("people", "410", "bốn trăm", by="ngoc"),
    ),
    "chung-nhan": Example(
        ("Mốc chứng nhận Tân Lộc", "moc chung nhan tan loc", "CHỨNG nhận TÂN"),
        kind="certificate",
        page="chung-nhan-record",
        reader="ngoc",
    ),
    "so-ca-ngay": Example(
        ("Tân Lộc", "tan loc", "TÂN"),
        kind="counts",
        page="so-ca-ngay-record",
        change=Change("cases", "7", "bảy ca"),
    ),
    "so-dau-hieu": Example(
        ("Tân Lộc", "tan loc", "TÂN"),
        kind="signal",
        page="so-dau-hieu-record",
        change=Change("count", "7", "bảy người", by="ngoc"),
    ),
    # A warning is shown on the page of its unit.
    "canh-bao-som": Example(
        ("Đông Khê", "dong khe", "ĐÔNG"),
        kind="warning",
        outcomes=(
            *((role, "+.0") for role in ("command", "office", "head", "epidemiologist", "auditor")),
            *((role, "-.-") for role in ("station", "facility", "front")),
        ),
    ),
    # A decision is shown on the page of its unit; the whole province reads it.
    "quyet-dinh-cap-do": Example(
        ("Đông Khê", "dong khe", "ĐÔNG"),
        kind="proposal-of-level",
        outcomes=(
            *((role, "+.0") for role in ("command", "office", "facility", "auditor")),
            *((role, ".+0") for role in ("head", "epidemiologist", "station", "front")),
        ),
    ),
    "khu-cach-ly": Example(
        ("Tân Lộc", "tan loc", "TÂN"),
        kind="quarantine-site",
        page="quarantine-site",
        reader="viet",
        change=Change("phone", "0204 3 868 686", "0" * 60, by="viet"),
    ),
    **OF_FACILITIES,
    "nguoi-cach-ly": Example(
        ("Tân Lộc", "tan loc", "TÂN"),
        kind="stay",
        page="quarantine-stay",
        reader="viet",
    ),
    "dieu-tri-tai-nha": Example(
        ("nhà Tân Lộc", "nha tan loc", "NHÀ tân"),
        kind="at-home",
        page="care-home-one",
        reader="ngoc",
        change=Change("phone", "0912 000 333", "0" * 60, by="ngoc"),
    ),
    "benh-nhan": Example(
        ("bệnh nhân Tân Lộc", "benh nhan tan loc", "BỆNH tân NHÂN"), kind="patient", page="care-patient", reader="ngoc"
    ),
    "xe-cuu-thuong": Example(
        ("Mốc xe Tân Lộc", "moc xe tan loc", "XE tân"),
        kind="ambulance",
        page="xe-cuu-thuong-record",
        reader="dich",
        change=Change("phone", "0204 117", "0" * 40, by="dich"),
    ),
    "ca-benh": Example(
        ("Tráng A Lộc", "trang a loc", "TRÁNG"),
        kind="case",
        page="surveillance-case",
        change=Change("occupation", "Tiểu thương", "x" * 400, by="ngoc"),
    ),
    "o-dich": Example(
        ("Mốc ổ dịch 1", "moc o dich 1", "MỐC dịch 1"),
        kind="outbreak",
        page="surveillance-outbreak",
    ),
    "tiep-xuc": Example(("Giàng Thị Xuân", "giang thi xuan", "GIÀNG"), kind="contact", page="surveillance-contact"),
    "to-theo-doi": Example(
        ("Tổ 2", "Tổ 2", "tổ 2"),
        kind="team",
        page="to-theo-doi-record",
        reader="ngoc",
        change=Change("leader", "Tráng Thị Chu", "x" * 400, by="ngoc"),
    ),
    "dot-ra-soat": Example(
        ("rà soát Tân Lộc", "ra soat tan loc", "TÂN lộc"),
        kind="round",
        page="dot-ra-soat-record",
        change=Change("name", "Vòng 1", "x" * 400, by="ngoc"),
    ),
    "luot-ra-soat": Example(("Thôn Thượng", "thon thuong", "THƯỢNG"), kind="visit-record", page="luot-ra-soat-record"),
    "mui-tiem": Example(
        ("Mốc mũi tiêm Tân", "moc mui tiem tan", "MỐC MŨI TIÊM TÂN"), kind="dose", page="mui-tiem-record", reader="ngoc"
    ),
    "mat-hang": Example(
        ("Khẩu trang y tế", "khau trang y te", "TRANG khẩu"),
        kind="stock-item",
        page="supply-item",
        change=Change("lead_days", "9", "lâu", by="dich"),
    ),
    "kho": Example(
        ("Mốc kho Thuận Hòa", "moc kho thuan hoa", "THUẬN kho"),
        kind="store",
        page="supply-store",
        change=Change("phone", "0260 3 868 686", "0" * 60, by="dich"),
    ),
    "ton-kho": Example(
        ("khẩu trang Phú Khê", "khau trang phu khe", "KHÊ khẩu phú"), kind="stock-level", page="ton-kho-record"
    ),
    "phieu-kho": Example(
        ("Mốc điều chuyển", "moc dieu chuyen", "CHUYỂN điều"), kind="movement", page="supply-movement"
    ),
    "don-hang": Example(("đơn kho Phú Khê", "don phu khe", "PHÚ đơn khê"), kind="order", page="supply-order"),
    "thiet-bi": Example(
        ("Mốc máy Thuận Hòa", "moc may thuan hoa", "THUẬN máy"),
        kind="equipment",
        page="supply-equipment",
        change=Change("where", "Phòng 2", "x" * 400, by="dich"),
    ),
    "nguoi-tiem": Example(
        ("Mốc Lò Thị Tân", "moc lo thi tan", "LÒ tân"), kind="list-entry", page="nguoi-tiem-record", reader="ngoc"
    ),
    "buoi-tiem": Example(
        ("buổi tiêm Tân Lộc", "buoi tiem tan loc", "TÂN buổi"),
        kind="vaccination-session",
        page="vaccination-session",
        change=Change("name", "Mốc buổi tiêm ở trường", "x" * 400, by="ngoc"),
    ),
    "lo-vac-xin": Example(
        ("MOC-98001", "moc-98001", "98001"),
        kind="vaccine-lot",
        page="vaccination-lot",
        change=Change("certificate", "GCN 1", "x" * 400, by="dat"),
    ),
    "tu-bao-quan": Example(
        ("tủ lạnh Tân Lộc", "tu lanh tan loc", "TÂN tủ"),
        kind="fridge",
        page="vaccination-cold",
        change=Change("name", "Mốc tủ lạnh Tân Lộc 2", "x" * 400, by="ngoc"),
    ),
    "ung-ho": Example(
        ("Mốc công ty Phú Khê", "moc cong ty phu khe", "PHÚ công"), kind="donation", page="supply-donation"
    ),
    "so-quy": Example(("sổ Phú Khê Tiền", "so phu khe tien", "PHÚ tiền"), kind="fund-line", page="so-quy-record"),
    "quy-doi": Example(
        ("kits", "kits", "KITS"),
        kind="mapping",
        page="quy-doi-record",
        change=Change("note", "Định mức của tỉnh", "x" * 400, by="viet"),
    ),
    "so-san-sang": Example(
        ("giường Phú Khê", "giuong phu khe", "PHÚ giường"),
        kind="ready-figure",
        page="so-san-sang-record",
        change=Change("words", "Đếm lại", "x" * 1100, by="khoa"),
    ),
    "so-tuong-tro": Example(("tương trợ Phú Khê", "tuong tro phu khe", "PHÚ tương"), kind="aid", page="supply-aid"),
    "nguoi-dan": Example(
        ("Tráng A Lộc", "trang a loc", "TRÁNG"), kind="person", page="nguoi-dan-record", reader="ngoc"
    ),
}


def example(register: Register) -> Example:
    """The example of a register."""
    return EXAMPLES[register.key]


def found(register: Register) -> Any:
    """The row that the example's words lead to."""
    with entering(SYSTEM):
        return matching(register, Wish(example(register).finds[0], {}, "", 1), SYSTEM, clock.now()).get()

"""What the office asked for on the strength of the papers, how the districts are, and what people wrote back."""

from dataclasses import dataclass
from datetime import datetime

from demo.directives import at

NOW = at(24, 6, 40)
"""The moment at which the demonstration starts; nothing in the story is later."""

OFFICE = "98-VPTU"
"""The office whose book holds the papers and which sends the tasks."""


@dataclass(frozen=True)
class Assignment:
    """A task as the office confirms it: ``position`` counts within the section of the paper (2.1, 2.2).

    ``to`` names organisations by mark: "SYT" of the province, "*UBND" of every district, "Thuận Hòa/UBND" of one.
    ``below`` are the marks it is passed on to, tier by tier; ``only_affected`` passes it on to communes with cases
    alone. ``theme`` chooses the words of the reports. Every one is measured in per cent of ``measure``.
    """

    directive: str
    section: str
    position: int
    theme: str
    title: str
    to: tuple[str, ...]
    measure: str
    sent_at: datetime
    deadline: datetime | None = None
    recurrence: str = "once"
    below: tuple[str, ...] = ()
    only_affected: bool = False

    @property
    def key(self) -> str:
        """ "31-CT/TU 2.1"."""
        return f"{self.directive} {self.section}.{self.position}"


_FIRST, _LETTER, _PLAN, _DISPATCH = at(15, 19, 40), at(17, 14, 0), at(18, 17, 10), at(20, 15, 45)

ASSIGNMENTS = (
    Assignment("31-CT/TU", "2", 1, "tracing", "Có danh sách F1 của mọi ca mới trong 6 giờ", ("SYT",),
               "ca có danh sách F1 trong 6 giờ", _FIRST,
               recurrence="every_case", below=("TTYT", "TYT"), only_affected=True),
    Assignment("31-CT/TU", "2", 2, "isolation", "Cách ly toàn bộ F1 trong 24 giờ", ("SYT",),
               "F1 được cách ly trong 24 giờ", _FIRST,
               recurrence="every_case", below=("TTYT", "TYT"), only_affected=True),
    Assignment("31-CT/TU", "3", 1, "teams", "Củng cố Tổ COVID cộng đồng, mỗi tổ không quá 50 hộ", ("*UBND",),
               "tổ đạt yêu cầu", _FIRST, at(20, 17), below=("UBND",)),
    Assignment("31-CT/TU", "3", 2, "doors", "Rà soát từng nhà, hỏi từng người", ("*UBND",),
               "hộ đã rà soát", _FIRST, at(28, 17), below=("UBND",)),
    Assignment("31-CT/TU", "4", 1, "stock", "Rà soát thuốc, sinh phẩm, ôxy; dự trữ đủ 12 ngày theo kịch bản 2",
               ("SYT",),
               "mặt hàng đủ 12 ngày", _FIRST, at(22, 17)),
    Assignment("31-CT/TU", "4", 2, "stock", "Trình phương án kinh phí mua sắm bổ sung", ("STC",),
               "phần phương án đã xong", _FIRST, at(22, 17)),
    Assignment("31-CT/TU", "5", 1, "outreach",
               "Thông tin hằng ngày trên truyền thanh cơ sở, trả lời tin đồn trong 12 giờ",
               ("BTGTU", "STTTT", "DPTTH", "BAO"), "bản tin đã phát", _FIRST, at(30, 17)),
    Assignment("31-CT/TU", "6", 1, "welfare", "Lập danh sách hộ khó khăn, công nhân ở trọ trong vùng phong tỏa",
               ("MTTQ",),
               "xã đã có danh sách", _FIRST, at(19, 17), below=("MTTQ",)),
    Assignment("31-CT/TU", "7", 1, "daily", "Báo cáo kết quả về Văn phòng Tỉnh ủy trước 16 giờ", ("*DU",),
               "báo cáo đúng giờ", _FIRST, at(24, 16), recurrence="daily"),
    Assignment("1874/UBND-KGVX", "1", 1, "markets", "Kiểm tra 5K, quét mã QR tại 100% chợ, siêu thị", ("SCT",),
               "chợ, siêu thị đã kiểm tra", _LETTER, at(22, 17)),
    Assignment("1874/UBND-KGVX", "2.a", 1, "zones", "Hướng dẫn 100% doanh nghiệp cập nhật phương án phòng dịch",
               ("BQLKCN",),
               "doanh nghiệp đã cập nhật", _LETTER, at(20, 17)),
    Assignment("1874/UBND-KGVX", "2.b", 1, "zones", "Ký cam kết với toàn bộ chủ nhà trọ có công nhân", ("BQLKCN",),
               "chủ nhà trọ đã ký", _LETTER, at(23, 17)),
    Assignment("1874/UBND-KGVX", "3", 1, "support", "Tổng hợp lao động nghỉ việc, trình chi trả hỗ trợ", ("SLDTBXH",),
               "hồ sơ đã thẩm định", _LETTER, at(23, 17)),
    Assignment("1874/UBND-KGVX", "4", 1, "schools", "Rà soát điều kiện dạy học trực tiếp theo từng trường", ("SGDDT",),
               "trường đã rà soát", _LETTER, at(21, 17)),
    Assignment("1874/UBND-KGVX", "5", 1, "transport", "Vận tải hành khách quét mã QR, lưu danh sách 21 ngày",
               ("SGTVT",),
               "đơn vị vận tải thực hiện", _LETTER, at(20, 17)),
    Assignment("1874/UBND-KGVX", "6", 1, "markets", "Phân luồng, chia ca, kẻ vạch giãn cách tại chợ", ("*UBND",),
               "chợ đã phân luồng", _LETTER, at(21, 17)),
    Assignment("215/KH-UBND", "II.1", 1, "command", "Kiện toàn Sở Chỉ huy, công bố số điện thoại trực", ("*BCD",),
               "việc đã xong", _PLAN, at(21, 17)),
    Assignment("215/KH-UBND", "II.2.a", 1, "tracing_teams", "Thành lập 05 đội truy vết cơ động", ("CDC",),
               "đội đã thành lập", _PLAN, at(21, 17)),
    Assignment("215/KH-UBND", "II.2.b", 1, "training", "Tập huấn lấy mẫu cho 30 người ngoài ngành y tế", ("*TTYT",),
               "người đã tập huấn", _PLAN, at(24, 17)),
    Assignment("215/KH-UBND", "II.3.a", 1, "beds", "Nâng giường hồi sức tích cực từ 41 lên 60", ("BVDK",),
               "giường đã lắp đặt", _PLAN, at(30, 17)),
    Assignment("215/KH-UBND", "II.3.b", 1, "stock", "Ký hợp đồng 1.500 m³ ôxy, 20.000 test nhanh", ("SYT",),
               "phần hợp đồng đã ký", _PLAN, at(26, 17)),
    Assignment("215/KH-UBND", "II.4", 1, "stock", "Phương án dự trữ lương thực cho 10.000 người trong 14 ngày",
               ("SCT",),
               "phần phương án đã xong", _PLAN, at(23, 17)),
    Assignment("09/CĐ-UBND", "1", 1, "cluster", "Dừng họp chợ Tân Lộc, lập danh sách tiểu thương và người mua quen",
               ("Thuận Hòa/UBND",), "người đã có trong danh sách", _DISPATCH, at(21, 12)),
    Assignment("09/CĐ-UBND", "2", 1, "sampling", "Xét nghiệm toàn bộ tiểu thương, người phục vụ chợ", ("CDC",),
               "người đã lấy mẫu", _DISPATCH, at(21, 18)),
    Assignment("09/CĐ-UBND", "3", 1, "cluster", "Rà soát người đã đến chợ Tân Lộc từ 14/11",
               ("Tân Sơn/UBND", "Cẩm Thạch/UBND"),
               "thôn đã rà soát", _DISPATCH, at(22, 12)),
    Assignment("09/CĐ-UBND", "4", 1, "police", "Xác minh hành trình của 04 tiểu thương", ("CAT",),
               "người đã xác minh", _DISPATCH, at(21, 8)),
    Assignment("09/CĐ-UBND", "5", 1, "daily", "Báo cáo diễn biến ổ dịch trước 17 giờ", ("SYT",),
               "báo cáo đúng giờ", _DISPATCH, at(24, 17), recurrence="daily"),
)  # fmt: skip

AFFECTED = {"Bình Minh": 4, "An Bình": 2, "Thuận Hòa": 3, "Phú Khê": 1, "Tân Sơn": 2, "Vĩnh Lạc": 3, "Cẩm Thạch": 1}
"""How many communes of a district have had cases since the first paper: its first villages, or wards in town."""


@dataclass(frozen=True)
class Temper:
    """How a district works: hours until it reads a task, and the chances that one is done in time, done late or that
    the unit falls silent; the rest is late and still talking."""

    reads_after: float
    in_time: float
    done_late: float
    silent: float


TEMPERS = {
    "Bình Minh": Temper(0.8, 0.96, 0.02, 0.0),
    "An Bình": Temper(3.0, 0.70, 0.08, 0.10),
    "Thuận Hòa": Temper(0.4, 0.52, 0.08, 0.20),
    "Phú Khê": Temper(7.0, 0.62, 0.08, 0.14),
    "Tân Sơn": Temper(2.0, 0.88, 0.05, 0.02),
    "Cẩm Thạch": Temper(5.0, 0.86, 0.06, 0.03),
    "Long Giang": Temper(6.0, 0.80, 0.08, 0.06),
    "Vĩnh Lạc": Temper(1.0, 1.0, 0.0, 0.0),
    "Ngọc Lâm": Temper(6.0, 0.82, 0.08, 0.04),
    "Đông Lĩnh": Temper(3.0, 0.90, 0.05, 0.02),
}
PROVINCE_TEMPER = Temper(1.5, 0.7, 0.08, 0.04)

LATE_ON_PURPOSE = frozenset(
    {
        ("1874/UBND-KGVX 1.1", "98-SCT"),
        ("215/KH-UBND II.4.1", "98-SCT"),
        ("1874/UBND-KGVX 2.b.1", "98-BQLKCN"),
        ("1874/UBND-KGVX 3.1", "98-SLDTBXH"),
    }
)
"""Tasks that are late and talked about on the first screen, whatever chance says."""

PROGRESS = {
    "tracing": (
        "Ca mới đều có danh sách F1 trong 6 giờ, đối chiếu với sổ chợ và mã QR.",
        "Lập xong danh sách F1, gửi TTYT lúc tối qua.",
    ),
    "isolation": (
        "F1 đã cách ly tại nhà, ký cam kết, treo biển.",
        "Đưa F1 đi cách ly ngay trong đêm, còn lại cách ly tại nhà.",
    ),
    "teams": (
        "Đã chia lại tổ theo ngõ, mỗi tổ 3 người.",
        "Họp trưởng thôn, chốt danh sách tổ, còn thôn xa chưa đủ người.",
        "Đã cấp khẩu trang, nhiệt kế cho các tổ.",
    ),
    "doors": (
        "Đi từng nhà buổi tối vì ban ngày bà con đi làm đồng.",
        "Rà soát xong các thôn gần trung tâm, còn lại đi tiếp.",
        "Phát hiện 2 người ho, sốt, đã lấy mẫu, âm tính.",
    ),
    "stock": ("Đã đếm tại kho, đang so với nhu cầu theo kịch bản 2.", "Chờ ba báo giá, dự kiến trình trong tuần."),
    "outreach": ("Phát 2 bản tin sáng, chiều; trả lời 3 câu hỏi của bà con.", "Đã bác tin đồn đóng cửa chợ huyện."),
    "welfare": (
        "Các thôn gửi danh sách, đang đối chiếu với sổ hộ nghèo.",
        "Còn công nhân ở trọ chưa khai báo tạm trú, tổ COVID đang hỏi.",
    ),
    "daily": ("Đã gửi báo cáo lúc 15 giờ 30.",),
    "markets": ("Đã kẻ vạch, chia ca chợ chẵn lẻ.", "Kiểm tra đột xuất buổi sáng, nhắc nhở 12 hộ không quét mã QR."),
    "zones": (
        "Làm việc với từng doanh nghiệp, ưu tiên nơi trên 500 công nhân.",
        "Chủ nhà trọ nhỏ lẻ khó gặp ban ngày, chuyển sang đi buổi tối.",
    ),
    "support": ("Nhận hồ sơ từ các huyện, đang đối chiếu trùng tên, trùng số căn cước.",),
    "schools": ("Rà soát theo ba tiêu chí: thông gió, phòng y tế, người trực.",),
    "transport": ("Các bến xe đã dán mã QR; xe hợp đồng còn thiếu.",),
    "command": ("Đã có quyết định kiện toàn, phân ca trực 24/24.",),
    "tracing_teams": ("Chốt danh sách 30 người, tập huấn chiều nay.",),
    "training": (
        "Mở lớp đầu cho đoàn viên, giáo viên; thực hành lấy mẫu.",
        "Đã tập huấn 18 người, còn một lớp buổi tối.",
    ),
    "beds": ("Lắp xong 7 giường, chờ máy thở về ngày 27/11.",),
    "cluster": (
        "Dùng sổ thu phí chợ và hỏi từng sạp, còn người mua vãng lai.",
        "Trưởng ấp hỏi từng nhà, ghi người đi chợ phiên.",
    ),
    "sampling": ("Lấy mẫu gộp 5 tại chợ, hai mẫu gộp dương tính đang tách.",),
    "police": ("Đối chiếu lời khai với dữ liệu chuyến xe và điện thoại.",),
}
"""Lines from the field by theme."""

DIFFICULTIES = {
    "tracing": ("Thiếu người truy vết, ca mới về cùng lúc ban đêm.",),
    "isolation": ("Ba hộ không đủ phòng riêng, xin chỗ cách ly tập trung.",),
    "teams": (
        "Hai thôn chưa vận động được người vào tổ, phụ cấp chưa có hướng dẫn.",
        "Tổ trưởng là F1 đang cách ly, chưa có người thay.",
    ),
    "doors": ("Xóm trại xa, mưa đường lầy, xin thêm hai ngày.", "Nhiều nhà khóa cửa, chủ nhà đi làm ăn xa."),
    "stock": ("Nhà cung ứng báo giá tăng, không đủ ba báo giá hợp lệ.",),
    "welfare": ("Công nhân trọ không có hộ khẩu, chưa rõ ai lập danh sách.",),
    "markets": ("Ban quản lý chợ chỉ có hai người, không kham nổi buổi phiên.",),
    "zones": ("Chủ nhà trọ không hợp tác, đề nghị công an phường cùng đi.",),
    "support": ("Phần mềm báo trùng nhưng huyện chưa xác nhận được.",),
}
"""What holds late units up; a theme that is not here has a sentence of its own in the story."""

FINISHED = (
    "Đã hoàn thành, gửi kèm danh sách có chữ ký.",
    "Xong, đề nghị kiểm tra.",
    "Đã xong theo yêu cầu, có ảnh chụp kèm.",
)
RETURNED = ("Danh sách thiếu chữ ký của trưởng thôn, đề nghị bổ sung.", "Số hộ không khớp sổ hộ khẩu, kiểm tra lại.")

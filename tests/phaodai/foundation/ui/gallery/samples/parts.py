"""Every part that the three pages do not show, and what a server would answer to them."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from phaodai.foundation.components import (
    Accountability,
    Action,
    BulkPreview,
    Cell,
    CellEditor,
    Column,
    Component,
    Content,
    EditedCell,
    Empty,
    KeyFigure,
    KeyFigures,
    Level,
    Lines,
    Masked,
    Note,
    Row,
    Ruler,
    Skipped,
    Tab,
    Table,
    Tabs,
    Tag,
    Tier,
    Why,
)
from tests.phaodai.foundation.ui.gallery.samples.frame import reason
from tests.phaodai.foundation.ui.gallery.samples.tasks import TREE_COLUMNS, SampleTask, task_panel


def parked() -> Table:
    columns = [
        Column("line", "Dòng"),
        Column("name", "Họ tên"),
        Column("found", "Xã trong tệp"),
        Column("guess", "Gợi ý"),
        Column("dose", "Vắc xin, mũi"),
        Column("act", ""),
    ]
    return Table(
        "Dòng chưa nhận",
        columns,
        [
            Row(
                "1",
                [
                    Cell("1.207", kind="quiet"),
                    Cell(Masked("N.V.T. 1962", "nam", "/ten")),
                    Cell("Tân Lôc", kind="doubtful"),
                    Cell("Tân Lộc 24817", kind="proposed"),
                    Cell("AstraZeneca, 2", edit_url="/cell"),
                    Cell(Action("Nhận", "#", small=True), numeric=True),
                ],
            ),
            Row(
                "2",
                [
                    Cell("23.902", kind="quiet"),
                    Cell(Masked("L.T.K. 1971", "nữ", "/ten")),
                    Cell("Phú Lễ", kind="doubtful"),
                    Cell("Thuận Hòa hay Phú Khê?"),
                    Cell("Pfizer, 2", edit_url="/cell", saved=True),
                    Cell(Action("Chọn", "#", small=True, refused="có 2 xã Phú Lễ"), numeric=True),
                ],
            ),
        ],
        element="parked",
    )


def other_parts() -> dict[str, Content]:
    return _marks() | _lists()


def _lists() -> dict[str, Content]:
    return {
        "parked": parked(),
        "accountability": Accountability(
            "Cao Thị Minh Nguyệt",
            "TTYT huyện Thuận Hòa",
            "trước 07:00",
            "Sở Y tế",
            "nhắc lần 2, chưa trả lời",
            late=True,
        ),
        "tabs": Tabs(
            [Tab("Diễn biến", "#", current=True), Tab("Chứng cứ", "#", 14), Tab("Nhật ký", "#")], "Phần của nhiệm vụ"
        ),
        "ruler": Ruler(121.9, [(20, "20"), (50, "50"), (150, "150")], 0, 200, "121,9 giữa ngưỡng 50 và 150"),
        "ruler_one": Ruler(76.8, [(80, "80%")], 0, 100, "76,8% dưới ngưỡng 80%"),
        "empty": Empty("Không có việc trễ. Việc gần hạn nhất: 28/11, rà soát từng nhà.", [Action("Mở việc ấy", "#")]),
        "preview": BulkPreview(
            "Đôn đốc 3 việc trễ", Action("Đôn đốc 3 việc", "#"), ["4", "5"], [Skipped(14, "chưa đến hạn")], "#"
        ),
        "confirm": Action("Gỡ phong tỏa", "#", method="post", confirm="Gỡ phong tỏa Tổ 4, 112 hộ, từ 07:00 ngày mai."),
        "editor": CellEditor(
            "/cell",
            mark_safe('<input name="value" value="26/11/2021" aria-label="Ngày khởi phát">'),
            "Ngày khởi phát",
            "Ngày khởi phát 26/11 sau ngày lấy mẫu 23/11. Sửa một trong hai.",
        ),
        "edited": EditedCell(Cell("22/11/2021", edit_url="/cell", saved=True, label="Ngày khởi phát")),
        "clock": KeyFigures(
            [
                KeyFigure("Dương tính", "21:40", note="23/11, phòng XN tỉnh", icon="check"),
                KeyFigure("Lên danh sách F1", "sau 22 phút", note="mốc 6 giờ: đạt", icon="check"),
                KeyFigure(
                    "Cách ly F1", "29/41, còn 15 giờ", note="mốc 24 giờ: 21:40 hôm nay", icon="clock", current=True
                ),
                KeyFigure("Báo F2", "57/128", note="tự theo dõi tại nhà", icon="clock"),
                KeyFigure("Khoanh vùng", "đề xuất, chờ ký", note="chợ và thôn Đông, 86 hộ", icon="containment"),
            ],
            compact=True,
        ),
    }


def _marks() -> dict[str, Content]:
    return {
        "why_word": ["Xếp loại: ", Why(reason(), word="F1: gần 1 m, 96 phút")],
        "notes": [
            Note("7 lượt nằm trong máy, tự gửi khi có mạng.", title="Ngoại tuyến.", icon="offline"),
            Note(
                "“Tân Lôc” và “TAN LOC” là xã Tân Lộc (24817): 96 dòng.",
                "act",
                actions=[Action("Nhận cả 139", "#", kind="go", small=True)],
            ),
        ],
        "tags": [
            Tag("nguyên tắc, không giao việc"),
            " ",
            Tag("đang xem", "act"),
            " ",
            Tag("Hỏa tốc", "late"),
            " ",
            Tag("đã đối chiếu", icon="check"),
            " ",
            Tier("Tỉnh"),
            " ",
            *(part for number in (1, 2, 3, 4) for part in (Level(number), " ")),
        ],
        "why_fetched": Why(url="/why"),
        "live": KeyFigures([KeyFigure("Đang gửi", "3")]),
        "large": [Level(2, "Cấp 2", large=True), " ", Level(3, "Cấp 3 · cam", large=True)],
    }


def answers() -> dict[str, Component]:
    """What a server would answer to the sample pages: editors, saved and refused cells, a branch, a side panel."""
    label = "Hạn"
    return {
        "cell-editor.html": CellEditor("/cell", _day_field("28/11/2021"), label),
        "cell-saved.html": EditedCell(Cell("29/11/2021", edit_url="/cell", saved=True, label=label)),
        "cell-refused.html": CellEditor(
            "/cell", _day_field("31/2/2021"), label, "Không có ngày 31/2/2021. Sửa ngày hoặc tháng."
        ),
        "branch.html": Lines(
            TREE_COLUMNS,
            [SampleTask("21", 3, "Xã", "Bến Gỗ", "Trạm Y tế", "Võ Thị Mai", ("3/3 ca", 3, 3), "met", "06:01").row()],
            form="register-selection",
        ),
        "side.html": task_panel(),
        "why.html": reason(),
        "live.html": KeyFigures([KeyFigure("Đang gửi", "4")]),
    }


def _day_field(value: str) -> Content:
    return format_html('<input name="value" value="{}" aria-label="Hạn">', value)

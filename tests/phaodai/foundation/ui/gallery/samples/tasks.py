"""The tree of the tasks of one directive, with a side panel open."""

from dataclasses import dataclass

from django.utils.safestring import mark_safe

from phaodai.foundation.components import (
    Action,
    Bulk,
    Cell,
    Chip,
    ChipMenu,
    Chips,
    Column,
    Fact,
    Facts,
    Log,
    LogEntry,
    Measured,
    Name,
    Note,
    Pager,
    Row,
    SidePanel,
    State,
    Summary,
    SummaryCount,
    Table,
    Tier,
)

TREE_COLUMNS = [
    Column("task", "Nhiệm vụ"),
    Column("unit", "Chủ trì, người đứng đầu"),
    Column("deadline", "Hạn", sort_url="?xep=han", sorted="ascending"),
    Column("measure", "Kết quả đo được", numeric=True),
    Column("state", "Trạng thái"),
    Column("report", "Báo cáo", numeric=True, sort_url="?xep=bc"),
]


@dataclass(frozen=True)
class SampleTask:
    """A line of the tree; ``shown`` says whether its branch is open, None that it is a leaf."""

    key: str
    depth: int
    tier: str
    text: str
    unit: str
    head: str
    measure: tuple[str, int, int]
    state: str
    report: str
    deadline: str = "mỗi ca"
    shown: bool | None = None
    current: bool = False

    def row(self) -> Row:
        late = self.state.startswith("trễ")
        said = {"met": State("đạt", icon="check"), "due": State("trong hạn")}.get(self.state)
        branch = "" if self.shown is None else "/branch"
        name = Name(self.text, f"/side-{self.key}", Tier(self.tier), branch, open=self.shown, target="#side")
        cells = [
            Cell(name),
            Cell(self.unit, self.head),
            Cell(self.deadline, edit_url="/cell"),
            Cell(Measured(*self.measure, late=late), numeric=True),
            Cell(said or State(self.state, "late" if late else "act")),
            Cell(self.report, numeric=True, kind="late" if late else "quiet"),
        ]
        chosen = self.current or (late and self.depth == 3)
        return Row(self.key, cells, depth=self.depth, selected=chosen, current=self.current)


def _section(key: str, text: str, state: State, *, shown: bool) -> Row:
    return Row(key, [Cell(Name(text, open=shown)), Cell(state), Cell("")], group=True)


def tree_summary() -> Summary:
    return Summary(
        (179, 162, 47),
        "Tính đến việc nhỏ nhất: 388 việc ở ba cấp",
        [
            SummaryCount("179", "xong đúng hạn", "#"),
            SummaryCount("9", "xong, trễ", "#"),
            SummaryCount("153", "trong hạn", "#"),
            SummaryCount("35", "trễ chưa xong", "#", late=True),
            SummaryCount("12", "im lặng 48 giờ", "#", late=True),
        ],
    )


def tree_chips() -> Chips:
    keys = mark_safe("<kbd>→</kbd> mở nhánh <kbd>E</kbd> sửa")
    return Chips(
        [
            Chip("Tất cả", "?", 388, current=True),
            Chip("Trễ", "?tre=1", 35),
            Chip("Im lặng", "?im=1", 12),
            Chip("Tôi giao", "?toi=1", 61),
            ChipMenu("Cấp: cả ba", [Chip("Tỉnh", "?cap=1"), Chip("Huyện", "?cap=2"), Chip("Xã", "?cap=3")]),
        ],
        search_url="tasks.html",
        extra=keys,
    )


def task_panel() -> SidePanel:
    facts = Facts(
        [
            Fact("Chịu trách nhiệm", mark_safe("<b>Cao Thị Minh Nguyệt</b>"), "Giám đốc TTYT huyện Thuận Hòa"),
            Fact("Nợ ai", "Sở Y tế, rồi Thường trực Tỉnh ủy"),
            Fact("Đã đọc", "15/11 20:04, 24 phút sau khi nhận"),
            Fact("Chứng cứ", [mark_safe('<a href="#">14 danh sách F1</a>'), ", đối chiếu tự động với Giám sát"]),
        ]
    )
    log = Log(
        [
            LogEntry("15/11 19:40", "Văn phòng Tỉnh ủy giao từ mục 2"),
            LogEntry("15/11 20:04", "Đã đọc, chuyển 3 xã"),
            LogEntry("23/11 11:40", mark_safe('Ca thứ ba ở Hòa Xuân quá 6 giờ: việc thành <b class="late">trễ</b>')),
            LogEntry("24/11 06:00", "Nhắc lần 2, chưa trả lời"),
            LogEntry(
                "Khó khăn",
                mark_safe(
                    '“Hòa Xuân thiếu 2 người truy vết, xin tăng cường.” <a href="#">Điều đội từ TP. Bình Minh</a>'
                ),
            ),
        ],
        "Diễn biến",
    )
    note = Note(
        mark_safe(
            "Hai ngày không có báo cáo. Theo quy chế, sau 24 giờ trễ việc "
            "tự lên Chủ tịch UBND huyện Nguyễn Hữu Đạt lúc <b>11:40 hôm nay</b>."
        ),
        "late",
        "Trễ 3 ca ở xã Hòa Xuân.",
    )
    return SidePanel(
        "Thuận Hòa · việc 2.1",
        [note, facts, log],
        [Action("Gọi", "#", "phone", "go"), Action("Đôn đốc", "#", "send"), Action("Gia hạn", "#")],
        close_url="tasks.html",
    )


LINES = [
    _section("m2", "Mục 2. Truy vết thần tốc", State("2 việc gốc", icon="today"), shown=True),
    SampleTask(
        "1",
        1,
        "Tỉnh",
        "2.1 Có danh sách F1 trong 6 giờ",
        "Sở Y tế",
        "Bùi Thị Hồng Vân",
        ("92% / 100%", 92, 100),
        "due",
        "06:30",
        shown=True,
    ),
    SampleTask(
        "2",
        2,
        "Huyện",
        "TP. Bình Minh",
        "TTYT thành phố",
        "Ngô Quang Huy",
        ("12/12 ca", 12, 12),
        "met",
        "06:12",
        shown=False,
    ),
    SampleTask(
        "3",
        2,
        "Huyện",
        "Thuận Hòa",
        "TTYT huyện",
        "Cao Thị Minh Nguyệt",
        ("14/17 ca", 14, 17),
        "trễ 3 ca",
        "2 ngày trước",
        shown=True,
        current=True,
    ),
    SampleTask("4", 3, "Xã", "Tân Lộc", "Trạm Y tế", "Trịnh Thị Bích Ngọc", ("5/5 ca", 5, 5), "met", "06:02"),
    SampleTask("5", 3, "Xã", "Hòa Xuân", "Trạm Y tế", "Lý Văn Phúc", ("4/7 ca", 4, 7), "trễ 19 giờ", "2 ngày trước"),
    SampleTask("6", 3, "Xã", "Đông Khê", "Trạm Y tế", "Hà Thị Mỹ Duyên", ("5/5 ca", 5, 5), "met", "05:48"),
    SampleTask("7", 2, "Huyện", "6 huyện, thị xã khác", "", "", ("9/9 ca", 9, 9), "met", "06:25", shown=False),
    SampleTask(
        "8",
        1,
        "Tỉnh",
        "2.2 Cách ly F1 trong 24 giờ",
        "Sở Y tế",
        "Bùi Thị Hồng Vân",
        ("96% / 100%", 96, 100),
        "due",
        "06:30",
        shown=False,
    ),
    _section("m3", "Mục 3. Tổ COVID cộng đồng", State("2 việc gốc", icon="today"), shown=True),
    SampleTask(
        "9",
        1,
        "Tỉnh",
        "3.2 Rà soát từng nhà",
        "UBND 8 huyện",
        "8 người đứng đầu",
        ("38/106 xã", 38, 106),
        "còn 4 ngày",
        "hôm qua",
        deadline="28/11/2021",
        shown=False,
    ),
    _section("m4", "Mục 4. Dự trữ đủ 12 ngày", State("1 việc trễ", "late"), shown=False),
]


def tree() -> Table:
    return Table(
        "Cây nhiệm vụ của 31-CT/TU",
        TREE_COLUMNS,
        [line.row() if isinstance(line, SampleTask) else line for line in LINES],
        bulk=Bulk(
            [
                Action("Đôn đốc 3 việc trễ", "#", "send", "go"),
                Action("Gia hạn", "#"),
                Action("Chuyển giao", "#"),
                Action("Yêu cầu giải trình", "#"),
            ],
            all_matching=388,
            noun="việc",
        ),
        pager=Pager(12, 388, more_url="#"),
    )

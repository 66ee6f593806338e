"""Invented data of Tỉnh Bình Minh on 24/11/2021, as the pages of the gallery show them."""

import random
from datetime import UTC, date, datetime, timedelta
from math import cos, pi, sin
from typing import Any

import shapely
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from phaodai.foundation.charts import Chart, DailyCount, DailyForecast, daily_curve, daily_rows, stacked_bars
from phaodai.foundation.components import (
    Accountability,
    Action,
    Bulk,
    BulkPreview,
    Cell,
    CellEditor,
    Chip,
    ChipMenu,
    Chips,
    Column,
    Component,
    Content,
    EditedCell,
    Empty,
    Fact,
    Facts,
    KeyFigure,
    KeyFigures,
    Level,
    Lines,
    Log,
    LogEntry,
    Masked,
    Measured,
    Name,
    Note,
    Pager,
    Queue,
    QueueItem,
    Reason,
    Row,
    Ruler,
    SidePanel,
    Skipped,
    Stacked,
    State,
    Summary,
    SummaryCount,
    Tab,
    Table,
    Tabs,
    Tag,
    Tier,
    Why,
)
from phaodai.foundation.maps import MappedUnit, UnitMap
from phaodai.foundation.shell import Job, Room, Scope, Shell, Sync, ThreadStop

NOW = datetime(2021, 11, 23, 23, 40, tzinfo=UTC)  # 06:40 of the 24th in Vietnam
ROOMS = (
    ("today", "Hôm nay", 14, "h"),
    ("command", "Chỉ huy", 6, "c"),
    ("surveillance", "Giám sát", 23, "g"),
    ("containment", "Khoanh vùng", 4, "k"),
    ("care", "Cứu chữa", 3, "u"),
    ("vaccination", "Tiêm chủng", 0, "t"),
    ("supply", "Hậu cần", 5, "l"),
    ("recovery", "Phục hồi", 0, "p"),
    ("outreach", "Với dân", 2, "d"),
    ("foresight", "Dự báo", 0, "b"),
)


def shell(room: str, person: str, post: str, *, jobs: tuple[Job, ...] = (), drill: bool = False) -> Shell:
    return Shell(
        rooms=[
            Room(key, label, key, f"{key}.html", count, letter, apart=key == "foresight")
            for key, label, count, letter in ROOMS
        ],
        room=room,
        home_url="board.html",
        person=person,
        post=post,
        scope_label="Tỉnh Bình Minh",
        scopes=[
            Scope("Tỉnh Bình Minh", "?", current=True),
            Scope("Huyện Thuận Hòa", "?xa=1", depth=1),
            Scope("Xã Tân Lộc", "?xa=2", depth=2),
        ],
        as_of=NOW,
        search_url="tasks.html",
        sign_out_url="/out",
        language_url="/language",
        sync=Sync("done", "Đã đồng bộ 06:41"),
        jobs=jobs,
        drill=drill,
    )


def figure(text: str) -> Content:
    return format_html('<a class="figure-link" href="#">{}</a>', text)


def stops(*labels: str, at: int) -> list[ThreadStop]:
    return [ThreadStop(label, "#", current=place == at) for place, label in enumerate(labels)]


def reason() -> Reason:
    return Reason(
        title="Vì sao xã Tân Lộc lên cấp 3",
        outcome=[Level(3), ", máy xếp, chờ người quyết"],
        figures="121,9 ca/100.000 dân/tuần · mũi 1: 93,4% · từ 50 tuổi đủ liều: 76,8%",
        clause="Khoản 1 và 2: dưới 80% người từ 50 tuổi đủ liều thì tăng một cấp",
        document="QĐ 4800/QĐ-BYT, 12/10/2021",
        document_url="#",
        unverified="ma trận: chưa ai đối chiếu phụ lục gốc",
        changes_if="tiêm đủ liều thêm 73 người từ 50 tuổi: về cấp 2",
        actions=[Action("Sửa con số", "#", small=True), Action("Mở dòng nguồn", "#", kind="text", small=True)],
    )


def decisions() -> Queue:
    sign, back = Action("Xem và ký", "#", "sign", "go", small=True), Action("Trả lại", "#", kind="text", small=True)
    return Queue(
        [
            QueueItem(
                ["Xã Tân Lộc: cấp 2 lên ", Level(3)],
                State("còn 20 phút", "late"),
                "121,9 ca/100.000 dân/tuần; người từ 50 tuổi đủ liều 76,8% < 80%. Báo dân trước 48 giờ.",
                "#",
                [sign, Why(reason()), back],
            ),
            QueueItem(
                "Gỡ phong tỏa Tổ 4, P. Bến Gỗ",
                State("trước 11:00"),
                "Đủ 14 ngày không ca mới, 2 vòng âm tính, 112 hộ.",
                "#",
                [sign, Why(reason())],
            ),
            QueueItem(
                "Mua ôxy bổ sung 1.500 m³",
                State("trước 17:00"),
                "Kịch bản 2 cần 12 ngày, kho còn 9 ngày.",
                "#",
                [sign, Why(reason())],
            ),
            QueueItem(
                "Báo cáo ngày 23/11 gửi BCĐ quốc gia",
                State("trước 08:00"),
                "Tự lập 05:30; 3 con số lệch báo cáo huyện, đã tô.",
                "#",
            ),
        ]
    )


def night() -> KeyFigures:
    return KeyFigures(
        [
            KeyFigure("Ca mới (F0)", "38", "#", "hôm trước 31", [figure("9 ngoài chuỗi"), " đã biết"]),
            KeyFigure(
                "Truy vết dưới 24 giờ",
                "35/38",
                "#",
                "92,1%",
                ["F1 mới ", figure("214"), ", còn ", figure("17 chưa gặp")],
            ),
            KeyFigure("Xã đổi cấp (đề xuất)", "3", "#", "trên 106 xã", ["2 lên, 1 xuống, ", figure("chờ ký")]),
            KeyFigure(
                "Đang điều trị",
                "642",
                "#",
                "+19",
                ["Nặng ", figure("41"), ", tử vong ", figure("1"), ", khỏi ", figure("18")],
            ),
            KeyFigure("Hệ số lây R", "1,18", "#", "1,06–1,31", ["Chắc chắn trên 1 ở ", figure("2/8 huyện")]),
            KeyFigure("Nhiệm vụ trễ", "19", "#", "thêm 6", [figure("4 đơn vị"), " im lặng quá 48 giờ"], late=True),
        ]
    )


LATE_UNITS = (
    ("Huyện Thuận Hòa", "Nguyễn Hữu Đạt", (48, 25, 27), 7, "3 ngày"),
    ("Sở Công Thương", "Lê Thị Thanh Hà", (40, 36, 24), 4, "2 ngày"),
    ("Huyện Phú Khê", "Đặng Văn Khoa", (62, 24, 14), 3, "2 ngày"),
    ("TX. An Bình", "Phạm Thị Ngọc Ánh", (66, 24, 10), 2, "19 giờ"),
    ("BQL các KCN tỉnh", "Vũ Đình Quyết", (70, 21, 9), 2, "11 giờ"),
    ("Sở LĐ-TB và XH", "Hoàng Minh Phượng", (74, 21, 5), 1, "4 giờ"),
)


def late_units() -> Table:
    columns = [
        Column("unit", "Đơn vị, người đứng đầu"),
        Column("parts", "Xong / hạn / trễ"),
        Column("late", "Trễ", numeric=True),
        Column("longest", "Lâu nhất", numeric=True),
    ]
    rows = [
        Row(
            name,
            [
                Cell(name, head),
                Cell(Stacked(parts)),
                Cell(str(late), numeric=True, kind="late"),
                Cell(longest, numeric=True),
            ],
        )
        for name, head, parts, late, longest in LATE_UNITS
    ]
    rows.append(
        Row(
            "rest",
            [
                Cell("7 đơn vị khác"),
                Cell(Stacked((82, 18, 0))),
                Cell("0", numeric=True),
                Cell("đúng hạn", numeric=True, kind="quiet"),
            ],
        )
    )
    return Table("Việc trễ theo đơn vị", columns, rows, element="late-units")


def late_chart() -> Chart:
    bars = {name: dict(zip(("done", "due", "late"), parts, strict=True)) for name, _head, parts, *_ in LATE_UNITS}
    return Chart(
        "Huyện Thuận Hòa trễ nhiều nhất",
        "số việc, đến 06:40 24/11",
        "Biểu đồ thanh: số việc xong, trong hạn và trễ của sáu đơn vị.",
        stacked_bars(bars),
        ["Đơn vị", "Xong", "Trong hạn", "Trễ"],
        [[name, *(str(part) for part in parts)] for name, _head, parts, *_ in LATE_UNITS],
        key="late",
    )


def curve(*, interactive: bool = False) -> Chart:
    drawn = random.Random("daily curve of the gallery")
    start = date(2021, 10, 14)
    level = [8 + day * 0.42 + drawn.uniform(-3, 3) for day in range(41)]
    counts = [
        DailyCount(
            start + timedelta(day), round(each * 0.3), round(each * 0.7), expected=each * 1.25 if day > 37 else None
        )
        for day, each in enumerate(level)
    ]
    last = counts[-1].on
    forecast = [
        DailyForecast(
            last + timedelta(day),
            28 + day * 0.9,
            28 + day * 0.5 - 1,
            28 + day * 1.4 + 1,
            25 - day * 0.1,
            32 + day * 2.1,
        )
        for day in range(15)
    ]
    events = [(date(2021, 10, 25), "NQ 128 · cấp độ"), (date(2021, 11, 12), "Phong tỏa KCN")]
    return Chart(
        "Ca mới mỗi ngày và dự báo 14 ngày",
        "đậm: ngoài cộng đồng; dải 50% và 95%",
        "Ca mới tăng từ khoảng 8 lên 28 mỗi ngày trong sáu tuần; dự báo 14 ngày tiếp tục tăng chậm.",
        daily_curve(counts=counts, forecast=forecast, events=events),
        ["Ngày", "Cộng đồng", "Trong khu cách ly", "Cộng"],
        daily_rows(counts),
        key=f"curve-{interactive}".lower(),
        interactive=interactive,
    )


def tiles() -> list[MappedUnit]:
    """106 communes: the Voronoi cells of seeded points inside a round province."""
    drawn = random.Random("communes of the gallery")
    outline = shapely.Polygon(
        [
            (106 + 0.6 * (1 + 0.1 * sin(3 * a)) * cos(a), 22 + 0.36 * (1 + 0.12 * cos(2 * a)) * sin(a))
            for a in (step * pi / 60 for step in range(120))
        ]
    )
    points: list[Any] = []
    while len(points) < 106:
        point = shapely.Point(drawn.uniform(105.3, 106.7), drawn.uniform(21.5, 22.5))
        if outline.contains(point) and all(point.distance(other) > 0.045 for other in points[-60:]):
            points.append(point)
    cells = shapely.voronoi_polygons(shapely.MultiPoint(points)).geoms
    hot = (shapely.Point(106.25, 22.15), shapely.Point(105.75, 21.82))
    ranked = sorted(
        (cell.intersection(outline) for cell in cells), key=lambda cell: min(cell.centroid.distance(h) for h in hot)
    )
    levels = [4] * 3 + [3] * 9 + [2] * 26 + [1] * 200
    return [
        MappedUnit(
            f"Xã {place + 1}",
            shapely.geometry.mapping(cell),
            levels[place],
            "#",
            turn={5: "up", 9: "up", 20: "down"}.get(place, ""),
            was={5: 2, 9: 2, 20: 3}.get(place, 0),
        )
        for place, cell in enumerate(ranked)
    ]


def level_map(*, live: bool = False) -> UnitMap:
    return UnitMap(
        "Cấp độ dịch theo xã",
        "QĐ 4800/QĐ-BYT",
        tiles(),
        places=[("Thuận Hòa", (106.25, 22.2)), ("Vĩnh Lạc", (105.75, 21.87)), ("Phú Khê", (106.3, 21.85))],
        noun="xã",
        outlines_url="outlines.json" if live else "",
    )


def outlines() -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": unit.geometry,
            "properties": {"name": unit.name, "label": f"{unit.name}: cấp {unit.level}", "level": unit.level},
        }
        for unit in tiles()
    ]
    return {"type": "FeatureCollection", "features": features}


TREE_COLUMNS = [
    Column("task", "Nhiệm vụ"),
    Column("unit", "Chủ trì, người đứng đầu"),
    Column("deadline", "Hạn", sort_url="?xep=han", sorted="ascending"),
    Column("measure", "Kết quả đo được", numeric=True),
    Column("state", "Trạng thái"),
    Column("report", "Báo cáo", numeric=True, sort_url="?xep=bc"),
]


def tree() -> Table:
    return Table(
        "Cây nhiệm vụ của 31-CT/TU",
        TREE_COLUMNS,
        [
            _section("m2", "Mục 2. Truy vết thần tốc", State("2 việc gốc", icon="today"), open=True),
            _task(
                "1",
                1,
                "Tỉnh",
                "2.1 Có danh sách F1 trong 6 giờ",
                "Sở Y tế",
                "Bùi Thị Hồng Vân",
                ("92% / 100%", 92, 100),
                "due",
                "06:30",
                open=True,
            ),
            _task(
                "2",
                2,
                "Huyện",
                "TP. Bình Minh",
                "TTYT thành phố",
                "Ngô Quang Huy",
                ("12/12 ca", 12, 12),
                "met",
                "06:12",
                open=False,
            ),
            _task(
                "3",
                2,
                "Huyện",
                "Thuận Hòa",
                "TTYT huyện",
                "Cao Thị Minh Nguyệt",
                ("14/17 ca", 14, 17),
                "trễ 3 ca",
                "2 ngày trước",
                open=True,
                current=True,
            ),
            _task("4", 3, "Xã", "Tân Lộc", "Trạm Y tế", "Trịnh Thị Bích Ngọc", ("5/5 ca", 5, 5), "met", "06:02"),
            _task("5", 3, "Xã", "Hòa Xuân", "Trạm Y tế", "Lý Văn Phúc", ("4/7 ca", 4, 7), "trễ 19 giờ", "2 ngày trước"),
            _task("6", 3, "Xã", "Đông Khê", "Trạm Y tế", "Hà Thị Mỹ Duyên", ("5/5 ca", 5, 5), "met", "05:48"),
            _task("7", 2, "Huyện", "6 huyện, thị xã khác", "", "", ("9/9 ca", 9, 9), "met", "06:25", open=False),
            _task(
                "8",
                1,
                "Tỉnh",
                "2.2 Cách ly F1 trong 24 giờ",
                "Sở Y tế",
                "Bùi Thị Hồng Vân",
                ("96% / 100%", 96, 100),
                "due",
                "06:30",
                open=False,
            ),
            _section("m3", "Mục 3. Tổ COVID cộng đồng", State("2 việc gốc", icon="today"), open=True),
            _task(
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
                open=False,
            ),
            _section("m4", "Mục 4. Dự trữ đủ 12 ngày", State("1 việc trễ", "late"), open=False),
        ],
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


def _section(key: str, text: str, state: State, *, open: bool) -> Row:
    return Row(key, [Cell(Name(text, open=open)), Cell(state), Cell("")], group=True)


def _task(
    key: str,
    depth: int,
    tier: str,
    text: str,
    unit: str,
    head: str,
    measure: tuple[str, int, int],
    state: str,
    report: str,
    *,
    deadline: str = "mỗi ca",
    open: bool | None = None,
    current: bool = False,
) -> Row:
    late = state.startswith("trễ")
    said = {"met": State("đạt", icon="check"), "due": State("trong hạn")}.get(state) or State(
        state, "late" if late else "act"
    )
    return Row(
        key,
        [
            Cell(Name(text, f"/side-{key}", Tier(tier), "" if open is None else "/branch", open=open, target="#side")),
            Cell(unit, head),
            Cell(deadline, edit_url="/cell"),
            Cell(Measured(*measure, late=late), numeric=True),
            Cell(said),
            Cell(report, numeric=True, kind="late" if late else "quiet"),
        ],
        depth=depth,
        selected=current or (late and depth == 3),
        current=current,
    )


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
            "Hai ngày không có báo cáo. Theo quy chế, sau 24 giờ trễ việc tự lên Chủ tịch UBND huyện Nguyễn Hữu Đạt lúc <b>11:40 hôm nay</b>."
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


def document_facts() -> Facts:
    pairs = (
        ("Cơ quan", "Ban Thường vụ Tỉnh ủy"),
        ("Loại", "Công văn (Đảng)"),
        ("Số, ký hiệu", mark_safe("<b>142-CV/TU</b>")),
        ("Ban hành", "23/11/2021"),
        ("Độ khẩn", "Hỏa tốc"),
        ("Đến", "số 318, 23/11 19:12"),
        ("Người ký", "Phan Đức Chính, T/M BTV"),
        ("Phổ biến", "đến chi bộ"),
    )
    citations = mark_safe(
        '128/NQ-CP, 11/10/2021 (có trong kho) · 31-CT/TU <span class="late">thiếu ngày: 15/11/2021?</span>'
    )
    return Facts(
        [*(Fact(label, value, confirmed=True) for label, value in pairs), Fact("Viện dẫn", citations, wide=True)],
        ruled=True,
    )


def repairs() -> Note:
    return Note(
        mark_safe(
            '1. “Kinh gùi” thành “Kính gửi” · 2. “giáp danh” thành “giáp ranh” · 3. “mua săm bồ sung” thành “mua sắm bổ sung” · 4. “Noi nhận” thành “Nơi nhận”. <a href="#">Đúng cả 4</a> &nbsp;<a href="#">Xem bản quét</a>'
        ),
        title="Máy đã sửa 4 chỗ quét sai, cần người xem:",
    )


def other_parts() -> dict[str, Content]:
    columns = [
        Column("line", "Dòng"),
        Column("name", "Họ tên"),
        Column("found", "Xã trong tệp"),
        Column("guess", "Gợi ý"),
        Column("dose", "Vắc xin, mũi"),
        Column("act", ""),
    ]
    parked = Table(
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
    return {
        "parked": parked,
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
            [_task("21", 3, "Xã", "Bến Gỗ", "Trạm Y tế", "Võ Thị Mai", ("3/3 ca", 3, 3), "met", "06:01")],
            form="register-selection",
        ),
        "side.html": task_panel(),
    }


def _day_field(value: str) -> Content:
    return format_html('<input name="value" value="{}" aria-label="Hạn">', value)

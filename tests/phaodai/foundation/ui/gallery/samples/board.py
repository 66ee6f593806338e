"""The board of the province: what to decide, what changed overnight, levels, late units, the curve."""

import random
from datetime import date, timedelta
from math import cos, pi, sin
from typing import Any

import shapely

from phaodai.foundation.charts import Chart, DailyCount, DailyForecast, daily_curve, daily_rows, stacked_bars
from phaodai.foundation.components import (
    Action,
    Cell,
    Column,
    KeyFigure,
    KeyFigures,
    Level,
    Queue,
    QueueItem,
    Row,
    Stacked,
    State,
    Table,
    Why,
)
from phaodai.foundation.maps import MappedUnit, UnitMap
from tests.phaodai.foundation.ui.gallery.samples.frame import figure, reason


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

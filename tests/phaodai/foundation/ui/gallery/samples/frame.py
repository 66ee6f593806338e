"""The frame around the sample pages: rooms, person, clock, thread, and a reason that several show."""

from datetime import UTC, datetime

from django.utils.html import format_html

from phaodai.foundation.components import Action, Content, Level, Reason
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

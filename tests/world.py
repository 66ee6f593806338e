"""A small province with named people, written as the installation would write it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

PASSWORD = "mot-hai-ba-bon-5"
SINCE = date(2020, 1, 1)

UNITS = (
    # code, tier, type, name, parent
    ("98", 1, "Tỉnh", "Bình Minh", None),
    ("980", 2, "Huyện", "Thuận Hòa", "98"),
    ("981", 2, "Huyện", "Phú Khê", "98"),
    ("98001", 3, "Xã", "Tân Lộc", "980"),
    ("98002", 3, "Xã", "Hòa Xuân", "980"),
    ("98101", 3, "Xã", "Phú Khê", "981"),
    ("98102", 3, "Xã", "Đông Khê", "981"),
    ("98001.1", 4, "Thôn", "Thượng", "98001"),
    ("98002.1", 4, "Thôn", "Hạ", "98002"),
    ("98101.1", 4, "Thôn", "Trung", "98101"),
    ("97", 1, "Tỉnh", "Sơn Giang", None),
    ("970", 2, "Huyện", "Giang Đông", "97"),
    ("97001", 3, "Xã", "Giang Sơn", "970"),
    ("97001.1", 4, "Thôn", "Đông", "97001"),
)
BODIES = (
    # code, name, short name, kind, unit, parent, reach
    ("TU", "Ban Thường vụ Tỉnh ủy Bình Minh", "BTV Tỉnh ủy", "party_committee", "98", None, "area"),
    ("VPTU", "Văn phòng Tỉnh ủy Bình Minh", "VP Tỉnh ủy", "office", "98", "TU", "area"),
    ("SYT", "Sở Y tế", "SYT", "department", "98", "TU", "own"),
    ("SCT", "Sở Công Thương", "SCT", "department", "98", "TU", "own"),
    ("UBTH", "Ủy ban nhân dân huyện Thuận Hòa", "UBND huyện Thuận Hòa", "peoples_committee", "980", "TU", "area"),
    ("UBPK", "Ủy ban nhân dân huyện Phú Khê", "UBND huyện Phú Khê", "peoples_committee", "981", "TU", "area"),
    ("TTTH", "Trung tâm Y tế huyện Thuận Hòa", "TTYT Thuận Hòa", "health_centre", "980", "SYT", "own"),
    ("UBTL", "Ủy ban nhân dân xã Tân Lộc", "UBND xã Tân Lộc", "peoples_committee", "98001", "UBTH", "area"),
    ("UBHX", "Ủy ban nhân dân xã Hòa Xuân", "UBND xã Hòa Xuân", "peoples_committee", "98002", "UBTH", "area"),
    ("TYTL", "Trạm Y tế xã Tân Lộc", "TYT Tân Lộc", "health_station", "98001", "TTTH", "area"),
    ("TYHX", "Trạm Y tế xã Hòa Xuân", "TYT Hòa Xuân", "health_station", "98002", "TTTH", "area"),
    ("UBXPK", "Ủy ban nhân dân xã Phú Khê", "UBND xã Phú Khê", "peoples_committee", "98101", "UBPK", "area"),
    ("CTDK", "Công ty May Đông Khê", "May Đông Khê", "enterprise", "98102", "UBPK", "own"),
    ("VPSG", "Văn phòng Ủy ban nhân dân tỉnh Sơn Giang", "VP UBND Sơn Giang", "office", "97", None, "area"),
    ("SYTSG", "Sở Y tế tỉnh Sơn Giang", "SYT Sơn Giang", "department", "97", "VPSG", "own"),
)
OFFICERS = (
    # username, name, title, role, body, head
    ("viet", "Trần Quốc Việt", "Phó Bí thư Thường trực", "command", "TU", True),
    ("linh", "Đỗ Thùy Linh", "Chuyên viên", "office", "VPTU", False),
    ("chinh", "Phan Đức Chính", "Chánh Văn phòng", "command", "VPTU", True),
    ("van", "Bùi Thị Hồng Vân", "Giám đốc", "head", "SYT", True),
    ("ha", "Lê Thị Thanh Hà", "Giám đốc", "head", "SCT", True),
    ("dat", "Nguyễn Hữu Đạt", "Chủ tịch", "head", "UBTH", True),
    ("khoa", "Đặng Văn Khoa", "Chủ tịch", "head", "UBPK", True),
    ("nguyet", "Cao Thị Minh Nguyệt", "Giám đốc", "head", "TTTH", True),
    ("loc", "Hoàng Văn Lộc", "Chủ tịch", "head", "UBTL", True),
    ("xuan", "Vũ Thị Xuân", "Chủ tịch", "head", "UBHX", True),
    ("ngoc", "Trịnh Thị Bích Ngọc", "Trạm trưởng", "station", "TYTL", True),
    ("phuc", "Lý Văn Phúc", "Trạm trưởng", "station", "TYHX", True),
    ("dich", "Phạm Thị Dịch", "Bác sĩ dịch tễ", "epidemiologist", "TTTH", False),
    ("front", "Mai Văn Trận", "Chuyên viên", "front", "UBXPK", False),
    ("tra", "Ngô Thị Tra", "Thanh tra viên", "auditor", "VPTU", False),
    ("thuy", "Lò Thị Thủy", "Chuyên viên", "office", "UBPK", False),
    ("may", "Tạ Thị May", "Giám đốc", "facility", "CTDK", True),
    ("sang", "Hà Minh Sáng", "Chuyên viên", "office", "VPSG", False),
    ("giang", "Tô Trường Giang", "Giám đốc", "head", "SYTSG", True),
)


@dataclass(frozen=True)
class World:
    """The rows of the small world by code and username."""

    units: dict[str, Any]
    bodies: dict[str, Any]
    officers: dict[str, Any]

    def post(self, username: str) -> Any:
        """The post of the named officer."""
        from phaodai.people.models import Post

        return Post.objects.select_related("officer", "organisation").get(officer__user__username=username)

    def actor(self, username: str) -> Any:
        """The named officer as somebody who acts."""
        return self.post(username).actor()

    @contextmanager
    def as_(self, username: str) -> Iterator[Any]:
        """Act as the named officer, with what the database lets them see."""
        from phaodai.foundation.scope import entering

        actor = self.actor(username)
        with entering(actor, why="test"):
            yield actor

    def without(self, username: str, permission: Any) -> Any:
        """The named officer, with one permission taken away."""
        actor = self.actor(username)
        return replace(actor, permissions=actor.permissions - {permission})


def find_world() -> World:
    """Read the world back from the test's database."""
    from phaodai.people.models import Officer, Organisation
    from phaodai.territory.models import Unit

    return World(
        {unit.code: unit for unit in Unit.objects.all()},
        {body.code: body for body in Organisation.objects.all()},
        {officer.user.username: officer for officer in Officer.objects.select_related("user")},
    )


def build_world() -> None:
    """Write the world through the owner's door, as reference data is written."""
    from django.db import transaction

    with transaction.atomic(using="owner"):
        _tell_everything()
        units = _units()
        bodies = _bodies(units)
        _officers(bodies)


def _tell_everything() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('phaodai.reach', 'all', true)")


def _units() -> dict[str, Any]:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.territory.models import Unit

    units: dict[str, Any] = {}
    for code, tier, kind, name, parent in UNITS:
        above = units.get(parent) if parent else None
        unit = Unit(tier=tier, code=code, type=kind, name=f"{kind} {name}", parent=above, in_force=(SINCE, None))
        unit.sort_key, unit.search_key = sort_key(name), fold(unit.name)
        unit.province_id = above.province_id if above else None
        unit.district_id = above.district_id if above else None
        unit.commune_id = above.commune_id if above else None
        unit.save(using="owner")
        own = {1: "province_id", 2: "district_id", 3: "commune_id"}.get(tier)
        if own:
            setattr(unit, own, unit.pk)
            unit.save(using="owner")
        units[code] = unit
    return units


def _bodies(units: dict[str, Any]) -> dict[str, Any]:
    from phaodai.foundation.formats import fold
    from phaodai.people.models import Organisation

    bodies: dict[str, Any] = {}
    for code, name, short, kind, unit_code, parent, reach in BODIES:
        unit = units[unit_code]
        body = Organisation(code=code, name=name, short_name=short, kind=kind, tier=unit.tier, unit=unit, reach=reach)
        body.parent = bodies.get(parent) if parent else None
        body.province_id, body.district_id, body.commune_id = unit.province_id, unit.district_id, unit.commune_id
        body.sort_key = body.search_key = fold(f"{name} {short}")
        body.save(using="owner")
        bodies[code] = body
    return bodies


def _officers(bodies: dict[str, Any]) -> None:
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    from phaodai.foundation.formats import fold, sort_key
    from phaodai.people.models import Officer, Post

    password = make_password(PASSWORD)
    for username, name, title, role, body, head in OFFICERS:
        user = User.objects.using("owner").create(username=username, password=password)
        officer = Officer(user=user, full_name=name, sort_key=sort_key(name), search_key=fold(name))
        officer.save(using="owner")
        Post(officer=officer, organisation=bodies[body], title=title, role=role, is_head=head, held=(SINCE, None)).save(
            using="owner"
        )

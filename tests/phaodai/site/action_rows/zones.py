"""The actions about lockdown zones, their gates, and those inside."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from phaodai.containment.actions import gates, zones, zones_care
from phaodai.containment.actions.zones_ground import Ground
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import LATER, MORNING, Case, Given
from tests.story import Story
from tests.world import World

KEY = UUID(int=7)


def _row(model: str, column: str, mark: str) -> Any:
    from django.apps import apps

    with entering(SYSTEM):
        return apps.get_model("containment", model)._default_manager.get(**{column: mark})


def _zone(mark: str, **more: Any) -> Given:
    return lambda _world, _story: {"zone_id": _row("Zone", "name", mark).pk, **more}


def _in_state(state: str, **more: Any) -> Given:
    """The zone of Tân Lộc, brought into another state by the installation."""

    def given(_world: World, _story: Story) -> dict[str, Any]:
        zone = _row("Zone", "name", "Mốc vùng Tân Lộc")
        with entering(SYSTEM):
            zone.state = state
            zone.save()
        return {"zone_id": zone.pk, **more}

    return given


def _reshaped(world: World, _story: Story, *, grown: bool) -> dict[str, Any]:
    """A neighbour's house in the hamlet; the new ground holds it as well, or it alone."""
    from phaodai.people.models import Household

    zone, hamlet = _row("Zone", "name", "Mốc vùng Tân Lộc"), world.units["98001.1"]
    area = hamlet.area.columns
    with entering(SYSTEM):
        first = Household.objects.get(hamlet=hamlet)
        other = Household.objects.create(hamlet=hamlet, address="Số 2", **area)
        if not grown:
            zone.inside.create(household=other, from_on=date(2021, 11, 20), **area)
    homes = [first.pk, other.pk] if grown else [first.pk]
    ground = Ground(households="\n".join(map(str, homes)), commune=hamlet.commune_id)
    return {"zone_id": zone.pk, "ground": ground, "reason": "Ca mới"}


def _of(model: str, column: str, mark: str, key: str, /, **more: Any) -> Given:
    return lambda _world, _story: {key: _row(model, column, mark).pk, **more}


def _visit(world: World, _story: Story) -> dict[str, Any]:
    zone = _row("Zone", "name", "Mốc vùng Tân Lộc")
    with entering(SYSTEM):
        home = zone.inside.get().household_id
    return {"zone_id": zone.pk, "visit": zones_care.Visit(KEY, home, "absent")}


PROPOSE, DECIDE, SERVE = (
    Permission.CONTAINMENT_ZONE_PROPOSE,
    Permission.CONTAINMENT_ZONE_DECIDE,
    Permission.CONTAINMENT_ZONE_SERVE,
)
ORDER = zones.Order("18/QĐ-UBND", date(2021, 11, 24))
decided: Callable[..., Case] = partial(Case, permission=DECIDE, by="loc", stranger="khoa")
TL = "Mốc vùng Tân Lộc"

CASES = (
    Case(
        zones.propose_zone,
        PROPOSE,
        "ngoc",
        lambda w, _s: {"name": "Ngõ 5", "ground": Ground(hamlets=[w.units["98001.1"].pk])},
        "phuc",
    ),
    decided(zones.decide_zone, given=_zone("Mốc đề xuất Tân Lộc", planned_until=date(2021, 12, 8))),
    decided(zones.decline_zone, given=_zone("Mốc đề xuất Tân Lộc", reason="Đã cách ly hết F0")),
    decided(zones.open_zone, given=_in_state("decided")),
    decided(zones.tighten_zone, given=_zone(TL, reason="Ca mới mỗi ngày", order=ORDER)),
    decided(zones.ease_zone, given=_in_state("tightened", reason="Năm ngày không có ca mới")),
    decided(zones.prolong_zone, given=_zone(TL, planned_until=date(2021, 12, 12), reason="Ca mới")),
    decided(zones.grow_zone, given=partial(_reshaped, grown=True)),
    decided(zones.shrink_zone, given=partial(_reshaped, grown=False)),
    decided(zones.lift_zone, given=_zone(TL, reason="Cách ly tập trung tất cả")),
    Case(gates.add_gate, PROPOSE, "ngoc", _zone(TL, name="Chốt sau"), "phuc"),
    Case(
        gates.amend_gate,
        PROPOSE,
        "ngoc",
        _of("Gate", "name", "Mốc chốt Tân Lộc", "gate_id", in_charge="Vàng A Dơ", phone="0912000111"),
        "phuc",
    ),
    Case(gates.close_gate, PROPOSE, "ngoc", _of("Gate", "name", "Mốc chốt Tân Lộc", "gate_id"), "phuc"),
    Case(
        gates.add_duty,
        PROPOSE,
        "ngoc",
        _of("Gate", "name", "Mốc chốt Tân Lộc", "gate_id", name="Vừ A Sử", starts_at=MORNING, ends_at=LATER),
        "phuc",
    ),
    Case(
        gates.issue_permit,
        PROPOSE,
        "loc",
        _zone(TL, holder="Sùng Thị Mỷ", purpose="food", valid_from=MORNING, valid_until=LATER),
        "xuan",
    ),
    Case(
        gates.withdraw_permit,
        PROPOSE,
        "loc",
        _of("Permit", "holder", "Mốc giấy đi đường Tân Lộc", "permit_id"),
        "xuan",
    ),
    Case(
        gates.log_passage,
        SERVE,
        "ngoc",
        _of(
            "Gate",
            "name",
            "Mốc chốt Tân Lộc",
            "gate_id",
            passing=gates.Passing(KEY, "in", "food", plate="98a 12345", at=MORNING - timedelta(hours=2)),
        ),
        "phuc",
    ),
    Case(
        zones_care.ask_needs,
        SERVE,
        "ngoc",
        _zone(TL, wanted=zones_care.Wanted("food", "10 kg gạo", date(2021, 11, 25))),
        "phuc",
    ),
    Case(zones_care.deliver_need, SERVE, "ngoc", _of("Need", "what", "Mốc thuốc Tân Lộc", "need_id"), "phuc"),
    Case(zones_care.check_house, SERVE, "ngoc", _visit, "phuc"),
)

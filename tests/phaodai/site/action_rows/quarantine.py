"""The actions of quarantine sites, of those inside and of those at home."""

from collections.abc import Callable
from datetime import date
from typing import Any

from phaodai.containment.actions import (
    releases,
    releases_papers,
    sites,
    stays,
    stays_follow_up,
    stays_home,
    stays_positive,
    stays_rooms,
    stays_rules,
    stays_shared,
    stays_tests,
)
from phaodai.containment.models import Site, SiteAlert, Stay, StayTest
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

HERE = "Mốc khu cách ly Tân Lộc"


def _site(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"site_id": Site.objects.get(name=HERE).pk, **more}

    return given


def _stay(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"stay_id": Stay.objects.get(site__name=HERE).pk, **more}

    return given


def _room(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"room_id": Site.objects.get(name=HERE).rooms.get(name="A2").pk, **more}

    return given


def _together(*parts: Given) -> Given:
    return lambda world, story: {name: value for part in parts for name, value in part(world, story).items()}


def _newcomer(story: Story) -> stays.Newcomer:
    return stays.Newcomer(story.persons["Tráng A Lộc"].pk)


def _empty(world: World, story: Story) -> dict[str, Any]:
    _over(world, story)
    return _site()(world, story)


def _over(_world: World, _story: Story) -> dict[str, Any]:
    """The story's stay was released this morning."""
    with entering(SYSTEM):
        stay = Stay.objects.get(site__name=HERE)
        stay.placements.update(until=MORNING)
        Stay.objects.filter(pk=stay.pk).update(state="released", ended_at=MORNING)
        return {"stay_ids": [stay.pk]}


def _free(_world: World, _story: Story) -> dict[str, Any]:
    """The days of the story's stay are over and its last sample is negative."""
    with entering(SYSTEM):
        stay = Stay.objects.get(site__name=HERE)
        Stay.objects.filter(pk=stay.pk).update(release_on=MORNING.date())
        StayTest.objects.filter(stay=stay).update(taken_at=MORNING, result="negative", result_at=MORNING)
        return {"stay_id": stay.pk}


def _open_alert(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        alert = SiteAlert.objects.get(site__name=HERE)
        SiteAlert.objects.filter(pk=alert.pk).update(closed_at=None)
        return {"alert_id": alert.pk, "what_followed": "Đã khử khuẩn"}


def _two_sites(world: World, _story: Story) -> dict[str, Any]:
    """Both run by the health centre of the district, whose epidemiologist transfers."""
    with entering(SYSTEM):
        Site.objects.filter(province_id=world.units["98"].pk).update(organisation=world.bodies["TTTH"])
        other = Site.objects.get(name="Mốc khu cách ly Phú Khê")
        return {"stay_id": Stay.objects.get(site__name=HERE).pk, "site_id": other.pk}


_WRITE, _MANAGE = Permission.CONTAINMENT_STAY_WRITE, Permission.CONTAINMENT_SITE_MANAGE

CASES = (
    Case(sites.open_site, _MANAGE, "viet", lambda w, _s: {"commune": w.units["98001"], "name": "Trường mới"}, "khoa"),
    Case(
        sites.amend_site,
        _MANAGE,
        "viet",
        lambda w, s: {"pk": _site()(w, s)["site_id"], "version": 1, "phone": "0204 111"},
        "khoa",
    ),
    Case(sites.add_rooms, _MANAGE, "viet", _site(building="Nhà B", names=["B1"], places=4), "khoa"),
    Case(sites.set_room, _WRITE, "ngoc", _room(state="cleaning"), "khoa"),
    Case(sites.close_site, _MANAGE, "viet", _empty, "khoa"),
    Case(sites.count_meals, _WRITE, "ngoc", _site(day=date(2021, 11, 24), served=1), "khoa"),
    Case(sites.close_alert, _WRITE, "ngoc", _open_alert, "khoa"),
    Case(
        stays.admit,
        _WRITE,
        "ngoc",
        lambda w, s: {**_site(kind="contact")(w, s), "newcomers": [_newcomer(s)]},
        "khoa",
    ),
    Case(stays_rooms.move, _WRITE, "ngoc", _together(_stay(), _room()), "khoa"),
    Case(stays_rooms.transfer, _MANAGE, "dich", _two_sites, "may"),
    Case(stays_tests.take_sample, _WRITE, "ngoc", _stay(), "khoa"),
    Case(stays_tests.record_result, _WRITE, "ngoc", _stay(result="negative"), "khoa"),
    Case(
        stays_tests.take_laboratory_results,
        _WRITE,
        "ngoc",
        lambda w, s: {"stay_ids": [_stay()(w, s)["stay_id"]]},
        "khoa",
    ),
    Case(stays_positive.restart, _WRITE, "ngoc", _stay(reason="Tiếp xúc khi đi khám"), "khoa"),
    Case(
        stays_home.stay_at_home,
        _WRITE,
        "ngoc",
        lambda _w, s: {"newcomer": _newcomer(s), "kind": "contact", "address": "Thôn Thượng", "own_room": True},
        "khoa",
    ),
    Case(stays_home.look_in, _WRITE, "ngoc", _stay(state="well"), "khoa"),
    Case(stays_home.raise_alarm, _WRITE, "ngoc", _stay(signs=["breathlessness"]), "khoa"),
    Case(
        stays_rules.decide_rule_change,
        _MANAGE,
        "viet",
        lambda _w, _s: {"choice": "old", "basis": "10696/BYT-MT", "reason": "Chờ hướng dẫn", "on": date(2021, 12, 20)},
        "may",
    ),
    Case(releases.release, Permission.CONTAINMENT_STAY_RELEASE, "ngoc", _free, "khoa"),
    Case(releases.take_to_treatment, _WRITE, "ngoc", _stay(where="Bệnh viện dã chiến"), "khoa"),
    Case(releases.note_absconding, _WRITE, "ngoc", _stay(reason="Không có mặt từ sáng"), "khoa"),
    Case(releases_papers.sign_certificate, Permission.COMMAND_PAPER_SIGN, "dat", _over, "khoa"),
)
# Parts of the actions above, under their check.
CLOCKWORK: set[Callable[..., Any]] = {
    *(stays_shared.note, stays_shared.keep, stays_positive.positive_inside, stays_positive.begin_again),
    *(stays_follow_up.follow_contacts, stays_follow_up.finish_contact_of),
}
MODULES = (
    *("releases", "releases_papers", "sites", "stays", "stays_follow_up", "stays_home", "stays_plans"),
    *("stays_positive", "stays_rooms", "stays_rules", "stays_shared", "stays_tests"),
)

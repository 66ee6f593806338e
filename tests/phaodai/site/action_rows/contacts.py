"""The actions on contacts: found, told, put into quarantine, seen every day, given to teams."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.actions import becoming, contacts, follow_up, teams, tracing
from phaodai.surveillance.models import Contact, Team
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

FOLLOW = Permission.SURVEILLANCE_CONTACT_FOLLOW
TRACE = Permission.SURVEILLANCE_CONTACT_TRACE
TODAY, TOMORROW = date(2021, 11, 24), date(2021, 11, 25)


def _followed() -> int:
    """The contact who lives in Hòa Xuân and met the case of Tân Lộc."""
    with entering(SYSTEM):
        return Contact.objects.get(state=Contact.State.FOLLOWED).pk


def _contact(**more: Any) -> Given:
    return lambda _world, _story: {"contact_id": _followed(), **more}


def _contacts(**more: Any) -> Given:
    return lambda _world, _story: {"contact_ids": [_followed()], **more}


def _lost(world: World, _story: Story) -> dict[str, Any]:
    contact = _followed()
    with world.as_("phuc") as phuc:
        contacts.lose_contact(actor=phuc, moment=MORNING, contact_id=contact, reason="Chuyển đi")
    return {"contact_id": contact}


def _named(_world: World, story: Story) -> dict[str, Any]:
    """Somebody whom the case of Tân Lộc names."""
    return {"case_id": story.cases["Mốc ca 1"].pk, "person_id": story.persons["Giàng Thị Xuân"].pk}


def _team(name: str, key: str, /, **more: Any) -> dict[str, Any]:
    with entering(SYSTEM):
        return {key: Team.objects.get(name=name).pk, **more}


CASES = (
    Case(tracing.list_contacts, TRACE, "ngoc", lambda _w, s: {"case_id": s.cases["Mốc ca 1"].pk}, "phuc"),
    Case(tracing.state_exposure, TRACE, "phuc", _contacts(facts={"masked": False}), "front"),
    Case(contacts.declare_contact, TRACE, "ngoc", _named, "phuc"),
    Case(contacts.tell_contact, FOLLOW, "phuc", _contact(), "front"),
    Case(contacts.quarantine_contact, FOLLOW, "phuc", _contact(days=14, reason="Ở chung nhà"), "front"),
    Case(contacts.finish_contact, FOLLOW, "phuc", _contact(reason="Chuyển tỉnh"), "front"),
    Case(contacts.lose_contact, FOLLOW, "phuc", _contact(reason="Gọi ba lần"), "front"),
    Case(contacts.clear_contact, FOLLOW, "phuc", _contact(reason="Nhầm người"), "front"),
    Case(contacts.reopen_contact, FOLLOW, "phuc", _lost, "front"),
    Case(becoming.become_case, Permission.SURVEILLANCE_CASE_WRITE, "phuc", _contact(), "ngoc"),
    Case(follow_up.write_day, FOLLOW, "phuc", _contact(day=TODAY, seen=follow_up.Seen("well")), "front"),
    Case(follow_up.write_household, FOLLOW, "phuc", _contacts(day=TODAY), "front"),
    Case(follow_up.book_samples, FOLLOW, "phuc", _contacts(on=TOMORROW), "ngoc"),
    Case(teams.create_team, FOLLOW, "ngoc", lambda w, _s: {"name": "Tổ 4", "commune": w.units["98001"]}, "phuc"),
    Case(teams.amend_team, FOLLOW, "ngoc", lambda _w, _s: _team("Tổ 2", "pk", version=1, phone="0260"), "phuc"),
    Case(
        teams.assign_team, FOLLOW, "phuc", lambda _w, _s: _team("Tổ 1", "team_id", contact_ids=[_followed()]), "front"
    ),
    Case(teams.share_out, FOLLOW, "phuc", _contacts(), "front"),
)

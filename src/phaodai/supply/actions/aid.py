"""Mutual aid, step by step: asked or offered, agreed or declined, on the way, arrived, thanked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation
from phaodai.supply.actions.handovers import begin_handover
from phaodai.supply.models import AidDelay, AidLine, AidRequest, AidStep, AidTeam, Item, Store
from phaodai.supply.rules.aid import may_go

DECIDE = Permission.SUPPLY_AID_DECIDE
State, Direction = AidRequest.State, AidRequest.Direction


@dataclass(frozen=True)
class AskedGoods:
    """One sort of goods that is asked for or offered."""

    name: str
    unit: str
    quantity: Decimal
    item: Item | None = None


@dataclass(frozen=True)
class AskedTeam:
    """One team that is asked for or offered."""

    skill: str
    people: int
    from_on: date
    until_on: date
    leader: str = ""
    where: str = ""


@dataclass(frozen=True)
class Letter:
    """The paper by which somebody asked or offered."""

    number: str = ""
    on: date | None = None


@transaction.atomic
def open_aid(
    *,
    actor: Actor,
    moment: datetime,
    key: UUID,
    kind: str,
    direction: str,
    partner: str,
    subject: str,
    goods: Sequence[AskedGoods] = (),
    teams: Sequence[AskedTeam] = (),
    letter: Letter | None = None,
    needed_from: date | None = None,
    needed_until: date | None = None,
    **more: Any,
) -> AidRequest:
    """Write down a request or an offer, theirs or ours. Sent twice under one key it is kept once."""
    actor.require(DECIDE)
    known: AidRequest | None = AidRequest.objects.filter(key=key).first()
    if known is not None:
        return known
    _refuse(goods, teams)
    organisation = Organisation.objects.get(pk=actor.organisation)
    letter = letter or Letter()
    aid = AidRequest(
        organisation=organisation, kind=kind, direction=direction, partner=partner.strip(), subject=subject.strip(),
        paper_number=letter.number.strip(), paper_on=letter.on, needed_from=needed_from, needed_until=needed_until,
        asked_at=moment, officer_id=actor.officer, key=key, search_key=fold(f"{subject} {partner} {letter.number}")[:600],
        **Area.of(organisation).columns, **more,
    )  # fmt: skip
    aid.full_clean(exclude=["officer"])
    aid.save()
    for one in goods:
        AidLine.objects.create(
            request=aid, item=one.item, name=one.name.strip(), unit=one.unit.strip(), asked=one.quantity
        )
    for team in teams:
        _team(aid, team)
    _step(aid, State.OPEN, actor, moment)
    Fact.tell("supply:aid:opened", subject=aid, moment=moment, officer=actor.officer, direction=direction)
    return aid


def _refuse(goods: Sequence[AskedGoods], teams: Sequence[AskedTeam]) -> None:
    if not goods and not teams:
        raise Refusal(_("Name at least one sort of goods or one team."), field="goods")
    if any(one.quantity <= 0 for one in goods):
        raise Refusal(_("The quantity must be more than 0."), field="goods")


def _team(aid: AidRequest, team: AskedTeam) -> None:
    row = AidTeam(
        request=aid, skill=team.skill.strip(), people=team.people, leader=team.leader.strip(), from_on=team.from_on,
        until_on=team.until_on, where=team.where.strip(), **Area.of(aid).columns,
    )  # fmt: skip
    row.full_clean()
    row.save()


def _step(aid: AidRequest, state: str, actor: Actor, moment: datetime, words: str = "") -> None:
    AidStep.objects.create(request=aid, state=state, at=moment, officer_id=actor.officer, words=words.strip()[:500])


def seen_aid(actor: Actor, aid_id: int) -> AidRequest:
    """A piece of aid, locked, when it is the officer's own organisation's to carry on."""
    rows = AidRequest.objects.visible_to(actor).select_for_update(of=("self",)).select_related("organisation")
    aid: AidRequest | None = rows.filter(pk=aid_id).first()
    if aid is None:
        raise NotHere(_("There is no such mutual aid that your post may see."))
    inside = actor.reach == "area" and actor.area.holds(aid)
    if aid.organisation_id != actor.organisation and not inside:
        raise NotAllowed(_("%(who)s carries this on.") % {"who": aid.organisation.name})
    return aid


def go_on(aid: AidRequest, state: AidRequest.State, *, actor: Actor, moment: datetime, words: str = "") -> AidRequest:
    """Carry aid to its next state, with a line in its history; refused where that state cannot follow."""
    if not may_go(aid.state, state):
        about = {"now": aid.get_state_display(), "to": state.label}
        raise Refusal(_("This aid stands at “%(now)s”. It cannot become “%(to)s”.") % about)
    aid.state = state
    aid.version += 1
    aid.save()
    _step(aid, state, actor, moment, words)
    Fact.tell(f"supply:aid:{state}", subject=aid, moment=moment, officer=actor.officer, direction=aid.direction)
    return aid


@transaction.atomic
def agree_aid(
    *, actor: Actor, moment: datetime, aid_id: int, agreed: Mapping[int, Decimal] | None = None, words: str = ""
) -> AidRequest:
    """Note the agreement: of each line what was agreed, all of it where nothing is said."""
    actor.require(DECIDE)
    aid = seen_aid(actor, aid_id)
    _note(aid, "agreed", "asked", agreed or {})
    return go_on(aid, State.AGREED, actor=actor, moment=moment, words=words)


@transaction.atomic
def refuse_aid(*, actor: Actor, moment: datetime, aid_id: int, words: str) -> AidRequest:
    """Note that it was declined, by whom and why."""
    actor.require(DECIDE)
    if not words.strip():
        raise Refusal(_("Say why it was declined."), field="words")
    return go_on(seen_aid(actor, aid_id), State.REFUSED, actor=actor, moment=moment, words=words)


@transaction.atomic
def withdraw_aid(*, actor: Actor, moment: datetime, aid_id: int, words: str) -> AidRequest:
    """Take a request or an offer back before anything left."""
    actor.require(DECIDE)
    if not words.strip():
        raise Refusal(_("Say why it is taken back."), field="words")
    return go_on(seen_aid(actor, aid_id), State.WITHDRAWN, actor=actor, moment=moment, words=words)


@transaction.atomic
def dispatch_aid(
    *,
    actor: Actor,
    moment: datetime,
    aid_id: int,
    expected_at: datetime,
    sent: Mapping[int, Decimal] | None = None,
    words: str = "",
) -> AidRequest:
    """Note that goods and teams left, how much, and when they are expected."""
    actor.require(DECIDE)
    aid = seen_aid(actor, aid_id)
    if expected_at < moment:
        raise Refusal(_("It cannot arrive before it leaves."), field="expected_at")
    _note(aid, "sent", "agreed", sent or {})
    aid.dispatched_at, aid.expected_at = moment, expected_at
    return go_on(aid, State.ON_WAY, actor=actor, moment=moment, words=words)


@transaction.atomic
def delay_aid(*, actor: Actor, moment: datetime, aid_id: int, expected_at: datetime, reason: str) -> AidDelay:
    """Note the new time that whoever sends gives for help on the way, and why; the time before stays to be read."""
    actor.require(DECIDE)
    aid = seen_aid(actor, aid_id)
    if aid.state != State.ON_WAY or aid.expected_at is None:
        raise Refusal(_("A new time is given for help that is on the way."))
    if expected_at < moment:
        raise Refusal(_("This time is over. Write when it is expected now."), field="expected_at")
    delay = AidDelay(
        request=aid, expected_before=aid.expected_at, expected_at=expected_at, reason=reason.strip()[:300], at=moment,
        officer_id=actor.officer,
    )  # fmt: skip
    with worded("expected_at" if reason.strip() else "reason"):
        delay.save()
    aid.expected_at, aid.version = expected_at, aid.version + 1
    aid.save()
    Fact.tell("supply:aid:delayed", subject=aid, moment=moment, officer=actor.officer, direction=aid.direction)
    return delay


@transaction.atomic
def receive_aid(
    *,
    actor: Actor,
    moment: datetime,
    aid_id: int,
    received: Mapping[int, Decimal] | None = None,
    store_id: int | None = None,
    words: str = "",
) -> AidRequest:
    """Note what arrived. Goods for us wait for the keeper of the store who counts them in; teams are at work from now."""
    actor.require(DECIDE)
    aid = seen_aid(actor, aid_id)
    _note(aid, "received", "sent", received or {})
    aid.arrived_at = moment
    arrived = go_on(aid, State.RECEIVED, actor=actor, moment=moment, words=words)
    aid.teams.filter(state=AidTeam.State.PLANNED).update(state=AidTeam.State.WORKING)
    lines = aid.lines.filter(received__gt=0).select_related("item")
    if aid.direction == Direction.TO_US and lines:
        _hand_on(aid, lines, store_id, actor, moment)
    return arrived


def _hand_on(aid: AidRequest, lines: Any, store_id: int | None, actor: Actor, moment: datetime) -> None:
    store = Store.objects.visible_to(actor).open().select_related("organisation").filter(pk=store_id or 0).first()
    if store is None:
        raise Refusal(_("Choose the store that takes the goods."), field="store_id")
    for line in lines:
        begin_handover(
            actor=actor, moment=moment, keeper=store.organisation, area=Area.of(aid), giver=aid.partner, aid_line=line,
            item=line.item, name=line.name, unit=line.unit, quantity=line.received, store=store,
        )  # fmt: skip


def _note(aid: AidRequest, field: str, before: str, said: Mapping[int, Decimal]) -> None:
    """Write one figure of each line: what was said, else what the step before it said."""
    for line in aid.lines.select_for_update():
        much = said.get(line.pk, getattr(line, before))
        if much is None or much < 0:
            raise Refusal(_("%(what)s: write how much, 0 where there is nothing.") % {"what": line.name})
        setattr(line, field, much)
        line.save(update_fields=[field])


@transaction.atomic
def send_team_home(*, actor: Actor, moment: datetime, team_id: int, on: date) -> AidTeam:
    """Note the day on which a team went home."""
    actor.require(DECIDE)
    rows = AidTeam.objects.visible_to(actor).select_for_update(of=("self",)).select_related("request")
    team: AidTeam | None = rows.filter(pk=team_id).first()
    if team is None:
        raise NotHere(_("There is no such team that your post may see."))
    seen_aid(actor, team.request_id)
    if team.state == AidTeam.State.RETURNED:
        raise Refusal(_("This team went home already."))
    if not team.from_on <= on <= moment.date():
        raise Refusal(_("The day lies between the first day of the team and today."), field="on")
    team.state, team.returned_on = AidTeam.State.RETURNED, on
    team.save()
    Fact.tell("supply:team:returned", subject=team, moment=moment, officer=actor.officer)
    return team

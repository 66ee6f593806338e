"""Workers come and go, and are put into teams."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import require_body, require_words
from phaodai.care.models import Team, TeamMember, Worker
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation

MANAGE = Permission.CARE_ROSTER_MANAGE


@transaction.atomic
def add_worker(
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    name: str,
    organisation: Organisation,
    kind: str = Worker.Kind.STAFF,
    skills: Sequence[str] = (),
    phone: str = "",
) -> Worker:
    """Write down somebody who can be put on a roster. The code is the staff number, once in the province."""
    actor.require(MANAGE)
    require_body(actor, organisation)
    worker = Worker(
        code=require_words(code, "code", _("Give the staff code.")),
        name=require_words(name, "name", _("Give the name.")),
        kind=kind,
        skills=list(skills),
        organisation=organisation,
        phone=phone.strip(),
        **Area.of(organisation).columns,
    )
    return _kept(worker, "added", actor, moment)


def _kept(worker: Worker, what: str, actor: Actor, moment: datetime) -> Worker:
    worker.skills = list(dict.fromkeys(worker.skills))
    worker.sort_key = sort_key(worker.name)
    worker.search_key = fold(f"{worker.name} {worker.code} {worker.phone}")
    worker.full_clean(exclude=["organisation", "skills"] if not worker.skills else ["organisation"])
    with worded():
        worker.save()
    Fact.tell(f"care:worker:{what}", subject=worker, moment=moment, officer=actor.officer)
    return worker


def worker_for(actor: Actor, worker_id: int) -> Worker:
    """A worker whom the officer answers for."""
    worker = Worker.objects.visible_to(actor).select_related("organisation").filter(pk=worker_id).first()
    if worker is None:
        raise NotHere(_("There is nobody on this list whom your post may see."))
    require_body(actor, worker.organisation)
    return worker


@transaction.atomic
def amend_worker(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Worker:
    """Mend what is known of somebody; `left_on` takes them off the rosters to come."""
    actor.require(MANAGE)
    worker = worker_for(actor, pk)
    for name, value in guard_version(worker, version, changes).items():
        setattr(worker, name, value)
    if "organisation" in changes:
        require_body(actor, worker.organisation)
        worker.province_id, worker.district_id, worker.commune_id = Area.of(worker.organisation).columns.values()  # type: ignore[assignment]
    worker.version += 1
    return _kept(worker, "amended", actor, moment)


@transaction.atomic
def make_team(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    organisation: Organisation,
    leader_id: int | None = None,
    worker_ids: Sequence[int] = (),
) -> Team:
    """Put people into a new team; its leader is a member too."""
    actor.require(MANAGE)
    require_body(actor, organisation)
    name = require_words(name, "name", _("Give the team a name."))
    leader = worker_for(actor, leader_id) if leader_id is not None else None
    team = Team(name=name, organisation=organisation, leader=leader, **Area.of(organisation).columns)
    team.sort_key, team.search_key = sort_key(name), fold(f"{name} {organisation.short_name}")
    team.full_clean(exclude=["organisation", "leader"])
    with worded():
        team.save()
    for worker_id in dict.fromkeys([*filter(None, [leader_id]), *worker_ids]):
        _join(team, worker_for(actor, worker_id), moment)
    Fact.tell("care:team:made", subject=team, moment=moment, officer=actor.officer)
    return team


def _join(team: Team, worker: Worker, moment: datetime) -> None:
    if worker.left_on is not None:
        raise Refusal(_("%(name)s has left. Choose somebody else.") % {"name": worker.name}, field="worker")
    with worded():
        TeamMember.objects.create(team=team, worker=worker, since=local_day(moment))


def team_for(actor: Actor, team_id: int) -> Team:
    """A standing team that the officer answers for, locked."""
    team = Team.objects.visible_to(actor).select_related("organisation").filter(pk=team_id).first()
    if team is None:
        raise NotHere(_("There is no such team that your post may see."))
    require_body(actor, team.organisation)
    team = Team.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=team_id)
    if team.dissolved_on is not None:
        raise Refusal(_("%(team)s was dissolved.") % {"team": team.name})
    return team


@transaction.atomic
def change_team(
    *, actor: Actor, moment: datetime, team_id: int, join: Sequence[int] = (), leave: Sequence[int] = ()
) -> Team:
    """Take people into a team, or out of it."""
    actor.require(MANAGE)
    team = team_for(actor, team_id)
    for worker_id in join:
        _join(team, worker_for(actor, worker_id), moment)
    gone = TeamMember.objects.filter(team=team, worker__in=list(leave), until=None)
    for membership in gone:
        membership.until = local_day(moment)
        membership.save()
    Fact.tell("care:team:changed", subject=team, moment=moment, officer=actor.officer)
    return team


@transaction.atomic
def amend_team(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Team:
    """Mend the name of a team, or dissolve it."""
    actor.require(MANAGE)
    team = team_for(actor, pk)
    for name, value in guard_version(team, version, changes).items():
        setattr(team, name, value)
    team.version += 1
    team.sort_key, team.search_key = sort_key(team.name), fold(f"{team.name} {team.organisation.short_name}")
    with worded():
        team.save()
    Fact.tell("care:team:changed", subject=team, moment=moment, officer=actor.officer)
    return team

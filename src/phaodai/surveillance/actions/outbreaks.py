"""Outbreaks: proposed from linked cases, opened or refused by a person, closed by the end rule in force."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Outbreak, Setting, Transmission
from phaodai.surveillance.models.chains import chain_links
from phaodai.surveillance.rules.outbreaks import Cluster, Course, Ending, clusters, commonest, ending, shared_area

State = Outbreak.State


@transaction.atomic
def propose_outbreaks(*, actor: Actor, moment: datetime, province_id: int | None = None) -> list[Outbreak]:
    """Look for linked cases that nobody has called an outbreak: new proposals, and cases that join the one they hang on.

    Cases are those that the actor sees, of one province where it is named. Returns what was proposed.
    """
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    rows = Case.objects.visible_to(actor).live().select_related("place")
    cases = {case.pk: case for case in (rows.filter(province_id=province_id) if province_id else rows)}
    links = Transmission.objects.standing().filter(source_id__in=cases, target_id__in=cases)
    pairs = list(links.values_list("source_id", "target_id"))
    return _settle(cases, pairs, actor, moment)


@transaction.atomic
def propose_for_link(*, actor: Actor, moment: datetime, subject_id: int) -> list[Outbreak]:
    """What follows from a link between two cases: a proposal, or one more case in the outbreak of the chain."""
    link = Transmission.objects.filter(pk=subject_id).first()
    return propose_for_case(actor=actor, moment=moment, subject_id=link.target_id) if link else []


@transaction.atomic
def propose_for_case(*, actor: Actor, moment: datetime, subject_id: int) -> list[Outbreak]:
    """The same for the chain of one case."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    pairs = [(link.source, link.target) for link in chain_links(subject_id)]
    ends = {end for pair in pairs for end in pair}
    cases = {case.pk: case for case in Case.objects.live().filter(pk__in=ends).select_related("place")}
    return _settle(cases, pairs, actor, moment)


def _settle(cases: dict[int, Case], pairs: list[tuple[int, int]], actor: Actor, moment: datetime) -> list[Outbreak]:
    outbreak_of = {pk: case.outbreak_id for pk, case in cases.items()}
    proposed = []
    for cluster in clusters(pairs, outbreak_of):
        if len(cluster.outbreaks) > 1:
            continue
        outbreak = _joined(cluster) or _propose(cluster, cases)
        if not cluster.outbreaks:
            proposed.append(outbreak)
            Fact.tell("surveillance:outbreak:proposed", subject=outbreak, moment=moment, officer=actor.officer)
        _add((cases[pk] for pk in cluster.fresh), outbreak)
    return proposed


def _joined(cluster: Cluster) -> Outbreak | None:
    """The one outbreak that some of the cluster belong to."""
    return Outbreak.objects.get(pk=next(iter(cluster.outbreaks))) if cluster.outbreaks else None


def _propose(cluster: Cluster, cases: dict[int, Case]) -> Outbreak:
    members = sorted((cases[pk] for pk in cluster.cases), key=lambda case: (case.onset_on or date.max, case.pk))
    area = shared_area([(case.province_id, case.district_id, case.commune_id) for case in members])
    place = commonest(case.place for case in members)
    setting = commonest(case.setting for case in members) or ""
    outbreak = Outbreak(
        setting=setting, place=place, province_id=area[0], district_id=area[1], commune_id=area[2],
        notes=_("Proposed from %(count)d linked cases.") % {"count": len(members)},
    )  # fmt: skip
    name = place.name if place else _("cases linked with %(code)s") % {"code": members[0].code}
    return _named(outbreak, _("Outbreak %(name)s") % {"name": name})


def _named(outbreak: Outbreak, name: str) -> Outbreak:
    outbreak.name = name.strip()[:160]
    outbreak.sort_key, outbreak.search_key = sort_key(outbreak.name), fold(outbreak.name)
    outbreak.full_clean()
    outbreak.save()
    return outbreak


def _add(cases: Iterable[Case], outbreak: Outbreak) -> None:
    for case in cases:
        case.outbreak, case.version = outbreak, case.version + 1
        case.save()


def _found(actor: Actor, pk: int, *states: State) -> Outbreak:
    outbreak = Outbreak.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if outbreak is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    require_mine(actor, outbreak)
    if states and outbreak.state not in states:
        words = _("%(outbreak)s: this was decided already (%(state)s).")
        raise Refusal(words % {"outbreak": outbreak.name, "state": outbreak.get_state_display()})
    return outbreak


def _decide(outbreak: Outbreak, state: State, actor: Actor, moment: datetime) -> Outbreak:
    outbreak.state, outbreak.decided_by_id = state, actor.officer
    outbreak.version += 1
    outbreak.full_clean()
    outbreak.save()
    Fact.tell(f"surveillance:outbreak:{state}", subject=outbreak, moment=moment, officer=actor.officer)
    return outbreak


@transaction.atomic
def open_outbreak(*, actor: Actor, moment: datetime, outbreak_id: int, name: str = "", setting: str = "") -> Outbreak:
    """Say that the linked cases are an outbreak, and how it is called."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    outbreak = _found(actor, outbreak_id, State.PROPOSED, State.REFUSED)
    if setting and setting not in Setting.values:
        raise Refusal(_("Choose where it happened."), field="setting")
    outbreak.setting = setting or outbreak.setting
    outbreak.opened_on = moment.astimezone(VIETNAM).date()
    if name.strip():
        _named(outbreak, name)
    return _decide(outbreak, State.OPEN, actor, moment)


@transaction.atomic
def refuse_outbreak(*, actor: Actor, moment: datetime, outbreak_id: int, reason: str) -> Outbreak:
    """Say that the linked cases are no outbreak. They stay together, and are not proposed again."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    if not reason.strip():
        raise Refusal(_("Say why this is no outbreak."), field="reason")
    outbreak = _found(actor, outbreak_id, State.PROPOSED)
    outbreak.notes = f"{outbreak.notes}\n{reason.strip()}".strip()
    return _decide(outbreak, State.REFUSED, actor, moment)


@transaction.atomic
def add_case_to_outbreak(*, actor: Actor, moment: datetime, outbreak_id: int, code: str) -> Outbreak:
    """Put a case into an outbreak, linked or not."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    outbreak = _found(actor, outbreak_id, State.PROPOSED, State.OPEN)
    case = Case.objects.visible_to(actor).filter(code=code.strip(), province_id=outbreak.province_id).first()
    if case is None:
        raise Refusal(_("No case has the number %(code)s. Correct it.") % {"code": code.strip()}, field="code")
    require_mine(actor, case)
    _add([case], outbreak)
    Fact.tell("surveillance:outbreak:case-added", subject=outbreak, moment=moment, officer=actor.officer, case=case.pk)
    return outbreak


@transaction.atomic
def close_outbreak(*, actor: Actor, moment: datetime, outbreak_id: int) -> Outbreak:
    """Declare an outbreak over, where the end rule in force says so; the decision is kept."""
    actor.require(Permission.SURVEILLANCE_OUTBREAK_DECIDE)
    outbreak = _found(actor, outbreak_id, State.OPEN)
    end = ending_of(outbreak, moment)
    if not end.over:
        raise Refusal(_not_over(outbreak, end))
    outbreak.closed_on, outbreak.closing = moment.astimezone(VIETNAM).date(), end.record
    return _decide(outbreak, State.CLOSED, actor, moment)


def _not_over(outbreak: Outbreak, end: Ending) -> str:
    if end.on is None:
        waiting = course_of(outbreak).not_isolated
        words = _(
            "%(outbreak)s is not over: %(count)d cases are not isolated yet, or the rule of the day gives no end."
        )
        return words % {"outbreak": outbreak.name, "count": waiting}
    words = _("%(outbreak)s is not over before %(day)s.")
    return words % {"outbreak": outbreak.name, "day": day_words(end.on)}


def ending_of(outbreak: Outbreak, moment: datetime) -> Ending:
    """Whether an outbreak is over by the rule of the day."""
    return ending(book_of(outbreak.province_id), moment.astimezone(VIETNAM).date(), course_of(outbreak))


def course_of(outbreak: Outbreak) -> Course:
    """The last days of an outbreak's live cases."""
    cases = Case.objects.live().filter(outbreak=outbreak)
    last = cases.aggregate(isolated=Max("isolated_at"), positive=Max("positive_at"), reported=Max("reported_on"))
    isolated, positive = (
        last[name].astimezone(VIETNAM).date() if last[name] else None for name in ("isolated", "positive")
    )
    found = max((day for day in (positive, last["reported"]) if day), default=None)
    return Course(isolated, found, cases.filter(isolated_at=None, outcome="").count())

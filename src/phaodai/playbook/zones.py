"""What follows on the ground: a zone and a round of tests around a case, and what people inside a zone are owed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from phaodai.containment.actions.zones import propose_zone
from phaodai.containment.actions.zones_care import Wanted, ask_needs
from phaodai.containment.actions.zones_ground import Ground
from phaodai.containment.models import Need, Zone, ZoneHousehold, ZonePart
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions.campaigns import plan_campaign
from phaodai.surveillance.models import Campaign, Case
from phaodai.territory.models import Unit

ROUND_DAYS = 2
"""A working figure: how long a first round around a case may last."""
ENDED = (Zone.State.LIFTED, Zone.State.DECLINED)


def _at_home(case_id: int) -> Case | None:
    """A confirmed case whose hamlet is known."""
    cases = Case.objects.select_related("person__household__hamlet", "outbreak")
    confirmed = cases.filter(classification=Case.Classification.CONFIRMED, outcome="")
    return confirmed.filter(pk=case_id, person__household__isnull=False).first()


def _hamlet(case: Case | None) -> Unit:
    if case is None or case.person.household is None:
        raise Refusal(_("The hamlet of this case is not known. Write down the household first."))
    return case.person.household.hamlet


def outside_every_zone(subject_id: int) -> Case | None:
    """A confirmed case whose house lies in no zone, proposed or in force."""
    case = _at_home(subject_id)
    if case is None:
        return None
    inside = ZoneHousehold.objects.filter(household=case.person.household, until_on=None)
    # Households are written down when a zone begins; before that its hamlets say where it will lie.
    around = ZonePart.objects.filter(hamlet=_hamlet(case), until_on=None)
    covered = (rows.exclude(zone__state__in=ENDED).exists() for rows in (inside, around))
    return None if any(covered) else case


def propose_around(*, actor: Actor, moment: datetime, subject_id: int) -> Zone:
    """Propose the hamlet of the case as a zone; its ground is made smaller on the zone's own page."""
    case = _at_home(subject_id)
    hamlet = _hamlet(case)
    assert case is not None
    outbreak = case.outbreak_id if case.outbreak is not None and case.outbreak.state == "open" else None
    reason = _("Case %(code)s.") % {"code": case.code}
    ground = Ground(hamlets=(hamlet.pk,))
    return propose_zone(
        actor=actor, moment=moment, name=hamlet.name, ground=ground, reason=reason, outbreak_id=outbreak
    )


def without_round(subject_id: int) -> Case | None:
    """A confirmed case in whose hamlet or commune no round of tests is under way."""
    case = _at_home(subject_id)
    if case is None:
        return None
    hamlet = _hamlet(case)
    return None if Campaign.objects.open().filter(unit__in=(hamlet.pk, hamlet.parent_id)).exists() else case


def plan_round(*, actor: Actor, moment: datetime, subject_id: int) -> Campaign:
    """Plan single samples of everybody who lives in the hamlet, from today."""
    case = _at_home(subject_id)
    hamlet, today = _hamlet(case), moment.astimezone(VIETNAM).date()
    assert case is not None
    return plan_campaign(
        actor=actor,
        moment=moment,
        unit=hamlet,
        name=_("%(hamlet)s, around case %(code)s") % {"hamlet": hamlet.name, "code": case.code},
        target_people=max(Person.objects.filter(household__hamlet=hamlet).count(), 1),
        starts_on=today,
        ends_on=today + timedelta(days=ROUND_DAYS),
        reason=_("Case %(code)s.") % {"code": case.code},
        outbreak=case.outbreak,
    )


def without_needs(subject_id: int) -> Zone | None:
    """A zone in force for which no food was asked yet."""
    zone = Zone.objects.closed_off().filter(pk=subject_id).first()
    return None if zone is None or Need.objects.filter(zone=zone, kind=Need.Kind.FOOD).exists() else zone


def ask_food(*, actor: Actor, moment: datetime, subject_id: int) -> list[Need]:
    """Food for every household inside, by tomorrow."""
    tomorrow = moment.astimezone(VIETNAM).date() + timedelta(days=1)
    wanted = Wanted(Need.Kind.FOOD, _("Food for three days"), tomorrow)
    return ask_needs(actor=actor, moment=moment, zone_id=subject_id, wanted=wanted)

"""Care at home begins by the rule of the day, and ends by recovery, on the way to a facility, or otherwise."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.home_finding import home_for, keep_home, require_follow, station_and_centre
from phaodai.care.models import HomeCare, HomeDoor, MobileStation
from phaodai.care.rules.home import CONDITIONS, HOME_CARE, RELEASE, ask_home_care, ask_release, kept
from phaodai.care.rules.readings import due_after, times_a_day
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.public import LENGTH, SIGNS
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.surveillance.actions.cases import isolate_case
from phaodai.surveillance.models import Case

ENDS = (HomeCare.State.FACILITY, HomeCare.State.DIED, HomeCare.State.STOPPED)
AMENDED = ("phone", "carer", "carer_phone", "address")
LATEST_DUE = 2
"""The first reading is owed within so many hours of the beginning, by day. A working figure."""


@dataclass(frozen=True)
class Household:
    """Where somebody is cared for, by whom, and what the home has (`CONDITIONS`, yes or no)."""

    address: str = ""
    phone: str = ""
    carer: str = ""
    carer_phone: str = ""
    conditions: Mapping[str, bool] = field(default_factory=dict)


@transaction.atomic
def begin_home_care(
    *,
    actor: Actor,
    moment: datetime,
    case_id: int,
    household: Household,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
) -> HomeCare:
    """Begin the treatment of a case at home. `facts` are those that `home-care` asks (`rules.home.ask_home_care`).

    Where the rule says no, or concludes nothing that was verified, only a `reason` opens the door, and it is kept. A case
    that nobody isolated yet is isolated from now on. Tells `care:home:began`.
    """
    require_follow(actor)
    case = _case_for(actor, case_id)
    asked = {"age": _age_of(case, moment), **(facts or {})}
    day = moment.astimezone(VIETNAM).date()
    decision = ask_home_care(rulebook_for(case.province_id), day, asked)
    allowed = None if decision is None or decision.outcome is None else bool(decision.outcome)
    if allowed is not True and not reason.strip():
        why = decision.why.vi if decision is not None else _("No document of this day speaks of care at home.")
        words = _("The rule does not open care at home: %(why)s Choose a facility, or give your reason; it stays here.")
        raise Refusal(words % {"why": why}, field="reason")
    _require_reachable(household)
    if case.isolated_at is None:
        case = isolate_case(actor=actor, moment=moment, pk=case.pk)
    assert case.isolated_at is not None
    known = {
        "facts": _plain(asked),
        "decision": kept(decision, HOME_CARE),
        "allowed": allowed,
        "reason": reason.strip(),
    }
    care = _open(case, household, moment, case.isolated_at.astimezone(VIETNAM).date(), known)
    _open_door(care, moment)
    return keep_home(care, "began", actor=actor, moment=moment, allowed=allowed)


def _case_for(actor: Actor, case_id: int) -> Case:
    rows = Case.objects.visible_to(actor).select_for_update(of=("self",)).select_related("person__household")
    case = rows.filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is no such case that your post may see."))
    if case.classification != Case.Classification.CONFIRMED or case.outcome:
        words = _("%(case)s is not a confirmed case in treatment. Look at its tests and its outcome first.")
        raise Refusal(words % {"case": case.code})
    running = HomeCare.objects.going_on().filter(person=case.person_id).exists()
    if running:
        raise Refusal(_("This person is in treatment at home already. Open that page."))
    return case


def _age_of(case: Case, moment: datetime) -> float | None:
    if case.age is not None:
        return float(case.age)
    return moment.year - case.person.birth_year if case.person.birth_year else None


def _require_reachable(household: Household) -> None:
    if not (household.phone.strip() or household.carer_phone.strip()):
        raise Refusal(_("Write a telephone number at which the family is reached."), field="phone")


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.isoformat() if isinstance(one, date) else one for name, one in facts.items() if one is not None}


def _open(case: Case, household: Household, moment: datetime, day_zero: date, known: Mapping[str, Any]) -> HomeCare:
    person, area = case.person, Area.of(case)
    station, centre = station_and_centre(area)
    home = person.household
    where = household.address.strip() or person.address or (home.address if home else "")
    care = HomeCare(
        case=case,
        person=person,
        household=home,
        initials=person.masked,
        organisation=station,
        centre=centre,
        mobile_station=_mobile_station(person),
        address=where[:200],
        phone=household.phone.strip() or person.phone,
        carer=household.carer.strip(),
        carer_phone=household.carer_phone.strip(),
        home={name: bool(household.conditions.get(name)) for name in CONDITIONS},
        day_zero=day_zero,
        started_at=moment,
        search_key=fold(f"{person.masked} {case.code} {where}")[:240],
        **known,
        **area.columns,
    )
    care.full_clean()
    care.save()
    return care


def _mobile_station(person: Person) -> MobileStation | None:
    """The mobile station that looks after the person's hamlet."""
    if person.household is None:
        return None
    grounds = {"grounds__hamlet": person.household.hamlet_id, "grounds__until": None}
    return MobileStation.objects.open().filter(**grounds).first()


def _open_door(care: HomeCare, moment: datetime) -> HomeDoor:
    times = times_a_day(rulebook_for(care.province_id), moment.astimezone(VIETNAM).date())
    return HomeDoor.objects.create(
        home_care=care,
        reference=new_reference(),
        organisation=care.organisation,
        times_a_day=times,
        due_at=due_after(moment.astimezone(VIETNAM), 24 // LATEST_DUE),
        **Area.of(care).columns,
    )


def new_reference() -> str:
    """The secret of a family's link: read aloud, copied from paper, never guessed (49 bits)."""
    return "".join(secrets.choice(SIGNS) for _sign in range(LENGTH))


@transaction.atomic
def renew_link(*, actor: Actor, moment: datetime, home_care_id: int) -> HomeDoor:
    """Give the family another link; the old one opens nothing from now on."""
    require_follow(actor)
    care = home_for(actor, home_care_id)
    care.door.reference = new_reference()
    care.door.save(update_fields=["reference"])
    keep_home(care, "link_renewed", actor=actor, moment=moment)
    return care.door


@transaction.atomic
def amend_home_care(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> HomeCare:
    """Correct how the family is reached."""
    require_follow(actor)
    care = home_for(actor, pk)
    unknown = set(changes) - set(AMENDED)
    if unknown:
        raise Refusal(_("This cannot be changed here."))
    for name, value in guard_version(care, version, changes).items():
        setattr(care, name, value)
    _require_reachable(Household(phone=care.phone, carer_phone=care.carer_phone))
    # A health centre does not see the case and the person themselves.
    care.full_clean(exclude=["case", "person", "household"])
    return keep_home(care, "amended", actor=actor, moment=moment)


@transaction.atomic
def release_home_care(
    *, actor: Actor, moment: datetime, home_care_id: int, facts: Mapping[str, Any] | None = None, reason: str = ""
) -> HomeCare:
    """The person has recovered, by `isolation-release` for those at home; it says what is missing when they have not.

    `facts` may hold negative_test_on, fully_vaccinated and symptoms_end_on. Where the rule concludes nothing, the officer's
    `reason` decides and is kept. Tells `care:home:recovered`.
    """
    require_follow(actor)
    care, today = home_for(actor, home_care_id), moment.astimezone(VIETNAM).date()
    _refuse_open_alarm(care)
    decision = ask_release(rulebook_for(care.province_id), today, {"since_on": care.day_zero, **(facts or {})})
    if decision is not None and decision.outcome is not None and not decision.outcome["released"]:
        raise Refusal(_("%(who)s is not free yet: %(why)s") % {"who": care.initials, "why": decision.why.vi})
    if (decision is None or decision.outcome is None) and not reason.strip():
        words = _("No verified document of today says when somebody at home is free. Say on which finding you decide.")
        raise Refusal(words, field="reason")
    care.release = {**kept(decision, RELEASE), "reason": reason.strip(), "facts": _plain(facts or {})}
    return end(care, HomeCare.State.RECOVERED, actor=actor, moment=moment)


def _refuse_open_alarm(care: HomeCare) -> None:
    if care.alarms.waiting().exists():
        raise Refusal(_("%(who)s has an alarm that is not closed. Close it with its result first.") % {"who": care})


@transaction.atomic
def end_home_care(*, actor: Actor, moment: datetime, home_care_id: int, state: str, reason: str) -> HomeCare:
    """The care at home ends otherwise than by recovery: taken to a facility, died, moved away. Tells `care:home:<state>`."""
    require_follow(actor)
    care = home_for(actor, home_care_id)
    if state not in ENDS:
        raise Refusal(_("Choose how the care at home ended."), field="state")
    if not reason.strip():
        raise Refusal(_("Say in a few words what happened: to which facility, since when."), field="reason")
    _refuse_open_alarm(care)
    care.release = {"reason": reason.strip()}
    return end(care, HomeCare.State(state), actor=actor, moment=moment)


def end(care: HomeCare, state: HomeCare.State, *, actor: Actor, moment: datetime) -> HomeCare:
    """Close the care and the family's door with it."""
    care.state, care.ended_at = state, moment
    care.door.closed_at = moment
    care.door.save(update_fields=["closed_at"])
    return keep_home(care, str(state.value), actor=actor, moment=moment)

"""When this happens, that follows. Read the table at the end from top to bottom: this is the whole of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from phaodai.care.actions.outcomes import ask_for_review, tell_surveillance
from phaodai.care.actions.transfers import clean_bed_left
from phaodai.command.actions.tasks import close_if_parts_done
from phaodai.containment.actions.checks_tasks import ask_committee
from phaodai.containment.actions.following import give_duties
from phaodai.containment.actions.gatherings_answering import answer_again, answer_under_new_law
from phaodai.foundation.permissions import Permission
from phaodai.playbook import apart, cases, doses, supplies, treatment, zones
from phaodai.surveillance.actions.alarms import propose_for_alarm
from phaodai.surveillance.actions.clock_tasks import ask_health_centre
from phaodai.surveillance.actions.outbreaks import propose_for_case, propose_for_link
from phaodai.surveillance.actions.results import follow_results
from phaodai.vaccination.actions.events_tasks import ask_council, ask_investigation
from phaodai.vaccination.actions.plan_tasks import ask_call_back, ask_decision, close_call_back, close_decision

Deed = Callable[..., Any]
"""Called with `actor`, `moment` and `subject_id`; what it returns is falsy where nothing had to be done."""
Applies = Callable[[int], models.Model | None]
"""The record that a proposal is about, where the step makes sense now; its area is who is asked."""


@dataclass(frozen=True, kw_only=True)
class Consequence:
    """One thing that follows from a fact.

    Without `applies` it is done by itself, at once; with it an officer who holds `may` is asked, and may decline.
    """

    key: str
    title: Promise
    deed: Deed
    applies: Applies | None = None
    may: Permission | None = None
    opens: str = ""
    """Name of the page where the officer goes on after saying yes, by the row id of the subject."""
    opens_with: str = ""
    """Name under which that page takes the row id in its query, where it is no part of its address."""
    opens_made: str = ""
    """The same by the row id of what was made."""

    @property
    def asked(self) -> bool:
        """Whether an officer answers first."""
        return self.applies is not None


_ISOLATE = Consequence(
    key="isolate",
    title=_("Isolate the case"),
    deed=cases.isolate,
    applies=cases.not_isolated,
    may=Permission.SURVEILLANCE_CASE_WRITE,
    opens="surveillance-case",
)
_TRACE = Consequence(
    key="trace",
    title=_("Trace F1 and F2"),
    deed=cases.trace,
    applies=cases.not_traced,
    may=Permission.SURVEILLANCE_CONTACT_TRACE,
    opens="surveillance-case",
)
_EXPOSURE_SITES = Consequence(
    key="exposure-sites",
    title=_("Tell the people of the exposure sites"),
    deed=cases.looked_at,
    applies=cases.with_exposure_sites,
    may=Permission.SURVEILLANCE_CONTACT_TRACE,
    opens="surveillance-exposure-notice",
)
_ZONE = Consequence(
    key="zone",
    title=_("Propose a lockdown zone around the hamlet"),
    deed=zones.propose_around,
    applies=zones.outside_every_zone,
    may=Permission.CONTAINMENT_ZONE_PROPOSE,
    opens_made="containment-zone",
)
_TEST_ROUND = Consequence(
    key="test-round",
    title=_("Plan a round of tests in the hamlet"),
    deed=zones.plan_round,
    applies=zones.without_round,
    may=Permission.SURVEILLANCE_CAMPAIGN_PLAN,
    opens_made="surveillance-campaign",
)
_TREAT_AT_HOME = Consequence(
    key="home-care",
    title=_("Treat the case at home, if the rule allows it"),
    deed=treatment.looked_at,
    applies=treatment.untreated,
    may=Permission.CARE_HOME_FOLLOW,
    opens="care-home-new",
    opens_with="ca",
)
_FIND_A_PLACE = Consequence(
    key="facility-place",
    title=_("Find the case a place in a facility"),
    deed=treatment.looked_at,
    applies=treatment.untreated,
    may=Permission.CARE_PATIENT_WRITE,
    opens="care-patient-new",
    opens_with="ca",
)
_OF_A_CONFIRMED_CASE = (_ISOLATE, _TRACE, _EXPOSURE_SITES, _ZONE, _TEST_ROUND, _TREAT_AT_HOME, _FIND_A_PLACE)
_STAYS_TAKE_RESULTS = Consequence(
    key="results-inside", title=_("The result stands in the quarantine stay"), deed=apart.take_results
)
_MOVE_EQUIPMENT = _("Its equipment is proposed for where the gap is")

_CASE_ENDS = Consequence(
    key="care-outcome", title=_("The outcome of the treatment reaches the case"), deed=tell_surveillance
)
_REVIEW = Consequence(
    key="death-review", title=_("The facility gets the review of the death as a task"), deed=ask_for_review
)

# Fact -> what follows, in this order. A fact that is not here has nothing following it.
FOLLOWS: dict[str, tuple[Consequence, ...]] = {
    "care:patient:away": (_CASE_ENDS,),
    "care:patient:died": (_CASE_ENDS, _REVIEW),
    "care:patient:discharged": (_CASE_ENDS,),
    "care:transfer:on_the_way": (
        Consequence(key="clean-bed", title=_("The bed left for the ambulance is cleaned"), deed=clean_bed_left),
    ),
    "care:facility:closed": (
        Consequence(key="equipment-of-facility", title=_MOVE_EQUIPMENT, deed=treatment.move_on_from_facility),
    ),
    "care:home:recovered": (
        Consequence(
            key="case-recovered",
            title=_("The case ends as recovered"),
            deed=treatment.write_recovery,
            applies=treatment.recovered_case,
            may=Permission.SURVEILLANCE_CASE_WRITE,
            opens_made="surveillance-case",
        ),
    ),
    "care:infection:suspected": (
        Consequence(
            key="trace-inside",
            title=_("Trace F1 and F2 of the infection in the facility"),
            deed=treatment.trace_inside,
            applies=treatment.untraced_inside,
            may=Permission.SURVEILLANCE_CONTACT_TRACE,
        ),
    ),
    "care:reading:alarm": (
        Consequence(
            key="oxygen-home",
            title=_("Bring oxygen to the door"),
            deed=treatment.bring_oxygen,
            applies=treatment.breathless_at_home,
            may=Permission.CARE_HOME_FOLLOW,
        ),
    ),
    "command:task:accepted": (
        Consequence(key="close-whole", title=_("The whole task is done when its parts are"), deed=close_if_parts_done),
    ),
    "containment:checkpoint:closed": (
        Consequence(key="equipment-of-checkpoint", title=_MOVE_EQUIPMENT, deed=treatment.move_on_from_checkpoint),
    ),
    "containment:level:announced": (
        Consequence(key="level-duties", title=_("Tasks from the clauses of the decision"), deed=give_duties),
        Consequence(key="gatherings-again", title=_("Gatherings to come are answered again"), deed=answer_again),
    ),
    "containment:finding:overdue": (
        Consequence(
            key="overdue-finding", title=_("The commune's committee gets the finding as a task"), deed=ask_committee
        ),
    ),
    "containment:monitoring:unwell": (
        Consequence(
            key="test-unwell",
            title=_("Ask for a sample of the person"),
            deed=apart.ask_test,
            applies=apart.unwell_untested,
            may=Permission.SURVEILLANCE_SAMPLE_TAKE,
        ),
    ),
    "containment:origin-level:noted": (
        Consequence(
            key="arrivals-again", title=_("Arrivals from there are asked again"), deed=apart.ask_arrivals_again
        ),
    ),
    "containment:site:closed": (
        Consequence(key="equipment-of-site", title=_MOVE_EQUIPMENT, deed=treatment.move_on_from_site),
    ),
    "containment:stay:positive": (
        Consequence(
            key="report-inside",
            title=_("Report the person as a suspected case"),
            deed=apart.report_case,
            applies=apart.positive_without_case,
            may=Permission.SURVEILLANCE_CASE_WRITE,
            opens_made="surveillance-case",
        ),
    ),
    "containment:stay:released": (
        Consequence(key="watch-released", title=_("The days of monitoring begin"), deed=apart.watch_released),
    ),
    "containment:zone:opened": (
        Consequence(
            key="needs",
            title=_("Write down food for every household inside"),
            deed=zones.ask_food,
            applies=zones.without_needs,
            may=Permission.CONTAINMENT_ZONE_SERVE,
            opens="containment-zone",
        ),
    ),
    "people:person:merged": (
        Consequence(key="doses-joined", title=_("Doses follow the record that stays"), deed=doses.move_joined),
    ),
    "people:person:parted": (
        Consequence(key="doses-parted", title=_("Doses go back to the record they came with"), deed=doses.move_parted),
    ),
    "rulebook:value:verified": (
        Consequence(
            key="gatherings-new-law", title=_("Gatherings to come are answered again"), deed=answer_under_new_law
        ),
    ),
    "rulebook:value:withdrawn": (
        Consequence(
            key="gatherings-old-law", title=_("Gatherings to come are answered again"), deed=answer_under_new_law
        ),
    ),
    "supply:aid:received": (
        Consequence(
            key="thank-for-aid",
            title=_("Draft the letter of thanks for the help that arrived"),
            deed=supplies.thank,
            applies=supplies.unthanked,
            may=Permission.SUPPLY_AID_DECIDE,
            opens="supply-aid",
        ),
    ),
    "supply:drill:closed": (
        Consequence(
            key="drill-put-right",
            title=_("Give the units what the drill found as tasks"),
            deed=supplies.put_right,
            applies=supplies.with_differences,
            may=Permission.COMMAND_TASK_ASSIGN,
            opens="supply-drill",
        ),
    ),
    "supply:stock:short": (
        Consequence(
            key="order-short",
            title=_("Draft an order of what the store runs short of"),
            deed=supplies.order_short,
            applies=supplies.short_store,
            may=Permission.SUPPLY_ORDER_DRAFT,
            opens_made="supply-order",
        ),
    ),
    "surveillance:alarm:confirmed": (
        Consequence(key="outbreak-of-alarm", title=_("An outbreak is proposed"), deed=propose_for_alarm),
    ),
    "surveillance:case:created": (
        Consequence(key="outbreak-of-case", title=_("An outbreak is proposed"), deed=propose_for_case),
        *_OF_A_CONFIRMED_CASE,
    ),
    "surveillance:case:classified": _OF_A_CONFIRMED_CASE,
    "surveillance:clock:breached": (
        Consequence(
            key="late-tracing", title=_("The health centre gets the late steps as a task"), deed=ask_health_centre
        ),
    ),
    "surveillance:sample:resulted": (
        Consequence(key="result-of-person", title=_("The result reaches the person's case"), deed=follow_results),
        _STAYS_TAKE_RESULTS,
    ),
    "surveillance:test:answered": (_STAYS_TAKE_RESULTS,),
    "surveillance:transmission:linked": (
        Consequence(key="outbreak-of-link", title=_("An outbreak is proposed"), deed=propose_for_link),
    ),
    "vaccination:certificate:revoked": (
        Consequence(
            key="holder-told",
            title=_("Tell the holder and take the paper back"),
            deed=doses.go_to_certificate,
            applies=doses.withdrawn,
            may=Permission.VACCINATION_CERTIFICATE_ISSUE,
            opens="chung-nhan-record",
        ),
    ),
    "vaccination:claim:alarming": (
        Consequence(key="call-back", title=_("The health station gets the call back as a task"), deed=ask_call_back),
    ),
    "vaccination:claim:answered": (
        Consequence(key="call-back-done", title=_("The task of the call back is done"), deed=close_call_back),
    ),
    "vaccination:coldchain:decided": (
        Consequence(
            key="vaccine-decided", title=_("The task to decide about the vaccine is done"), deed=close_decision
        ),
    ),
    "vaccination:coldchain:excursion": (
        Consequence(
            key="vaccine-decision",
            title=_("The health centre gets the decision about the vaccine as a task"),
            deed=ask_decision,
        ),
    ),
    "vaccination:event:investigated": (
        Consequence(key="vaccine-council", title=_("The advisory council gets its task"), deed=ask_council),
    ),
    "vaccination:event:serious": (
        Consequence(
            key="vaccine-event",
            title=_("The Department of Health gets the investigation as a task"),
            deed=ask_investigation,
        ),
    ),
    "vaccination:session:cancelled": (
        Consequence(
            key="tell-invited",
            title=_("Tell whoever was invited, and invite them to another session"),
            deed=doses.go_to_session,
            applies=doses.off_untold,
            may=Permission.VACCINATION_SESSION_RUN,
            opens="vaccination-session",
        ),
    ),
}


def consequence(key: str) -> Consequence | None:
    """The row of the table with this key; None for one that is no longer there."""
    found = (one for consequences in FOLLOWS.values() for one in consequences if one.key == key)
    return next(found, None)

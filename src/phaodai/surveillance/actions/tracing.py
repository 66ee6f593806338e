"""Tracing: the list of a case's contacts is made from what the index finds, and its facts are mended by officers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.language import page_language
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook import Rulebook
from phaodai.surveillance.actions.areas import columns_of_area
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Contact, TraceRun
from phaodai.surveillance.models.following import Whereabouts, case_of, whereabouts_of
from phaodai.surveillance.models.met import exposure_of
from phaodai.surveillance.rules.contact_class import F1, FACTS, NONE, classify
from phaodai.surveillance.rules.retention import kept_since
from phaodai.surveillance.tracing import Met, Traced, nearest_distances, people_of, trace_case
from phaodai.territory.models import Place

State = Contact.State
MET = "met"
BATCH = 1_000


@transaction.atomic
def list_contacts(*, actor: Actor, moment: datetime, case_id: int) -> TraceRun:
    """Trace a case and bring its list up to date: whom it met, and through those who count as F1, whom these met.

    Whoever is on the list keeps state, follow-up and stated facts; what the index now says of minutes and times is taken
    over, and the class follows. Somebody whom corrected records no longer show, and whom nobody reached, is taken off.
    """
    actor.require(Permission.SURVEILLANCE_CONTACT_TRACE)
    case = Case.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise NotHere(_("There is no such case, or your post may not see it."))
    try:
        traced = trace_case(case, moment=moment)
        listing = _Listing(case, moment, book_of(case.province_id, case.disease), traced)
        listing.write()
    except NoSuchLaw as refusal:
        raise Refusal(refusal.words.of(page_language())) from None
    run = _run(actor, moment, case, traced)
    Fact.tell(
        "surveillance:contacts:listed", subject=case, moment=moment, officer=actor.officer,
        first=run.first_degree, second=run.second_degree,
    )  # fmt: skip
    return run


@transaction.atomic
def state_exposure(
    *, actor: Actor, moment: datetime, contact_ids: Sequence[int], facts: Mapping[str, Any]
) -> list[Contact]:
    """Write down how these people met the case (distance_m, masked, enclosed, physical, care_without_ppe, minutes).

    A fact that is None is taken back. The class follows by the rule in force, with its reason.
    """
    actor.require(Permission.SURVEILLANCE_CONTACT_TRACE)
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise Refusal(_("The rule asks for no %(fact)s.") % {"fact": ", ".join(sorted(unknown))})
    found = Contact.objects.visible_to(actor).select_for_update(of=("self",)).select_related("place")
    contacts = list(found.filter(pk__in=contact_ids).order_by("degree", "id"))
    if not contacts or len(contacts) < len(set(contact_ids)):
        raise NotHere(_("There is no such contact, or your post may not see it."))
    for contact in contacts:
        contact.exposure = {
            name: value for name, value in (contact.exposure | dict(facts)).items() if value is not None
        }
    try:
        _decide(contacts, moment)
    except NoSuchLaw as refusal:
        raise Refusal(refusal.words.of(page_language())) from None
    for contact in contacts:
        contact.version += 1
        contact.save()
        Fact.tell(
            "surveillance:contact:classified", subject=contact, moment=moment, officer=actor.officer,
            outcome=contact.decision["outcome"],
        )  # fmt: skip
    return contacts


def _run(actor: Actor, moment: datetime, case: Case, traced: Traced) -> TraceRun:
    listed = Contact.objects.filter(case=case).exclude(state=State.NOT_CONTACT)
    return TraceRun.objects.create(
        case=case, at=moment, officer_id=actor.officer, window_from=traced.window.begin, window_to=traced.window.end,
        first_degree=listed.filter(degree=1).count(), second_degree=listed.filter(degree=2).count(),
        visits_searched=traced.searched, milliseconds=traced.milliseconds,
    )  # fmt: skip


@dataclass
class _Listing:
    """One case's list, and what a trace says of it."""

    case: Case
    moment: datetime
    book: Rulebook
    traced: Traced

    def write(self) -> None:
        people = set(self.traced.contacts.person.tolist())
        self.distances = nearest_distances(self.traced, self.case.province_id, [self.case.person_id, *people])
        self.homes = whereabouts_of(sorted(people))
        self.known = {one.person_id: one for one in Contact.objects.filter(case=self.case).select_for_update()}
        others = Case.objects.live().filter(disease=self.case.disease, outcome=Case.Outcome.NONE, person__in=people)
        self.ill = set(others.values_list("person_id", flat=True))
        first = self._put(people_of(self.traced, 1))
        # Others are sought through a contact only where it is settled that it is an F1.
        leading = {person for person, row in first.items() if row.decision.get("outcome") == F1}
        second = self._put(people_of(self.traced, 2, leading))
        self._take_off({*first, *second})

    def _put(self, met: Iterable[Met]) -> dict[int, Contact]:
        """Contacts of one degree, written; by person."""
        before = {person: _seen(row) for person, row in self.known.items()}
        rows = [self._row(one) for one in met if one.person in self.known or one.person not in self.ill]
        _decide(rows, self.moment, self.book)
        Contact.objects.bulk_create([row for row in rows if not row.pk], batch_size=BATCH)
        for row in rows:
            if before.get(row.person_id, _seen(row)) != _seen(row):
                row.version += 1
                row.save()
        self.known |= {row.person_id: row for row in rows}
        return {row.person_id: row for row in rows}

    def _row(self, met: Met) -> Contact:
        row = self.known.get(met.person) or self._fresh(met)
        untouched = MET in row.exposure and row.state == State.LISTED
        row.degree = met.degree if untouched else min(row.degree, met.degree)
        if row.degree == met.degree:
            row.through = self.known[met.through] if met.degree == 2 else None
            row.via, row.place_id = met.via.name.lower(), met.place
            row.first_at, row.last_at, row.minutes = met.first, met.last, met.minutes
            row.exposure = row.exposure | {MET: met.meetings} | self._distance(met)
        return row

    def _distance(self, met: Met) -> dict[str, Any]:
        """What a log measured, where nobody has stated a distance."""
        measured = self.distances.get(frozenset((met.person, met.through)))
        return {} if measured is None else {"logged_m": measured}

    def _fresh(self, met: Met) -> Contact:
        home = self.homes.get(met.person)
        return Contact(
            case=self.case, person_id=met.person, degree=met.degree, listed_at=self.moment,
            **_area_of(home, self.case),
        )  # fmt: skip

    def _take_off(self, found: set[int]) -> None:
        """Those whom nobody has reached and whom the records, still kept, no longer show."""
        since = kept_since(self.moment.astimezone(VIETNAM).date())
        for person, row in self.known.items():
            lately = row.first_at is not None and row.first_at.astimezone(VIETNAM).date() >= since
            if person not in found and row.state == State.LISTED and MET in row.exposure and lately:
                row.state = State.NOT_CONTACT
                row.decision = row.decision | {"outcome": NONE, "status": "withdrawn"}
                row.version += 1
                row.save()


def _area_of(home: Whereabouts | None, case: Case) -> dict[str, int | None]:
    """Where the contact lives; of somebody whose home nobody knows, where the case does."""
    if home is None:
        return columns_of_area(case)
    return home.area.columns


def _decide(rows: Sequence[Contact], moment: datetime, book: Rulebook | None = None) -> None:
    """The class of each by the rule in force, and what follows for those whom nobody has reached yet."""
    if not rows:
        return
    places = dict(Place.objects.filter(pk__in={row.place_id for row in rows}).values_list("id", "kind"))
    case = case_of(rows[0])
    law = book or book_of(rows[0].province_id, *((case.disease,) if case else ()))
    exposures = [exposure_of(row, places.get(row.place_id or 0, "")) for row in rows]
    for row, record in zip(rows, classify(law, moment.astimezone(VIETNAM).date(), exposures), strict=True):
        was_none = row.decision.get("outcome") == NONE
        if {**row.decision, "on": None} != {**record, "on": None}:
            row.decision = record
        if record["outcome"] == NONE and row.state == State.LISTED:
            row.state = State.NOT_CONTACT
        elif record["outcome"] != NONE and row.state == State.NOT_CONTACT and was_none:
            row.state = State.LISTED


def _seen(row: Contact) -> list[Any]:
    """What a listing may change of a contact."""
    names = (
        "degree",
        "through_id",
        "via",
        "place_id",
        "first_at",
        "last_at",
        "minutes",
        "exposure",
        "decision",
        "state",
    )
    return [getattr(row, name) for name in names]

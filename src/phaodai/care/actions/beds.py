"""Wards and beds: added, closed, cleaned, held in reserve, converted; and the bed book compared with the wards."""

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities import note_step
from phaodai.care.actions.facilities_shared import bed_words, facility_for, require_words
from phaodai.care.models import Bed, BedStay, Facility, FacilityStep, Ward
from phaodai.foundation.constraints import worded
from phaodai.foundation.formats import sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area

MANAGE = Permission.CARE_BED_MANAGE
BEDS_AT_ONCE = 200
_RANGE = re.compile(r"^(?P<letters>\D*)(?P<first>\d{1,4})\s*[-–]\s*\D*(?P<last>\d{1,4})$")


@transaction.atomic
def add_ward(*, actor: Actor, moment: datetime, facility_id: int, name: str, cohort: str) -> Ward:
    """Add a ward for one cohort."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    name = require_words(name, "name", _("Give the ward a name."))
    ward = Ward(facility=facility, name=name, cohort=cohort, **Area.of(facility).columns)
    ward.full_clean(exclude=["facility"])
    with worded():
        ward.save()
    Fact.tell("care:ward:added", subject=ward, moment=moment, officer=actor.officer)
    return ward


@transaction.atomic
def set_ward(*, actor: Actor, moment: datetime, ward_id: int, state: str = "", cohort: str = "") -> Ward:
    """Open or close a ward, or give it to another cohort. Refuses while patients lie in it."""
    actor.require(MANAGE)
    ward = _ward_for(actor, ward_id)
    _lock_beds(ward.facility, ward=ward)
    lying = BedStay.objects.now().filter(bed__ward=ward).count()
    changes = (state and state != ward.state) or (cohort and cohort != ward.cohort)
    if lying and changes:
        about = {"ward": ward.name, "count": lying}
        raise Refusal(_("%(count)d patients lie in ward %(ward)s. Move them first.") % about)
    if state and state != ward.state:
        ward.state, ward.state_since = state, moment
    ward.cohort = cohort or ward.cohort
    ward.full_clean(exclude=["facility"])
    with worded():
        ward.save()
    Fact.tell("care:ward:set", subject=ward, moment=moment, officer=actor.officer, state=ward.state)
    return ward


def _ward_for(actor: Actor, ward_id: int) -> Ward:
    ward = Ward.objects.visible_to(actor).filter(pk=ward_id).first()
    if ward is None:
        raise NotHere(_("There is no such ward that your post may see."))
    ward.facility = facility_for(actor, ward.facility_id)
    return ward


def _lock_beds(facility: Facility, **narrowed: object) -> list[Bed]:
    """The beds, locked: whoever admits somebody locks the bed too, so that one of the two waits for the other."""
    rows = Bed.objects.select_for_update(of=("self",)).filter(facility=facility, **narrowed)
    return list(rows.order_by("pk"))


def labels_of(text: str) -> list[str]:
    """Bed numbers as people write them: "G1-G20, 21, 22a" names twenty-two. Raises Refusal for a range that runs back."""
    found: list[str] = []
    for part in filter(None, (one.strip() for one in text.replace("\n", ",").split(","))):
        run = _RANGE.match(part)
        if run is None:
            found.append(part[:20])
            continue
        first, last = int(run["first"]), int(run["last"])
        if last < first or last - first >= BEDS_AT_ONCE:
            raise Refusal(_("“%(part)s” names no beds. Write G1-G20.") % {"part": part}, field="labels")
        width = len(run["first"]) if run["first"].startswith("0") else 0
        found += [f"{run['letters'].strip()}{number:0{width}d}"[:20] for number in range(first, last + 1)]
    return found


@transaction.atomic
def add_beds(
    *,
    actor: Actor,
    moment: datetime,
    ward_id: int,
    labels: Sequence[str],
    kind: str,
    order_reference: str = "",
) -> list[Bed]:
    """Set up beds of one kind in a ward."""
    actor.require(MANAGE)
    ward = _ward_for(actor, ward_id)
    listed = list(dict.fromkeys(labels))
    if not listed:
        raise Refusal(_("Name at least one bed."), field="labels")
    if len(listed) > BEDS_AT_ONCE:
        raise Refusal(_("At most %(most)d beds at once.") % {"most": BEDS_AT_ONCE}, field="labels")
    beds = [_new(ward, label, kind, moment) for label in listed]
    with worded():
        Bed.objects.bulk_create(beds)
    words = f"{len(beds)} × {beds[0].get_kind_display()} · {ward.name}"
    step = FacilityStep.What.BEDS
    note_step(ward.facility, step, actor=actor, moment=moment, order=order_reference.strip(), words=words)
    Fact.tell("care:beds:added", subject=ward.facility, moment=moment, officer=actor.officer, beds=len(beds))
    return beds


def _new(ward: Ward, label: str, kind: str, moment: datetime) -> Bed:
    key = sort_key(f"{ward.facility.name} {ward.name} {label}")[:120]
    area = Area.of(ward.facility).columns
    bed = Bed(facility=ward.facility, ward=ward, label=label, kind=kind, state_since=moment, sort_key=key, **area)
    bed.search_key = bed_words(ward.facility, label)
    bed.clean_fields(exclude=["facility", "ward", "sort_key"])
    return bed


@transaction.atomic
def set_beds(*, actor: Actor, moment: datetime, facility_id: int, bed_ids: Sequence[int], state: str) -> list[Bed]:
    """Make beds ready, clean them, hold them in reserve or close them. Refuses where a patient lies."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    beds = _chosen(facility, bed_ids)
    if state not in Bed.State.values:
        raise Refusal(_("Choose what becomes of the beds."), field="state")
    if state != Bed.State.USABLE:
        _refuse_taken(beds)
    changed = [one for one in beds if one.state != state]
    for one in changed:
        one.state, one.state_since = Bed.State(state), moment
    Bed.objects.bulk_update(changed, ["state", "state_since"])
    about = {"beds": len(changed), "state": state}
    Fact.tell("care:beds:set", subject=facility, moment=moment, officer=actor.officer, **about)
    return beds


@transaction.atomic
def convert_beds(
    *,
    actor: Actor,
    moment: datetime,
    facility_id: int,
    bed_ids: Sequence[int],
    kind: str,
    order_reference: str = "",
) -> list[Bed]:
    """Give beds oxygen or intensive care, or take it away. Refuses where a patient lies. Tells `care:beds:converted`."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    beds = _chosen(facility, bed_ids)
    if kind not in Bed.Kind.values:
        raise Refusal(_("Choose the kind of bed."), field="kind")
    _refuse_taken(beds)
    for one in beds:
        one.kind, one.state_since = Bed.Kind(kind), moment
    Bed.objects.bulk_update(beds, ["kind", "state_since"])
    words, step = f"{len(beds)} → {Bed.Kind(kind).label}", FacilityStep.What.CONVERTED
    note_step(facility, step, actor=actor, moment=moment, order=order_reference.strip(), words=words)
    about = {"beds": len(beds), "bed_kind": kind}
    Fact.tell("care:beds:converted", subject=facility, moment=moment, officer=actor.officer, **about)
    return beds


def _chosen(facility: Facility, bed_ids: Sequence[int]) -> list[Bed]:
    if not bed_ids:
        raise Refusal(_("Choose at least one bed."))
    beds = _lock_beds(facility, pk__in=list(bed_ids))
    if len(beds) != len(set(bed_ids)):
        raise NotHere(_("There is no such bed that your post may see."))
    return beds


def _refuse_taken(beds: Sequence[Bed]) -> None:
    taken = set(BedStay.objects.now().filter(bed__in=beds).values_list("bed_id", flat=True))
    labels = [one.label for one in beds if one.pk in taken]
    if labels:
        raise Refusal(_("A patient lies in bed %(beds)s. Move them first.") % {"beds": ", ".join(labels[:10])})


@transaction.atomic
def check_book(*, actor: Actor, moment: datetime, facility_id: int) -> Facility:
    """State that somebody went through the wards and the bed book agrees: its figures are of this moment."""
    actor.require(MANAGE)
    facility = facility_for(actor, facility_id)
    if not facility.keeps_bed_book:
        raise Refusal(_("%(facility)s keeps no bed book. Send a bed report.") % {"facility": facility.name})
    facility.checked_at, facility.version = moment, facility.version + 1
    facility.save()
    Fact.tell("care:beds:checked", subject=facility, moment=moment, officer=actor.officer)
    return facility

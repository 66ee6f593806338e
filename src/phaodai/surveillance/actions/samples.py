"""Tubes: asked for, taken at the table, sent, received, begun, rejected. Nothing that was taken is ever lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions.areas import columns_of_area, require_mine
from phaodai.surveillance.actions.campaigns import campaign_for, is_labelled
from phaodai.surveillance.actions.pools import join_pool, new_pool, sample_again
from phaodai.surveillance.actions.sample_words import words_of
from phaodai.surveillance.models import Campaign, Laboratory, LabTest, PoolMember, Sample, TestRequest
from phaodai.surveillance.rules.samples import CLOCKS_APART, KEPT_COLD, read_barcode, too_old

TAKE, RESULT = Permission.SURVEILLANCE_SAMPLE_TAKE, Permission.SURVEILLANCE_SAMPLE_RESULT
State = Sample.State


@transaction.atomic
def request_test(
    *,
    actor: Actor,
    moment: datetime,
    person_id: int,
    reason: str,
    method: str = LabTest.Method.PCR,
    campaign_id: int | None = None,
) -> Sample:
    """Ask for a sample of somebody; one that is asked for already is not asked for twice."""
    actor.require(TAKE)
    person = person_for(actor, person_id)
    campaign = campaign_for(actor, campaign_id) if campaign_id else None
    known = Sample.objects.due().filter(person=person, opens=None, campaign=campaign).first()
    if known is not None:
        return known
    sample = Sample.objects.create(
        person=person, reason=reason.strip()[:200], method=method, campaign=campaign, asked_at=moment,
        asked_by_id=actor.officer, **columns_of_area(person),
    )  # fmt: skip
    Fact.tell("surveillance:sample:requested", subject=sample, moment=moment, officer=actor.officer)
    return sample


def person_for(actor: Actor, person_id: int) -> Person:
    """Somebody of the officer's area, behind whichever of their records was named."""
    person = Person.objects.visible_to(actor).select_related("merged_into").filter(pk=person_id).first()
    if person is None:
        raise NotHere(_("There is nobody at this address that your post may see."))
    person = person.merged_into or person
    require_mine(actor, person)
    return person


@transaction.atomic
def drop_request(*, actor: Actor, moment: datetime, sample_id: int, reason: str) -> Sample:
    """Say that a sample that was asked for is not needed; the request and the reason stay.

    Raises Refusal for one that opens a pool: its person still waits for an outcome.
    """
    actor.require(TAKE)
    if not reason.strip():
        raise Refusal(_("Say why no sample is needed."), field="reason")
    sample = _held(actor, [sample_id])[0]
    require_mine(actor, sample)
    if sample.state != State.DUE:
        raise Refusal(_("This sample was taken already."))
    if sample.opens_id is not None:
        raise Refusal(_("This person's pool was not negative: only a single test gives an outcome."))
    sample.reason = f"{sample.reason} · {reason.strip()}".strip(" ·")[:200]
    return _move([sample], State.DROPPED, "dropped", actor, moment)[0]


@dataclass(frozen=True)
class Table:
    """Where and for what samples are being taken: what stays the same from one person to the next."""

    campaign_id: int | None = None
    method: str = LabTest.Method.PCR
    where: str = ""


@transaction.atomic
def take_tube(
    *,
    actor: Actor,
    moment: datetime,
    barcode: str,
    person_id: int,
    table: Table | None = None,
    taken_at: datetime | None = None,
) -> Sample:
    """One swab of one person into the tube of this barcode; in a pooled campaign the next person may join the tube.

    The same tube for the same person twice is the same sample. Raises Refusal with the field to mend.
    """
    actor.require(TAKE)
    table = table or Table()
    code, person = read_barcode(barcode), person_for(actor, person_id)
    taken = _believable(taken_at or moment, moment)
    campaign = campaign_for(actor, table.campaign_id) if table.campaign_id else None
    known = Sample.objects.select_for_update(of=("self",)).filter(barcode=code).first() if code else None
    if known is not None:
        return _again(known, person, campaign, moment)
    if not code or not is_labelled(code):
        raise Refusal(words_of("unlabelled", barcode.strip()), field="barcode")
    pooled = campaign is not None and campaign.pooled and _opening(person) is None
    sample = _new(code, person, campaign, table, taken, actor, moment, pooled=pooled)
    _answer_requests(person, moment)
    Fact.tell("surveillance:sample:taken", subject=sample, moment=moment, officer=actor.officer)
    return sample


def _believable(taken: datetime, moment: datetime) -> datetime:
    """A phone's clock may be wrong by a day; no sample is taken tomorrow, and none is written down after it spoiled."""
    if taken > moment + CLOCKS_APART:
        raise Refusal(_("The sample lies in the future. Correct when it was taken."), field="taken_at")
    if taken < moment - KEPT_COLD:
        words = _("The sample would be older than %(days)d days. Correct the day, or take another sample.")
        raise Refusal(words % {"days": KEPT_COLD.days}, field="taken_at")
    return min(taken, moment)


def _again(known: Sample, person: Person, campaign: Campaign | None, moment: datetime) -> Sample:
    """A tube that is in the books: the same person's own, a pool with room, or somebody else's."""
    if known.person_id == person.pk or (known.pool_id and _is_in(known, person)):
        return known
    if known.pool_id is None or campaign is None or known.campaign_id != campaign.pk:
        whose = str(known.person) if known.person_id else _("a pool")
        raise Refusal(words_of("scanned", known.barcode, whose), field="barcode")
    if known.state != State.TAKEN:
        raise Refusal(words_of("left", known.barcode, known.get_state_display()), field="barcode")
    join_pool(known, person, moment)
    _answer_requests(person, moment)
    return known


def _is_in(tube: Sample, person: Person) -> bool:
    return PoolMember.objects.filter(pool__tube=tube, person=person).exists()


def _opening(person: Person) -> Sample | None:
    """The single sample that somebody owes since their pool was opened."""
    return Sample.objects.due().filter(person=person, opens__isnull=False).order_by("asked_at").first()


def _new(
    code: str, person: Person, campaign: Campaign | None, table: Table, taken: datetime, actor: Actor, moment: datetime,
    *, pooled: bool,
) -> Sample:  # fmt: skip
    """The first use of a tube; a single one fills the place of what was asked for."""
    method = campaign.method if campaign else table.method
    facts: dict[str, Any] = {
        "barcode": code, "method": method, "state": State.TAKEN, "taken_at": taken, "taken_by_id": actor.officer,
        "taken_where": table.where.strip()[:120],
    }  # fmt: skip
    if pooled:
        assert campaign is not None, "only campaigns pool"
        tube = Sample(asked_at=moment, asked_by_id=actor.officer, campaign=campaign, **facts, **columns_of_area(person))
        return new_pool(tube, person, campaign, moment)
    asked = _opening(person) or Sample.objects.due().filter(person=person).order_by("asked_at").first()
    sample = asked or Sample(person=person, asked_at=moment, asked_by_id=actor.officer, **columns_of_area(person))
    for name, value in facts.items():
        setattr(sample, name, value)
    sample.campaign = sample.campaign or campaign
    sample.laboratory = None if method == LabTest.Method.ANTIGEN else sample.laboratory
    sample.test = waiting_test(person, method, taken, barcode=code)
    sample.version += 1 if asked else 0
    sample.full_clean()
    sample.save()
    return sample


def waiting_test(person: Person, method: str, taken: datetime, *, barcode: str = "") -> LabTest:
    """The test that keeps a person's outcome; one that was booked for that day and not taken yet is filled."""
    booked = LabTest.objects.filter(person=person, result="", barcode="", pool_member=None, method=method)
    day = taken.astimezone(VIETNAM).date()
    test = booked.filter(sampled_at__date=day, sample=None).order_by("pk").first()
    test = test or LabTest(person=person, method=method, **columns_of_area(person))
    test.sampled_at, test.barcode = taken, barcode
    test.save()
    return test


def _answer_requests(person: Person, moment: datetime) -> None:
    """What a screening team asked for is done."""
    asked = TestRequest.objects.waiting().filter(person=person)
    asked.update(state=TestRequest.State.SAMPLED, answered_at=moment)


@transaction.atomic
def send_samples(*, actor: Actor, moment: datetime, sample_ids: Sequence[int], laboratory_id: int) -> list[Sample]:
    """Send tubes that were taken to a laboratory; those that left already stay where they are."""
    actor.require(TAKE)
    laboratory = laboratory_for(actor, laboratory_id)
    samples = [one for one in _held(actor, sample_ids) if one.state == State.TAKEN]
    unfit = next((one for one in samples if one.method not in laboratory.methods), None)
    if unfit is not None:
        words = _("%(name)s does not examine by this method. Choose another.")
        raise Refusal(words % {"name": laboratory.name}, field="laboratory")
    LabTest.objects.filter(sample__in=samples).update(laboratory=laboratory.name[:160])
    return _move(samples, State.SENT, "sent", actor, moment, laboratory=laboratory, sent_at=moment)


def laboratory_for(actor: Actor, pk: int) -> Laboratory:
    """A laboratory that works today."""
    found = Laboratory.objects.visible_to(actor).open().filter(pk=pk).first()
    if found is None:
        raise Refusal(_("Choose a laboratory."), field="laboratory")
    return found


@dataclass(frozen=True)
class Arrived:
    """What became of the tubes that a laboratory scanned: those taken in, and those set aside with the reason."""

    received: list[Sample]
    aside: list[tuple[str, str]]


@transaction.atomic
def receive_samples(
    *, actor: Actor, moment: datetime, barcodes: Iterable[str], laboratory_id: int, frozen: bool = False
) -> Arrived:
    """Tubes arrive at the laboratory. One scanned twice changes nothing; one that is unknown, of another laboratory or
    too old is set aside with its reason, and stays in the books as it was."""
    actor.require(RESULT)
    laboratory = worked_laboratory(actor, laboratory_id)
    codes = list(dict.fromkeys(read_barcode(code) for code in barcodes if code.strip()))
    tubes = Sample.objects.visible_to(actor).select_for_update(of=("self",)).select_related("laboratory")
    known = {one.barcode: one for one in tubes.filter(barcode__in=codes)}
    aside: list[tuple[str, str]] = []
    coming: list[Sample] = []
    for code in codes:
        reason = _why_not(known.get(code), code, laboratory, moment, frozen=frozen)
        if reason:
            aside.append((code, reason))
        elif known[code].state in (State.TAKEN, State.SENT):
            coming.append(known[code])
    return Arrived(
        _move(coming, State.RECEIVED, "received", actor, moment, laboratory=laboratory, received_at=moment), aside
    )


def _why_not(tube: Sample | None, code: str, laboratory: Laboratory, moment: datetime, *, frozen: bool) -> str:
    if tube is None or tube.taken_at is None:
        return words_of("unknown", code)
    if tube.laboratory is not None and tube.laboratory != laboratory:
        return words_of("sent-elsewhere", code, tube.laboratory.name)
    if tube.state == State.REJECTED:
        return words_of("rejected", code)
    if tube.state in (State.TAKEN, State.SENT) and too_old(tube.taken_at, moment) and not frozen:
        return words_of("too-old", code, f"{tube.taken_at.astimezone(VIETNAM):%d/%m %H:%M}")
    return ""


def worked_laboratory(actor: Actor, pk: int) -> Laboratory:
    """A laboratory whose results this officer enters."""
    found = Laboratory.objects.visible_to(actor).worked_by(actor).filter(pk=pk).first()
    if found is None:
        raise NotAllowed(_("This laboratory belongs to another unit. You can send a request."))
    return found


@transaction.atomic
def start_run(*, actor: Actor, moment: datetime, sample_ids: Sequence[int]) -> list[Sample]:
    """Tubes that are on the machine now."""
    actor.require(RESULT)
    samples = [one for one in _at_work(actor, sample_ids) if one.state == State.RECEIVED]
    return _move(samples, State.RUNNING, "started", actor, moment, started_at=moment)


@transaction.atomic
def reject_sample(*, actor: Actor, moment: datetime, sample_id: int, reason: str) -> list[Sample]:
    """A tube that cannot be examined: each of its people is asked for a new sample, which the answer lists."""
    actor.require(RESULT)
    if reason not in Sample.Rejection.values:
        raise Refusal(_("Say why the tube is rejected."), field="reason")
    tube = _at_work(actor, [sample_id])[0]
    if tube.state in (State.RESULTED, State.REJECTED, State.DUE, State.DROPPED):
        raise Refusal(_("This tube is %(state)s already.") % {"state": tube.get_state_display().lower()})
    _move([tube], State.REJECTED, "rejected", actor, moment, rejected_for=reason)
    return sample_again([tube], _("The tube was rejected: %(why)s") % {"why": tube.get_rejected_for_display()}, moment)


def _at_work(actor: Actor, sample_ids: Sequence[int]) -> list[Sample]:
    samples = _held(actor, sample_ids)
    labs = {one.laboratory_id for one in samples if one.laboratory_id}
    mine = set(Laboratory.objects.worked_by(actor).filter(pk__in=labs).values_list("pk", flat=True))
    if any(one.laboratory_id not in mine for one in samples):
        raise NotAllowed(_("This laboratory belongs to another unit. You can send a request."))
    return samples


def _held(actor: Actor, sample_ids: Sequence[int]) -> list[Sample]:
    """Samples the officer sees, locked in one order. Raises Refusal for none, NotHere when one is missing."""
    asked = sorted(set(sample_ids))
    if not asked:
        raise Refusal(_("Choose at least one tube."))
    rows = Sample.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk__in=asked).order_by("pk")
    samples = list(rows)
    if len(samples) != len(asked):
        raise NotHere(_("There is no such tube, or your post may not see it."))
    return samples


def _move(
    samples: Sequence[Sample], state: str, deed: str, actor: Actor, moment: datetime, **facts: Any
) -> list[Sample]:
    """Put tubes one step on, all at once."""
    for sample in samples:
        sample.state, sample.version, sample.updated_at = state, sample.version + 1, moment
        for name, value in facts.items():
            setattr(sample, name, value)
    Sample.objects.bulk_update(samples, ["state", "reason", "version", "updated_at", *facts])
    if samples:
        told = {"count": len(samples)}
        Fact.tell(f"surveillance:sample:{deed}", subject=samples[0], moment=moment, officer=actor.officer, **told)
    return list(samples)


@transaction.atomic
def see_results(*, actor: Actor, moment: datetime, sample_ids: Sequence[int]) -> int:
    """The unit has seen these results: they wait no more among what it must do."""
    actor.require(TAKE)
    mine = [one for one in _held(actor, sample_ids) if actor.area.holds(one) and actor.reach != "own"]
    rows = Sample.objects.filter(pk__in=[one.pk for one in mine], state=State.RESULTED, seen_at=None)
    return rows.update(seen_at=moment)

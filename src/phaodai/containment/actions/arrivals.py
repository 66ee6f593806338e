"""Who came through a checkpoint: registered once, by telephone, with or without a declaration or papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.arrivals_traveller import (
    SAID,
    Said,
    columns_of,
    facts_of,
    origin_on,
    plain_plate,
    said_in,
)
from phaodai.containment.actions.checkpoints import checkpoint_of, require_manned_by
from phaodai.containment.models import Arrival, ArrivalGroup, Checkpoint, Declaration
from phaodai.containment.rules.arrivals import Origin, Timing, Verdict, judge, timing
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.public import plain_reference
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, know_reference
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Unit

LATEST = timedelta(hours=12)
"""After a checkpoint has closed its telephones may send so long what they recorded before."""
STEPS = {
    Arrival.Outcome.CENTRALISED: Arrival.Step.TO_PLACE,
    Arrival.Outcome.HOME: Arrival.Step.TO_VISIT,
    Arrival.Outcome.LODGING: Arrival.Step.TO_VISIT,
    Arrival.Outcome.MONITOR: Arrival.Step.TO_VISIT,
    Arrival.Outcome.FREE: Arrival.Step.DONE,
    Arrival.Outcome.UNDECIDED: Arrival.Step.TO_DECIDE,
}


@dataclass(frozen=True)
class Recorded:
    """What the telephone knows of the record: its key, and its own clock when it recorded and when it sent."""

    key: UUID
    said_at: datetime | None = None
    sent_at: datetime | None = None


def declaration_of(actor: Actor, reference: str) -> Declaration:
    """The declaration whose code is shown at the gate; the code opens it wherever its sender is bound."""
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    plain = plain_reference(reference)
    know_reference(plain)
    found = Declaration.objects.select_related("origin", "destination").filter(reference=plain).first()
    if found is None:
        words = _("There is no declaration with the code %(code)s. Read it again, or write down what the person says.")
        raise NotHere(words % {"code": reference.strip()})
    return found


@transaction.atomic
def log_arrival(
    *,
    actor: Actor,
    moment: datetime,
    checkpoint_id: int,
    recorded: Recorded,
    said: Said,
    has_papers: bool = True,
    declaration: Declaration | None = None,
    group: ArrivalGroup | None = None,
) -> Arrival:
    """Register somebody at a checkpoint and say what follows by the law of that day.

    The same key a second time gives the first record back. Nothing is refused for want of papers, and the moment is the
    server's where the telephone's clock is wrong; both are kept.
    """
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    checkpoint = checkpoint_of(actor, checkpoint_id)
    require_manned_by(actor, checkpoint)
    known = Arrival.objects.filter(key=recorded.key).first()
    if known is not None:
        return known
    when = timing(recorded.said_at, recorded.sent_at, moment)
    _refuse_closed(checkpoint, when.at)
    origin, verdict = judgement(checkpoint.province_id, said, when.at)
    arrival = Arrival(
        key=recorded.key,
        checkpoint=checkpoint,
        group=group,
        declaration=declaration,
        has_papers=has_papers,
        organisation_id=actor.organisation,
        officer_id=actor.officer,
        **_times(recorded, when, moment),
        **columns_of(said, moment),
    )
    apply_verdict(arrival, origin, verdict)
    arrival.clean_fields(exclude={field.name for field in Arrival._meta.fields} - set(SAID))
    arrival.save()
    _tell(arrival, actor, moment)
    return arrival


def _times(recorded: Recorded, when: Timing, moment: datetime) -> dict[str, object]:
    return {
        "at": when.at,
        "phone_said": recorded.said_at,
        "received_at": moment,
        "clock_off": int(when.ahead.total_seconds()),
    }


def _refuse_closed(checkpoint: Checkpoint, at: datetime) -> None:
    if at < checkpoint.opened_at:
        raise Refusal(_("%(name)s is not open yet.") % {"name": checkpoint.name}, field="checkpoint")
    if checkpoint.closed_at is not None and at > checkpoint.closed_at + LATEST:
        raise Refusal(_("%(name)s is closed. Choose the checkpoint where you stand.") % {"name": checkpoint.name})


def judgement(province_id: int, said: Said, at: datetime) -> tuple[Origin, Verdict]:
    """What is known of the origin on the day, and what follows."""
    day = at.astimezone(VIETNAM).date()
    origin = origin_on(said, day)
    return origin, judge(rulebook_for(province_id), day, origin, facts_of(said), unwell=said.unwell)


def apply_verdict(arrival: Arrival, origin: Origin, verdict: Verdict) -> None:
    """Write what follows into the record; the step is whose work it becomes."""
    arrival.origin_level = origin.level
    arrival.outcome = verdict.outcome
    arrival.quarantine_until = verdict.quarantine_until
    arrival.monitor_until = verdict.monitor_until
    arrival.test_on = list(verdict.test_on)
    arrival.urgent = verdict.urgent
    arrival.record = dict(verdict.record)
    arrival.step = STEPS[Arrival.Outcome(verdict.outcome)]


def _tell(arrival: Arrival, actor: Actor, moment: datetime) -> None:
    Fact.tell(
        "containment:arrival:registered",
        subject=arrival,
        moment=moment,
        officer=actor.officer,
        outcome=arrival.outcome,
        urgent=arrival.urgent,
    )


@transaction.atomic
def expect_group(
    *,
    actor: Actor,
    moment: datetime,
    checkpoint_id: int,
    plate: str,
    expected_at: datetime,
    abroad: bool = False,
    origin: Unit | None = None,
    origin_words: str = "",
    note: str = "",
) -> ArrivalGroup:
    """Expect a bus at a checkpoint: whoever declared to travel with that plate on that day is on its list."""
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    checkpoint = checkpoint_of(actor, checkpoint_id)
    require_manned_by(actor, checkpoint)
    plain = plain_plate(plate)
    if not plain:
        raise Refusal(_("Write the number plate."), field="plate")
    group = ArrivalGroup(
        plate=plain,
        travelling_on=expected_at.astimezone(VIETNAM).date(),
        expected_at=expected_at,
        checkpoint=checkpoint,
        abroad=abroad,
        origin=origin,
        origin_words=origin_words.strip(),
        note=note.strip(),
        sort_key=plain,
        search_key=fold(f"{plain} {origin_words} {origin.name if origin else ''} {checkpoint.name}"),
        province_id=checkpoint.province_id,
        district_id=checkpoint.district_id,
        commune_id=checkpoint.commune_id,
    )
    group.full_clean()
    group.save()
    Fact.tell("containment:group:expected", subject=group, moment=moment, officer=actor.officer)
    return group


def group_of(actor: Actor, pk: int) -> ArrivalGroup:
    """A bus that the actor's post may see, or a refusal."""
    found = ArrivalGroup.objects.visible_to(actor).select_related("checkpoint", "origin").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such vehicle that your post may see."))
    return found


def on_board(group: ArrivalGroup) -> list[Declaration]:
    """Who declared to travel with a bus, in the order of the names, as far as the database shows them."""
    rows = Declaration.objects.filter(plate=group.plate, travelling_on=group.travelling_on)
    return list(rows.select_related("origin", "destination").order_by("sort_key", "pk"))


@transaction.atomic
def log_group(
    *, actor: Actor, moment: datetime, group_id: int, declaration_ids: Sequence[int], recorded: Recorded | None = None
) -> list[Arrival]:
    """Register who got off a bus, as they declared. Ticked twice, or sent twice, everybody is registered once."""
    actor.require(Permission.CONTAINMENT_ARRIVAL_LOG)
    group = group_of(actor, group_id)
    require_manned_by(actor, group.checkpoint)
    ticked = set(declaration_ids)
    chosen = [one for one in on_board(group) if one.pk in ticked]
    if not chosen:
        raise Refusal(_("Tick at least one person who got off."), field="declaration")
    clock = recorded or Recorded(UUID(int=group.pk))
    return [
        log_arrival(
            actor=actor,
            moment=moment,
            checkpoint_id=group.checkpoint_id,
            recorded=Recorded(uuid5(_BUSES, f"{group.pk} {one.pk}"), clock.said_at, clock.sent_at),
            said=said_in(one),
            declaration=one,
            group=group,
        )
        for one in chosen
    ]


_BUSES = UUID("6f6d1f6e-6e8e-5a7e-9d2c-0f9c6d3c8b11")
"""The name space of the keys of passengers: a name of our own, the same on every installation."""

"""The certificates of a whole commune: asked for by an officer who stands for them, made piece by piece by the worker."""

from datetime import datetime
from time import perf_counter

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.jobs import defer_once
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.models import Organisation, Person
from phaodai.rulebook.provincial import rulebook_for
from phaodai.territory.models import Tier, Unit
from phaodai.vaccination.actions.certificates import drafted_row, expiry, seal_row
from phaodai.vaccination.actions.certificates_holders import Candidate, candidates
from phaodai.vaccination.actions.keys import sealing_key
from phaodai.vaccination.models import Certificate, CertificateOrder, Dose
from phaodai.vaccination.rules.certificates import Seal
from phaodai.vaccination.rules.keys import PublicKey

JOB = "vaccination.certificates"
PIECE = 200
"""People a transaction: half a second of work, after which the progress is seen."""
SLICE_SECONDS = 15.0
State = CertificateOrder.State


@transaction.atomic
def order_certificates(*, actor: Actor, moment: datetime, unit_id: int) -> CertificateOrder:
    """Issue every certificate that a commune's people may have. Whoever asks stands for the check and the signature."""
    actor.require(Permission.VACCINATION_CERTIFICATE_ISSUE)
    unit = Unit.objects.filter(pk=unit_id, tier=Tier.COMMUNE).first()
    if unit is None or not actor.area.holds(unit):
        raise NotAllowed(_("Certificates are issued for a commune of your own area."))
    if (going := CertificateOrder.objects.open().filter(unit=unit).first()) is not None:
        return going
    expiry(unit.province_id, moment)
    sealing_key(moment)
    order = CertificateOrder.objects.create(
        unit=unit,
        organisation_id=actor.organisation,
        officer_id=actor.officer,
        asked_at=moment,
        people=_vaccinated(unit.pk, 0).count(),
        **unit.area.columns,
    )
    Fact.tell("vaccination:certificates:ordered", subject=order, moment=moment, officer=actor.officer)
    call_worker()
    return order


def _vaccinated(commune: int, after: int) -> "QuerySet[Person]":
    given = Dose.objects.counted().filter(person__isnull=False, commune_id=commune).values("person_id")
    return Person.objects.current().filter(pk__in=given, commune_id=commune, pk__gt=after).order_by("pk")


def call_worker() -> None:
    """Have the worker go on behind whatever else waits; once is enough, however many orders there are."""
    defer_once(JOB)


@transaction.atomic
def stop_order(*, actor: Actor, moment: datetime, pk: int) -> CertificateOrder:
    """Issue no more of an order; what was issued stays."""
    actor.require(Permission.VACCINATION_CERTIFICATE_ISSUE)
    rows = CertificateOrder.objects.visible_to(actor).select_for_update(of=("self",))
    order = rows.filter(pk=pk).first()
    if order is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    if order.state != State.RUNNING:
        raise Refusal(_("This order is over: %(state)s.") % {"state": order.get_state_display()})
    _end(order, State.STOPPED, moment)
    return order


def work_on_orders(*, seconds: float = SLICE_SECONDS) -> bool:
    """Go on with the oldest order for a while; whether there is more to do."""
    began = perf_counter()
    while perf_counter() - began < seconds:
        with entering(SYSTEM, why=JOB):
            if not _one_piece(clock.now()):
                return False
    return True


def _one_piece(moment: datetime) -> bool:
    """One transaction: the next people of the oldest order; False when no order is open or another worker has it."""
    order = CertificateOrder.objects.open().select_for_update(of=("self",), skip_locked=True).first()
    if order is None:
        return False
    persons = list(_vaccinated(order.unit_id, order.reached)[:PIECE])
    if not persons:
        _end(order, State.FINISHED, moment)
        return True
    try:
        key, seal = sealing_key(moment)
        expires_at = expiry(order.province_id, moment)
    except Refusal as refusal:
        order.problem = str(refusal)[:300]
        _end(order, State.STOPPED, moment)
        return True
    found = candidates(rulebook_for(order.province_id), moment.date(), persons)
    _issue(order, [one for one in found if one.obstacle is None], key, seal, moment, expires_at)
    _count_left_out(order, found)
    order.reached = persons[-1].pk
    order.save()
    return True


def _issue(
    order: CertificateOrder,
    found: list[Candidate],
    key: PublicKey,
    seal: Seal,
    moment: datetime,
    expires_at: datetime,
) -> None:
    organisation = Organisation.objects.get(pk=order.organisation_id)
    rows = []
    for candidate in found:
        row = drafted_row(candidate, organisation.pk, moment)
        row.organisation = organisation
        row.checked_by_id = row.signed_by_id = order.officer_id
        row.checked_at = row.signed_at = order.asked_at
        seal_row(row, key, seal, moment, expires_at)
        rows.append(row)
    Certificate.objects.bulk_create(rows)
    order.issued += len(rows)


def _count_left_out(order: CertificateOrder, found: list[Candidate]) -> None:
    for candidate in found:
        if candidate.obstacle is not None:
            order.left_out[candidate.obstacle] = order.left_out.get(candidate.obstacle, 0) + 1


def _end(order: CertificateOrder, state: str, moment: datetime) -> None:
    order.state, order.ended_at = state, moment
    order.version += 1
    order.save()
    Fact.tell(
        "vaccination:certificates:ended", subject=order, moment=moment, officer=order.officer_id, issued=order.issued
    )

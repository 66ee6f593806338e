"""A duty that follows from vaccination as a task: given once, by the body above whoever has to act."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from phaodai.command.actions.tasks import Order, accept_result, give_task, report_done
from phaodai.command.models import Task
from phaodai.foundation.formats import moment as written
from phaodai.foundation.scope import Actor
from phaodai.people.models import Officer, Organisation
from phaodai.vaccination.models import Excursion, LotHold, ReactionClaim

TIME_TO_CALL = timedelta(minutes=30)
"""A working rule: no document that was read says how soon somebody with a danger sign is called back."""
TIME_TO_DECIDE = timedelta(hours=24)
"""A working rule: no document that was read says how soon held vaccine is decided about; vials cannot wait long."""


def give_once(
    *, actor: Actor, moment: datetime, body: Organisation | None, title: str, measure: str, deadline: datetime
) -> Task | None:
    """Give a body a task, from the body above it; None where there is nobody to give it, or it runs already."""
    if body is None or body.parent is None or Task.objects.live().filter(organisation=body, title=title).exists():
        return None
    giver = replace(actor, organisation=body.parent.pk, organisation_name=body.parent.name)
    order = Order(title=title, measure=measure, deadline=max(deadline, moment))
    return give_task(actor=giver, moment=moment, giver=body.parent, organisation=body, order=order)


def close_once(*, actor: Actor, moment: datetime, title: str, words: str) -> Task | None:
    """Report a task of that title as done and accept it, in these words: what it asked for stands in the books.

    None where none runs, or its body passed parts on that are still open.
    """
    task = Task.objects.live().select_related("organisation", "giver").filter(title=title).order_by("pk").first()
    if task is None or task.giver is None or task.parts.live().exists():
        return None
    body = replace(actor, organisation=task.organisation_id, organisation_name=task.organisation.name)
    report_done(actor=body, moment=moment, task_id=task.pk, text=words)
    giver = replace(actor, organisation=task.giver_id, organisation_name=task.giver.name)
    return accept_result(actor=giver, moment=moment, task_id=task.pk, text=words)


@transaction.atomic
def ask_call_back(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Have the station of the commune call back whoever told a danger sign. The title names nobody: tasks are read by more
    officers than doses are. None where somebody answered already."""
    claim = ReactionClaim.objects.waiting().filter(pk=subject_id, alarming=True).first()
    if claim is None:
        return None
    bodies = _open(claim.province_id)
    station = bodies.filter(kind=Organisation.Kind.HEALTH_STATION, commune_id=claim.commune_id).first()
    return give_once(
        actor=actor, moment=moment, body=station or bodies.filter(pk=claim.organisation_id).first(),
        title=_call_back_title(claim.pk),
        measure="Đã gọi hoặc đến tận nhà, ghi kết quả ở trang phản ứng sau tiêm.",
        deadline=claim.received_at + TIME_TO_CALL,
    )  # fmt: skip


@transaction.atomic
def ask_decision(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Have the health centre decide what becomes of the lots that an excursion holds; None where none is held any more."""
    holding = Excursion.objects.open().filter(pk=subject_id, holds__in=LotHold.objects.standing())
    excursion = holding.select_related("place").first()
    if excursion is None:
        return None
    bodies = _open(excursion.province_id)
    centre = bodies.filter(
        kind=Organisation.Kind.HEALTH_CENTRE, district_id=excursion.district_id, commune_id=None
    ).first()
    place = excursion.place
    return give_once(
        actor=actor, moment=moment, body=centre or bodies.filter(pk=place.organisation_id).first(),
        title=_decision_title(excursion),
        measure="Có quyết định dùng tiếp hay hủy, kèm lý do, ghi ở trang của tủ.",
        deadline=excursion.found_at + TIME_TO_DECIDE,
    )  # fmt: skip


def _call_back_title(claim: int) -> str:
    return f"Gọi ngay người tự báo dấu hiệu nguy hiểm sau tiêm, phiếu số {claim}"


def _decision_title(excursion: Excursion) -> str:
    return f"Quyết định về vắc xin đang giữ ở {excursion.place.name[:120]}, báo động số {excursion.pk}"


ANSWERS = {
    ReactionClaim.Verdict.CONFIRMED: "Đã hỏi: có phản ứng sau tiêm, đã ghi hồ sơ",
    ReactionClaim.Verdict.ORDINARY: "Đã hỏi: không phải phản ứng sau tiêm",
    ReactionClaim.Verdict.UNREACHED: "Không liên lạc được, đã thử hơn một giờ",
}
DECISIONS = {Excursion.Decision.USE: "Vắc xin được dùng tiếp", Excursion.Decision.DISCARD: "Vắc xin phải hủy"}


@transaction.atomic
def close_call_back(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """What was asked is answered: the task of the call back is done, in the words of the answer and who gave it."""
    claim = ReactionClaim.objects.select_related("answered_by").filter(pk=subject_id, answered_at__isnull=False).first()
    if claim is None:
        return None
    words = f"{ANSWERS[ReactionClaim.Verdict(claim.verdict)]}. {_by(claim.answered_by, claim.answered_at)}"
    return close_once(actor=actor, moment=moment, title=_call_back_title(claim.pk), words=words)


@transaction.atomic
def close_decision(*, actor: Actor, moment: datetime, subject_id: int) -> Task | None:
    """Somebody decided about the held vaccine: the task that asked for it is done, in the words of the decision."""
    rows = Excursion.objects.select_related("place", "decided_by").filter(decided_at__isnull=False)
    excursion = rows.filter(pk=subject_id).first()
    if excursion is None:
        return None
    said = f"{DECISIONS[Excursion.Decision(excursion.decision)]}: {excursion.reason}"
    words = f"{said}. {_by(excursion.decided_by, excursion.decided_at)}"
    return close_once(actor=actor, moment=moment, title=_decision_title(excursion), words=words)


def _by(officer: Officer | None, at: datetime | None) -> str:
    return f"{officer.full_name if officer else ''}, {written(at, 'vi') if at else ''}".strip(", ")


def _open(province: int) -> QuerySet[Organisation]:
    return Organisation.objects.open().select_related("parent").filter(province_id=province).order_by("pk")

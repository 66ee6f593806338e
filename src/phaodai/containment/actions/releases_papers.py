"""The certificate of completed quarantine: one official paper, drafted, numbered and signed in the outgoing book."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.papers import draft_paper, sign_paper
from phaodai.command.models import OutgoingPaper
from phaodai.containment.actions.stays_shared import note
from phaodai.containment.law import bases_of
from phaodai.containment.models import Stay, StayStep
from phaodai.containment.rules.stays_paper import Completed, annex_of, body_of, subject_of
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.rulebook.provincial import rulebook_for


@transaction.atomic
def sign_certificate(*, actor: Actor, moment: datetime, stay_ids: Sequence[int]) -> OutgoingPaper:
    """Sign that people completed their quarantine: one notice for all of them, with a table where they are several."""
    actor.require(Permission.COMMAND_PAPER_SIGN)
    actor.require(Permission.CONTAINMENT_STAY_READ)
    stays = _released(actor, stay_ids)
    completed = [_completed(one) for one in stays]
    on = max(one.released_on for one in completed)
    book = rulebook_for(stays[0].province_id)
    bases = bases_of(book, on, [str(one.decision.get("document") or "") for one in stays])
    paper = draft_paper(
        actor=actor,
        moment=moment,
        kind=OutgoingPaper.Kind.NOTICE,
        subject=subject_of(completed),
        body=body_of(completed, bases, actor.organisation_name),
        annexes=[annex_of(completed)] if len(completed) > 1 else [],
        distribution=["Người có tên trong Thông báo", "Trạm y tế cấp xã nơi cư trú"],
    )
    signed = sign_paper(actor=actor, moment=moment, paper_id=paper.pk)
    for stay in stays:
        stay.certificate = signed
        stay.version += 1
    Stay.objects.bulk_update(stays, ["certificate", "version"])
    note(stays, StayStep.What.CERTIFIED, actor=actor, moment=moment, words=signed.reference)
    return signed


def _released(actor: Actor, stay_ids: Sequence[int]) -> list[Stay]:
    asked = sorted(set(stay_ids))
    if not asked:
        raise Refusal(_("Choose at least one person."))
    rows = Stay.objects.visible_to(actor).select_for_update(of=("self",)).select_related("site")
    stays = list(rows.filter(pk__in=asked).order_by("pk"))
    if len(stays) != len(asked):
        raise NotHere(_("There is no such stay that your post may see."))
    unfit = next((one for one in stays if one.state != Stay.State.RELEASED or one.certificate_id), None)
    if unfit is not None:
        about = {"who": unfit.initials, "state": unfit.get_state_display()}
        words = _("%(who)s: a certificate is signed once, after the release (%(state)s).")
        raise Refusal(words % about)
    return stays


def _completed(stay: Stay) -> Completed:
    person = Person.objects.filter(pk=stay.person_id).select_related("household").first()
    if person is None:
        words = _("%(who)s lives in another area, whose register your post cannot open. Its own committee signs.")
        raise Refusal(words % {"who": stay.initials})
    assert stay.ended_at is not None, "a released stay has an end"
    return Completed(
        name=person.full_name or stay.initials,
        birth_year=person.birth_year,
        address=person.address or (person.household.address if person.household else ""),
        where=stay.site.name if stay.site else stay.address,
        admitted_on=stay.day_zero,
        released_on=stay.ended_at.date(),
        monitor_until=stay.monitor_until,
        document=str(stay.decision.get("document") or ""),
    )

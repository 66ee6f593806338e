"""What is done at a session: lots brought, people invited, answers written, walk-ins, opened, closed, called off; letters."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.formats import weekday_and_day
from phaodai.foundation.models import Fact
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Clash, NotAllowed, NotHere, Refusal
from phaodai.foundation.registers.sheet_pages import attachment
from phaodai.foundation.scope import Actor
from phaodai.foundation.sheets import write_sheet
from phaodai.supply.actions.stock_shared import mine
from phaodai.vaccination.actions import invitations, invitations_walk_in, sessions, sessions_team
from phaodai.vaccination.actions.claims import open_doors
from phaodai.vaccination.models import Invitation, ReactionDoor, Session
from phaodai.vaccination.pages.sessions import context_of, lot_of, seen_session
from phaodai.vaccination.rules.sessions_account import WASTE


@page(Permission.VACCINATION_COVERAGE_READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Do what the form names in `viec`; what is refused comes back on the page with its reason and what was typed."""
    found = seen_session(actor, pk)
    do = DEEDS.get(request.POST.get("viec", ""))
    if do is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    try:
        messages.success(request, do(found, actor, request))
    except (NotAllowed, NotHere, Clash):
        raise
    except Refusal as refusal:
        refused = {"field": refusal.field or "", "words": str(refusal), "deed": request.POST.get("viec", "")}
        shown = context_of(found, actor, refused=refused, typed=request.POST)
        return render(request, "vaccination/plan_session.html", shown, status=422)
    return redirect("vaccination-session", pk=pk)


def _bring(found: Session, actor: Actor, request: HttpRequest) -> str:
    vials = whole(request.POST.get("vials"))
    lot, place = lot_of(request)
    row = sessions.bring_lot(
        actor=actor, moment=clock.now(), session_id=found.pk, lot_id=lot, vials=vials, place_id=place
    )
    return _("%(vials)d vials of lot %(lot)s are at the session.") % {"vials": row.brought, "lot": row.lot.number}


def _invite(found: Session, actor: Actor, request: HttpRequest) -> str:
    people, reserve = whole(request.POST.get("people")) or None, whole(request.POST.get("reserve"))
    count = invitations.choose_invitations(
        actor=actor, moment=clock.now(), session_id=found.pk, people=people, reserve=reserve
    )
    return ngettext("%(count)d person is invited.", "%(count)d people are invited.", count) % {"count": count}


def _answer(found: Session, actor: Actor, request: HttpRequest) -> str:
    count = invitations.answer_invitations(
        actor=actor, moment=clock.now(), session_id=found.pk, invitation_ids=row_ids(request.POST.getlist("row")),
        state=request.POST.get("state", ""),
    )  # fmt: skip
    return ngettext("%(count)d answer is written.", "%(count)d answers are written.", count) % {"count": count}


def _call(found: Session, actor: Actor, request: HttpRequest) -> str:
    count = invitations.call_reserve(
        actor=actor, moment=clock.now(), session_id=found.pk, people=whole(request.POST.get("people"), 1)
    )
    words = ngettext("%(count)d person in reserve is asked to come.", "%(count)d in reserve are asked to come.", count)
    return words % {"count": count}


def _walk_in(found: Session, actor: Actor, request: HttpRequest) -> str:
    sent = request.POST
    entry, reason = whole(sent.get("entry")), sent.get("reason", "")
    if entry:
        row = invitations_walk_in.take_walk_in(
            actor=actor, moment=clock.now(), session_id=found.pk, entry_id=entry, reason=reason
        )
    else:
        row = invitations_walk_in.list_walk_in(
            actor=actor, moment=clock.now(), session_id=found.pk, full_name=sent.get("full_name", ""),
            birth_date=_birth(sent), group=sent.get("group", "others"), sex=sent.get("sex", ""),
            number=sent.get("number", ""), phone=sent.get("phone", ""), reason=reason,
        )  # fmt: skip
    return _("%(who)s is let in.") % {"who": row.entry.masked}


def _birth(sent: QueryDict) -> date:
    try:
        return date.fromisoformat(sent.get("birth_date", ""))
    except ValueError as problem:
        raise Refusal(_("Write the date of birth."), field="birth_date") from problem


def _open(found: Session, actor: Actor, _request: HttpRequest) -> str:
    sessions.open_session(actor=actor, moment=clock.now(), session_id=found.pk)
    return _("The session is open.")


def _close(found: Session, actor: Actor, request: HttpRequest) -> str:
    closings = [_closing(request.POST, lot) for lot in found.lots.values_list("lot_id", flat=True)]
    sessions.close_session(
        actor=actor, moment=clock.now(), session_id=found.pk, closings=closings, note=request.POST.get("note", "")
    )
    return _("The session is closed and its vials are accounted for.")


def _closing(sent: QueryDict, lot: int) -> sessions.Closing:
    wasted = {reason: whole(sent.get(f"{reason}-{lot}")) for reason in WASTE}
    return sessions.Closing(
        lot,
        whole(sent.get(f"returned-{lot}")),
        whole(sent.get(f"given-{lot}")),
        wasted,
        sent.get(f"explanation-{lot}", ""),
    )


def _cancel(found: Session, actor: Actor, request: HttpRequest) -> str:
    reason = request.POST.get("reason", "")
    sessions.cancel_session(actor=actor, moment=clock.now(), session_id=found.pk, reason=reason)
    return _("The session is called off. Whoever was invited waits again.")


def _told(found: Session, actor: Actor, request: HttpRequest) -> str:
    count = invitations.write_told(
        actor=actor, moment=clock.now(), session_id=found.pk, invitation_ids=row_ids(request.POST.getlist("row"))
    )
    return ngettext("%(count)d person was told.", "%(count)d people were told.", count) % {"count": count}


def _join(found: Session, actor: Actor, request: HttpRequest) -> str:
    sent = request.POST
    member = sessions_team.join_team(
        actor=actor,
        moment=clock.now(),
        session_id=found.pk,
        worker_id=whole(sent.get("worker")),
        duty=sent.get("duty", ""),
    )
    clashes = sessions_team.elsewhere(found, [member.worker_id]).get(member.worker_id, [])
    if clashes:
        about = {"name": member.name, "where": ", ".join(one.where for one in clashes)}
        messages.warning(
            request, _("%(name)s is expected at the same time at: %(where)s. Settle that with them.") % about
        )
    return _("%(name)s is on the team.") % {"name": member.name}


def _leave(found: Session, actor: Actor, request: HttpRequest) -> str:
    member = sessions_team.leave_team(
        actor=actor, moment=clock.now(), session_id=found.pk, member_id=whole(request.POST.get("member"))
    )
    return _("%(name)s is off the team.") % {"name": member.name}


DEEDS: dict[str, Callable[[Session, Actor, HttpRequest], str]] = {
    "mang-lo": _bring,
    "moi": _invite,
    "tra-loi": _answer,
    "du-bi": _call,
    "vang-lai": _walk_in,
    "mo": _open,
    "dong": _close,
    "huy": _cancel,
    "da-bao": _told,
    "vao-doi": _join,
    "roi-doi": _leave,
}


@page(Permission.VACCINATION_SESSION_RUN)
def letters(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Whom to ask, by hamlet and hour, with full names, telephones and a text to send; that it was taken is logged."""
    found = seen_session(actor, pk)
    if not mine(actor, found):
        raise NotAllowed(_("This session is run by another unit. You can send a request."))
    seen = Invitation.objects.visible_to(actor).filter(session=found).select_related("entry__hamlet")
    off = found.state == Session.State.CANCELLED
    rows = seen.untold(found) if off else seen.standing()
    listed = list(rows.order_by("entry__hamlet__sort_key", "entry__hamlet_name", "slot", "position"))
    doors = open_doors(actor=actor, moment=clock.now(), session_id=found.pk)
    links = {pk: request.build_absolute_uri(_report_page(door)) for pk, door in doors.items()}
    Fact.tell(
        "vaccination:invitation:exported", subject=found, moment=clock.now(), officer=actor.officer, people=len(listed)
    )
    heads = [
        _("Hamlet"), _("Hour"), _("Full name"), _("Date of birth"), _("Telephone"), _("ID card number"), _("Dose"),
        _("Text to send"),
    ]  # fmt: skip
    content = write_sheet(_("Invitations"), heads, _letters(listed, found, links))
    return attachment(content, f"giay-moi-{found.pk}-{found.day:%Y%m%d}.xlsx")


def _report_page(door: ReactionDoor) -> str:
    return reverse("reaction-report", args=[door.reference])


def _letters(rows: Iterable[Invitation], found: Session, links: Mapping[int, str]) -> Iterable[list[Any]]:
    for row in rows:
        entry, hour = row.entry, f"{row.slot:%H:%M}" if row.slot else ""
        hamlet = entry.hamlet.name if entry.hamlet else entry.hamlet_name
        born = entry.birth_date or entry.birth_year
        text = (
            _off(row, found)
            if found.state == Session.State.CANCELLED
            else _letter(row, found, hour, links.get(row.pk, ""))
        )
        yield [hamlet, hour, entry.full_name, born, entry.phone, entry.identity_number, row.dose_number, text]


def _letter(row: Invitation, found: Session, hour: str, link: str) -> str:
    about = {
        "name": row.entry.full_name, "dose": row.dose_number, "hour": hour, "day": weekday_and_day(found.day),
        "where": " ".join(filter(None, [found.name, found.address])), "link": link,
    }  # fmt: skip
    words = _(
        "%(name)s: you are invited for dose %(dose)d against COVID-19 at %(hour)s on %(day)s, %(where)s."
        " Bring your ID card, wear a mask, come at your hour. After the dose, tell us how you feel: %(link)s"
    )
    return words % about


def _off(row: Invitation, found: Session) -> str:
    about = {"name": row.entry.full_name, "day": weekday_and_day(found.day), "where": found.name, "why": found.note}
    words = _("%(name)s: the vaccination on %(day)s, %(where)s, is called off (%(why)s). You will be invited again.")
    return words % about

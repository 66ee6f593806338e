"""The desk behind the tables: doubts to settle, identities to decide, and what phones could not send."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.formats import day
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.vaccination.actions.doses_settling import settle_doubt
from phaodai.vaccination.actions.identities import decide_identity, match_waiting
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Dose, DoseDoubt, IdentityQuestion, RefusedDose
from phaodai.vaccination.models.doses import listed
from phaodai.vaccination.pages.doses_desk_words import sides_of

SHOWN = 30


@page(Permission.VACCINATION_DOSE_READ)
def doubts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the rule has against doses: given all the same first, then what was found; and what no phone could send."""
    waiting = DoseDoubt.objects.filter(listed(actor)).open()
    rows = waiting.order_by("-overridden", "-found_at", "-id")
    kind = request.GET.get("loai", "")
    chosen = rows.filter(overridden=kind == "van-tiem") if kind in ("van-tiem", "tim-thay") else rows
    # Which ones first: joined before the first are taken, the dose of every doubt of a province would be read.
    first = rows.filter(pk__in=list(chosen.values_list("pk", flat=True)[:SHOWN])).select_related("dose", "officer")
    shown = {
        "rows": [(one, one.words_en if language() == "en" else one.words_vi) for one in first],
        "waiting": waiting[:10_001].count(),
        "kind": kind,
        "may_settle": actor.may(Permission.VACCINATION_IDENTITY_DECIDE),
        "refused": RefusedDose.objects.visible_to(actor).waiting().order_by("-received_at")[:SHOWN],
    }
    return render(request, "vaccination/doses_doubts.html", shown)


@page(Permission.VACCINATION_IDENTITY_DECIDE)
def identities(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The identity that is asked about first, beside the person most like it."""
    waiting = IdentityQuestion.objects.filter(listed(actor)).waiting()
    question = waiting.select_related("dose", "candidate__household__hamlet").first()
    shown = {
        "question": question,
        "waiting": waiting.order_by()[:10_001].count(),
        "rows": sides_of(question) if question else [],
        "doses": _doses_of(question, actor) if question else [],
    }
    return render(request, "vaccination/doses_identities.html", shown)


def _doses_of(question: IdentityQuestion, actor: Actor) -> list[str]:
    doses = Dose.objects.visible_to(actor).counted().filter(identity_key=question.identity_key).order_by("given_on")
    return [
        gettext("Dose %(number)s: %(product)s, %(day)s")
        % {"number": one.number, "product": product_label(one.product), "day": day(one.given_on, language())}
        for one in doses[:9]
    ]


@page(Permission.VACCINATION_DOSE_READ, deed=True)
def deed(request: HttpRequest, actor: Actor, name: str, pk: int) -> HttpResponse:
    """Settle a doubt, decide an identity, look for people again."""
    if name not in DEEDS:
        raise NotHere(gettext("There is nothing at this address that your post may see."))
    do, back = DEEDS[name]
    try:
        messages.success(request, do(request, actor, pk))
    except Refusal as refusal:
        if refusal.field is None:
            raise
        messages.error(request, str(refusal))
    return redirect(back)


def _settle(request: HttpRequest, actor: Actor, pk: int) -> str:
    told = {"settled": request.POST.get("settled", ""), "reason": request.POST.get("reason", "")}
    done = settle_doubt(actor=actor, moment=clock.now(), doubt_id=pk, **told)
    return f"{done.get_settled_display()}."


def _decide(request: HttpRequest, actor: Actor, pk: int) -> str:
    person = whole(request.POST.get("person")) or None
    done = decide_identity(
        actor=actor, moment=clock.now(), question_id=pk, verdict=request.POST.get("verdict", ""),
        reason=request.POST.get("reason", ""), person_id=person,
    )  # fmt: skip
    return f"{done.get_verdict_display()}."


def _match(_request: HttpRequest, actor: Actor, _pk: int) -> str:
    matched, asked = match_waiting(actor=actor, moment=clock.now())
    words = ngettext("%(count)d dose found its person", "%(count)d doses found their person", matched) % {
        "count": matched
    }
    return words + gettext("; %(asked)d new questions.") % {"asked": asked}


DEEDS: dict[str, tuple[Callable[[HttpRequest, Actor, int], str], str]] = {
    "nghi-ngo": (_settle, "dose-doubts"),
    "danh-tinh": (_decide, "dose-identities"),
    "tim-lai": (_match, "dose-identities"),
}

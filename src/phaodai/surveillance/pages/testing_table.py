"""The sampling table on a phone (/giam-sat/xet-nghiem/lay-mau): scan the tube, tap the person, next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.surveillance.actions import results, samples
from phaodai.surveillance.models import Campaign, Laboratory, LabTest, PoolMember, Sample, TestRequest
from phaodai.surveillance.rules.samples import read_barcode

OFFERED = 12
OWED_SHOWN = 40


@dataclass(frozen=True)
class Standing:
    """Who may be tapped: the person, why a sample is owed, and the request behind it (0: a screening team's)."""

    person: Person
    why: str = ""
    request: int = 0


@dataclass(frozen=True)
class Wish:
    """What the address keeps from one person to the next."""

    campaign: Campaign | None
    method: str
    barcode: str
    words: str

    def address(self, barcode: str = "") -> str:
        """The same table, with the tube in hand."""
        parts = {"dot": self.campaign.pk if self.campaign else "", "cach": self.method, "ong": barcode}
        query = urlencode({name: value for name, value in parts.items() if value})
        return f"{reverse('surveillance-sample-take')}?{query}"


def wish_of(request: HttpRequest, actor: Actor) -> Wish:
    """Read the address or the form."""
    asked = request.POST if request.method == "POST" else request.GET
    campaign = Campaign.objects.visible_to(actor).open().filter(pk=whole(asked.get("dot"))).first()
    method = asked.get("cach", "")
    known = method if method in LabTest.Method.values else LabTest.Method.PCR
    method = campaign.method if campaign else known
    return Wish(campaign, method, read_barcode(asked.get("ong", ""))[:40], asked.get("tim", "").strip()[:120])


@page(Permission.SURVEILLANCE_SAMPLE_TAKE)
def take(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One tube, one person: a scan and a tap."""
    wish, problem = wish_of(request, actor), None
    if request.method == "POST":
        try:
            return _taken(request, actor, wish)
        except NotHere:
            raise
        except Refusal as refusal:
            problem = refusal
    tube = Sample.objects.of_area(actor).filter(barcode=wish.barcode).first() if wish.barcode else None
    found = found_people(actor, wish.words)
    shown = {
        "wish": wish,
        "problem": problem,
        "tube": tube,
        "members": _members(tube),
        "room": _room(tube),
        "people": found,
        "owed": [] if found else owed_people(actor, wish.campaign),
        "campaigns": Campaign.objects.visible_to(actor).open().order_by("-starts_on", "sort_key")[:20],
        "methods": LabTest.Method.choices,
        "rapid": _rapid(actor),
        "to_send": Sample.objects.of_area(actor).filter(state=Sample.State.TAKEN, method=LabTest.Method.PCR).count(),
        "laboratories": Laboratory.objects.visible_to(actor).open().order_by("sort_key"),
    }
    return render(request, "surveillance/sample_take.html", shown, status=422 if problem else 200)


def _taken(request: HttpRequest, actor: Actor, wish: Wish) -> HttpResponse:
    table = samples.Table(wish.campaign.pk if wish.campaign else None, wish.method, request.POST.get("noi", ""))
    person = whole(request.POST.get("person"))
    sample = samples.take_tube(actor=actor, moment=clock.now(), barcode=wish.barcode, person_id=person, table=table)
    messages.success(request, _("Written down: tube %(barcode)s.") % {"barcode": sample.barcode})
    return redirect(wish.address(sample.barcode if _room(sample) else ""))


def _members(tube: Sample | None) -> Sequence[PoolMember]:
    if tube is None or tube.pool_id is None:
        return ()
    return list(PoolMember.objects.filter(pool=tube.pool_id).select_related("person").order_by("pk"))


def _room(tube: Sample | None) -> int:
    """How many more people a pooled tube takes."""
    if tube is None or tube.pool is None or tube.state != Sample.State.TAKEN:
        return 0
    return int(tube.pool.size) - tube.pool.members.count()


def found_people(actor: Actor, words: str) -> list[Standing]:
    """People of the area by the number or the QR code of the ID card, by telephone, or by the words of the name."""
    if not words:
        return []
    people = Person.objects.visible_to(actor).current().select_related("household__hamlet")
    number = words.partition("|")[0].strip()
    if number.isdigit():
        found = people.filter(identity_number=number) | people.filter(phone=number)
    else:
        found = people
        for word in fold(words).split():
            found = found.filter(search_key__contains=word)
    return [Standing(person) for person in found.order_by("sort_key", "pk")[:OFFERED]]


def owed_people(actor: Actor, campaign: Campaign | None) -> list[Standing]:
    """Who is to be sampled: opened pools first, then what was asked for, then what screening teams found."""
    due = Sample.objects.of_area(actor).due().select_related("person__household__hamlet").order_by("opens", "asked_at")
    if campaign is not None:
        due = due.filter(campaign=campaign)
    asked = [Standing(one.person, one.reason, one.pk) for one in due[:OWED_SHOWN] if one.person is not None]
    if campaign is not None:
        return asked
    known = {one.person.pk for one in asked}
    screened = TestRequest.objects.visible_to(actor).waiting().select_related("person__household__hamlet")
    rows = screened.exclude(person__in=known).order_by("asked_at")[:OWED_SHOWN]
    return asked + [Standing(one.person, _("Symptoms at the door")) for one in rows]


def _rapid(actor: Actor) -> list[Sample]:
    """Rapid tests taken here that nobody has read yet."""
    waiting = Sample.objects.of_area(actor).filter(state=Sample.State.TAKEN, method=LabTest.Method.ANTIGEN)
    return list(waiting.filter(person__isnull=False).select_related("person").order_by("taken_at")[:OFFERED])


@page(Permission.SURVEILLANCE_SAMPLE_TAKE, deed=True)
def read_rapid(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """What a rapid test shows."""
    result = request.POST.get("result", "")
    results.answer_at_the_table(actor=actor, moment=clock.now(), sample_id=pk, result=result)
    messages.success(request, _("The result is written down."))
    return redirect(f"{reverse('surveillance-sample-take')}?{urlencode({'cach': LabTest.Method.ANTIGEN})}")


@page(Permission.SURVEILLANCE_SAMPLE_TAKE, deed=True)
def send(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Send everything that was taken here (or the chosen tubes) to a laboratory."""
    chosen = row_ids(request.POST.getlist("row"))
    if not chosen:
        waiting = Sample.objects.of_area(actor).filter(state=Sample.State.TAKEN, method=LabTest.Method.PCR)
        chosen = list(waiting.values_list("pk", flat=True))
    sent = samples.send_samples(
        actor=actor, moment=clock.now(), sample_ids=chosen, laboratory_id=whole(request.POST.get("laboratory"))
    )
    messages.success(request, _("Sent: %(count)d tubes.") % {"count": len(sent)})
    return redirect("surveillance-sample-take")


@page(Permission.SURVEILLANCE_SAMPLE_TAKE, deed=True)
def drop(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A sample that was asked for is not needed."""
    reason: Any = request.POST.get("reason", "")
    samples.drop_request(actor=actor, moment=clock.now(), sample_id=pk, reason=reason)
    messages.success(request, _("The request is closed."))
    return redirect("surveillance-sample-take")

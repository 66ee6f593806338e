"""Checks of places on a phone: who is due in walking order, one checklist on one screen, what was found and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.command.actions.documents import Upload
from phaodai.containment.actions.checks import Seen, checklist_of, place_of, record_check
from phaodai.containment.models import Check, CheckFinding, CheckPhoto
from phaodai.containment.models.checks_figures import due_spots, visited_places
from phaodai.containment.pages.photos import photo_answer
from phaodai.containment.rules.checklists import Item, checklists
from phaodai.containment.rules.checks import MET, NOT_APPLICABLE, NOT_MET, Spot, in_walking_order, items_again
from phaodai.foundation import clock
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.components import State, Text
from phaodai.foundation.fields import MomentField
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook.showing.names import CONFIDENCES
from phaodai.territory.models import Place

AT_MOST = 40
WRITE = Permission.CONTAINMENT_INSPECTION_WRITE


@dataclass(frozen=True)
class Stop:
    """One place on today's way."""

    place: Place
    checklist: str
    mark: State
    again: bool
    last: str


@page(WRITE)
def due(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Places that are due, the nearest next; `?q=` finds any place, and the code of a poster opens it at once."""
    asked = request.GET.get("q", "").strip()
    found = _found(actor, asked) if asked else []
    if len(found) == 1 and found[0].code.lower() == asked.lower():
        return redirect("containment-check-place", pk=found[0].pk)
    today = clock.today()
    spots = in_walking_order(due_spots(actor.area.narrowing, today), _start(request))
    places = Place.objects.in_bulk([one.place for one in spots[:AT_MOST]])
    shown = {
        "asked": asked,
        "found": found[:AT_MOST],
        "stops": [_stop(places[one.place], one, today) for one in spots[:AT_MOST] if one.place in places],
        "count": len(spots),
        "never": sum(one.last_on is None for one in spots),
        "located": _start(request) is not None,
    }
    return render(request, "containment/checks_due.html", shown)


def _found(actor: Actor, asked: str) -> list[Place]:
    rows = visited_places(actor.area.narrowing)
    exact = list(rows.filter(code__iexact=asked)[:2])
    words = fold(asked).split()
    for word in words:
        rows = rows.filter(search_key__contains=word)
    return exact if len(exact) == 1 else list(rows.order_by("sort_key", "pk")[: AT_MOST + 1])


def _start(request: HttpRequest) -> tuple[float, float] | None:
    """Where the officer stands, as the phone says it: `?tu=105.85,21.02`; used for the order alone and not kept."""
    try:
        longitude, latitude = (float(part) for part in request.GET.get("tu", "").split(","))
    except ValueError:
        return None
    return (longitude, latitude) if abs(longitude) <= 180 and abs(latitude) <= 90 else None


def _stop(place: Place, spot: Spot, today: date) -> Stop:
    name = checklist_of(place).name.of(language())
    last = day_words(spot.last_on, language()) if spot.last_on else ""
    return Stop(place, name, _due_mark(spot, today), bool(spot.open_findings), last)


def _due_mark(spot: Spot, today: date) -> State:
    if spot.last_on is None:
        return State(_("never visited"), "act", "pin")
    if spot.open_findings:
        late = spot.due_on < today
        words = _("%(count)d to put right, by %(day)s") % {
            "count": spot.open_findings, "day": day_words(spot.due_on, language())
        }  # fmt: skip
        return State(words, "late" if late else "act", "clock")
    return State(_("due since %(day)s") % {"day": day_words(spot.due_on, language())}, "", "clock")


@page(WRITE)
def by_code(request: HttpRequest, actor: Actor, code: str) -> HttpResponse:
    """Where a poster's QR code leads: the place's checklist."""
    del request
    place = Place.objects.visible_to(actor).open().filter(code__iexact=code).first()
    if place is None:
        raise NotHere(_("There is no place with the code %(code)s. Search it by its name.") % {"code": code[:40]})
    return redirect("containment-check-place", pk=place.pk)


@page(WRITE)
def poster(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The poster of a place for its door: its code, which the camera of a phone opens."""
    place = place_of(actor, pk)
    url = request.build_absolute_uri(reverse("containment-check-code", args=[place.code]))
    return render(request, "containment/check_poster.html", {"place": place, "drawing": qr_drawing(url), "url": url})


class CheckForm(forms.Form):
    """One question an item: met, not met, or not there at this place; a note and a photo where it is not met."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    visited_at = MomentField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(required=False, max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        choices = [
            (MET, pgettext("item", "Met")),
            (NOT_MET, pgettext("item", "Not met")),
            (NOT_APPLICABLE, pgettext("item", "Not here")),
        ]
        for one in items:
            self.fields[one.id] = forms.ChoiceField(
                label=one.words.of(language()), choices=choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"note-{one.id}"] = forms.CharField(
                required=False, max_length=300, widget=forms.TextInput({"placeholder": _("What was seen?")})
            )
            self.fields[f"photo-{one.id}"] = forms.FileField(
                required=False, allow_empty_file=True,
                widget=forms.FileInput({"accept": "image/*", "capture": "environment"}),
            )  # fmt: skip

    def questions(self) -> list[dict[str, Any]]:
        """What the template prints, item by item."""
        return [
            {"item": one, "known": _known(one), "answer": self[one.id], "note": self[f"note-{one.id}"],
             "photo": self[f"photo-{one.id}"], "remedy": one.remedy.of(language())}
            for one in self.items
        ]  # fmt: skip

    def seen(self) -> Seen:
        """What the officer brings."""
        values = self.cleaned_data
        photos = [(one.id, file) for one in self.items if (file := values.get(f"photo-{one.id}"))]
        return Seen(
            {one.id: values[one.id] for one in self.items if values.get(one.id)},
            {one.id: values[f"note-{one.id}"] for one in self.items},
            values["note"],
            [(name, Upload(file.name, file.content_type or "", file.read())) for name, file in photos],
            values["visited_at"],
        )


@page(WRITE)
def visit(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The checklist of a place; `?lan=2` asks only what was not met."""
    place = place_of(actor, pk)
    checklist = checklist_of(place)
    waiting = list(CheckFinding.objects.open().filter(place=place).values_list("item", flat=True))
    again = request.GET.get("lan") == "2" and bool(waiting)
    items = items_again(checklist, waiting) if again else checklist.items
    form = CheckForm(items, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = act(form, lambda: _record(actor, pk, form, again=again))
        if done is not None:
            messages.success(request, _("Kept: %(place)s.") % {"place": place.name})
            return redirect("containment-check", pk=done.pk)
    shown = {
        "place": place,
        "checklist": checklist,
        "name": checklist.name.of(language()),
        "form": form,
        "again": again,
        "waiting": len(waiting),
    }
    return render(request, "containment/check_form.html", shown, status=status_of(form))


def _record(actor: Actor, pk: int, form: CheckForm, *, again: bool) -> Check:
    key: UUID = form.cleaned_data["key"]
    return record_check(actor=actor, moment=clock.now(), place_id=pk, seen=form.seen(), key=key, again=again)


@page(Permission.CONTAINMENT_GATHERING_READ)
def summary(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One visit: each item, what must be put right and by when, the second visit."""
    rows = Check.objects.visible_to(actor).select_related("place", "officer", "follows")
    check = rows.filter(pk=pk).first()
    if check is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    known = checklists().get(check.checklist)
    shown = {
        "check": check,
        "name": known.name.of(language()) if known else check.checklist,
        "answers": [_answered(check, one) for one in check.answers],
        "findings": [_finding(one, clock.now()) for one in _findings(check)],
        "photos": check.photos.all(),
        "may_visit": actor.may(WRITE) and actor.area.holds(check) and check.place.closed_on is None,
        "later": check.followed_by.order_by("pk").first(),
        "when": check.visited_at.astimezone(VIETNAM),
    }
    return render(request, "containment/check.html", shown)


def _answered(check: Check, one: dict[str, Any]) -> dict[str, Any]:
    known = checklists().get(check.checklist)
    item = known.item(one["item"]) if known else None
    marks = {
        MET: State(pgettext("item", "met"), "", "check"),
        NOT_MET: State(pgettext("item", "not met"), "late", "close"),
        NOT_APPLICABLE: State(pgettext("item", "not here"), "", "minus"),
    }
    return {
        "words": one[language()], "note": one["note"], "mark": marks[one["answer"]], "item": item,
        "known": _known(item) if item else "",
    }  # fmt: skip


def _known(item: Item) -> Text:
    """How surely the duty is known, in words; an item of our own has no source."""
    return CONFIDENCES.get(item.confidence, "")


def _findings(check: Check) -> "list[CheckFinding]":
    """What this visit found, and what of before it saw again."""
    items = [one["item"] for one in check.answers if one["answer"] == NOT_MET]
    rows = CheckFinding.objects.filter(
        place=check.place_id, item__in=items, check_made__visited_at__lte=check.visited_at
    )
    return list(rows.select_related("task").order_by("item", "-pk").distinct("item"))


def _finding(one: CheckFinding, moment: datetime) -> dict[str, Any]:
    late = one.state == CheckFinding.State.OPEN and one.deadline < moment.astimezone(VIETNAM).date()
    words = _("by %(day)s") % {"day": day_words(one.deadline, language())}
    right = State(one.get_state_display(), "", "check") if one.state == CheckFinding.State.REMEDIED else None
    return {"finding": one, "words": one.words[language()], "remedy": one.remedy[language()],
            "mark": right or State(words, "late" if late else "act", "clock")}  # fmt: skip


@page(Permission.CONTAINMENT_GATHERING_READ)
def photo(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """A picture of a visit."""
    del request
    return photo_answer(CheckPhoto.objects.filter(pk=pk, check_made__in=Check.objects.visible_to(actor)).first())

"""One lockdown zone: its steps and orders, who is inside, how tight it is and why, when it ends, what may be done."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.containment.actions import zones
from phaodai.containment.actions.zones_figures import ZoneFigures, figures_of
from phaodai.containment.models import Gate, GateDuty, Need, Zone, ZonePart, ZoneStep
from phaodai.containment.pages.zones_forms import StepForm
from phaodai.containment.pages.zones_map import ground_of, zones_map
from phaodai.containment.pages.zones_words import (
    causes,
    count,
    end_reason,
    end_words,
    ground_words,
    state_mark,
    verdict_mark,
)
from phaodai.containment.rules.zones import WITH_ORDER, steps_from
from phaodai.foundation import clock
from phaodai.foundation.components import Content, KeyFigure, KeyFigures, Log, LogEntry, Why
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.shell import ThreadStop
from phaodai.territory.models import Unit

UNREADABLE = 422
RESHAPING = ("shrink", "grow")


def zone_of(actor: Actor, pk: int) -> Zone:
    """The zone behind an address."""
    found = Zone.objects.visible_to(actor).select_related("outbreak").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    return found


@page(Permission.CONTAINMENT_ZONE_READ)
def zone(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everything about one zone."""
    return render(request, "containment/zone.html", _context(zone_of(actor, pk), actor))


@page(Permission.CONTAINMENT_ZONE_DECIDE, deed=True)
def step(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Take a step; a refused one comes back with what was typed."""
    found, form = zone_of(actor, pk), StepForm(request.POST)
    actor.require_area(found)
    if form.is_valid():
        done = act(form, lambda: _take(actor, pk, form))
        if done is not None:
            messages.success(
                request, _("Done: %(zone)s, %(state)s.") % {"zone": done.name, "state": done.get_state_display()}
            )
            return redirect("containment-zone", pk=pk)
    return render(request, "containment/zone.html", _context(found, actor, refused=form), status=UNREADABLE)


def _take(actor: Actor, pk: int, form: StepForm) -> Zone:
    values: dict[str, Any] = form.cleaned_data
    given: dict[str, Any] = {"actor": actor, "moment": clock.now(), "zone_id": pk, "reason": values["reason"]}
    asked, until = values["step"], values["planned_until"]
    if asked == "decide":
        return zones.decide_zone(**given, order=form.order(), planned_until=until)
    if asked == "prolong":
        if until is None:
            raise Refusal(_("Set the new day."), field="planned_until")
        return zones.prolong_zone(**given, order=form.order(), planned_until=until)
    deeds: dict[str, Any] = {
        "decline": zones.decline_zone, "open": zones.open_zone, "tighten": zones.tighten_zone, "ease": zones.ease_zone,
        "lift": zones.lift_zone,
    }  # fmt: skip
    if asked not in deeds:
        raise Refusal(_("Choose one of the steps on this page."))
    done: Zone = deeds[asked](**given, **({"order": form.order()} if asked in WITH_ORDER else {}))
    return done


def _context(zone: Zone, actor: Actor, refused: StepForm | None = None) -> dict[str, Any]:
    today, moment = clock.today(), clock.now()
    figures = figures_of(actor=actor, moment=moment, zones=[zone])[zone.pk]
    parts = list(ZonePart.objects.on(today).filter(zone=zone).select_related("hamlet", "commune"))
    mine = actor.area.holds(zone)
    return {
        "zone": zone,
        "state": state_mark(zone),
        "thread": _thread(zone),
        "where": Unit.objects.filter(pk=zone.commune_id or zone.district_id or zone.province_id).first(),
        "ground": ground_words(parts),
        "undrawn": not any(part.geometry or part.hamlet_id for part in parts),
        "map": zones_map([zone], ground_of(zone), today) if parts else None,
        "figures": _tiles(zone, figures),
        "verdict": verdict_mark(figures.tightness),
        "outside": causes(figures.tightness.outside),
        "inside": causes(figures.tightness.inside),
        "facts": figures.tightness.facts,
        "end": end_words(figures.end) if figures.end else "",
        "end_why": Why(end_reason(zone, figures.end)) if figures.end else None,
        "hamlets": _hamlets(zone),
        "gates": _gates(zone, moment),
        "needs": _needs(zone),
        "log": _log(zone),
        "steps": _steps(zone, figures, refused) if mine and actor.may(Permission.CONTAINMENT_ZONE_DECIDE) else [],
        "reshape": zone.is_closed_off and mine and actor.may(Permission.CONTAINMENT_ZONE_DECIDE),
        "may_arrange": mine and actor.may(Permission.CONTAINMENT_ZONE_PROPOSE),
        "may_serve": actor.may(Permission.CONTAINMENT_ZONE_SERVE) and actor.reach != "own" and zone.is_closed_off,
    }


def _thread(zone: Zone) -> list[ThreadStop]:
    """Outbreak, zone, its last order, all zones."""
    paper = ZoneStep.objects.filter(zone=zone).exclude(paper=None).order_by("-at").select_related("paper").first()
    stops = []
    if zone.outbreak:
        stops.append(ThreadStop(zone.outbreak.name, reverse("surveillance-outbreak", args=[zone.outbreak_id])))
    stops.append(ThreadStop(zone.name, "", current=True))
    if paper and paper.paper:
        stops.append(ThreadStop(paper.order_number, reverse("command-paper", args=[paper.paper_id])))
    return [*stops, ThreadStop(_("all lockdown zones"), reverse("containment-zones"))]


def _tiles(zone: Zone, figures: ZoneFigures) -> KeyFigures:
    facts = figures.tightness.facts
    ends = day_words(zone.planned_until, language()) if zone.planned_until else "–"
    return KeyFigures(
        [
            KeyFigure(_("Households"), count(zone.households)),
            KeyFigure(_("People"), count(zone.people)),
            KeyFigure(_("Cases inside since the beginning"), count(facts.cases)),
            KeyFigure(_("Visits made of those due"), f"{count(facts.checks_made)}/{count(facts.checks_due)}"),
            KeyFigure(_("Planned end"), ends),
        ]
    )


def _hamlets(zone: Zone) -> list[tuple[str, str, str]]:
    names = dict(Unit.objects.filter(pk__in=[pk for pk, _h, _p in zone.by_hamlet]).values_list("pk", "name"))
    return [(names.get(pk, ""), count(homes), count(people)) for pk, homes, people in zone.by_hamlet]


def _gates(zone: Zone, moment: Any) -> list[tuple[Gate, list[GateDuty]]]:
    gates = list(Gate.objects.filter(zone=zone, closed_on=None).order_by("name"))
    now = list(GateDuty.objects.at(moment).filter(gate__in=gates).order_by("name"))
    return [(gate, [duty for duty in now if duty.gate_id == gate.pk]) for gate in gates]


def _needs(zone: Zone) -> list[tuple[str, str, str]]:
    """By kind: owed, of them late, brought. What the officer's scope shows."""
    rows, today = list(Need.objects.filter(zone=zone).values_list("kind", "delivered_at", "due_on")), clock.today()
    found = []
    for kind, label in Need.Kind.choices:
        owed = [due for each, brought, due in rows if each == kind and brought is None]
        brought = sum(each == kind and at is not None for each, at, _due in rows)
        if owed or brought:
            late = sum(due < today for due in owed)
            found.append(
                (
                    str(label),
                    count(len(owed)) + (f" ({_('%(count)s late') % {'count': count(late)}})" if late else ""),
                    count(brought),
                )
            )
    return found


def _log(zone: Zone) -> Log:
    steps = ZoneStep.objects.filter(zone=zone).select_related("officer", "paper").order_by("at", "pk")
    return Log([LogEntry(moment_words(one.at, language()), _told(one)) for one in steps])


def _told(step: ZoneStep) -> Content:
    who = ", ".join(filter(None, (step.officer.full_name if step.officer else "", step.title)))
    inside = _("%(households)s households, %(people)s people inside") % {
        "households": count(step.households),
        "people": count(step.people),
    }
    return [
        format_html("<b>{}</b>", step.get_kind_display()),
        format_html('<span class="q2"> · {}</span>', who) if who else "",
        _order(step),
        format_html("<br>{}", step.reason) if step.reason else "",
        format_html('<br><span class="q s">{}</span>', inside) if step.people else "",
    ]


def _order(step: ZoneStep) -> Content:
    if not step.order_number:
        return ""
    words = _("Order %(number)s of %(day)s, %(issuer)s") % {
        "number": step.order_number,
        "day": day_words(step.order_on, language()) if step.order_on else "–",
        "issuer": step.issuer,
    }
    if step.paper_id:
        return format_html('<br><a href="{}">{}</a>', reverse("command-paper", args=[step.paper_id]), words)
    return format_html("<br>{}", words)


def _steps(zone: Zone, figures: ZoneFigures, refused: StepForm | None) -> Sequence[dict[str, Any]]:
    """What may be done next, each with its own form; the refused one open with what was typed."""
    end = figures.end.on if figures.end else None
    found = []
    for asked in (one for one in steps_from(zone.state) if one not in RESHAPING):
        tried = refused is not None and refused.data.get("step") == asked
        initial = {"step": asked, "planned_until": zone.planned_until or end}
        form = refused if tried and refused is not None else StepForm(initial=initial, auto_id=f"id_{asked}_%s")
        found.append(
            {
                "key": asked, "label": _labels()[asked], "form": form, "open": tried, "ordered": asked in WITH_ORDER,
                "dated": asked in ("decide", "prolong"),
            }
        )  # fmt: skip
    return found


def _labels() -> dict[str, str]:
    return {
        "decide": pgettext("zone step", "Order the lockdown"),
        "decline": pgettext("zone step", "Do not close it off"),
        "open": pgettext("zone step", "Begin the lockdown today"),
        "tighten": pgettext("zone step", "Tighten: nobody leaves the house"),
        "ease": pgettext("zone step", "Ease to an ordinary lockdown"),
        "prolong": pgettext("zone step", "Move the end"),
        "lift": pgettext("zone step", "Lift the lockdown"),
    }

"""Exposure sites of a case: who else was there, and the notice that names places and times but nobody."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Cell, Column, Row, Table
from phaodai.foundation.fields import MomentField
from phaodai.foundation.formats import clock as hour_words
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Person
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.surveillance.models import Case, Contact
from phaodai.surveillance.pages.contact_list import span_words, when_words
from phaodai.surveillance.pages.follow_grid import name_of
from phaodai.surveillance.pages.seeing import UNREADABLE, seen_case
from phaodai.surveillance.rules.notices import Site, sites_of
from phaodai.surveillance.tracing import moment_at, persons_at, stays_of, window_of
from phaodai.territory.models import Place

MOST_PEOPLE = 500
Time = tuple[datetime, datetime]


class TimeForm(forms.Form):
    """From when to when, inside the infectious window."""

    tu = MomentField(label=gettext_lazy("From when"))
    den = MomentField(
        label=gettext_lazy("Until when"),
    )


def exposure_sites(case: Case, moment: datetime) -> list[Site]:
    """Where and when others may have met a case; refused in words where its window cannot be counted."""
    try:
        stays = stays_of(case, moment=moment)
    except NoSuchLaw as refusal:
        raise Refusal(refusal.words.of(page_language())) from None
    places = Place.objects.in_bulk(set(stays.place.tolist()))
    rows = zip(stays.place.tolist(), stays.start.tolist(), stays.duration.tolist(), strict=True)
    sites = [
        Site(place, places[place].name, places[place].address, moment_at(start), moment_at(start + minutes))
        for place, start, minutes in rows
        if place in places
    ]
    return sites_of(sites, {place.pk: place.kind for place in places.values()})


@page(Permission.SURVEILLANCE_CONTACT_READ)
def notice(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The notice of exposure sites: to read, to copy, to print. It names nobody."""
    case = seen_case(actor, pk)
    sites = exposure_sites(case, clock.now())
    shown = {"case": case, "sites": sites, "text": notice_text(sites, actor), "may_trace": _may_trace(actor)}
    return render(request, "surveillance/exposure_notice.html", shown)


def _may_trace(actor: Actor) -> bool:
    return actor.may(Permission.SURVEILLANCE_CONTACT_TRACE)


def notice_text(sites: list[Site], actor: Actor) -> str:
    """The words that go to loudspeakers, Zalo and the web page."""
    lines = [f"- {_where(site)}: {_when(site)}" for site in sites]
    opening = _("Whoever was at one of these places at these times, please call the nearest health station today:")
    closing = _("Stay at home until you are called back. %(body)s") % {"body": actor.organisation_name}
    return "\n".join([opening, *lines, closing])


def _where(site: Site) -> str:
    return f"{site.name}, {site.address}" if site.address else site.name


def _when(site: Site) -> str:
    begin, end = site.begin.astimezone(VIETNAM), site.end.astimezone(VIETNAM)
    until = hour_words(end) if begin.date() == end.date() else f"{hour_words(end)} {day_words(end, language())}"
    return f"{hour_words(begin)} – {until}, {day_words(begin, language())}"


@page(Permission.SURVEILLANCE_CONTACT_TRACE)
def who_was_there(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Everybody who was at an exposure site while the case was there, or at another time of its infectious window."""
    case = seen_case(actor, pk)
    found = exposure_sites(case, clock.now())
    place = whole(request.GET.get("noi")) or (found[0].place_id if found else 0)
    sites = [site for site in found if site.place_id == place]
    if not sites:
        raise NotHere(_("This case was not at that place while it could infect."))
    form = TimeForm(request.GET if "tu" in request.GET else None, initial={"tu": sites[0].begin, "den": sites[-1].end})
    status, times = 200, [(site.begin, site.end) for site in sites]
    if form.is_bound:
        status, times = _asked(form, case, times)
    rows = _rows(case, place, times)
    shown = {
        "case": case,
        "place": Place.objects.get(pk=place),
        "sites": [span_words(site.begin, site.end) for site in sites],
        "form": form,
        "count": len(rows),
        "table": _table(rows[:MOST_PEOPLE]) if rows else None,
    }
    return render(request, "surveillance/who_was_there.html", shown, status=status)


def _asked(form: TimeForm, case: Case, times: list[Time]) -> tuple[int, list[Time]]:
    """The asked time, cut to the infectious window: outside it nobody's whereabouts are shown."""
    if not form.is_valid():
        return UNREADABLE, times
    window = window_of(case, clock.now())
    first, last = max(form.cleaned_data["tu"], window.begin), min(form.cleaned_data["den"], window.end)
    if first >= last:
        form.add_error("tu", _("This lies outside the time in which the case could infect."))
        return UNREADABLE, times
    return 200, [(first, last)]


def _rows(case: Case, place: int, times: list[Time]) -> list[tuple[int, datetime, int]]:
    """Person, since when, for how many minutes; the case itself left out, the longest first."""
    found = []
    for begin, end in times:
        stays = persons_at(case.province_id, place, begin, end)
        rows = zip(stays.person.tolist(), stays.start.tolist(), stays.duration.tolist(), strict=True)
        found += [(person, moment_at(start), minutes) for person, start, minutes in rows if person != case.person_id]
    return sorted(found, key=lambda row: (-row[2], row[0], row[1]))


def _table(rows: list[tuple[int, datetime, int]]) -> Table:
    ids = {person for person, _start, _minutes in rows}
    people = Person.objects.in_bulk(ids)
    listed = dict(Contact.objects.filter(person__in=ids).values_list("person_id", "case__code"))
    ill = {person: _("case %(code)s") % {"code": code} for person, code in _cases_of(ids)}
    columns = (
        Column("person", _("Who was there")),
        Column("met", _("There since")),
        Column("minutes", _("Minutes"), numeric=True),
        Column("listed", _("On the list of")),
    )
    lines = [
        Row(
            f"{person}-{start:%s}",
            [
                Cell(name_of(people.get(person))),
                Cell(when_words(start)),
                Cell(number(minutes, 0, language()), numeric=True),
                Cell(ill.get(person) or listed.get(person) or ""),
            ],
        )
        for person, start, minutes in rows
    ]
    return Table(_("Who was there"), columns, lines, element="present")


def _cases_of(persons: set[int]) -> Iterable[tuple[int, str]]:
    return Case.objects.live().filter(person__in=persons).order_by("episode").values_list("person_id", "code")

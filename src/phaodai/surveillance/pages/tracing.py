"""From a case to its contacts: trace, read the list, ask why, state how they met, and act on many at once."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from phaodai.foundation import clock
from phaodai.foundation.asked import row_ids, whole
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Chip, Chips, Pager, Row
from phaodai.foundation.formats import number
from phaodai.foundation.language import page_language
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.showing.decisions import reason_of
from phaodai.surveillance.actions import contacts as verbs
from phaodai.surveillance.actions.tracing import list_contacts, state_exposure
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, Contact, TraceRun
from phaodai.surveillance.models.following import case_of, person_of
from phaodai.surveillance.models.met import exposure_of, first_of_each, groups_of, in_group, on_list, pressing_first
from phaodai.surveillance.pages.case_parts import add_case_part
from phaodai.surveillance.pages.contact_list import GROUP_LINES, row_of, rows_by_place, table_of
from phaodai.surveillance.pages.follow_grid import name_of
from phaodai.surveillance.pages.seeing import UNREADABLE, seen_case
from phaodai.surveillance.rules.contact_class import RULE, facts_of
from phaodai.surveillance.tracing import warm, window_of

GROUPS_SHOWN, PEOPLE_SHOWN, PEOPLE_NAMED, ROWS_A_PAGE = 12, 3, 8, 50
YES_NO = [("", gettext_lazy("not known")), ("1", gettext_lazy("yes")), ("0", gettext_lazy("no"))]


def _flag(value: str) -> bool | None:
    return {"1": True, "0": False}.get(value)


class ExposureForm(forms.Form):
    """How they met; what is left empty stays unknown."""

    prefix = "gap"
    distance_m = forms.DecimalField(
        label=gettext_lazy("Distance in metres"), required=False, min_value=0, max_value=100, decimal_places=1
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes together"), required=False, min_value=0, max_value=10_080)
    masked = forms.TypedChoiceField(
        label=gettext_lazy("Both wore masks"), choices=YES_NO, coerce=_flag, required=False, empty_value=None
    )
    enclosed = forms.TypedChoiceField(
        label=gettext_lazy("In a closed room"), choices=YES_NO, coerce=_flag, required=False, empty_value=None
    )
    physical = forms.TypedChoiceField(
        label=gettext_lazy("Touched each other"), choices=YES_NO, coerce=_flag, required=False, empty_value=None
    )
    care_without_ppe = forms.TypedChoiceField(
        label=gettext_lazy("Nursed without full protection"),
        choices=YES_NO,
        coerce=_flag,
        required=False,
        empty_value=None,
    )

    def facts(self) -> dict[str, Any]:
        """The facts of the rule as it takes them."""
        return {
            name: float(value) if isinstance(value, Decimal) else value for name, value in self.cleaned_data.items()
        }


@add_case_part("contacts")
def contact_list(case: Case, actor: Actor, moment: datetime) -> dict[str, Any] | None:
    """The list on the page of its case: the first places, and of each the first people."""
    if not actor.may(Permission.SURVEILLANCE_CONTACT_READ):
        return None
    warm()
    url = reverse("surveillance-contacts", args=[case.pk])
    groups = groups_of(case)
    rows = rows_by_place(groups[:GROUPS_SHOWN], first_of_each(case, PEOPLE_SHOWN), url)
    return _shown(case, actor, moment, rows) | {
        "groups_left": max(len(groups) - GROUPS_SHOWN, 0),
        "views": _views(url, by_person=False),
        "first": sum(group.close for group in groups),
        "second": sum(group.onward for group in groups),
    }


def _shown(case: Case, actor: Actor, moment: datetime, rows: list[Row]) -> dict[str, Any]:
    run = TraceRun.objects.filter(case=case).order_by("-at", "-pk").first()
    return {
        "case": case,
        "table": table_of(case, actor, rows) if rows else None,
        "run": run,
        "hint": _hint(run),
        "window": _window(case, moment),
        "may_trace": actor.may(Permission.SURVEILLANCE_CONTACT_TRACE) and actor.area.holds(case),
        "dropped": Contact.objects.filter(case=case, state=Contact.State.NOT_CONTACT).count(),
    }


def _hint(run: TraceRun | None) -> str:
    """Among how many visits it was sought, and how fast."""
    if run is None:
        return ""
    words = _("searched %(visits)s visits: %(time)s ms")
    return words % {"visits": quantity_words(run.visits_searched), "time": number(run.milliseconds, 1, language())}


def quantity_words(count: int) -> str:
    """61,2 triệu, or the number itself below a million."""
    if count < 1_000_000:
        return number(count, 0, language())
    return _("%(count)s million") % {"count": number(count / 1_000_000, 1, language())}


def _window(case: Case, moment: datetime) -> dict[str, Any]:
    """When the case could infect, with the words of the rule; or why nobody can say."""
    try:
        found = window_of(case, moment)
    except NoSuchLaw as refusal:
        return {"problem": refusal.words.of(page_language())}
    return {
        "begin": found.begin,
        "end": found.end,
        "why": found.why.of(page_language()),
        "document": found.document,
        "open": not found.closed,
    }


def _views(url: str, *, by_person: bool) -> Chips:
    by_place = Chip(_("By place"), url, current=not by_person)
    return Chips([by_place, Chip(_("By person"), f"{url}?theo=nguoi", current=by_person)], _("Order"))


@page(Permission.SURVEILLANCE_CONTACT_READ)
def contacts(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """The whole list of a case: by place, by person, or one place's people."""
    case, url = seen_case(actor, pk), reverse("surveillance-contacts", args=[pk])
    group, by_person = request.GET.get("nhom", ""), request.GET.get("theo") == "nguoi"
    dropped = request.GET.get("xem") == "khong"
    shown: dict[str, Any] = {"views": _views(url, by_person=by_person or bool(group) or dropped)}
    if group or by_person or dropped:
        chosen = in_group(on_list(case), group) if group else on_list(case)
        if dropped:
            chosen = Contact.objects.filter(case=case, state=Contact.State.NOT_CONTACT)
        rows, shown["pager"] = _page_of(chosen, request)
    else:
        groups = groups_of(case)
        rows = rows_by_place(groups, first_of_each(case, PEOPLE_SHOWN), url)
    return render(request, "surveillance/contacts.html", shown | _shown(case, actor, clock.now(), rows))


def _page_of(chosen: QuerySet[Contact], request: HttpRequest) -> tuple[list[Row], Pager]:
    pages = Paginator(pressing_first(chosen), ROWS_A_PAGE)
    found = pages.get_page(whole(request.GET.get("trang"), 1))
    kept = request.GET.copy()

    def at(number_: int) -> str:
        kept["trang"] = str(number_)
        return f"?{kept.urlencode()}"

    return [row_of(one, place=True) for one in found], Pager(
        len(found.object_list),
        pages.count,
        previous_url=at(found.previous_page_number()) if found.has_previous() else "",
        next_url=at(found.next_page_number()) if found.has_next() else "",
    )


@page(Permission.SURVEILLANCE_CONTACT_TRACE, deed=True)
def trace(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Trace a case and bring its list up to date."""
    run = list_contacts(actor=actor, moment=clock.now(), case_id=pk)
    words = _("%(first)s F1 and %(second)s F2 on the list, found in %(time)s ms.")
    first, second = (number(count, 0, language()) for count in (run.first_degree, run.second_degree))
    messages.success(
        request, words % {"first": first, "second": second, "time": number(run.milliseconds, 1, language())}
    )
    return redirect("surveillance-case", pk=pk)


@page(Permission.SURVEILLANCE_CONTACT_READ)
def why(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Why a contact is what it is: the rule, the facts, what would change it."""
    found = Contact.objects.visible_to(actor).select_related("place").filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    case = case_of(found)
    disease = case.disease if case else ""
    book = book_of(found.province_id, *((disease,) if disease else ()))
    on = (found.decision.get("on") and datetime.fromisoformat(found.decision["on"]).date()) or clock.today()
    try:
        decision = book.decide(RULE, on, facts_of(exposure_of(found, found.place.kind if found.place else "")))
    except NoSuchLaw as refusal:
        raise Refusal(refusal.words.of(page_language())) from None
    edit = Action(_("State how they met"), f"{reverse('surveillance-exposure', args=[found.case_id])}?row={pk}", "edit")
    may_edit = case is not None and actor.may(Permission.SURVEILLANCE_CONTACT_TRACE)
    reason = reason_of(book, decision, book.disease, [edit] if may_edit else [])
    return render(request, "surveillance/contact_why.html", {"reason": reason, "presumed": found.decision})


@page(Permission.SURVEILLANCE_CONTACT_TRACE)
def exposure(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """State how some contacts of a case met it; the class of each follows."""
    case = seen_case(actor, pk)
    chosen = _chosen(request, case, dropped=True)
    rows = list(pressing_first(Contact.objects.filter(pk__in=chosen)))
    saving = "luu" in request.POST
    known = rows[0].exposure if len(rows) == 1 else {}
    form = ExposureForm(request.POST) if saving else ExposureForm(initial=_initial(known))
    if saving and form.is_valid():
        facts = {name: value for name, value in form.facts().items() if value is not None or len(rows) == 1}
        done = act(form, lambda: state_exposure(actor=actor, moment=clock.now(), contact_ids=chosen, facts=facts))
        if done is not None:
            _follow_onward(actor, case)
            words = ngettext("Written down for %(count)d contact.", "Written down for %(count)d contacts.", len(done))
            messages.success(request, words % {"count": len(done)})
            return redirect("surveillance-case", pk=pk)
    people = [(name_of(person_of(row)), row) for row in rows[:PEOPLE_NAMED]]
    shown = {"case": case, "form": form, "rows": rows, "people": people, "more": len(rows) - len(people)}
    return render(request, "surveillance/exposure.html", shown, status=UNREADABLE if saving else 200)


def _initial(known: dict[str, Any]) -> dict[str, Any]:
    """What was stated before, as the form's choices write it."""
    flags = {True: "1", False: "0"}
    return {name: flags.get(value, value) if isinstance(value, bool) else value for name, value in known.items()}


def _follow_onward(actor: Actor, case: Case) -> None:
    """Who has become an F1 has contacts of its own, which the list now names."""
    if TraceRun.objects.filter(case=case).exists():
        list_contacts(actor=actor, moment=clock.now(), case_id=case.pk)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def tell(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Some contacts were reached and told."""
    chosen = _chosen(request, seen_case(actor, pk))
    for one in chosen:
        verbs.tell_contact(actor=actor, moment=clock.now(), contact_id=one)
    words = ngettext("%(count)d contact told.", "%(count)d contacts told.", len(chosen))
    messages.success(request, words % {"count": len(chosen)})
    return redirect("surveillance-case", pk=pk)


@page(Permission.SURVEILLANCE_CONTACT_FOLLOW, deed=True)
def quarantine(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Some contacts are in quarantine from now on, for the days of the rule in force."""
    chosen, moment = _chosen(request, seen_case(actor, pk)), clock.now().astimezone(VIETNAM)
    for one in chosen:
        verbs.quarantine_contact(actor=actor, moment=moment, contact_id=one, since=moment, facts={})
    words = ngettext("%(count)d contact in quarantine.", "%(count)d contacts in quarantine.", len(chosen))
    messages.success(request, words % {"count": len(chosen)})
    return redirect("surveillance-case", pk=pk)


def _chosen(request: HttpRequest, case: Case, *, dropped: bool = False) -> list[int]:
    """The chosen contacts of this case; a chosen line of a group means all of the group."""
    asked = request.POST.getlist("row") or request.GET.getlist("row")
    listed = Contact.objects.filter(case=case) if dropped else on_list(case)
    found = set(listed.filter(pk__in=row_ids(asked)).values_list("pk", flat=True))
    for key in asked:
        if key[:2] in GROUP_LINES:
            found.update(in_group(on_list(case), key[2:]).values_list("pk", flat=True))
    if not found:
        raise Refusal(_("Choose at least one contact."))
    return sorted(found)

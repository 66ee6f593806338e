"""The contact list of a case as a table: by place and hour, or by person, each with its class and the way to its reason."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Bulk, Cell, Column, Content, Row, State, Table, Tag, Why
from phaodai.foundation.formats import clock as hour_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import number, short_day
from phaodai.foundation.icons import icon
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models import Case, Contact, Via
from phaodai.surveillance.models.following import person_of
from phaodai.surveillance.models.met import Group
from phaodai.surveillance.pages.follow_grid import name_of

ICONS = {
    Via.HOUSEHOLD: "home",
    Via.VISIT: "pin",
    Via.WORKPLACE: "people",
    Via.PROXIMITY: "phone",
    Via.DECLARED: "people",
}
# Lines of the table that stand for all contacts of a group: its head, and "and 19 more".
HEAD, REST = "g-", "m-"
GROUP_LINES = (HEAD, REST)


def table_of(case: Case, actor: Actor, rows: Sequence[Row], element: str = "contacts") -> Table:
    """The table with the verbs that this officer has."""
    columns = (
        Column("person", _("Contact")),
        Column("met", _("Met at")),
        Column("minutes", _("Minutes"), numeric=True),
        Column("class", _("Class and reason")),
        Column("state", _("State")),
    )
    verbs = _verbs(case, actor)
    bulk = Bulk(verbs, noun=_("contacts")) if verbs else None
    return Table(_("Contacts of case %(code)s") % {"code": case.code}, columns, rows, bulk=bulk, element=element)


def _verbs(case: Case, actor: Actor) -> list[Action]:
    verbs = []
    if actor.may(Permission.SURVEILLANCE_CONTACT_FOLLOW):
        told = reverse("surveillance-contacts-told", args=[case.pk])
        kept = reverse("surveillance-contacts-quarantine", args=[case.pk])
        verbs.append(Action(_("Reached and told"), told, "phone", kind="go", method="submit"))
        verbs.append(Action(_("Quarantine from now"), kept, "home", method="submit"))
    if actor.may(Permission.SURVEILLANCE_CONTACT_TRACE):
        facts = reverse("surveillance-exposure", args=[case.pk])
        verbs.append(Action(_("State how they met"), facts, "edit", method="submit"))
    return verbs


def rows_by_place(groups: Iterable[Group], first: dict[str, list[Contact]], more_url: str) -> list[Row]:
    """A line for each place with how many were met there, its first people, and a link to the rest."""
    rows = []
    for group in groups:
        shown = first.get(group.key, [])
        rows.append(Row(f"{HEAD}{group.key}", [Cell(_heading(group))], group=True))
        rows += [row_of(contact) for contact in shown]
        if group.count > len(shown):
            rest = group.count - len(shown)
            words = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": number(rest, 0, language())}
            link = format_html('<a href="{}?nhom={}">{}</a>', more_url, group.key, words)
            rows.append(Row(f"{REST}{group.key}", [Cell(link)], group=True))
    return rows


def row_of(contact: Contact, *, place: bool = False) -> Row:
    """One contact; with its place where rows are not grouped by it."""
    where = _where(contact) if place else ""
    return Row(
        str(contact.pk),
        [
            Cell(name_of(person_of(contact)), note=where),
            Cell(_when(contact)),
            Cell("" if contact.minutes is None else number(contact.minutes, 0, language()), numeric=True),
            Cell(Why(url=reverse("surveillance-contact-why", args=[contact.pk]), word=class_words(contact))),
            Cell(_state(contact)),
        ],
        url=reverse("surveillance-contact", args=[contact.pk]),
    )


def class_words(contact: Contact) -> str:
    """The class in a few words: F1: 1 m, 96 minutes."""
    outcome, exposure = contact.decision.get("outcome"), contact.exposure
    if outcome is None:
        missing = contact.decision.get("missing") or []
        return _("ask: how near?") if "distance_m" in missing else _("not settled")
    if outcome == "none":
        return _("not a contact")
    distance = exposure.get("distance_m", exposure.get("logged_m"))
    near = [] if distance is None else [_metres(float(distance))]
    long = [_("%(count)s minutes") % {"count": contact.minutes}] if contact.minutes else []
    home = [_("one household")] if contact.via == Via.HOUSEHOLD else []
    return f"{outcome}: {', '.join([*home, *near, *long])}" if home or near or long else str(outcome)


def _metres(distance: float) -> str:
    words = number(distance, 0 if distance.is_integer() else 1, language())
    return _("%(metres)s m") % {"metres": words}


def _heading(group: Group) -> Content:
    name = group.place.name if group.place else Via(group.via).label
    people = [_("%(count)s F1") % {"count": number(group.close, 0, language())}] if group.close else []
    people += [_("%(count)s F2") % {"count": number(group.onward, 0, language())}] if group.onward else []
    parts = [one for one in (span_words(group.first, group.last), ", ".join(people)) if one]
    marks: list[Content] = []
    if group.unreached:
        marks.append(Tag(_("%(count)s not reached") % {"count": number(group.unreached, 0, language())}, "late"))
    if group.unclear:
        marks.append(Tag(_("%(count)s to ask") % {"count": number(group.unclear, 0, language())}))
    sign = icon(ICONS[Via(group.via)])
    words = format_html("{} <b>{}</b> · {}", sign, name, " · ".join(parts))
    return [words, *(part for mark in marks for part in (" ", mark))]


def span_words(first: datetime | None, last: datetime | None) -> str:
    """21/11 05:40–08:10, or 19/11–23/11 where it is more than a day."""
    if first is None:
        return ""
    begin = first.astimezone(VIETNAM)
    if last is None:
        return _("since %(day)s") % {"day": short_day(begin, language())}
    end = last.astimezone(VIETNAM)
    if begin.date() == end.date():
        return f"{short_day(begin, language())} {hour_words(begin)}–{hour_words(end)}"
    return f"{short_day(begin, language())}–{short_day(end, language())}"


def when_words(moment: datetime) -> str:
    """21/11 05:52."""
    local = moment.astimezone(VIETNAM)
    return f"{short_day(local, language())} {hour_words(local)}"


def _when(contact: Contact) -> str:
    if contact.via == Via.HOUSEHOLD:
        return _("daily")
    if contact.first_at is None:
        return ""
    return when_words(contact.first_at)


def _where(contact: Contact) -> str:
    return contact.place.name if contact.place else contact.place_words or str(contact.get_via_display())


def _state(contact: Contact) -> Content:
    if contact.state == Contact.State.LISTED:
        return State(_("not reached"), "late", "phone")
    if contact.state == Contact.State.TOLD and contact.told_at:
        return State(_("told %(when)s") % {"when": moment_words(contact.told_at, language())}, "", "check")
    return str(contact.get_state_display())

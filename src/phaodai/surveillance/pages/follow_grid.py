"""The follow-up grid as HTML: person x day, grouped by household or exposure, the most pressing on top.

Thousands of cells a page are joined from few ready pieces of text, not rendered from templates: 500 contacts over 14 days
must be served within 150 ms.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phaodai.foundation.components import Reason, Why
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import percent, short_day, weekday
from phaodai.foundation.icons import icon
from phaodai.foundation.registers.showing import language
from phaodai.people.models import Person
from phaodai.surveillance.models import Contact
from phaodai.surveillance.models.following import Answer, FollowUp, case_of
from phaodai.surveillance.rules.follow_up import MET, NOT_SEEN, SYMPTOMS, WELL, Standing

BEFORE, SHOWN = 5, 14
"""Days before today, and days in all, that a grid shows."""
LATEST_YEAR = 9999
_MARKS = {WELL: "✓", SYMPTOMS: "!", NOT_SEEN: "–"}
_CLASSES = {WELL: "ok", SYMPTOMS: "sy", NOT_SEEN: "ab"}
_RESULTS = {"negative": "−", "positive": "+", "unclear": "?", "waiting": "…"}


@dataclass(frozen=True)
class Line:
    """A row of the grid with what it owes."""

    row: FollowUp
    standing: Standing


@dataclass(frozen=True)
class Group:
    """Rows of one household, or of one exposure."""

    label: str
    detail: str
    lines: Sequence[Line]
    home: bool = False

    @property
    def contacts(self) -> list[int]:
        """The row ids of its contacts."""
        return [line.row.contact.pk for line in self.lines]


def days_shown(today: date, since: date | None) -> list[date]:
    """The days of the grid's columns."""
    first = since or today - timedelta(days=BEFORE)
    return [first + timedelta(days=number) for number in range(SHOWN)]


def groups_of(lines: Iterable[Line]) -> list[Group]:
    """Households of two and more first of all one group each; the others by where they met the case. Pressing first."""
    homes: dict[int, list[Line]] = defaultdict(list)
    places: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in lines:
        homes[line.row.household.pk if line.row.household else -line.row.contact.person_id].append(line)
    groups = []
    for home, members in homes.items():
        if home > 0 and len(members) > 1:
            groups.append(_home(members))
            continue
        for line in members:
            places[line.row.contact.case_id, _met_at(line.row.contact)].append(line)
    groups += [_exposure(words, members) for (_case, words), members in places.items()]
    return sorted(groups, key=lambda group: (min(line.standing.rank for line in group.lines), group.label))


def _home(members: list[Line]) -> Group:
    eldest = min(members, key=_age)
    home = eldest.row.household
    where = ", ".join(filter(None, [home.address, home.hamlet.name])) if home else ""
    name = _("Household of %(person)s") % {"person": name_of(eldest.row.person)}
    return Group(f"{name}, {where}" if where else name, _detail(members), _ordered(members), home=True)


def _age(line: Line) -> tuple[int, int]:
    """The eldest first; whoever's year of birth is not known comes last."""
    born = line.row.person.birth_year if line.row.person else None
    return (born or LATEST_YEAR, line.row.contact.pk)


def _exposure(words: str, members: list[Line]) -> Group:
    return Group(words, _detail(members), _ordered(members))


def _ordered(members: list[Line]) -> list[Line]:
    return sorted(members, key=lambda line: (line.standing.rank, line.row.person.sort_key if line.row.person else ""))


def _met_at(contact: Contact) -> str:
    place = contact.place.name if contact.place else contact.place_words or str(contact.get_via_display())
    when = f" {short_day(contact.first_at, language())}" if contact.first_at else ""
    return _("%(place)s%(when)s, case %(case)s") % {"place": place, "when": when, "case": code_of(contact)}


def _detail(members: list[Line]) -> str:
    people = ngettext("%(count)d person", "%(count)d people", len(members)) % {"count": len(members)}
    first = min(line.row.course.first for line in members)
    since = _("in quarantine from %(day)s") % {"day": short_day(first, language())}
    return f"{people} · {since}"


def name_of(person: Person | None) -> str:
    """Initials and year of birth; a person of another commune is not named here."""
    return person.masked if person else _("Person of another commune")


def code_of(contact: Contact) -> str:
    """The number of the case; a case of another unit is not named here."""
    case = case_of(contact)
    return case.code if case else _("of another unit")


def head(days: Sequence[date], today: date) -> SafeString:
    """The head of the day columns."""
    return format_html_join(
        "",
        '<th scope="col" class="dd{}" data-day="{}">{}<b>{}</b></th>',
        (
            (" tod" if day == today else "", day.isoformat(), weekday(day, language()), short_day(day, language()))
            for day in days
        ),
    )


class Painter:
    """Draws the rows of one page. A cell's text is made once for each kind of cell and then repeated."""

    def __init__(self, days: Sequence[date], today: date, *, may_write: bool, may_open: bool = False) -> None:
        self.days, self.today, self.may_write, self.may_open = days, today, may_write, may_open
        self._boxes: dict[tuple[Any, ...], str] = {}
        self._contact_url = reverse("surveillance-contact", args=[0]).removesuffix("0")
        self._reveal_url = reverse("people-reveal", args=[0])
        self._choose, self._show = _("Choose"), _("Show the full name; the look is logged:")
        self._whole_household = _("Whole household well today")

    def body(self, groups: Sequence[Group]) -> SafeString:
        """All rows of the grid with the heads of their groups."""
        pieces = []
        for group in groups:
            pieces.append(self._group(group))
            pieces += map(self._row, group.lines)
        return mark_safe("".join(pieces))  # noqa: S308  (every text in the pieces is escaped)

    def _group(self, group: Group) -> str:
        tick = button = ""
        if self.may_write:
            label = escape(_("Choose all: %(group)s") % {"group": group.label})
            tick = f'<input type="checkbox" data-choose-group aria-label="{label}">'
        if self.may_write and group.home and any(line.standing.unseen for line in group.lines):
            button = self._whole(group)
        home = " data-home" if group.home else ""
        return (
            f'<tr class="group"{home}><td colspan="{len(self.days) + 3}"><div>{tick}<span><b>{escape(group.label)}</b>'
            f" · {escape(group.detail)}</span>{button}</div></td></tr>"
        )

    def _whole(self, group: Group) -> str:
        ids, url = ",".join(map(str, group.contacts)), reverse("surveillance-follow-up-household")
        return (
            f'<button class="button small text" type="submit" form="follow-selection" name="home" value="{ids}"'
            f' formaction="{url}">{_drawing("check")}{escape(self._whole_household)}</button>'
        )

    def _row(self, line: Line) -> str:
        contact, last = line.row.contact, short_day(line.row.course.last, language())
        team = escape(contact.team.name) if contact.team else ""
        ends = f'<span class="late">{last}</span>' if line.standing.overdue else last
        return (
            f'<tr data-contact="{contact.pk}">{self._who(contact, line.row.person)}'
            f'<td class="w">{team}</td><td class="w">{ends}</td>{self.cells(line.row)}</tr>'
        )

    def _who(self, contact: Contact, person: Person | None) -> str:
        name, tick, eye = escape(name_of(person)), "", ""
        if self.may_write:
            label = f"{self._choose} {name}"
            tick = (
                f'<input type="checkbox" name="row" value="{contact.pk}" form="follow-selection" aria-label="{label}">'
            )
        if self.may_open and person:
            url = self._reveal_url.replace("/0", f"/{person.pk}")
            eye = (
                f'<button class="eye" type="button" hx-get="{url}" hx-target="closest .masked" hx-swap="outerHTML"'
                f' aria-label="{self._show} {name}">{_drawing("eye")}</button>'
            )
        link = f'<a href="{self._contact_url}{contact.pk}">{name}</a>'
        return f'<th scope="row" class="who"><div>{tick}<span class="masked">{link}{eye}</span></div></th>'

    def cells(self, row: FollowUp) -> str:
        """The cells of one contact."""
        first = row.course.number(self.days[0])
        return "".join([self.cell(row, day, first + place) for place, day in enumerate(self.days)])

    def cell(self, row: FollowUp, day: date, number: int) -> str:
        """One day of one contact, the `number`-th of its course: a mark in its box, ringed for a sample."""
        answer = row.answers.get(day)
        after = number > row.course.length
        if number < 1 or (answer is None and after and (day > self.today or not row.is_open)):
            return "<td></td>"
        state = answer.state if answer else ""
        due, sample = day in row.course.samples, row.samples.get(day, "")
        past = (day > self.today) - (day < self.today)
        box = self._box(state, sample, past, number if due else 0, after)
        if not self.may_write or past > 0:
            return f"<td>{box}</td>"
        return f'<td data-v="{answer.version if answer else 0}"{_known(answer)}>{box}</td>'

    def _box(self, *kind: Any) -> str:
        if kind not in self._boxes:
            css, mark, words = _drawn(*kind[:4])
            css += " out" if kind[4] else ""
            self._boxes[kind] = f'<i class="{css}" title="{escape(words)}">{mark}</i>'
        return self._boxes[kind]


@cache
def _drawing(name: str) -> str:
    return str(icon(name))


def _known(answer: Answer | None) -> str:
    """What the editor of a cell begins with; an empty day carries nothing."""
    if answer is None:
        return ""
    known = f' data-s="{answer.state}"'
    known += f' data-symptoms="{escape(answer.symptoms)}"' if answer.symptoms else ""
    return known + (f' data-t="{answer.temperature}"' if answer.temperature else "")


def _drawn(state: str, sample: str, past: int, due: int, /) -> tuple[str, str, str]:
    """Class, mark and words of a kind of cell. `past` is -1, 0 (today) or 1 (to come); `due` the day of a sample, or 0."""
    ring, owed = (" t" if due or sample else ""), "due" if past == 0 else "gap"
    if state:
        mark = _RESULTS[sample] if sample and state == WELL else _MARKS[state]
        return _CLASSES[state] + ring, mark, _spoken(state)
    if sample:
        return "due" + ring, _RESULTS[sample], _("sample")
    if due and past >= 0:
        return ("due" if past == 0 else "") + ring, _("D%(number)d") % {"number": due}, _("sample due")
    if past > 0:
        return "ahead", "·", ""
    return owed + ring, "", _("not written yet")


def _spoken(state: str) -> str:
    return {WELL: _("well"), SYMPTOMS: _("has symptoms"), NOT_SEEN: _("not seen")}[state]


def cell_of(row: FollowUp, day: date, today: date) -> str:
    """One writable cell as it stands now: the answer to an edit."""
    return Painter([day], today, may_write=True).cells(row)


def foot(groups: Sequence[Group], days: Sequence[date], today: date) -> SafeString:
    """How many of those followed on each day were met."""
    rows = [line.row for group in groups for line in group.lines]
    shares = []
    for day in days:
        owed = [row for row in rows if day <= today and row.course.first <= day <= row.course.last]
        met = sum(1 for row in owed if (answer := row.answers.get(day)) and answer.state in MET)
        shares.append(percent(met / len(owed), 0, language()) if owed else "")
    cells = "".join(f"<td>{share}</td>" for share in shares)
    words = ngettext("Met, of %(count)d person", "Met, of %(count)d people", len(rows)) % {"count": len(rows)}
    return format_html('<tr class="tot"><th scope="row" colspan="3">{}</th>{}</tr>', words, mark_safe(cells))  # noqa: S308


def course_reason(contact: Contact) -> Why | None:
    """Why a contact is followed so long; None while it has no course."""
    record = contact.follow_rule
    if contact.follow_until is None or not record:
        return None
    until = _("until %(day)s") % {"day": day_words(contact.follow_until, language())}
    if "chosen_because" in record:
        return Why(Reason(_("Chosen by an officer"), until, record["chosen_because"]))
    why = record.get("why") or {}
    return Why(
        Reason(
            _("Quarantine of a contact"),
            until,
            why.get(language(), ""),
            record.get("clause"),
            record.get("document") or "",
        )
    )

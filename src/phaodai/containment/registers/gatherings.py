"""The record kinds of gatherings and of checks of places."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.containment.actions.checks import give_more_time
from phaodai.containment.models import Check, CheckFinding, Gathering
from phaodai.containment.pages.gatherings_words import answer_mark, state_mark
from phaodai.containment.rules.checklists import checklists
from phaodai.foundation.components import Action, Content, State
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor


def _ahead(rows: Any, _actor: Actor, moment: datetime) -> Any:
    return rows.ahead(moment.date())


def _waiting(rows: Any, _actor: Actor, _moment: datetime) -> Any:
    return rows.waiting()


class Gatherings(Register):
    """What organisers announced; who they are stands on the record's page, for whoever may ring them."""

    key = "su-kien"
    record_route = "containment-gathering"
    model = Gathering
    title = gettext_lazy("Gatherings")
    one = pgettext_lazy("record kind", "gathering")
    room = "containment"
    read = Permission.CONTAINMENT_GATHERING_READ
    order = ("-begins_at", "id")
    related = ("unit",)
    empty = gettext_lazy("Nobody has announced a gathering yet. Organisers do it on the public page.")
    columns = (
        Column("kind", gettext_lazy("Kind"), opens=True),
        Column("venue", pgettext_lazy("gathering", "Where")),
        Column("unit", gettext_lazy("Commune"), plain=lambda g: g.unit.name, order=("unit__sort_key",)),
        Column("begins_at", gettext_lazy("Begins"), order=("begins_at",)),
        Column("expected", gettext_lazy("People expected"), order=("expected",), numeric=True),
        Column("outcome", gettext_lazy("Answer"), shown=lambda g, _m: answer_mark(g)),
        Column("most", gettext_lazy("At most"), numeric=True),
        Column("level", gettext_lazy("Level"), numeric=True),
        Column("state", gettext_lazy("State"), shown=lambda g, _m: state_mark(g)),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "sap-toi": (gettext_lazy("Still to come"), _ahead),
                "cho": (gettext_lazy("Wait for the commune"), _waiting),
            },
        ),
        ChoiceFilter("loai", gettext_lazy("Kind"), field="kind", values=Gathering.Kind.choices),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """The day's list."""
        del actor
        return [Action(_("By day"), reverse("containment-gatherings"), "calendar")]


def _list_name(check: Check) -> str:
    known = checklists().get(check.checklist)
    return known.name.of(language()) if known else check.checklist


class Checks(Register):
    """Visits to places against the checklist of their kind."""

    key = "luot-kiem-tra"
    record_route = "containment-check"
    model = Check
    title = gettext_lazy("5K checks")
    one = pgettext_lazy("record kind", "visit to a place")
    room = "containment"
    read = Permission.CONTAINMENT_GATHERING_READ
    search_field = "place__search_key"
    order = ("-visited_at", "id")
    related = ("place", "officer")
    empty = gettext_lazy("No place was visited yet. Choose one on the page of places that are due.")
    columns = (
        Column(
            "place",
            pgettext_lazy("check", "Place"),
            plain=lambda c: c.place.name,
            order=("place__sort_key",),
            opens=True,
        ),
        Column("checklist", gettext_lazy("Checklist"), plain=_list_name),
        Column("visited_at", pgettext_lazy("check", "Visited"), order=("visited_at",)),
        Column("failed", gettext_lazy("Items not met"), order=("failed",), numeric=True),
        Column("asked", gettext_lazy("Items that apply"), numeric=True),
        Column("complies", gettext_lazy("Complies"), plain=lambda c: c.complies),
        Column("officer", gettext_lazy("Visited by"), plain=lambda c: c.officer.full_name if c.officer else ""),
    )

    def buttons(self, actor: Actor) -> list[Content]:
        """The share of places that comply, and whom to visit next."""
        share = Action(_("Share that complies"), reverse("containment-checks-share"), "table")
        if not actor.may(Permission.CONTAINMENT_INSPECTION_WRITE):
            return [share]
        return [share, Action(_("Places due for a visit"), reverse("containment-checks-due"), "pin", "go")]


def _overdue(rows: Any, _actor: Actor, moment: datetime) -> Any:
    return rows.overdue(moment.date())


def _deadline(finding: CheckFinding, moment: datetime) -> Content:
    words = day_words(finding.deadline, language())
    late = finding.state == CheckFinding.State.OPEN and finding.deadline < moment.date()
    return State(words, "late", "clock") if late else words


class CheckFindings(Register):
    """What places must put right, and by when."""

    key = "ton-tai-5k"
    model = CheckFinding
    title = gettext_lazy("5K findings")
    one = pgettext_lazy("record kind", "finding")
    room = "containment"
    read = Permission.CONTAINMENT_GATHERING_READ
    write = Permission.CONTAINMENT_INSPECTION_WRITE
    search_field = "place__search_key"
    order = ("-deadline", "id")
    related = ("place", "check_made", "task")
    edit_fields = ("deadline", "note")
    empty = gettext_lazy("Nothing was found yet that a place must put right.")
    columns = (
        Column(
            "place",
            pgettext_lazy("check", "Place"),
            plain=lambda f: f.place.name,
            order=("place__sort_key",),
            opens=True,
        ),
        Column("words", gettext_lazy("What was asked"), plain=lambda f: f.words[language()]),
        Column("remedy", gettext_lazy("What to do"), plain=lambda f: f.remedy[language()], on_phone=False),
        Column(
            "deadline",
            gettext_lazy("Deadline"),
            plain=lambda f: f.deadline,
            shown=_deadline,
            order=("deadline",),
            edit="deadline",
        ),
        Column("state", gettext_lazy("State")),
        Column("remedied_at", gettext_lazy("Put right")),
        Column("note", gettext_lazy("Note"), edit="note", on_phone=False),
    )
    filters = (
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=CheckFinding.State.choices),
        FlagFilter("xem", gettext_lazy("Show"), flags={"qua-han": (gettext_lazy("Overdue"), _overdue)}),
    )

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return give_more_time(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Of the own area, and not put right yet."""
        return self.may_write(actor) and actor.area.holds(record) and record.state == CheckFinding.State.OPEN

    def panels(self, record: Any, actor: Actor, moment: datetime) -> list[Content]:
        """The visit that found it, and the work that followed."""
        del actor, moment
        found: list[Content] = [
            Action(_("The visit"), reverse("containment-check", args=[record.check_made_id]), "check")
        ]
        if record.task_id:
            found.append(Action(_("The task that followed"), reverse("command-task", args=[record.task_id]), "flow"))
        return found

"""Cases and outbreaks as lists."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Model, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation.components import Action, Content, Masked
from phaodai.foundation.formats import short_day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.cases import amend_case, isolate_case
from phaodai.surveillance.models import Case, Outbreak, Setting
from phaodai.surveillance.registers.folding import Folded


def found_by_words() -> Any:
    """What the words of a search are looked for in: the number of the case and the person's folded name."""
    return Concat(Folded("code"), Value(" "), F("person__search_key"))


def _live(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(outcome="").exclude(classification=Case.Classification.DISCARDED)


def _not_isolated(rows: QuerySet[Any], actor: Actor, moment: datetime) -> QuerySet[Any]:
    return _live(rows, actor, moment).filter(isolated_at=None)


def _source_unknown(rows: QuerySet[Any], actor: Actor, moment: datetime) -> QuerySet[Any]:
    return _live(rows, actor, moment).filter(sources=None).exclude(imported=True)


def _isolated_already(case: Case, actor: Actor) -> str | None:
    if case.isolated_at:
        return _("isolated already")
    return None if actor.area.holds(case) else _("belongs to another unit")


def _isolate(*, actor: Actor, moment: datetime, record: Case) -> Case:
    return isolate_case(actor=actor, moment=moment, pk=record.pk)


def _short(name: str) -> Callable[[Any, datetime], str]:
    """A day as lists print it: without its year."""

    def words(case: Any, _moment: datetime) -> str:
        day = getattr(case, name)
        return short_day(day, language()) if day else ""

    return words


class Cases(Register):
    """Everybody who fell ill, masked, the latest first."""

    key = "ca-benh"
    model = Case
    title = gettext_lazy("Cases")
    one = gettext_lazy("case")
    room = "surveillance"
    read = Permission.SURVEILLANCE_CASE_READ
    write = Permission.SURVEILLANCE_CASE_WRITE
    related = ("person", "outbreak")
    search_field = "found_by_words"
    order = ("-reported_on", "-id")
    record_route = "surveillance-case"
    empty = gettext_lazy("No case yet. Add the first one, or send a line list.")
    columns = (
        Column("code", gettext_lazy("Case number"), order=("code",), opens=True),
        Column(
            "person",
            gettext_lazy("Person"),
            plain=lambda c: c.person.masked,
            shown=lambda c, _moment: Masked(c.person.masked, c.person.get_sex_display()),
        ),
        Column("classification", gettext_lazy("Classification"), order=("classification",)),
        Column("onset_on", gettext_lazy("Onset"), shown=_short("onset_on"), order=("onset_on",), edit="onset_on"),
        Column(
            "sampled_on",
            gettext_lazy("First positive sample"),
            shown=_short("sampled_on"),
            order=("sampled_on",),
            edit="sampled_on",
        ),
        Column("reported_on", gettext_lazy("Reported"), shown=_short("reported_on"), order=("reported_on", "id")),
        Column("isolated_at", gettext_lazy("Isolated"), shown=_short("isolated_at"), order=("isolated_at",)),
        Column("occupation", gettext_lazy("Occupation"), edit="occupation", on_phone=False),
        Column(
            "outcome",
            gettext_lazy("Outcome"),
            plain=lambda c: c.get_outcome_display() if c.outcome else "",
            on_phone=False,
        ),
        Column("outbreak", gettext_lazy("Outbreak"), plain=lambda c: c.outbreak.name if c.outbreak else ""),
    )
    filters = (
        ChoiceFilter(
            "loai",
            gettext_lazy("Classification"),
            field="classification",
            values=Case.Classification.choices,
        ),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "dang-benh": (gettext_lazy("Ill now"), _live),
                "chua-cach-ly": (gettext_lazy("Not isolated"), _not_isolated),
                "chua-ro-nguon": (gettext_lazy("Source unknown"), _source_unknown),
            },
        ),
    )
    edit_fields = (
        "onset_on", "symptoms", "sampled_on", "detected_by", "severity", "occupation", "setting",
        "source_known", "imported", "facility", "notes",
    )  # fmt: skip
    bulk = (
        Bulk(
            "cach-ly",
            gettext_lazy("Isolated now"),
            Permission.SURVEILLANCE_CASE_WRITE,
            _isolate,
            icon="home",
            skip=_isolated_already,
        ),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().rows(actor).annotate(found_by_words=found_by_words())
        return rows

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_case(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """The province reads every case; whoever answers for its area mends it."""
        return self.may_write(actor) and actor.reach != "own" and actor.area.holds(record)

    def buttons(self, actor: Actor) -> Sequence[Content]:
        if not actor.may(Permission.SURVEILLANCE_CASE_WRITE):
            return ()
        return [Action(_("Add a case"), reverse("surveillance-case-new"), "plus", "go")]


class Outbreaks(Register):
    """Linked cases that are fought as one."""

    key = "o-dich"
    model = Outbreak
    title = gettext_lazy("Outbreaks")
    one = gettext_lazy("outbreak")
    room = "surveillance"
    read = Permission.SURVEILLANCE_CASE_READ
    related = ("place",)
    order = ("-opened_on", "-id")
    record_route = "surveillance-outbreak"
    empty = gettext_lazy("No outbreak. Linked cases are proposed here.")
    columns = (
        Column("name", gettext_lazy("Name"), order=("sort_key",), opens=True),
        Column("state", gettext_lazy("State"), order=("state",)),
        Column("cases", gettext_lazy("Cases"), plain=lambda o: o.live_cases, numeric=True),
        Column("setting", gettext_lazy("Setting"), plain=lambda o: str(dict(Setting.choices).get(o.setting, ""))),
        Column("place", gettext_lazy("Place"), plain=lambda o: o.place.name if o.place else ""),
        Column("opened_on", gettext_lazy("Opened"), order=("opened_on",)),
        Column("closed_on", gettext_lazy("Over since"), order=("closed_on",)),
    )
    filters = (ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Outbreak.State.choices),)

    def rows(self, actor: Actor) -> QuerySet[Any]:
        counted = Count("cases", filter=~Q(cases__classification=Case.Classification.DISCARDED))
        rows: QuerySet[Any] = super().rows(actor).annotate(live_cases=counted)
        return rows

    def buttons(self, actor: Actor) -> Sequence[Content]:
        if not actor.may(Permission.SURVEILLANCE_OUTBREAK_DECIDE):
            return ()
        return [Action(_("Look for linked cases"), reverse("surveillance-outbreak-find"), "search", method="post")]

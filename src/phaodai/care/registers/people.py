"""Staff and volunteers, their shifts, and teams."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.care.actions.people import add_worker, amend_team, amend_worker
from phaodai.care.actions.rosters import Post, add_shifts, call_off_shift
from phaodai.care.models import Shift, Skill, Team, Worker
from phaodai.care.rules.rosters import Span, fatigue
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Action, Content, Empty, Fact, Facts
from phaodai.foundation.formats import clock as hour
from phaodai.foundation.formats import fold, number, weekday_and_day
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, FlagFilter, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Place

AHEAD = timedelta(days=7)
BEHIND = timedelta(days=14)


def skills_said(skills: Sequence[str]) -> str:
    """Skills in words, as a sheet holds them."""
    labels = dict(Skill.choices)
    return "; ".join(str(labels.get(one, one)) for one in skills)


class SkillsField(forms.CharField):
    """Skills as people write them, separated by commas: "Điều dưỡng, Tiêm chủng"."""

    def prepare_value(self, value: Any) -> Any:
        return skills_said(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        parts = [one.strip() for one in str(super().clean(value)).replace(";", ",").split(",") if one.strip()]
        known = {fold(str(label)): code for code, label in Skill.choices} | {code: code for code in Skill.values}
        unknown = [one for one in parts if fold(one) not in known and one not in known]
        if unknown:
            about = {"skills": ", ".join(unknown), "known": skills_said(Skill.values)}
            raise forms.ValidationError(_("Unknown skill: %(skills)s. Known are: %(known)s.") % about)
        return [known.get(one) or known[fold(one)] for one in parts]

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return sorted(initial or []) != sorted(self.clean(data))
        except forms.ValidationError:
            return True


def _by_code(rows: QuerySet[Any], label: str, *, required: bool = True) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(rows, to_field_name="code", label=label, required=required, widget=forms.TextInput)


def _working(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(left_on=None)


def _left(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(left_on=None)


class SkillFilter(ChoiceFilter):
    """One chip for each skill; somebody may have several."""

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        del actor, moment
        return rows.filter(skills__contains=[value]) if value in Skill.values else rows.none()

    def counts(self, rows: QuerySet[Any], actor: Actor, moment: datetime) -> dict[str, int]:
        """Each skill for itself."""
        return super(ChoiceFilter, self).counts(rows, actor, moment)


class Workers(Register):
    """Health staff, volunteers and private doctors with their skills."""

    key = "nhan-luc"
    model = Worker
    title = gettext_lazy("Staff and volunteers")
    one = pgettext_lazy("register", "person on the list of staff")
    room = "care"
    read = Permission.CARE_ROSTER_READ
    write = Permission.CARE_ROSTER_MANAGE
    order = ("sort_key", "id")
    related = ("organisation",)
    create_fields = ("code", "name", "kind", "skills", "organisation", "phone")
    edit_fields = ("name", "kind", "skills", "phone", "left_on")
    natural_key = ("code",)
    empty = gettext_lazy("Nobody is on the list. Add people, or bring the list from Excel.")
    columns = (
        Column("name", pgettext_lazy("worker", "Name"), order=("sort_key", "id"), opens=True, edit="name"),
        Column("code", pgettext_lazy("worker", "Code")),
        Column("kind", pgettext_lazy("worker", "Works as")),
        Column("skills", pgettext_lazy("worker", "Skills"), plain=lambda one: skills_said(one.skills)),
        Column("organisation", pgettext_lazy("worker", "Organisation"), plain=lambda one: one.organisation.short_name),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("left_on", pgettext_lazy("worker", "Left on")),
    )
    filters = (
        SkillFilter("can", pgettext_lazy("worker", "Skill"), values=Skill.choices),
        ChoiceFilter("la", pgettext_lazy("worker", "Works as"), field="kind", values=Worker.Kind.choices),
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "dang-lam": (pgettext_lazy("worker", "Working"), _working),
                "da-nghi": (pgettext_lazy("worker", "Left"), _left),
            },
        ),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """The organisation by its code, skills by their names."""
        made = super().form_class(fields)
        if "organisation" in made.base_fields:
            made.base_fields["organisation"] = _by_code(Organisation.objects.open(), _("Code of the organisation"))
        if "skills" in made.base_fields:
            made.base_fields["skills"] = SkillsField(
                label=_("Skills, separated by commas"), required=False, max_length=400
            )
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return add_worker(actor=actor, moment=moment, **values)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_worker(actor=actor, moment=moment, pk=pk, version=version, **values)

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        """Hours of the last week, and the shifts around today."""
        del actor
        shifts = list(record.shifts.standing().filter(ends_at__gt=moment - BEHIND, starts_at__lt=moment + AHEAD))
        worn = fatigue([Span(one.starts_at, one.ends_at) for one in shifts], moment, VIETNAM)
        hours = Fact(_("Hours in 7 days"), number(worn.hours, 0, language()))
        row = Fact(_("Days in a row"), number(worn.days_in_a_row, 0, language()))
        ahead = sorted((one for one in shifts if one.ends_at > moment), key=lambda one: one.starts_at)
        listed = [Fact(_when(one), one.where, one.override_reason) for one in ahead]
        return [Facts([hours, row]), Facts(listed) if listed else Empty(_("No shift in the next seven days."))]

    def buttons(self, actor: Actor) -> list[Content]:
        """The page of rosters."""
        del actor
        return [Action(_("People and rosters"), reverse("care-people"), "people")]


def _when(shift: Shift) -> str:
    begin, end = (one.astimezone(VIETNAM) for one in (shift.starts_at, shift.ends_at))
    return f"{weekday_and_day(begin.date(), language())} {hour(begin)}–{hour(end)}"


def _now(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(starts_at__lte=moment, ends_at__gt=moment, called_off_at=None)


def _ahead(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.filter(starts_at__gt=moment, called_off_at=None)


def _overridden(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(override_reason="")


def _cannot_be_called_off(shift: Shift, _actor: Actor) -> str | None:
    return _("called off already") if shift.called_off_at else None


def _call_off(*, actor: Actor, moment: datetime, record: Shift) -> Shift:
    return call_off_shift(actor=actor, moment=moment, shift_id=record.pk)


class Shifts(Register):
    """Who stands where and when."""

    key = "ca-truc"
    model = Shift
    title = gettext_lazy("Shifts")
    one = gettext_lazy("shift")
    room = "care"
    read = Permission.CARE_ROSTER_READ
    write = Permission.CARE_ROSTER_MANAGE
    order = ("-starts_at", "-id")
    related = ("worker", "team", "organisation")
    search_field = "worker__search_key"
    create_fields = ("worker", "where", "place", "starts_at", "ends_at", "override_reason")
    natural_key = ("worker", "starts_at")
    empty = gettext_lazy("No shift yet. Put people on shifts, or bring the roster from Excel.")
    columns = (
        Column("worker", pgettext_lazy("shift", "Person"), plain=lambda one: one.worker.name, opens=True),
        Column("where", pgettext_lazy("shift", "Where")),
        Column("starts_at", pgettext_lazy("shift", "From"), order=("starts_at", "id")),
        Column("ends_at", pgettext_lazy("shift", "Until")),
        Column("team", pgettext_lazy("team", "Team"), plain=lambda one: one.team.name if one.team else ""),
        Column("organisation", pgettext_lazy("worker", "Organisation"), plain=lambda one: one.organisation.short_name),
        Column("override_reason", pgettext_lazy("shift", "Why in spite of the limits")),
        Column("called_off_at", pgettext_lazy("shift", "Called off")),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "nay": (gettext_lazy("On duty now"), _now),
                "toi": (gettext_lazy("To come"), _ahead),
                "vuot": (gettext_lazy("Over the limits"), _overridden),
            },
        ),
    )
    bulk = (
        Bulk(
            "huy",
            gettext_lazy("Call off"),
            Permission.CARE_ROSTER_MANAGE,
            _call_off,
            icon="close",
            skip=_cannot_be_called_off,
        ),
    )

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """Person and place by their codes."""
        made = super().form_class(fields)
        if "worker" in made.base_fields:
            made.base_fields["worker"] = _by_code(Worker.objects.working(), _("Staff code"))
        if "place" in made.base_fields:
            made.base_fields["place"] = _by_code(Place.objects.open(), _("Code of the place"), required=False)
        return made

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        place = values["place"]
        post = Post(place.pk if place else None, values["where"])
        return add_shifts(
            actor=actor,
            moment=moment,
            worker_ids=[values["worker"].pk],
            post=post,
            spans=[(values["starts_at"], values["ends_at"])],
            override_reason=values["override_reason"],
        )[0]

    def buttons(self, actor: Actor) -> list[Content]:
        """The door to many shifts at once."""
        if not actor.may(Permission.CARE_ROSTER_MANAGE):
            return []
        return [Action(_("Put people on shifts"), reverse("care-roster-new"), "calendar", "go")]


class CareTeams(Register):
    """Teams of staff and volunteers."""

    key = "doi-y-te"
    model = Team
    title = pgettext_lazy("care", "Teams")
    one = pgettext_lazy("care", "team")
    room = "care"
    read = Permission.CARE_ROSTER_READ
    write = Permission.CARE_ROSTER_MANAGE
    order = ("sort_key", "id")
    related = ("organisation", "leader")
    edit_fields = ("name", "dissolved_on")
    empty = gettext_lazy("No team yet. Make one on the page of people and rosters.")
    columns = (
        Column("name", pgettext_lazy("team", "Team"), order=("sort_key", "id"), opens=True, edit="name"),
        Column("organisation", pgettext_lazy("team", "Organisation"), plain=lambda one: one.organisation.short_name),
        Column("leader", pgettext_lazy("team", "Leader"), plain=lambda one: one.leader.name if one.leader else ""),
        Column("people", pgettext_lazy("loan", "People"), plain=lambda one: one.people, numeric=True),
        Column("dissolved_on", pgettext_lazy("team", "Dissolved on")),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """With the number of members."""
        still = Count("memberships", filter=Q(memberships__until=None))
        rows: QuerySet[Any] = super().rows(actor).annotate(people=still)
        return rows

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_team(actor=actor, moment=moment, pk=pk, version=version, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        own = record.organisation_id == actor.organisation
        return self.may_write(actor) and (own or (actor.reach != "own" and actor.area.holds(record.organisation)))

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        """Its members, as far as the officer may see them."""
        del moment
        still = Worker.objects.visible_to(actor).filter(memberships__team=record, memberships__until=None)
        listed = [Fact(one.name, skills_said(one.skills)) for one in still.order_by("sort_key")]
        return [Facts(listed) if listed else Empty(_("No member that your post may see."))]

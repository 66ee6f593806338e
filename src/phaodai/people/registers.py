"""The record kinds of this context."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phaodai.foundation import clock
from phaodai.foundation.components import Content, Empty, Fact, Facts, Masked, Note
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import ChoiceFilter, Column, Register
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.people import actions
from phaodai.people.doors import HamletFilter
from phaodai.people.models import Organisation, Person, Post
from phaodai.people.person_panels import person_panels
from phaodai.people.roles import Role
from phaodai.territory.models import Tier


class Organisations(Register):
    """The bodies that give, take and answer for tasks."""

    key = "co-quan"
    model = Organisation
    title = gettext_lazy("Organisations")
    one = gettext_lazy("organisation")
    room = "command"
    read = Permission.PEOPLE_OFFICER_READ
    write = Permission.PEOPLE_OFFICER_MANAGE
    related = ("unit", "parent")
    order = ("tier", "sort_key")
    natural_key = ("code",)
    columns = (
        Column("name", gettext_lazy("Name"), order=("sort_key",), opens=True),
        Column("kind", gettext_lazy("Kind")),
        Column("unit", gettext_lazy("Unit"), plain=lambda o: o.unit.name),
        Column("parent", gettext_lazy("Answers to"), plain=lambda o: o.parent.short_name if o.parent else ""),
        Column("phone", gettext_lazy("Telephone"), edit="phone"),
        Column("code", gettext_lazy("Code"), order=("code",)),
    )
    filters = (
        ChoiceFilter("cap", gettext_lazy("Tier"), field="tier", values=Tier.choices[:3]),
        ChoiceFilter("loai", gettext_lazy("Kind"), field="kind", values=Organisation.Kind.choices),
    )
    create_fields = ("code", "name", "short_name", "kind", "unit", "parent", "phone")
    edit_fields = ("name", "short_name", "kind", "phone", "closed_on")

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        return actions.create_organisation(actor=actor, moment=moment, **values)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Bodies of the officer's own area."""
        return self.may_write(actor) and actor.area.holds(record)

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return actions.amend_organisation(actor=actor, moment=moment, pk=pk, version=version, **values)

    def form_class(self, fields: Sequence[str]) -> Any:
        """Units and superiors are named by their codes: a list of ten thousand communes is no choice."""
        form = super().form_class(fields)
        for name in ("unit", "parent"):
            if name in form.base_fields:
                form.base_fields[name] = _by_code(name)
        return form

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        del actor
        posts = (
            Post.objects.as_of(moment.date())
            .filter(organisation=record)
            .select_related("officer")
            .order_by("-is_head", "id")
        )
        facts = [Fact(post.title, post.officer.full_name) for post in posts]
        return [Facts(facts) if facts else Empty(_("Nobody holds a post here today."))]


def _by_code(name: str) -> Any:
    from django import forms

    from phaodai.territory.models import Unit

    if name == "unit":
        units: QuerySet[Unit] = Unit.objects.as_of(clock.today()).exclude(tier=Tier.HAMLET)
        return forms.ModelChoiceField(
            units, to_field_name="code", label=_("Code of the unit"), widget=forms.TextInput,
            error_messages={"invalid_choice": _("No unit has this code. Look at it again; a commune's is like 98026.")},
        )  # fmt: skip
    return forms.ModelChoiceField(
        Organisation.objects.open(), to_field_name="code", label=_("Code of the body it answers to"), required=False,
        widget=forms.TextInput,
        error_messages={"invalid_choice": _("No body has this code. It stands in the list of bodies, like 98-ubnd.")},
    )  # fmt: skip


class Posts(Register):
    """Who holds which office."""

    key = "can-bo"
    model = Post
    title = gettext_lazy("Officers")
    one = gettext_lazy("officer")
    room = "command"
    read = Permission.PEOPLE_OFFICER_READ
    related = ("officer", "organisation")
    search_field = "officer__search_key"
    order = ("officer__sort_key",)
    columns = (
        Column(
            "officer",
            gettext_lazy("Full name"),
            plain=lambda p: p.officer.full_name,
            order=("officer__sort_key",),
            opens=True,
        ),
        Column("title", gettext_lazy("Title")),
        Column(
            "organisation",
            gettext_lazy("Organisation"),
            plain=lambda p: p.organisation.name,
            order=("organisation__sort_key",),
        ),
        Column("role", gettext_lazy("Role")),
        Column("phone", gettext_lazy("Telephone"), plain=lambda p: p.officer.phone),
    )
    filters = (ChoiceFilter("vai", gettext_lazy("Role"), field="role", values=Role.choices),)

    def rows(self, actor: Actor) -> QuerySet[Any]:
        return super().rows(actor).filter(held__contains=clock.today())


class Persons(Register):
    """Residents, masked."""

    key = "nguoi-dan"
    model = Person
    title = gettext_lazy("Residents")
    one = gettext_lazy("resident")
    room = "surveillance"
    read = Permission.PEOPLE_PERSON_READ
    related = ("household__hamlet",)
    order = ("sort_key",)
    columns = (
        Column(
            "name",
            gettext_lazy("Person"),
            plain=lambda p: p.masked,
            shown=lambda p, _moment: Masked(p.masked, p.get_sex_display()),
            order=("sort_key",),
            opens=True,
        ),
        Column("birth_year", gettext_lazy("Year of birth"), plain=lambda p: str(p.birth_year or ""), numeric=True),
        Column("hamlet", gettext_lazy("Hamlet"), plain=lambda p: p.household.hamlet.name if p.household else ""),
        Column("address", gettext_lazy("Address"), plain=lambda p: p.household.address if p.household else p.address),
    )
    filters = (
        HamletFilter("thon", gettext_lazy("Hamlet")),
        ChoiceFilter("gioi", gettext_lazy("Sex"), field="sex", values=Person.Sex.choices),
    )

    def listed(self, actor: Actor) -> QuerySet[Any]:
        return Person.objects.filter(**actor.area.smallest).select_related(*self.related)

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        return [*_door(record, actor), *person_panels(record, actor, moment)]


def _door(person: Person, actor: Actor) -> list[Content]:
    """The way to the name for whoever may open it, and who opened it before."""
    if not actor.may(Permission.PEOPLE_PERSON_REVEAL):
        return []
    looks = person.reveals.select_related("officer").order_by("-at")[:10]
    facts = [
        Fact(look.officer.full_name, look.get_purpose_display(), note=moment_words(look.at, language()))
        for look in looks
    ]
    door = Masked(
        person.masked, person.get_sex_display(), reveal_url=reverse("people-reveal", kwargs={"pk": person.pk})
    )
    rule = Note(_("Opening the name asks for a purpose and is logged."), icon="eye")
    return [[door, rule], *([Facts(facts)] if facts else [])]

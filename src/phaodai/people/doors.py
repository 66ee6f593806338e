"""The doors of a commune: its hamlets with their households and people, each the way to its residents."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.urls import reverse

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Text
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Filter
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Person
from phaodai.territory.models import Unit


@dataclass(frozen=True)
class Hamlet:
    """A hamlet as a commune's landing page shows it."""

    name: str
    households: int
    people: int
    url: str


@dataclass(frozen=True)
class HamletFilter(Filter):
    """The hamlets of a commune; officers of a wider area find a hamlet by search."""

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        if actor.area.commune is None:
            return []
        hamlets = Unit.objects.as_of(clock.today()).filter(parent_id=actor.area.commune).order_by("sort_key")
        return [(str(hamlet.pk), hamlet.name) for hamlet in hamlets]

    def narrow(self, rows: "QuerySet[Person]", value: str, actor: Actor, moment: datetime) -> "QuerySet[Person]":
        del actor, moment
        return rows.filter(household__hamlet_id=whole(value))

    def counts(self, rows: "QuerySet[Person]", actor: Actor, moment: datetime) -> dict[str, int]:
        """All hamlets in one pass."""
        del moment
        found = rows.order_by().values_list("household__hamlet_id").annotate(many=Count("pk"))
        return {value: 0 for value, _label in self.choices(actor)} | {str(hamlet): many for hamlet, many in found}


def doors_of(actor: Actor) -> list[Hamlet]:
    """The hamlets of the officer's own commune; empty for officers of a wider area, or without a right to residents."""
    if actor.area.commune is None or not actor.may(Permission.PEOPLE_PERSON_READ):
        return []
    counted = (
        Household.objects.filter(commune_id=actor.area.commune)
        .values("hamlet_id", "hamlet__name", "hamlet__sort_key")
        .annotate(households=Count("id", distinct=True), people=Count("members"))
        .order_by("hamlet__sort_key")
    )
    residents = reverse("nguoi-dan-list")
    return [
        Hamlet(row["hamlet__name"], row["households"], row["people"], f"{residents}?thon={row['hamlet_id']}")
        for row in counted
    ]

"""What the contact list of a case reads: where its contacts were met, how many of them, and who stands first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, F, IntegerField, Max, Min, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.contacts import Contact
from phaodai.surveillance.rules.contact_class import Exposure, Of
from phaodai.territory.models import Place

UNREACHED = Q(state=Contact.State.LISTED)
OPEN = Q(decision__outcome=None)


@dataclass(frozen=True)
class Group:
    """Contacts found in one way at one place; `key` names it in addresses."""

    via: str
    place: Place | None
    first: datetime | None
    last: datetime | None
    close: int
    onward: int
    unreached: int
    unclear: int

    @property
    def key(self) -> str:
        return f"{self.via}-{self.place.pk if self.place else 0}"

    @property
    def count(self) -> int:
        """All of them."""
        return self.close + self.onward


def on_list(case: Case) -> QuerySet[Contact]:
    """The contacts of a case without those who turned out to be none."""
    return Contact.objects.filter(case=case).exclude(state=Contact.State.NOT_CONTACT)


def by_meeting(contacts: QuerySet[Contact]) -> QuerySet[Any]:
    """With the way and place that led to each: of an F2 those of the F1 through whom it was met."""
    onward = Q(degree=2, through__isnull=False)
    return contacts.annotate(
        met_via=Choice(When(onward, then=F("through__via")), default=F("via")),
        met_place=Choice(When(onward, then=F("through__place_id")), default=F("place_id")),
    )


def groups_of(case: Case) -> list[Group]:
    """Where the contacts were met, the most people nobody has reached first."""
    found = list(
        by_meeting(on_list(case))
        .order_by()
        .values_list("met_via", "met_place")
        .annotate(
            begun=Min("first_at"),
            ended=Max("last_at"),
            close=Count("id", filter=Q(degree=1)),
            further=Count("id", filter=Q(degree=2)),
            unreached=Count("id", filter=UNREACHED),
            unclear=Count("id", filter=OPEN),
        )
    )
    places = Place.objects.in_bulk([row[1] for row in found if row[1]])
    groups = [Group(via, places.get(place or 0), *figures) for via, place, *figures in found]
    return sorted(groups, key=lambda group: (-group.unreached, -group.count, group.key))


def in_group(contacts: QuerySet[Contact], key: str) -> QuerySet[Contact]:
    """The contacts of one group."""
    via, _dash, place = key.rpartition("-")
    if not (place.isascii() and place.isdigit()):
        return contacts.none()
    chosen = by_meeting(contacts).filter(met_via=via)
    return chosen.filter(met_place=int(place)) if int(place) else chosen.filter(met_place=None)


def pressing_first(contacts: QuerySet[Any]) -> QuerySet[Any]:
    """Those whom nobody has reached first, then those who were together longest."""
    rank = Choice(When(UNREACHED, then=Value(0)), default=Value(1), output_field=IntegerField())
    ordered = contacts.annotate(rank=rank).order_by("rank", "degree", F("minutes").desc(nulls_last=True), "id")
    chosen: QuerySet[Any] = ordered.select_related("place").prefetch_related("person")
    return chosen


def first_of_each(case: Case, shown: int) -> dict[str, list[Contact]]:
    """The first few of each group, by its key."""
    place = Window(
        RowNumber(),
        partition_by=[F("met_via"), F("met_place")],
        order_by=[
            Choice(When(UNREACHED, then=Value(0)), default=Value(1)).asc(),
            F("degree").asc(),
            F("minutes").desc(nulls_last=True),
            F("id").asc(),
        ],
    )
    found: dict[str, list[Contact]] = {}
    listed = pressing_first(by_meeting(on_list(case)))
    for one in listed.annotate(place_in_group=place).filter(place_in_group__lte=shown):
        found.setdefault(f"{one.met_via}-{one.met_place or 0}", []).append(one)
    return found


def exposure_of(contact: Contact, place_kind: str) -> Exposure:
    """What the rule of contact classes asks of a contact; a stated distance goes above one that a log measured."""
    of: Of = "F0" if contact.degree == 1 else "F1"
    logged = contact.exposure.get("logged_m")
    stated = ({} if logged is None else {"distance_m": logged}) | contact.exposure
    return Exposure(of, contact.via, contact.minutes, place_kind, stated)

"""The WHO figures of an area's contacts, each counted in one query, and the rows that each opens."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor
from phaodai.surveillance.models.cases import Case
from phaodai.surveillance.models.contacts import Contact, FollowUpDay
from phaodai.surveillance.models.following import course_of, in_area
from phaodai.surveillance.rules.follow_up import MET, followed_all_days
from phaodai.surveillance.rules.indicators import TRACED_WITHIN, Share, share_of

LOOK_BACK = timedelta(days=7)
"""The figures about new cases, new contacts and courses that ended look back a week."""
OPEN_STATES = (Contact.State.LISTED, Contact.State.TOLD, Contact.State.FOLLOWED)


@dataclass(frozen=True)
class ContactFigures:
    """The five figures of WHO, and how many contacts there are."""

    followed: int
    seen_today: Share
    all_days: Share
    known_before: Share
    traced: Share
    lost: Share


def followed_on(actor: Actor, day: date) -> QuerySet[Contact]:
    """Contacts of the area whose follow-up covers a day."""
    return in_area(actor).filter(state=Contact.State.FOLLOWED, follow_from__lte=day, follow_until__gte=day)


def not_met_on(contacts: QuerySet[Contact], day: date) -> QuerySet[Contact]:
    """Those of some contacts whom nobody met on a day."""
    # "not in", which is hashed once: joined, the policy of the days would be asked again for each contact.
    return contacts.exclude(pk__in=FollowUpDay.objects.filter(day=day, state__in=MET).values("contact"))


def not_reached(actor: Actor) -> QuerySet[Contact]:
    """F1 of the area whom nobody has told yet, the longest waiting first."""
    listed = in_area(actor).filter(state=Contact.State.LISTED, degree=1, told_at=None)
    return listed.order_by("listed_at", "pk")


def new_cases(actor: Actor, moment: datetime) -> QuerySet[Case]:
    """Confirmed cases of the area that were reported within the week."""
    since = (moment - LOOK_BACK).astimezone(VIETNAM).date()
    return Case.objects.visible_to(actor).counted().filter(reported_on__gt=since)


def listed_lately(actor: Actor, moment: datetime) -> QuerySet[Contact]:
    """F1 of the area listed within the week, of cases whose positive result is known."""
    found = in_area(actor).filter(degree=1, listed_at__gt=moment - LOOK_BACK, case__positive_at__isnull=False)
    return found.exclude(state=Contact.State.NOT_CONTACT)


def ended_lately(actor: Actor, today: date) -> QuerySet[Contact]:
    """Contacts of the area whose course ended within the week."""
    closed = [Contact.State.NOT_CONTACT, Contact.State.BECAME_CASE]
    return (
        in_area(actor)
        .filter(follow_until__range=(today - LOOK_BACK, today - timedelta(days=1)))
        .exclude(state__in=closed)
    )


def contact_figures(actor: Actor, moment: datetime) -> ContactFigures:
    """All figures as of a moment, in six queries."""
    today = moment.astimezone(VIETNAM).date()
    followed = followed_on(actor, today)
    owed = followed.count()
    states = in_area(actor).aggregate(
        all=Count("pk", filter=Q(state__in=[*OPEN_STATES, Contact.State.LOST])),
        lost=Count("pk", filter=Q(state=Contact.State.LOST)),
    )
    return ContactFigures(
        followed=owed,
        seen_today=Share(owed - not_met_on(followed, today).count(), owed),
        all_days=_all_days(actor, today),
        known_before=_known_before(actor, moment),
        traced=_traced(actor, moment),
        lost=Share(states["lost"], states["all"]),
    )


def _all_days(actor: Actor, today: date) -> Share:
    ended = list(ended_lately(actor, today))
    answers: dict[int, dict[date, str]] = defaultdict(dict)
    days = FollowUpDay.objects.filter(contact__in=[one.pk for one in ended])
    for contact, day, state in days.values_list("contact_id", "day", "state"):
        answers[contact][day] = state
    return share_of(followed_all_days(course_of(one), answers[one.pk], today) for one in ended if one.follow_from)


def _known_before(actor: Actor, moment: datetime) -> Share:
    known = Contact.objects.filter(person=OuterRef("person_id"), listed_at__lt=OuterRef("positive_at"))
    counted = new_cases(actor, moment).aggregate(
        all=Count("pk"), known=Count("pk", filter=Exists(known.exclude(case=OuterRef("pk"))))
    )
    return Share(counted["known"], counted["all"])


def _traced(actor: Actor, moment: datetime) -> Share:
    in_time = Q(told_at__lte=F("case__positive_at") + TRACED_WITHIN)
    counted = listed_lately(actor, moment).aggregate(all=Count("pk"), told=Count("pk", filter=in_time))
    return Share(counted["told"], counted["all"])

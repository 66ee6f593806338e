"""What the page of rosters counts: who is on duty, who is worn out, where somebody is missing in the days ahead."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from phaodai.care.actions.facilities_shared import mine
from phaodai.care.models import Facility, Shift, Skill, StaffNeed, Worker
from phaodai.care.rules.rosters import WEEK, Fatigue, Gap, Need, OnDuty, Span, fatigue, gaps
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor

GAP_DAYS = 3
LOOK_BACK = timedelta(days=14)
"""As far back as days in a row are counted."""


@dataclass(frozen=True)
class Missing:
    """One gap: where, whom and when."""

    gap: Gap
    need: StaffNeed

    @property
    def span(self) -> Span:
        return self.gap.need.span


@dataclass(frozen=True)
class Worn:
    """Somebody who needs a free day."""

    worker: Worker
    fatigue: Fatigue


def missing_ahead(actor: Actor, now: datetime, days: int = GAP_DAYS) -> list[Missing]:
    """The needs of today and the next days that nobody covers yet, the nearest first."""
    stated = _needs(actor, now, days)
    wanted = [
        Need(number, one.skill, one.people, span) for number, (one, span) in enumerate(stated) if span.ends_at > now
    ]
    there = _on_duty(actor, [one for one, _span in stated], now, days)
    at_place = {one.key: there.get(stated[one.key][0].place_id, []) for one in wanted}
    found = [Missing(gap, stated[gap.need.key][0]) for gap in gaps(wanted, at_place)]
    return sorted(found, key=lambda one: (one.span.starts_at, one.need.place.sort_key, one.need.skill))


def _needs(actor: Actor, now: datetime, days: int) -> list[tuple[StaffNeed, Span]]:
    """Each need on each day on which it stands, from yesterday's nights on."""
    return [
        (one, _span(one, day))
        for one in needs_of(actor, now)
        for day in (now.date() + timedelta(days=step) for step in range(-1, days))
        if one.since <= day and (one.until is None or day <= one.until)
    ]


def needs_of(actor: Actor, now: datetime) -> list[StaffNeed]:
    """What the places need for which the officer answers: of others the shifts are not seen, and no gap is known."""
    rows = StaffNeed.objects.visible_to(actor).filter(**actor.area.narrowing)
    found = list(rows.exclude(until__lt=now.date() - timedelta(days=1)).select_related("place").order_by("pk"))
    facilities = Facility.objects.open().filter(place__in={one.place_id for one in found})
    answered = {one.place_id: mine(actor, one) for one in facilities.select_related("organisation")}
    return [one for one in found if answered.get(one.place_id, actor.reach != "own")]


def _span(need: StaffNeed, day: date) -> Span:
    begin = datetime.combine(day, need.starts, VIETNAM)
    return Span(begin, begin + timedelta(hours=need.hours))


def _on_duty(actor: Actor, needs: Sequence[StaffNeed], now: datetime, days: int) -> dict[int, list[OnDuty]]:
    """Everybody who stands at those places over those days."""
    found: dict[int, list[OnDuty]] = defaultdict(list)
    rows = Shift.objects.visible_to(actor).standing().filter(place__in={one.place_id for one in needs})
    near = rows.filter(ends_at__gt=now - timedelta(days=2), starts_at__lt=now + timedelta(days=days + 1))
    for place, skills, begin, end in near.values_list("place_id", "worker__skills", "starts_at", "ends_at"):
        found[place].append(OnDuty(able_to(skills), Span(begin, end)))
    return found


def able_to(skills: Sequence[str]) -> frozenset[str]:
    """Skills with those that they hold: whoever works in intensive care is a doctor or nurse elsewhere too."""
    held = {Skill.ICU_DOCTOR: Skill.DOCTOR, Skill.ICU_NURSE: Skill.NURSE}
    return frozenset(skills) | {low.value for high, low in held.items() if high in skills}


def worn_out(actor: Actor, now: datetime, shown: int) -> list[Worn]:
    """Those who worked too long in the last week or too many days in a row, the most hours first."""
    spans: dict[int, list[Span]] = defaultdict(list)
    overridden: dict[int, int] = defaultdict(int)
    rows = Shift.objects.visible_to(actor).standing().filter(ends_at__gt=now - LOOK_BACK, starts_at__lt=now)
    for worker, begin, end, breaches in rows.values_list("worker_id", "starts_at", "ends_at", "breaches"):
        spans[worker].append(Span(begin, end))
        overridden[worker] += bool(breaches) and end > now - WEEK
    tired = {worker: fatigue(known, now, VIETNAM, overridden[worker]) for worker, known in spans.items()}
    chosen = sorted((one for one in tired if tired[one].tired), key=lambda one: (-tired[one].hours, one))[:shown]
    people = Worker.objects.visible_to(actor).select_related("organisation").in_bulk(chosen)
    return [Worn(people[one], tired[one]) for one in chosen if one in people]


def on_duty_now(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """Who stands where at this moment, by place."""
    rows = Shift.objects.visible_to(actor).standing().filter(starts_at__lte=now, ends_at__gt=now)
    found: dict[str, list[Shift]] = defaultdict(list)
    for one in rows.select_related("worker").order_by("where", "ends_at", "worker__sort_key"):
        found[one.where].append(one)
    return [{"where": where, "shifts": shifts} for where, shifts in found.items()]

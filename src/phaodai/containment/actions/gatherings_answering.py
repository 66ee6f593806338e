"""The rule's answer to a gathering: at once when it is announced, and again by itself when level, law or day change."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from phaodai.containment.models import Gathering, GatheringAnswer, LevelDecision
from phaodai.containment.rules.gatherings import Answer, Asked, answer
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Rulebook
from phaodai.rulebook.models import Verification
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.record import as_record

Cause = GatheringAnswer.Cause
State = Gathering.State
FORGET_AFTER = timedelta(days=30)
"""Who organised is needed while contacts of the day may still be traced. A rule of this program."""


def answer_by_rule(gathering: Gathering, day: date, moment: datetime, level: int | None) -> GatheringAnswer:
    """What the rule says about a day of a gathering, as a row that is not kept yet; the gathering now stands so."""
    return _stand(gathering, _ask(rulebook_for(gathering.province_id), gathering, day, level), day, moment, level)


def _ask(book: Rulebook, gathering: Gathering, day: date, level: int | None) -> Answer:
    return answer(book, day, Asked(gathering.kind, gathering.expected, gathering.indoors, level))


def _stand(gathering: Gathering, found: Answer, day: date, moment: datetime, level: int | None) -> GatheringAnswer:
    gathering.outcome, gathering.most, gathering.level = found.outcome, found.most, level
    gathering.answered_for = day
    gathering.state = State.WAITING if found.asks_commune(gathering.kind) else State.ANSWERED
    record: dict[str, Any] = (as_record(found.decision) if found.decision else {}) | {"why": found.words._asdict()}
    return GatheringAnswer(
        gathering=gathering, at=moment, cause=Cause.ASKED, on=day, level=level, outcome=found.outcome, most=found.most,
        record=record,
    )  # fmt: skip


def level_on(commune: int, day: date) -> int | None:
    """The level that was announced for a commune on a day."""
    return LevelDecision.objects.levels_on(day, [commune]).get(commune)


@transaction.atomic
def answer_again(*, actor: Actor, moment: datetime, subject_id: int) -> list[Gathering]:
    """After a level was announced: every gathering of that unit that is still to come. Returns those whose answer changed."""
    decision = LevelDecision.objects.get(pk=subject_id)
    return _look_again(actor, moment, Gathering.objects.filter(unit=decision.unit_id), Cause.LEVEL)


@transaction.atomic
def answer_under_new_law(*, actor: Actor, moment: datetime, subject_id: int) -> list[Gathering]:
    """After a province vouched for a value, or withdrew it: every gathering of the province that is still to come."""
    value = Verification.objects.get(pk=subject_id)
    return _look_again(actor, moment, Gathering.objects.filter(province_id=value.province_id), Cause.LAW)


@transaction.atomic
def tend_gatherings(*, actor: Actor, moment: datetime) -> list[Gathering]:
    """By the clock: a level that begins, the next day of a market, a law that ends; and organisers who can be forgotten."""
    forget = moment.astimezone(VIETNAM).date() - FORGET_AFTER
    Gathering.objects.filter(last_day__lt=forget).exclude(organiser_phone="", organiser_name="").update(
        organiser_name="", organiser_phone="", search_key=""
    )
    return _look_again(actor, moment, Gathering.objects.all(), Cause.DAY)


def _look_again(actor: Actor, moment: datetime, rows: Any, cause: str) -> list[Gathering]:
    today = moment.astimezone(VIETNAM).date()
    levels: dict[date, dict[int, int]] = {}
    changed = []
    for gathering in rows.ahead(today).select_for_update().order_by("pk"):
        day = gathering.next_day(today)
        if day not in levels:
            levels[day] = LevelDecision.objects.levels_on(day)
        if _changed(gathering, day, levels[day].get(gathering.unit_id), moment, cause):
            changed.append(gathering)
            Fact.tell("containment:gathering:changed", subject=gathering, moment=moment, officer=actor.officer)
    return changed


def _changed(gathering: Gathering, day: date, level: int | None, moment: datetime, cause: str) -> bool:
    """Ask the rule about a day; keep the answer where it differs from what the rule said last.

    What the commune decided stands while the rule says what it said then; after that the commune is asked again.
    """
    found = _ask(rulebook_for(gathering.province_id), gathering, day, level)
    last = gathering.answers.exclude(cause=Cause.COMMUNE).last()
    same = last is not None and (last.level, last.outcome, last.most) == (level, found.outcome, found.most)
    if same and gathering.answered_for == day:
        return False
    if same:
        gathering.answered_for = day
    else:
        was_ruled = gathering.state == State.RULED
        row = _stand(gathering, found, day, moment, level)
        row.cause = _cause_of(cause, last, level)
        row.save()
        gathering.state = State.WAITING if was_ruled else gathering.state
    gathering.version += 1
    gathering.save()
    return not same


def _cause_of(cause: str, last: GatheringAnswer | None, level: int | None) -> str:
    """A level that begins is what changed, whoever noticed it."""
    return Cause.LEVEL if last is not None and last.level != level else cause

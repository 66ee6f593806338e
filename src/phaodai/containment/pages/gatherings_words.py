"""How gatherings look: the answer in large words, marks, reasons and days."""

from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from phaodai.containment.models import Gathering, GatheringAnswer
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.components import Component, Fact, State
from phaodai.foundation.formats import clock as hour_words
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import weekday_and_day
from phaodai.foundation.registers.showing import language
from phaodai.rulebook.showing.names import CONFIDENCES

KINDS: dict[str, Literal["", "act", "late"]] = {"allowed": "act", "limited": "", "stopped": "late", "open": ""}
ICONS = {"allowed": "check", "limited": "info", "stopped": "close", "open": "clock"}


def headline(outcome: str, most: int | None) -> str:
    """The answer in one line."""
    if outcome == "limited" and most is not None:
        return _("May be held, at most %(most)d people") % {"most": most}
    return {
        "allowed": _("May be held"),
        "limited": _("Limited: wait until the commune says how many people may come"),
        "stopped": _("Cannot be held on this day"),
        "open": _("An officer of the commune will answer you"),
    }[outcome]


def answer_mark(gathering: Gathering) -> Component:
    """The answer as a mark in lists."""
    words = {
        "allowed": _("may be held"),
        "limited": _("with limits"),
        "stopped": _("cannot be held"),
        "open": _("no answer yet"),
    }
    if gathering.outcome == "limited" and gathering.most is not None:
        text = _("at most %(most)d people") % {"most": gathering.most}
    else:
        text = words[gathering.outcome]
    return State(text, KINDS[gathering.outcome], ICONS[gathering.outcome])


def state_mark(gathering: Gathering) -> Component:
    """Who spoke last."""
    waits = gathering.state == Gathering.State.WAITING
    return State(gathering.get_state_display(), "late" if waits else "", "person" if waits else "check")


def when_words(gathering: Gathering) -> str:
    """T7 27/11/2021, 09:40 – 13:40, and how often again."""
    begin, end = gathering.begins_at.astimezone(VIETNAM), gathering.ends_at.astimezone(VIETNAM)
    until = hour_words(end) if begin.date() == end.date() else f"{hour_words(end)} {day_words(end.date(), language())}"
    words = f"{weekday_and_day(begin.date(), language())}, {hour_words(begin)} – {until}"
    if gathering.every_days:
        again = {"every": gathering.get_every_days_display(), "last": day_words(gathering.last_day, language())}
        words += "; " + _("again %(every)s until %(last)s") % again
    return words


def masked_organiser(gathering: Gathering) -> str:
    """Initials and the last three digits; the rest stands behind a logged look."""
    initials = ".".join(part[0].upper() for part in gathering.organiser_name.split()) or "–"
    return f"{initials}. ••• {gathering.organiser_phone[-3:]}" if gathering.organiser_phone else initials


def basis_of(answer: GatheringAnswer) -> list[Fact]:
    """Document, clause, days in force and how surely it is known; nothing where no rule spoke."""
    record: dict[str, Any] = answer.record
    facts = [Fact(_("Level of the commune on that day"), str(answer.level))] if answer.level else []
    if record.get("document"):
        facts.append(Fact(_("Document"), record["document"], record.get("clause") or ""))
        facts.append(Fact(_("In force"), _period(record)))
        facts.append(Fact(_("How surely it is known"), str(CONFIDENCES[record["confidence"]])))
    return facts


def _period(record: dict[str, Any]) -> str:
    first, last = record["in_force_from"], record["in_force_to"]
    named = {"first": day_words(date.fromisoformat(first), language())}
    if not last:
        return _("from %(first)s") % named
    named["last"] = day_words(date.fromisoformat(last), language())
    return _("from %(first)s to %(last)s") % named


def changes_of(answer: GatheringAnswer) -> list[str]:
    """What would change the answer, in words."""
    return [one[language()] for one in answer.record.get("what_would_change_it", [])]


def awaited_of(answer: GatheringAnswer) -> list[str]:
    """The documents of which a value waits to be verified."""
    return list(dict.fromkeys(one["document"] for one in answer.record.get("awaiting_verification", [])))

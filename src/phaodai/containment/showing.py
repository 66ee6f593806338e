"""How levels look: marks, references and reasons that pages, registers and the queue share."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from phaodai.containment.models import Level, LevelDecision
from phaodai.foundation.components import Component, Content, Reason, State
from phaodai.foundation.components import Level as LevelMark
from phaodai.foundation.formats import number, percent
from phaodai.foundation.registers.showing import language
from phaodai.rulebook import DEFAULT_DISEASE
from phaodai.rulebook.showing.addresses import value_url


def unit_url(unit_id: int, day: date) -> str:
    """A unit's page of levels as seen on a day."""
    return f"{reverse('containment-unit', args=[unit_id])}?{urlencode({'ngay': day.isoformat()})}"


def map_url(day: date, **more: str) -> str:
    """The map of levels on a day."""
    return f"{reverse('containment')}?{urlencode({'ngay': day.isoformat(), **more})}"


def level_mark(level: int | None, *, large: bool = False) -> Content:
    """A level as its mark; words where there is none."""
    return LevelMark(level, large=large) if level else _("none yet")


def assessed_mark(level: Level) -> Component:
    """What an assessment concluded, or why it could not."""
    if level.level:
        return LevelMark(level.level)
    return State(_("cannot conclude"), "late", "warning")


def reference_of(decision: LevelDecision) -> str:
    """The number of a signed decision and whose it is; empty while it is a proposal."""
    if decision.number is None or decision.organisation is None or decision.decided_at is None:
        return ""
    about = {"number": decision.number, "year": decision.decided_at.year, "body": decision.organisation.short_name}
    return _("Decision no. %(number)d of %(year)d, %(body)s") % about


def turn_words(decision: LevelDecision) -> str:
    """level 2 up to level 3"""
    if decision.from_level is None:
        return _("first level: %(level)d") % {"level": decision.to_level}
    words = _("up to level %(level)d") if decision.rises else _("down to level %(level)d")
    return words % {"level": decision.to_level}


def before_mark(decision: LevelDecision) -> str:
    """What stands before the mark of the new level: level 2 up to."""
    if decision.from_level is None:
        return _("first level")
    words = _("level %(level)d up to") if decision.rises else _("level %(level)d down to")
    return words % {"level": decision.from_level}


def brief_of(level: Level) -> str:
    """The figures that decided, in one line: 121,9 cases per 100,000 a week; doses; what is short."""
    figures, shown = level.record["figures"], []
    if "cases_per_100k_week" in figures:
        rate = number(figures["cases_per_100k_week"], 1, language())
        shown.append(_("%(rate)s cases per 100,000 people a week") % {"rate": rate})
    if "full_elderly_share" in figures:
        share = percent(figures["full_elderly_share"], 1, language())
        shown.append(_("%(share)s of older people fully vaccinated") % {"share": share})
    return f"{'; '.join(shown)}." if shown else level.why(language())


def awaited_words(level: Level) -> str:
    """The documents of which a value waits to be verified; the reason itself says which value."""
    names = dict.fromkeys(one["document"] for one in level.awaiting)
    return _("not verified: %(values)s") % {"values": ", ".join(names)} if names else ""


def awaited_doors(level: Level) -> list[tuple[str, str]]:
    """Where each value that the level waits for is looked up and signed: address and document."""
    return [(value_url(one["value"], DEFAULT_DISEASE), one["document"]) for one in level.awaiting]


def reason_of(level: Level, title: str = "") -> Reason:
    """Why a level is as it is, for a door on any page."""
    record: dict[str, Any] = level.record
    return Reason(
        title or level.unit.name,
        assessed_mark(level),
        level.why(language()),
        record["clause"],
        record["document"] or "",
        reverse("containment-unit", args=[level.unit_id]),
        awaited_words(level),
        format_html('<a href="{}">{}</a>', unit_url(level.unit_id, level.on), _("See what would change it")),
    )

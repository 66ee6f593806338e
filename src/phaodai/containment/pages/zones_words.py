"""How zones are spoken of on pages: their ground, how tight they are and why, when they end and by which rule."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from phaodai.containment.models import Zone, ZonePart
from phaodai.containment.rules.tightness import Cause, Finding, Tightness, Verdict
from phaodai.containment.rules.zones import ZoneEnd
from phaodai.foundation.components import Reason, State
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import number
from phaodai.foundation.registers.showing import language


def count(value: int) -> str:
    """A whole number as the page writes it."""
    return number(value, 0, language())


def state_mark(zone: Zone) -> State:
    """The state of a zone as its mark."""
    kinds = {
        Zone.State.PROPOSED: ("act", "clock"),
        Zone.State.DECIDED: ("act", "sign"),
        Zone.State.TIGHTENED: ("late", "lock"),
    }
    kind, icon = kinds.get(Zone.State(zone.state), ("", "lock" if zone.is_closed_off else "check"))
    return State(zone.get_state_display(), kind, icon)  # type: ignore[arg-type]  # one of the three kinds


def ground_words(parts: Sequence[ZonePart]) -> list[str]:
    """Each part of a zone in words."""
    return [_part(part) for part in parts]


def _part(part: ZonePart) -> str:
    if part.hamlet is not None:
        return part.hamlet.name
    if part.commune is not None:
        return f"{part.street}, {part.commune.name}"
    if part.household_ids:
        return _("%(count)s households by list") % {"count": count(len(part.household_ids))}
    return _("what was drawn on the map")


def verdict_mark(found: Tightness) -> State:
    """The verdict as its mark."""
    words = {
        Verdict.TIGHT: _("tight outside and inside"),
        Verdict.LOOSE_INSIDE: _("tight outside, loose inside"),
        Verdict.LOOSE_OUTSIDE: _("loose outside, tight inside"),
        Verdict.LOOSE: _("loose outside and inside"),
        Verdict.NOTHING_INSIDE: _("nobody inside"),
    }
    tight = found.verdict in (Verdict.TIGHT, Verdict.NOTHING_INSIDE)
    return State(words[found.verdict], "" if tight else "late", "check" if tight else "warning")


def causes(found: Sequence[Finding]) -> list[str]:
    """What speaks against a side, a sentence each, with its figures."""
    return [_cause(one) for one in found]


def _cause(one: Finding) -> str:
    words = {
        Cause.NO_GATE: _("No gate is recorded: nobody knows who goes in and out."),
        Cause.NO_PASSAGE: _("%(whole)s gates, and not one passage written down in seven days."),
        Cause.WITHOUT_PERMIT: _("%(part)s of %(whole)s passages in seven days without a permit."),
        Cause.NOT_CHECKED: _("%(part)s of %(whole)s daily visits to households were made."),
        Cause.UNVISITED: _("%(part)s of %(whole)s households were not visited for two days."),
        Cause.AWAY: _("At %(part)s of %(whole)s visits somebody was not at home."),
        Cause.UNKNOWN_SOURCE: _("%(part)s of %(whole)s cases found inside since the beginning have no known source."),
        Cause.NEEDS_LATE: _("%(part)s households wait for food or medicine past the day: whoever lacks, goes out."),
    }
    return words[one.cause] % {"part": count(one.part), "whole": count(one.whole)}


def end_words(end: ZoneEnd) -> str:
    """When the lockdown can end, in a sentence."""
    if end.not_isolated:
        return _("No end yet: %(count)s cases inside are not isolated.") % {"count": count(end.not_isolated)}
    if end.on is None:
        return _("No end by rule: the length in force on this day is not verified.")
    return _("%(day)s: %(days)s days after %(start)s without a new case inside.") % {
        "day": day_words(end.on, language()),
        "days": count(end.days or 0),
        "start": day_words(end.counted_from, language()),
    }


def end_reason(zone: Zone, end: ZoneEnd) -> Reason:
    """The end with its figures and document."""
    return Reason(
        _("End of the lockdown: %(zone)s") % {"zone": zone.name},
        day_words(end.on, language()) if end.on else _("not yet"),
        end_words(end),
        end.why.get(language(), ""),
        end.document,
        unverified=_("Working rule: no document says when a zone is lifted; one incubation period is counted."),
    )

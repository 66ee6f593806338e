"""How readiness is worded: pillars, reasons, names of quantities, ages of figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.foundation.components import Content, State
from phaodai.foundation.formats import percent, short_day
from phaodai.foundation.registers.showing import language
from phaodai.supply.models import Figure, Pillar
from phaodai.supply.rules.readiness import PillarScore, Readiness, Reason, is_old

QUANTITIES = {
    **dict(Figure.choices),
    "tests": pgettext_lazy("scenario need", "PCR tests"),
    "kits": pgettext_lazy("scenario need", "Antigen kits"),
    "protective_sets": pgettext_lazy("scenario need", "Protective sets"),
    "oxygen": pgettext_lazy("scenario need", "People on oxygen"),
    "doses": pgettext_lazy("scenario need", "Vaccine doses"),
    "waiting_for_bed": pgettext_lazy("scenario need", "People waiting for a bed"),
    "isolation_home": pgettext_lazy("scenario need", "People cared for at home"),
    "quarantine_home": pgettext_lazy("scenario need", "People quarantined at home"),
}
"""Names of what scenarios ask for, as they are handed over."""
ENOUGH, HALF = Decimal(1), Decimal("0.5")
_WHY = {
    "no_body": gettext_lazy("The command body is not named."),
    "no_on_call": gettext_lazy("Who is on call was not said in the last 7 days."),
    "no_drill": gettext_lazy("No drill was answered in time in the last 90 days."),
    "no_plan": gettext_lazy("No scenario was handed over, so nothing can be compared."),
    "nothing_asked": gettext_lazy("The scenario asks for nothing here, or it is not said how its quantities are met."),
}


def quantity_name(key: str) -> str:
    """What a key of a scenario means."""
    return str(QUANTITIES.get(key, key))


def counted_name(key: str, label: str = "") -> str:
    """What was counted: a figure by its own name, an item by the label kept with it."""
    return str(Figure(key).label) if key in Figure.values else label or key.removeprefix("item:")


def pillar_name(pillar: str) -> str:
    return str(Pillar(pillar).label)


def score_mark(share: Decimal | None) -> Content:
    """The share that is met: plum under a half, blue under all of it."""
    if share is None:
        return State(_("not known"), "", "info")
    words = percent(share.quantize(Decimal("0.001")), 0, language())
    return State(words, "late" if share < HALF else "", "check" if share >= ENOUGH else "warning")


def pillar_mark(score: PillarScore) -> Content:
    return score_mark(score.share if score.known else None)


def why_words(reason: Reason) -> str:
    """Why a pillar is not full, in a sentence."""
    if reason.code == "short":
        about: dict[str, Any] = {
            "what": reason.about,
            "share": percent(reason.share.quantize(Decimal("0.001")), 0, language()),
            "week": short_day(reason.day, language()) if reason.day else "–",
        }
        return _("%(what)s: %(share)s of the need, short from the week of %(week)s.") % about
    words = str(_WHY[reason.code])
    return f"{words} ({short_day(reason.day, language())})" if reason.day else words


def first_reason(readiness: Readiness) -> str:
    """The reason of the weakest pillar."""
    weakest = sorted(readiness.pillars, key=lambda one: (one.known, one.share))
    return next(
        (why_words(reason) for one in weakest for reason in one.reasons), _("Everything that is asked is there.")
    )


def age_mark(as_of: date | None, today: date) -> Content:
    """The day of a figure, marked where it is older than a week."""
    if as_of is None:
        return State(_("never said"), "late", "clock")
    words = short_day(as_of, language())
    return State(words, "late", "clock") if is_old(as_of, today) else words


def age_words(as_of: date | None, today: date) -> str:
    """The day of a figure in words, said to be old where it is older than a week."""
    if as_of is None:
        return _("never said")
    words = short_day(as_of, language())
    return _("old: %(day)s") % {"day": words} if is_old(as_of, today) else words

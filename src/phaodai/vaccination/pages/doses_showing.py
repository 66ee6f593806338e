"""What a dose's page says: the whole course, what the rule has against it, and what was felt after it."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from phaodai.foundation.components import Fact
from phaodai.foundation.formats import day, moment
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.law.full import full_course
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Dose, DoseDoubt


def course_of(dose: Dose, actor: Actor) -> list[Dose]:
    """All doses of whoever had this one, as far as the officer sees them."""
    same = Q(person=dose.person_id) if dose.person_id else Q(person=None, identity_key=dose.identity_key)
    return list(Dose.objects.visible_to(actor).counted().filter(same).order_by("given_on", "number"))


def doubt_facts(dose: Dose) -> list[Fact]:
    """What speaks against a dose, with the rule, who gave it all the same and who settled it."""
    doubts = dose.doubts.select_related("officer", "settled_by").order_by("found_at", "id")
    return [Fact(_said(one), _answered(one), note=one.citation.partition(" · ")[0]) for one in doubts]


def _said(doubt: DoseDoubt) -> str:
    return doubt.words_en if language() == "en" else doubt.words_vi


def _answered(doubt: DoseDoubt) -> str:
    parts = []
    if doubt.overridden:
        who = doubt.officer.full_name if doubt.officer else ""
        parts.append(_("Given all the same by %(who)s: %(why)s") % {"who": who, "why": doubt.reason})
    if doubt.settled_at:
        parts.append(f"{doubt.get_settled_display()}: {doubt.settled_reason}")
    return ". ".join(parts) or _("Nobody has looked at it yet.")


def reaction_facts(dose: Dose) -> list[Fact]:
    """What was felt after a dose."""
    rows = dose.reactions.order_by("began_at")
    return [Fact(one.get_severity_display(), one.symptoms, note=moment(one.began_at, language())) for one in rows]


def course_facts(dose: Dose, actor: Actor, on: date) -> list[Fact]:
    """Each dose of whoever had this one, and whether they count as fully vaccinated by the rule of a day."""
    doses = course_of(dose, actor)
    facts = [
        Fact(
            _("Dose %(number)s") % {"number": one.number}, f"{product_label(one.product)} {one.lot_number}".strip(),
            note=" · ".join([day(one.given_on, language()), *([_("doubted")] if one.doubted else [])]),
        )
        for one in doses
    ]  # fmt: skip
    return [*facts, full_fact(doses, on)] if doses else facts


def full_fact(doses: Sequence[Dose], on: date) -> Fact:
    """Whether whoever had these doses (at least one) counts as fully vaccinated by the rule of a day."""
    told = [(one.number, one.product, one.given_on) for one in doses]
    status = full_course(rulebook_for(doses[0].province_id), on, told)
    return Fact(_("Fully vaccinated"), status.words.of(language()), note=status.citation.partition(" · ")[0])

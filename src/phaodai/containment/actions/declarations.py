"""Declarations before travel: sent by whoever travels, through the public door."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.arrivals_traveller import Said, columns_of
from phaodai.containment.models import Declaration
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier

AHEAD = timedelta(days=30)
"""So far ahead a journey may be declared: levels change every week or two."""


@transaction.atomic
def declare(
    *, actor: Actor, moment: datetime, reference: str, said: Said, travelling_on: date, vehicle: str = ""
) -> Declaration:
    """Keep what a traveller declares under the reference that the public door made.

    No permission is asked: the database takes the row under that reference alone, and shows it to whoever knows it,
    to the officers of the destination, and to the checkpoint where the same vehicle is expected that day.
    """
    del actor
    if not moment.date() <= travelling_on <= moment.date() + AHEAD:
        words = _("Write a day from today to %(day)s.") % {"day": f"{moment.date() + AHEAD:%d/%m/%Y}"}
        raise Refusal(words, field="travelling_on")
    if said.destination.tier != Tier.COMMUNE:
        raise Refusal(_("Choose the commune that the journey leads to."), field="destination")
    if not (said.abroad or said.origin or said.origin_words.strip()):
        raise Refusal(_("Write where the journey begins: commune, district, province."), field="origin_words")
    columns = columns_of(said, moment)
    declaration = Declaration(
        reference=reference, travelling_on=travelling_on, vehicle=vehicle.strip(), sent_at=moment, **columns
    )
    declaration.full_clean(validate_unique=False, validate_constraints=False)
    declaration.save()
    return declaration

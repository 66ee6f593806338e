"""What is said of a traveller, on a public form or at a checkpoint, checked and put into columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from phaodai.containment.actions.areas import columns_of_area
from phaodai.containment.models import Declaration, LevelDecision, OriginLevel
from phaodai.containment.models.declarations import Traveller
from phaodai.containment.rules.arrivals import Origin
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.refusals import Refusal
from phaodai.people.actions.registering import OLDEST
from phaodai.people.rules.identities import NotAnIdentity, identity_number, phone_number
from phaodai.territory.models import Tier, Unit

SAID = (
    *("full_name", "birth_year", "identity_number", "phone", "abroad", "origin", "origin_words", "destination"),
    *("address", "plate", "symptoms", "met_case", "doses", "last_dose_on", "recovered_on"),
)


@dataclass(frozen=True)
class Said:
    """What somebody says of themselves; a name and where they go are enough, and no papers are needed."""

    full_name: str
    destination: Unit
    birth_year: int | None = None
    identity_number: str = ""
    phone: str = ""
    abroad: bool = False
    origin: Unit | None = None
    origin_words: str = ""
    address: str = ""
    plate: str = ""
    symptoms: Sequence[str] = ()
    met_case: bool = False
    doses: int | None = None
    last_dose_on: date | None = None
    recovered_on: date | None = None

    @property
    def unwell(self) -> bool:
        """Whether a health worker has to look first."""
        return bool(self.symptoms) or self.met_case


def said_in(declaration: Declaration) -> Said:
    """What a declaration says."""
    return Said(**{name: getattr(declaration, name) for name in SAID})


def plain_plate(text: str) -> str:
    """A number plate as it is compared: 98a-123.45 is 98A12345."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[:20]


def columns_of(said: Said, moment: datetime) -> dict[str, Any]:
    """The columns of a traveller, or a refusal that names the value to mend."""
    name = " ".join(said.full_name.split())
    if not name:
        raise Refusal(_("Write the person's full name."), field="full_name")
    if said.birth_year is not None and not moment.year - OLDEST <= said.birth_year <= moment.year:
        raise Refusal(_("The year of birth %(year)d cannot be right.") % {"year": said.birth_year}, field="birth_year")
    _refuse_days_to_come(said, moment.date())
    plate, phone = plain_plate(said.plate), phone_number(said.phone)
    return {
        **{name: getattr(said, name) for name in SAID},
        **columns_of_area(said.destination),
        "full_name": name,
        "identity_number": _identity(said),
        "phone": phone or said.phone.strip()[:20],
        "plate": plate,
        "symptoms": list(said.symptoms),
        "sort_key": sort_key(name),
        "search_key": fold(f"{name} {plate} {said.birth_year or ''} {phone}"),
    }


def _refuse_days_to_come(said: Said, today: date) -> None:
    for field in ("last_dose_on", "recovered_on"):
        day = getattr(said, field)
        if day is not None and day > today:
            raise Refusal(_("%(day)s has not come yet. Correct the day.") % {"day": f"{day:%d/%m/%Y}"}, field=field)


def _identity(said: Said) -> str:
    """The number as the card has it; somebody without one is registered all the same."""
    if not said.identity_number.strip():
        return ""
    try:
        return identity_number(said.identity_number, birth_year=said.birth_year)
    except NotAnIdentity as wrong:
        words = _(
            "The ID card number and the year of birth do not fit together. Read the card again, or leave it empty."
        )
        if wrong.reason in ("length", "province"):
            words = _("An ID card number has 12 digits, an old one 9. Read the card again, or leave it empty.")
        raise Refusal(words, field="identity_number") from wrong


def origin_on(said: Said | Traveller, day: date) -> Origin:
    """Where somebody comes from and its level on a day: the smallest unit of which anything was decided or published.

    What the own province announced comes before what it noted of others.
    """
    if said.abroad:
        return Origin(said.origin_words, abroad=True)
    if said.origin is None:
        return Origin(said.origin_words)
    chain = _upwards(said.origin)
    decided = LevelDecision.objects.levels_on(day, chain)
    published = OriginLevel.objects.on(day, chain)
    for unit in chain:
        if unit in decided:
            return Origin(said.origin.name, level=decided[unit])
        if unit in published:
            one = published[unit]
            return Origin(said.origin.name, level=one.level, locked_down=one.locked_down, source=one.source)
    return Origin(said.origin.name)


def _upwards(unit: Unit) -> list[int]:
    """The unit and those it lies in, the smallest first."""
    above = {Tier.COMMUNE: unit.commune_id, Tier.DISTRICT: unit.district_id, Tier.PROVINCE: unit.province_id}
    chain = [unit.pk, *(above[tier] for tier in (Tier.COMMUNE, Tier.DISTRICT, Tier.PROVINCE))]
    return list(dict.fromkeys(one for one in chain if one is not None))


def facts_of(said: Said) -> Mapping[str, Any]:
    """What the law asks about vaccination and recovery; what is not known is left out."""
    known = {"doses": said.doses, "last_dose_on": said.last_dose_on, "recovered_on": said.recovered_on}
    return {name: value for name, value in known.items() if value is not None}

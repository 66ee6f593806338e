"""What the verbs of care at home share: who may, finding and locking, whose station and health centre it is, keeping."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from phaodai.care.models import HomeCare
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation


def require_follow(actor: Actor) -> None:
    """Whoever looks after people at home."""
    actor.require(Permission.CARE_HOME_FOLLOW)


def home_for(actor: Actor, home_care_id: int, *, open_only: bool = True) -> HomeCare:
    """Somebody at home whom the officer looks after, locked."""
    rows = HomeCare.objects.visible_to(actor).select_for_update(of=("self",)).select_related("door", "organisation")
    care = rows.filter(pk=home_care_id).first()
    if care is None:
        raise NotHere(_("There is nobody in treatment at home at this address, or your post may not see them."))
    if open_only and not care.is_open:
        about = {"who": care.initials, "state": care.get_state_display()}
        raise Refusal(_("%(who)s: the care at home has ended (%(state)s).") % about)
    return care


def station_and_centre(area: Area) -> tuple[Organisation, Organisation | None]:
    """The health station of a commune and the health centre of its district; refuses a place that has neither."""
    found = Organisation.objects.open().filter(province_id=area.province or 0).order_by("pk")
    kind = Organisation.Kind
    centre = found.filter(kind=kind.HEALTH_CENTRE, district_id=area.district).first()
    station = found.filter(kind=kind.HEALTH_STATION, commune_id=area.commune).first()
    if area.commune is None or (station is None and centre is None):
        raise Refusal(_("No health station looks after this place. Write down the commune of the person first."))
    return (station or centre), centre  # type: ignore[return-value]  # one of the two is there


def keep_home(care: HomeCare, what: str, *, actor: Actor, moment: datetime, **payload: Any) -> HomeCare:
    """Save a change and tell the fact `care:home:<what>`."""
    if what != "began":
        care.version += 1
        care.save()
    Fact.tell(f"care:home:{what}", subject=care, moment=moment, officer=actor.officer, **payload)
    return care

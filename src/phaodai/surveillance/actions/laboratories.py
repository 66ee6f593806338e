"""Laboratories: registered and mended."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.surveillance.actions.areas import require_mine
from phaodai.surveillance.models import Laboratory, LabTest

AMENDABLE = ("name", "organisation", "place", "methods", "capacity", "turnaround_hours", "closed_on")


@transaction.atomic
def create_laboratory(
    *, actor: Actor, moment: datetime, code: str, name: str, capacity: int, **values: Any
) -> Laboratory:
    """Add a laboratory to the officer's area."""
    actor.require(Permission.SURVEILLANCE_CAMPAIGN_PLAN)
    area = actor.area.columns
    if area["province_id"] is None:
        raise Refusal(_("Name the province of the laboratory."))
    laboratory = Laboratory(code=code.strip().upper(), methods=[LabTest.Method.PCR], **area)
    return _write(laboratory, {"name": name.strip(), "capacity": capacity, **values}, "created", actor, moment)


@transaction.atomic
def amend_laboratory(*, actor: Actor, moment: datetime, pk: int, version: int, **changes: Any) -> Laboratory:
    """Change what a laboratory can do, or close it."""
    actor.require(Permission.SURVEILLANCE_CAMPAIGN_PLAN)
    laboratory = Laboratory.objects.visible_to(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if laboratory is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    changes = guard_version(laboratory, version, changes)
    laboratory.version += 1
    return _write(laboratory, changes, "amended", actor, moment)


def _write(laboratory: Laboratory, values: dict[str, Any], deed: str, actor: Actor, moment: datetime) -> Laboratory:
    for name, value in values.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(laboratory, name, value)
    require_mine(actor, laboratory)
    if not set(laboratory.methods) <= set(LabTest.Method.values) or not laboratory.methods:
        raise Refusal(_("Choose PCR or a rapid antigen test."), field="methods")
    laboratory.sort_key, laboratory.search_key = sort_key(laboratory.name), fold(f"{laboratory.code} {laboratory.name}")
    laboratory.full_clean()
    laboratory.save()
    Fact.tell(f"surveillance:laboratory:{deed}", subject=laboratory, moment=moment, officer=actor.officer)
    return laboratory

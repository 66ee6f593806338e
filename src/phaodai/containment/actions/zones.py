"""The life of a lockdown zone: proposed, decided by an order, opened, tightened, eased, shrunk, widened, prolonged, lifted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.containment.actions.zones_figures import figures_of
from phaodai.containment.actions.zones_found import kept, zone_for
from phaodai.containment.actions.zones_ground import Ground, Parts, parts_of
from phaodai.containment.actions.zones_reckoning import reckon_zones
from phaodai.containment.actions.zones_signing import Order, order_for
from phaodai.containment.models import Gate, Zone, ZoneHousehold, ZonePart, ZoneStep
from phaodai.containment.rules.zones import ZoneEnd, after
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor, for_the_installation
from phaodai.surveillance.models import Outbreak

NO_ORDER = Order()
_TOLD = {
    "decide": "decided", "decline": "declined", "open": "opened", "tighten": "tightened", "ease": "eased",
    "shrink": "shrunk", "grow": "grown", "prolong": "prolonged", "lift": "lifted",
}  # fmt: skip


@transaction.atomic
def propose_zone(
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    ground: Ground,
    reason: str = "",
    outbreak_id: int | None = None,
    planned_until: date | None = None,
) -> Zone:
    """Propose to close off some houses. What is wrong with a drawing or a list is refused in words, and nothing is kept."""
    actor.require(Permission.CONTAINMENT_ZONE_PROPOSE)
    today = moment.astimezone(VIETNAM).date()
    if not name.strip():
        raise Refusal(_("Give the zone a name that people know it by, such as the lane or the hamlet."), field="name")
    _require_future(planned_until, today)
    parts = parts_of(actor, ground, today)
    zone = Zone(
        name=name.strip(), outbreak=_outbreak(actor, outbreak_id), proposed_at=moment, planned_until=planned_until,
        reason=reason.strip(), area_km2=parts.km2, sort_key=sort_key(name), search_key=fold(name), **parts.area,
    )  # fmt: skip
    kept(zone)
    _add(zone, parts.parts)
    _reckon(actor, zone, today)
    _write(zone, "propose", actor, moment, reason=reason)
    Fact.tell(
        "containment:zone:proposed",
        subject=zone,
        moment=moment,
        officer=actor.officer,
        households=zone.households,
        people=zone.people,
    )
    return zone


def _require_future(planned_until: date | None, today: date) -> None:
    if planned_until and planned_until < today:
        words = _("The planned end, %(day)s, has passed. Set a later day.")
        raise Refusal(words % {"day": day_words(planned_until)}, field="planned_until")


def _outbreak(actor: Actor, pk: int | None) -> Outbreak | None:
    if not pk:
        return None
    found = Outbreak.objects.visible_to(actor).open().filter(pk=pk).first()
    if found is None:
        raise Refusal(_("This outbreak is not open any more. Choose another one, or none."), field="outbreak_id")
    return found


def _add(zone: Zone, parts: Sequence[ZonePart]) -> None:
    for part in parts:
        part.zone = zone
        kept(part)


def _reckon(actor: Actor, zone: Zone, on: date) -> None:
    reckon_zones(actor=actor, zones=[zone], on=on)
    zone.refresh_from_db(fields=["households", "people", "by_hamlet"])


def _write(zone: Zone, step: str, actor: Actor, moment: datetime, **values: Any) -> ZoneStep:
    """One line in the life of a zone, with what it holds now."""
    on = moment.astimezone(VIETNAM).date()
    closed_off = zone.is_closed_off
    line = ZoneStep(
        zone=zone, kind=step, on=on, at=moment, officer_id=actor.officer, title=actor.title,
        planned_until=zone.planned_until, area_km2=zone.area_km2, households=zone.households if closed_off else 0,
        people=zone.people if closed_off else 0, **{"issuer": "", **values},
    )  # fmt: skip
    kept(line)
    return line


def _begin(actor: Actor, zone_id: int, step: str) -> Zone:
    """The zone in the state after the step, not written yet."""
    actor.require(Permission.CONTAINMENT_ZONE_DECIDE)
    zone = zone_for(actor, zone_id)
    state = after(zone.state, step)
    if state is None:
        words = _("%(zone)s: this does not follow its present state (%(state)s). Somebody may have acted meanwhile.")
        raise Refusal(words % {"zone": zone.name, "state": zone.get_state_display()})
    zone.state = state
    return zone


def _finish(
    zone: Zone,
    step: str,
    actor: Actor,
    moment: datetime,
    *,
    order: Order | None,
    reason: str,
    end: ZoneEnd | None = None,
) -> Zone:
    """Write the zone, who is inside, the order and the line; tell it."""
    on = moment.astimezone(VIETNAM).date()
    zone.version += 1
    kept(zone)
    _reckon(actor, zone, on)
    values: dict[str, Any] = {"reason": reason.strip(), "basis": end.record() if end else {}}
    if order is not None:
        signed = order_for(actor=actor, moment=moment, zone=zone, step=step, on=on, order=order, reason=reason)
        values |= {"order_number": signed.number, "order_on": signed.on, "issuer": signed.issuer, "paper": signed.paper}
    _write(zone, step, actor, moment, **values)
    Fact.tell(
        f"containment:zone:{_TOLD[step]}",
        subject=zone,
        moment=moment,
        officer=actor.officer,
        households=zone.households,
        people=zone.people,
    )
    return zone


def _require_reason(reason: str, words: str) -> None:
    if not reason.strip():
        raise Refusal(words, field="reason")


def _end_of(actor: Actor, zone: Zone, moment: datetime) -> ZoneEnd | None:
    return figures_of(actor=actor, zones=[zone], moment=moment)[zone.pk].end


@transaction.atomic
def decide_zone(
    *,
    actor: Actor,
    moment: datetime,
    zone_id: int,
    order: Order = NO_ORDER,
    planned_until: date | None = None,
    reason: str = "",
) -> Zone:
    """Order the lockdown. Without a planned end it is the one that the rule in force gives for today."""
    zone = _begin(actor, zone_id, "decide")
    _require_future(planned_until, moment.astimezone(VIETNAM).date())
    end = _end_of(actor, zone, moment)
    zone.planned_until = planned_until or zone.planned_until or (end.on if end else None)
    return _finish(zone, "decide", actor, moment, order=order, reason=reason, end=end)


@transaction.atomic
def decline_zone(*, actor: Actor, moment: datetime, zone_id: int, reason: str) -> Zone:
    """Do not close off what was proposed, or not any more what was decided, and say why."""
    zone = _begin(actor, zone_id, "decline")
    _require_reason(reason, _("Say why the zone is not closed off."))
    return _finish(zone, "decline", actor, moment, order=None, reason=reason)


@transaction.atomic
def open_zone(*, actor: Actor, moment: datetime, zone_id: int, reason: str = "") -> Zone:
    """The gates are shut: from today on its people stay inside."""
    zone = _begin(actor, zone_id, "open")
    zone.opened_on = moment.astimezone(VIETNAM).date()
    return _finish(zone, "open", actor, moment, order=None, reason=reason)


@transaction.atomic
def tighten_zone(*, actor: Actor, moment: datetime, zone_id: int, reason: str, order: Order = NO_ORDER) -> Zone:
    """Nobody leaves the house any more."""
    zone = _begin(actor, zone_id, "tighten")
    _require_reason(reason, _("Say why the zone is tightened."))
    return _finish(zone, "tighten", actor, moment, order=order, reason=reason)


@transaction.atomic
def ease_zone(*, actor: Actor, moment: datetime, zone_id: int, reason: str, order: Order = NO_ORDER) -> Zone:
    """Back from tightened to an ordinary lockdown."""
    zone = _begin(actor, zone_id, "ease")
    _require_reason(reason, _("Say why the zone is eased."))
    return _finish(zone, "ease", actor, moment, order=order, reason=reason)


@transaction.atomic
def prolong_zone(
    *, actor: Actor, moment: datetime, zone_id: int, planned_until: date, reason: str, order: Order = NO_ORDER
) -> Zone:
    """Move the planned end, later or earlier."""
    zone = _begin(actor, zone_id, "prolong")
    _require_reason(reason, _("Say why the end is moved."))
    _require_future(planned_until, moment.astimezone(VIETNAM).date())
    end, zone.planned_until = _end_of(actor, zone, moment), planned_until
    return _finish(zone, "prolong", actor, moment, order=order, reason=reason, end=end)


@transaction.atomic
def grow_zone(
    *, actor: Actor, moment: datetime, zone_id: int, ground: Ground, reason: str, order: Order = NO_ORDER
) -> Zone:
    """Close off more houses. The ground is given whole; whoever is inside already stays inside."""
    return _reshape("grow", actor, moment, zone_id, ground, reason, order)


@transaction.atomic
def shrink_zone(
    *, actor: Actor, moment: datetime, zone_id: int, ground: Ground, reason: str, order: Order = NO_ORDER
) -> Zone:
    """Let some of the houses go. The ground that stays closed off is given whole."""
    return _reshape("shrink", actor, moment, zone_id, ground, reason, order)


def _reshape(
    step: str, actor: Actor, moment: datetime, zone_id: int, ground: Ground, reason: str, order: Order
) -> Zone:
    zone = _begin(actor, zone_id, step)
    _require_reason(reason, _("Say why the zone changes."))
    on = moment.astimezone(VIETNAM).date()
    before = _homes(actor, zone)
    _replace_parts(zone, parts_of(actor, ground, on), on)
    done = _finish(zone, step, actor, moment, order=order, reason=reason)
    _require_way(step, before, _homes(actor, zone))
    return done


def _homes(actor: Actor, zone: Zone) -> set[int]:
    with for_the_installation(actor, "change of a zone"):
        inside = ZoneHousehold.objects.filter(zone=zone, until_on=None)
        return set(inside.values_list("household_id", flat=True))


def _replace_parts(zone: Zone, parts: Parts, on: date) -> None:
    """Parts that stay are left as they are; the others end today and new ones begin."""
    present = {_key(part): part for part in zone.parts.filter(until_on=None)}
    asked = {_key(part): part for part in parts.parts}
    for key, part in present.items():
        if key not in asked:
            part.until_on = on
            part.save()
    _add(zone, [part for key, part in asked.items() if key not in present])
    zone.area_km2 = parts.km2


def _key(part: ZonePart) -> tuple[Any, ...]:
    return (part.kind, part.hamlet_id, part.commune_id, part.street, tuple(part.household_ids), str(part.geometry))


def _require_way(step: str, before: set[int], now: set[int]) -> None:
    """Shrinking lets nobody new in, widening lets nobody out: an order says one thing."""
    entered, left = len(now - before), len(before - now)
    if step == "shrink" and (entered or not left):
        words = _(
            "%(entered)d households would come in and %(left)d would be let go. Shrinking only lets go; draw again."
        )
        raise Refusal(words % {"entered": entered, "left": left}, field="outline")
    if step == "grow" and (left or not entered):
        words = _(
            "%(left)d households would be let go and %(entered)d would come in. Widening only takes in; draw again."
        )
        raise Refusal(words % {"entered": entered, "left": left}, field="outline")


@transaction.atomic
def lift_zone(*, actor: Actor, moment: datetime, zone_id: int, reason: str = "", order: Order = NO_ORDER) -> Zone:
    """End the lockdown. Before the end that the rule gives, only with a reason; both are kept."""
    zone, today = _begin(actor, zone_id, "lift"), moment.astimezone(VIETNAM).date()
    end = _end_by_rule(actor, zone, moment)
    if end is None or end.on is None or today < end.on:
        when = day_words(end.on) if end and end.on else _("not yet known, because a case inside is not isolated")
        _require_reason(
            reason, _("By the rule the lockdown ends: %(when)s. Say why it is lifted earlier.") % {"when": when}
        )
    zone.lifted_on = today
    zone.parts.filter(until_on=None).update(until_on=today)
    Gate.objects.filter(zone=zone, closed_on=None).update(closed_on=today)
    return _finish(zone, "lift", actor, moment, order=order, reason=reason, end=end)


def _end_by_rule(actor: Actor, zone: Zone, moment: datetime) -> ZoneEnd | None:
    """The end as it stood before the zone was lifted."""
    return figures_of(actor=actor, zones=[Zone.objects.get(pk=zone.pk)], moment=moment)[zone.pk].end

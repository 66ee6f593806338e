"""What maps and pickers ask while a page is open."""

from datetime import date

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse

from phaodai.foundation.formats import fold
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor
from phaodai.territory.models import Tier, Unit, UnitQuerySet
from phaodai.territory.pages.asking import day_of, unit_of, unit_url
from phaodai.territory.pages.drawing import features
from phaodai.territory.pages.paths import paths_of

SUGGESTED = 20


@page(Permission.TERRITORY_UNIT_READ)
def country_map(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Outlines of the provinces of a day."""
    del actor
    return JsonResponse(features(None, day_of(request)))


@page(Permission.TERRITORY_UNIT_READ)
def unit_map(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Outlines of what lies below a unit on a day."""
    return JsonResponse(features(unit_of(actor, pk), day_of(request)))


@page(Permission.TERRITORY_UNIT_READ)
def suggest(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Units in force on `ngay` whose name or code fits `q`, best first; `cap` narrows to a tier, `trong` to a unit."""
    day, words = day_of(request), request.GET.get("q", "")
    found = ranked(words, day) if words.strip() else Unit.objects.none()
    tier, inside = request.GET.get("cap", ""), request.GET.get("trong", "")
    if tier.isdigit() and int(tier) in Tier.values:
        found = found.tier(Tier(int(tier)))
    if inside.isdigit():
        found = found.within(unit_of(actor, int(inside)))
    units = list(found[:SUGGESTED])
    above = paths_of(units)
    return JsonResponse({"units": [_told(unit, [one.name for one in above[unit.pk]], day) for unit in units]})


def ranked(words: str, day: date) -> UnitQuerySet:
    """Units that fit the words: that very code or name first, then higher tiers."""
    asked = fold(words)
    exact = Case(
        When(code=words.strip(), then=Value(0)),
        When(search_key=asked, then=Value(1)),
        When(search_key__endswith=f" {asked}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return Unit.objects.as_of(day).named(words).order_by(exact, "tier", "sort_key", "code")


def _told(unit: Unit, above: list[str], day: date) -> dict[str, object]:
    return {
        "id": unit.pk,
        "code": unit.code,
        "name": unit.name,
        "tier": unit.tier,
        "path": ", ".join(reversed(above)),
        "url": unit_url(unit, day),
    }

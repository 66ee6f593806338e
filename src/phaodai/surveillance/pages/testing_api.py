"""Results by machine: what a laboratory's own system sends, described by OpenAPI beside the registers."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Body, Path, Router, Schema
from pydantic import AwareDatetime, Field

from phaodai.foundation import clock
from phaodai.foundation.registers.api import PROBLEMS, Plain, as_officer
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.results import Written, write_results
from phaodai.surveillance.rules.samples import Reading, read_barcode, read_result

router = Router(tags=["ket-qua-xet-nghiem"])
MOST = 5_000


class Told(Schema):
    """One tube: barcode, result in words or as positive, negative, unclear; when it was known (empty: now); Ct."""

    barcode: Plain
    result: Plain
    result_at: AwareDatetime | None = None
    cycle_threshold: Annotated[float, Field(ge=0, le=50)] | None = None


class Sent(Schema):
    """What a laboratory sends at once."""

    results: Annotated[list[Told], Field(max_length=MOST)]


class Aside(Schema):
    """A result that was not taken: its place in what was sent, and why."""

    place: int
    barcode: str
    reason: str


class Taken(Schema):
    """What became of it; sending the same again changes nothing."""

    written: int
    unchanged: int
    pools_opened: int
    aside: list[Aside]


@router.post(
    "/{laboratory_id}", response={200: Taken, **PROBLEMS}, operation_id="ket-qua-xet-nghiem_send",
    summary="Send results of tubes",
)  # fmt: skip
def send(
    request: HttpRequest, laboratory_id: Annotated[int, Path(ge=1, lt=2**63)], body: Annotated[Sent, Body(...)]
) -> Any:
    """Results of the tubes that were sent to a laboratory."""
    return as_officer(request, lambda actor: _written(actor, laboratory_id, body.results))


def _written(actor: Actor, laboratory_id: int, told: list[Told]) -> dict[str, Any]:
    moment = clock.now()
    readings = [_reading(one, moment) for one in told]
    done: Written = write_results(actor=actor, moment=moment, readings=readings, laboratory_id=laboratory_id)
    aside = [
        {"place": place, "barcode": readings[place].barcode, "reason": reason}
        for place, reason in sorted(done.aside.items())
    ]
    return {"written": done.written, "unchanged": done.unchanged, "pools_opened": done.opened, "aside": aside}


def _reading(one: Told, moment: datetime) -> Reading:
    """A result as the books keep it; a word that is no result stays as it is, to be set aside with it."""
    text = "" if one.result is None else str(one.result)
    barcode = "" if one.barcode is None else str(one.barcode)
    # The database keeps no null sign, and no barcode is longer than its column.
    code = read_barcode(barcode.replace("\0", ""))[:40]
    return Reading(code, read_result(text) or text[:40], one.result_at or moment, one.cycle_threshold)

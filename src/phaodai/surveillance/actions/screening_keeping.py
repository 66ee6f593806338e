"""Writing a batch of visits, set-wise: visits, what was found of each person, where doors stand, who is to be sampled."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor
from phaodai.people.models import Household, Person
from phaodai.surveillance.models import (
    RefusedVisit,
    Round,
    ScreeningFinding,
    ScreeningRecord,
    TeamHousehold,
    TestRequest,
)
from phaodai.surveillance.rules.screening_records import ILL, Finding, Sent, Surroundings, Unfit, Visit

SYMPTOM = "surveillance:screening:symptom"


def known_of(sent: Iterable[Sent | Unfit]) -> Surroundings:
    """What the officer may see of the rounds, households and persons that some records name."""
    records = [one for one in sent if isinstance(one, Sent)]
    homes = {one.household for one in records}
    members: dict[int, set[int]] = defaultdict(set)
    living: dict[int, set[int]] = defaultdict(set)
    persons = Person.objects.filter(household_id__in=homes).values_list("pk", "household_id", "merged_into_id")
    for person, home, merged in persons:
        members[home or 0].add(person)
        if merged is None:
            living[home or 0].add(person)
    return Surroundings(
        dict(Round.objects.filter(pk__in={one.round for one in records}).values_list("pk", "commune_id")),
        dict(Household.objects.filter(pk__in=homes).values_list("pk", "commune_id")),
        members,
        living,
    )


def keep_visits(visits: Collection[Visit], *, actor: Actor, moment: datetime, device: str) -> dict[UUID, int]:
    """Keep the visits and all that follows from them; returns the row ids by key of those that are kept under it."""
    if not visits:
        return {}
    area = actor.area.columns
    homes = {visit.sent.household for visit in visits}
    teams = dict(TeamHousehold.objects.filter(household__in=homes).values_list("household_id", "team_id"))
    common = area | {"received_at": moment, "officer_id": actor.officer, "device": device}
    rows = [ScreeningRecord(team_id=teams.get(visit.sent.household), **_columns(visit), **common) for visit in visits]
    ScreeningRecord.objects.bulk_create(rows, ignore_conflicts=True)
    by_key = {visit.sent.key: visit for visit in visits}
    kept = dict(
        ScreeningRecord.objects.filter(key__in=list(by_key), received_at=moment, device=device).values_list("key", "pk")
    )
    found = {kept[key]: by_key[key] for key in kept}
    _keep_findings(found, area, actor, moment)
    _move_doors(list(found))
    RefusedVisit.objects.filter(key__in=list(kept), settled_at=None).update(settled="mended", settled_at=moment)
    return kept


def _columns(visit: Visit) -> dict[str, Any]:
    sent, tally = visit.sent, visit.tally
    return {
        "key": sent.key, "digest": sent.digest, "round_id": sent.round, "household_id": sent.household, "at": visit.at,
        "phone_at": sent.phone_at, "source": visit.source, "note": sent.note, "standing": tally.standing,
        "persons": tally.persons, "absent": tally.absent, "symptomatic": tally.symptomatic,
    }  # fmt: skip


def _keep_findings(found: Mapping[int, Visit], area: dict[str, Any], actor: Actor, moment: datetime) -> None:
    rows = [
        ScreeningFinding(
            record_id=record, person_id=one.person, state=one.state, symptoms=", ".join(one.symptoms),
            temperature=one.temperature, **area,
        )
        for record, visit in found.items()
        for one in visit.sent.findings
    ]  # fmt: skip
    ScreeningFinding.objects.bulk_create(rows)
    ill = [(record, visit, one) for record, visit in found.items() for one in visit.sent.findings if one.state == ILL]
    if ill:
        _ask_for_samples(ill, area, actor, moment)


def _ask_for_samples(
    ill: list[tuple[int, Visit, Finding]], area: dict[str, Any], actor: Actor, moment: datetime
) -> None:
    """Requests that were ticked at the door, and the fact of each symptom for those who watch for clusters."""
    TestRequest.objects.bulk_create(
        (
            TestRequest(
                round_id=visit.sent.round, person_id=one.person, record_id=record, symptoms=", ".join(one.symptoms),
                asked_at=visit.at, asked_by_id=actor.officer, **area,
            )
            for record, visit, one in ill
            if one.sample
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    Fact.objects.bulk_create(
        Fact(
            kind=SYMPTOM, subject_id=record, moment=moment, officer_id=actor.officer,
            payload={
                "person": one.person, "household": visit.sent.household, "symptoms": list(one.symptoms),
                "at": visit.at.isoformat(), "sample": one.sample,
            },
        )
        for record, visit, one in ill
    )  # fmt: skip


DOORS = """
insert into surveillance_screeneddoor
  (province_id, district_id, commune_id, round_id, household_id, hamlet_id, record_id, at, standing)
select distinct on (v.round_id, v.household_id)
  v.province_id, v.district_id, v.commune_id, v.round_id, v.household_id, h.hamlet_id, v.id, v.at, v.standing
from surveillance_screeningrecord v join people_household h on h.id = v.household_id
where v.id = any(%s)
order by v.round_id, v.household_id, v.at desc, v.id desc
on conflict (round_id, household_id) do update
  set record_id = excluded.record_id, at = excluded.at, standing = excluded.standing
  where excluded.at >= surveillance_screeneddoor.at
"""


def _move_doors(records: list[int]) -> None:
    """The last visit of a door counts, in whatever order visits arrive; all phones lock doors in one order."""
    with connection.cursor() as cursor:
        cursor.execute(DOORS, [records])


def put_aside(
    refused: Mapping[UUID, tuple[object, Unfit]],
    kept: Collection[UUID],
    *,
    actor: Actor,
    moment: datetime,
    device: str,
) -> None:
    """Keep what was refused as it came, once a key, for the phone or the desk to mend."""
    area = actor.area.columns
    RefusedVisit.objects.bulk_create(
        (
            RefusedVisit(
                key=key, content=raw, reason=problem.code, about=problem.about, officer_id=actor.officer, device=device,
                received_at=moment, **area,
            )
            for key, (raw, problem) in refused.items()
            if key not in kept
        ),
        ignore_conflicts=True,
    )  # fmt: skip

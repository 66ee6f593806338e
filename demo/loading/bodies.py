"""Organisations, their officers, accounts and posts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import connections

from demo.loading.door import OWNER, writing
from demo.loading.land import TIERS
from demo.organisations import OfficerRow, OrganisationRow, Organisations
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.scope import SYSTEM, Actor, entering
from phaodai.people.actions import AREA_WIDE
from phaodai.people.models import Officer, Organisation, Post
from phaodai.people.roles import Role
from phaodai.territory.models import Tier, Unit

PASSWORD = "phao-dai-2021"  # noqa: S105  (of officers who do not exist; printed beside every sign-in)
"""Every account of the invented province opens with it. One hash serves all: hashing 1,900 times would take minutes."""

IN_OFFICE_SINCE = date(2021, 7, 1)

KINDS = {
    "party_office": "office",
    "peoples_committee_office": "office",
    "party_board": "other",
    "division": "department",
    "mass_organisation": "front",
    "zone_authority": "zone_board",
    "disease_control_centre": "health_centre",
    "insurance": "other",
    "treasury": "other",
}
"""Kinds of the invented establishment that the program calls otherwise."""

INSPECTORATE = "TTT"
"""The mark of the province's inspectorate: it sees the whole area, as committees and their offices do."""

COMMITTEES = {
    Organisation.Kind.PARTY_COMMITTEE,
    Organisation.Kind.PEOPLES_COMMITTEE,
    Organisation.Kind.STEERING_COMMITTEE,
}
ROLES_OF_STAFF = dict.fromkeys((*COMMITTEES, Organisation.Kind.OFFICE), Role.OFFICE) | {
    Organisation.Kind.HEALTH_CENTRE: Role.EPIDEMIOLOGIST,
    Organisation.Kind.FRONT: Role.FRONT,
}
ROLES_OF_DEPUTIES = {Organisation.Kind.OFFICE, Organisation.Kind.FRONT}
"""Kinds of organisation whose deputies do the work of its staff; elsewhere they stand in for the head."""


@dataclass(frozen=True)
class Staff:
    """The organisations by code, and the actors by the code of their post."""

    organisations: Mapping[str, Organisation]
    actors: Mapping[str, Actor]


def load_bodies(rows: Organisations, units: Mapping[str, Unit]) -> Staff:
    """Write all organisations with everyone who works there."""
    with writing():
        organisations = _organisations(rows, units)
        officers = _officers(rows)
        posts = {
            row.code: _post(row, organisations[row.organisation_code], officers[row.person_code])
            for row in rows.officers
        }
        Post.objects.using(OWNER).bulk_create(posts.values())
    return Staff(organisations, {code: post.actor() for code, post in posts.items()})


def _organisations(rows: Organisations, units: Mapping[str, Unit]) -> dict[str, Organisation]:
    made: dict[str, Organisation] = {}
    for number, row in zip(_new_ids(len(rows.organisations)), rows.organisations, strict=True):
        made[row.code] = _organisation(number, row, units[row.unit_code])
    for row in rows.organisations:
        made[row.code].parent = made[row.parent_code] if row.parent_code else None
    Organisation.objects.using(OWNER).bulk_create(made.values())
    return made


def _new_ids(count: int) -> list[int]:
    """Numbers for rows that name each other as parents, all to be written at once."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "select nextval(pg_get_serial_sequence('people_organisation', 'id')) from generate_series(1, %s)", [count]
        )
        return [row[0] for row in cursor.fetchall()]


def _organisation(number: int, row: OrganisationRow, unit: Unit) -> Organisation:
    kind = KINDS.get(row.kind, row.kind)
    wide = kind in AREA_WIDE or row.code.endswith(f"-{INSPECTORATE}")
    organisation = Organisation(
        id=number,
        code=row.code,
        name=row.name,
        short_name=row.abbreviation,
        kind=Organisation.Kind(kind),
        tier=TIERS[row.tier],
        unit=unit,
        reach=Organisation.Reach.AREA if wide else Organisation.Reach.OWN,
        province_id=unit.province_id or unit.pk,
        district_id=unit.district_id,
        commune_id=unit.commune_id,
    )
    organisation.search_key = organisation.sort_key = fold(f"{row.name} {row.abbreviation} {row.code}")
    return organisation


def _officers(rows: Organisations) -> dict[str, Officer]:
    """One officer with one account for each person, whatever the number of posts."""
    persons = {row.person_code: row for row in rows.officers}
    password = make_password(PASSWORD)
    users = User.objects.using(OWNER).bulk_create(
        [User(username=row.account, password=password) for row in persons.values()]
    )
    officers = [_officer(row, user) for row, user in zip(persons.values(), users, strict=True)]
    Officer.objects.using(OWNER).bulk_create(officers)
    return dict(zip(persons, officers, strict=True))


def _officer(row: OfficerRow, user: User) -> Officer:
    return Officer(
        user=user,
        full_name=row.full_name,
        phone=row.phone,
        sort_key=sort_key(row.full_name),
        search_key=fold(row.full_name),
    )


def _post(row: OfficerRow, organisation: Organisation, officer: Officer) -> Post:
    return Post(
        officer=officer,
        organisation=organisation,
        title=row.title,
        role=role_of(organisation, row),
        is_head=row.rank == "head",
        held=(IN_OFFICE_SINCE, None),
    )


def role_of(organisation: Organisation, officer: OfficerRow) -> Role:
    """The role that a post carries: by the kind of its organisation, its tier and its rank."""
    if organisation.code.endswith(f"-{INSPECTORATE}"):
        return Role.AUDITOR
    if organisation.kind == Organisation.Kind.HEALTH_STATION:
        return Role.STATION
    if officer.rank == "head":
        return _head_role(organisation)
    if officer.rank == "deputy" and organisation.kind not in ROLES_OF_DEPUTIES:
        return _head_role(organisation)
    return ROLES_OF_STAFF.get(Organisation.Kind(organisation.kind), Role.FACILITY)


def _head_role(organisation: Organisation) -> Role:
    provincial = organisation.kind in COMMITTEES and organisation.tier == Tier.PROVINCE
    return Role.COMMAND if provincial or organisation.kind == Organisation.Kind.OFFICE else Role.HEAD


def head_of_station(commune: Unit) -> Actor:
    """The head of a commune's health station."""
    with entering(SYSTEM):
        posts = Post.objects.select_related("officer", "organisation").heads()
        kind = Organisation.Kind.HEALTH_STATION
        return posts.get(organisation__kind=kind, organisation__commune_id=commune.pk).actor()

"""The actions on bodies, posts and persons."""

from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people import actions as people
from phaodai.people.models import Duplicate
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.story import Story
from tests.world import World


def _neighbours(world: World, _story: Story) -> dict[str, Any]:
    """Two records of Tân Lộc that may be of one person."""
    with world.as_("ngoc") as ngoc:
        one, other = (
            people.register_person(
                actor=ngoc, moment=MORNING, commune=world.units["98001"], person=people.NewPerson(name)
            )
            for name in ("Vàng A Páo", "Vàng A Pao")
        )
    with entering(SYSTEM):
        pair = Duplicate.objects.create(one=one, other=other, score=0.9, evidence={"name": 1.0})
    return {"duplicate_id": pair.pk, "verdict": Duplicate.Verdict.SAME}


def _joined(world: World, story: Story) -> dict[str, Any]:
    """The record that points to the one that was kept."""
    with world.as_("ngoc") as ngoc:
        pair = people.answer_duplicate(actor=ngoc, moment=MORNING, **_neighbours(world, story))
    return {"person_id": pair.other_id}


CASES = (
    Case(
        people.create_organisation,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {
            "code": "TR1",
            "name": "Trường Tân Lộc",
            "short_name": "TTL",
            "kind": "school",
            "unit": w.units["98001"],
        },
        "sang",
    ),
    Case(
        people.amend_organisation,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {"pk": w.bodies["UBTH"].pk, "version": 1, "phone": "0260"},
        "sang",
    ),
    Case(
        people.appoint,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {
            "organisation": w.bodies["UBTL"],
            "full_name": "Lê Văn Mới",
            "title": "Phó Chủ tịch",
            "role": "head",
        },
        "sang",
    ),
    Case(
        people.reveal_person,
        Permission.PEOPLE_PERSON_REVEAL,
        "ngoc",
        lambda _w, s: {"person_id": s.persons["Tráng A Lộc"].pk, "purpose": "tracing"},
        "phuc",
    ),
    Case(
        people.register_person,
        Permission.PEOPLE_PERSON_WRITE,
        "ngoc",
        lambda w, _s: {"commune": w.units["98001"], "person": people.NewPerson("Vàng A Páo")},
        "phuc",
    ),
    Case(people.propose_duplicates, Permission.PEOPLE_PERSON_MERGE, "ngoc", lambda _w, _s: {}, ""),
    Case(people.answer_duplicate, Permission.PEOPLE_PERSON_MERGE, "ngoc", _neighbours, "phuc"),
    Case(people.unmerge_person, Permission.PEOPLE_PERSON_MERGE, "ngoc", _joined, "phuc"),
)

"""The verbs of this context: bodies, officers, posts, persons, looks at a person, and records of one person."""

from phaodai.people.actions.merging import answer_duplicate, propose_duplicates, unmerge_person
from phaodai.people.actions.registering import (
    AREA_WIDE,
    NewPerson,
    amend_organisation,
    appoint,
    create_organisation,
    register_person,
    reveal_person,
)

__all__ = [
    "AREA_WIDE",
    "NewPerson",
    "amend_organisation",
    "answer_duplicate",
    "appoint",
    "create_organisation",
    "propose_duplicates",
    "register_person",
    "reveal_person",
    "unmerge_person",
]

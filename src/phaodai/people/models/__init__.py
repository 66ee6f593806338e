"""The nouns of this context."""

from phaodai.people.models.officers import Officer, Post
from phaodai.people.models.organisations import Organisation
from phaodai.people.models.persons import Duplicate, Household, Person, Reveal

__all__ = ["Duplicate", "Household", "Officer", "Organisation", "Person", "Post", "Reveal"]

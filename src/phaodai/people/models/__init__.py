"""The nouns of this context."""

from phaodai.people.models.officers import Officer, Post
from phaodai.people.models.organisations import Organisation
from phaodai.people.models.persons import Household, Person, Reveal

__all__ = ["Household", "Officer", "Organisation", "Person", "Post", "Reveal"]

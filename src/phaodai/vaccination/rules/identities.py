"""When two identities as written are the same, two doses the same dose, and an identity that of a person. Pure."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import md5
from uuid import UUID

from phaodai.foundation.formats import fold
from phaodai.people.rules.likeness import PROPOSED, Likeness, Record, compare

CLOSE = PROPOSED
"""From which score on a person is proposed for an identity."""


@dataclass(frozen=True, slots=True)
class Written:
    """An identity as it was written at a dose; empty where nothing was."""

    full_name: str
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    identity_number: str = ""
    phone: str = ""
    address: str = ""

    @property
    def born(self) -> str:
        """The day of birth, or the year alone."""
        return self.birth_date.isoformat() if self.birth_date else str(self.birth_year or "")


def identity_key(written: Written) -> UUID:
    """The same for the same identity: its number where there is one, else folded name, sex and birth."""
    if written.identity_number:
        return _key("number", written.identity_number)
    return _key("name", folded(written.full_name), written.sex, written.born)


def fingerprint(identity: UUID, given_on: date, product: str, number: int, lot: str) -> UUID:
    """The same for the same dose of the same identity, whichever sheet or phone it comes from."""
    return _key(str(identity), given_on.isoformat(), product, str(number), folded(lot))


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """`fold`, kept for what a sheet of many doses says again and again."""
    return fold(text)


def _key(*parts: str) -> UUID:
    # Not for secrecy: an identity of 16 bytes that PostgreSQL makes as well, by md5(...)::uuid.
    return UUID(bytes=md5("|".join(parts).encode(), usedforsecurity=False).digest())


def record_of(written: Written, commune: int | None) -> Record:
    """The identity as people compares it."""
    return Record(
        written.full_name, written.sex, written.birth_year, written.birth_date, written.phone, written.identity_number,
        commune,
    )  # fmt: skip


def weigh(written: Record, person: Record, *, name_share: float, persons: int) -> Likeness:
    """How far an identity and a person are one; a card's number outweighs every name.

    The weights are people's own (Fellegi and Sunter). An agreeing number counts even where the names are of two: a name
    may be read wrongly off a card, and a person decides.
    """
    found = compare(written, person, name_share=name_share, persons=persons)
    same_number = bool(written.identity_number) and written.identity_number == person.identity_number
    if same_number and found.score < CLOSE:
        return Likeness(CLOSE, found.evidence)
    return found

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
    return UUID(identity_text(written.identity_number, folded(written.full_name), written.sex, written.born))


def identity_text(identity_number: str, folded_name: str, sex: str, born: str) -> str:
    """`identity_key` as text, of parts that a sheet has at hand; `born` as `Written.born`."""
    return _key("number", identity_number) if identity_number else _key("name", folded_name, sex, born)


def fingerprint(identity: UUID, given_on: date, product: str, number: int, lot: str) -> UUID:
    """The same for the same dose of the same identity, whichever sheet or phone it comes from."""
    return UUID(fingerprint_text(str(identity), given_on.isoformat(), product, number, folded(lot)))


def fingerprint_text(identity: str, given_on: str, product: str, number: int, folded_lot: str) -> str:
    """`fingerprint` as text, of parts that a sheet has at hand."""
    return _key(identity, given_on, product, str(number), folded_lot)


def folded(text: str) -> str:
    """`fold` word by word, each kept: a sheet says the same few thousand words again and again."""
    return " ".join(filter(None, map(_folded_word, text.split())))


@lru_cache(maxsize=65_536)
def _folded_word(word: str) -> str:
    return fold(word)


def _key(*parts: str) -> str:
    # Not for secrecy: an identity of 16 bytes that PostgreSQL makes as well, by md5(...)::uuid.
    mark = md5("|".join(parts).encode(), usedforsecurity=False).hexdigest()
    return f"{mark[:8]}-{mark[8:12]}-{mark[12:16]}-{mark[16:20]}-{mark[20:]}"


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

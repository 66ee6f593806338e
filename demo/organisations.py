"""The organisations of the invented province and the officers who hold their posts."""

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count

import numpy as np

from demo import SEED
from demo.establishment import COMMUNE, DISTRICT, KNOWN_OFFICERS, KNOWN_WOMEN, PROVINCE, PUBLIC_FIGURES, Establishment
from demo.geography import Geography, UnitRow
from demo.names.persons import Sex, draw_full_names
from demo.people import PHONE_PREFIX, PHONES
from demo.streams import stream

COMMITTEE_WORDS = {"Huyện": "Huyện ủy", "Thị xã": "Thị ủy", "Thành phố": "Thành ủy"}
ECONOMY_WORDS = {"Huyện": "Kinh tế và Hạ tầng", "Thị xã": "Kinh tế", "Thành phố": "Kinh tế"}
ESTABLISHMENTS = {"province": PROVINCE, "district": DISTRICT, "commune": COMMUNE}


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation of a unit; ``parent_code`` commands it, ``guide_code`` guides its trade (chỉ đạo chuyên môn)."""

    code: str
    name: str
    abbreviation: str
    kind: str
    tier: str
    unit_code: str
    parent_code: str | None
    guide_code: str | None


@dataclass(frozen=True)
class OfficerRow:
    """A post and who holds it. One person may hold several posts: ``person_code`` says who, ``code`` which post.

    ``rank`` is head, deputy or officer; ``account`` is the person's sign-in name.
    """

    code: str
    person_code: str
    full_name: str
    sex: str
    birth_year: int
    title: str
    rank: str
    organisation_code: str
    account: str
    phone: str


@dataclass(frozen=True)
class Organisations:
    """All organisations, parents before children, and all posts, heads first within each organisation."""

    organisations: tuple[OrganisationRow, ...]
    officers: tuple[OfficerRow, ...]

    @cached_property
    def by_code(self) -> dict[str, OrganisationRow]:
        return {row.code: row for row in self.organisations}

    @cached_property
    def by_abbreviation(self) -> dict[str, tuple[OrganisationRow, ...]]:
        """Organisations by their short name; communes of the same name in two districts share one."""
        found: dict[str, list[OrganisationRow]] = defaultdict(list)
        for row in self.organisations:
            found[row.abbreviation].append(row)
        return {abbreviation: tuple(rows) for abbreviation, rows in found.items()}

    @cached_property
    def officers_of(self) -> dict[str, tuple[OfficerRow, ...]]:
        """Posts of each organisation code, the head's first."""
        found: dict[str, list[OfficerRow]] = defaultdict(list)
        for officer in self.officers:
            found[officer.organisation_code].append(officer)
        return {code: tuple(rows) for code, rows in found.items()}

    def head(self, organisation_code: str) -> OfficerRow:
        """Who answers for the organisation. Raises KeyError for an unknown code."""
        return self.officers_of[organisation_code][0]

    def officer(self, organisation_code: str, title: str) -> OfficerRow:
        """Who holds a post. Raises KeyError when the organisation has no such post."""
        for officer in self.officers_of[organisation_code]:
            if officer.title == title:
                return officer
        raise KeyError((organisation_code, title))

    def named(self, full_name: str) -> OfficerRow:
        """The first post of a person by full name. Raises KeyError for a stranger."""
        for officer in self.officers:
            if officer.full_name == full_name:
                return officer
        raise KeyError(full_name)


def make_organisations(geography: Geography, *, seed: int = SEED) -> Organisations:
    """Every organisation of every unit, with its officers; names of officers are unique in the province."""
    organisations: list[OrganisationRow] = []
    registry = _Registry(seed)
    for unit in (geography.province, *geography.districts, *geography.communes):
        for establishment in ESTABLISHMENTS[unit.tier]:
            row = _organisation(unit, establishment)
            organisations.append(row)
            registry.staff(row, establishment)
    return Organisations(tuple(organisations), tuple(registry.officers))


def _organisation(unit: UnitRow, establishment: Establishment) -> OrganisationRow:
    words = {
        "unit": unit.kind[0].lower() + unit.name[1:],
        "name": unit.bare_name,
        "committee": COMMITTEE_WORDS.get(unit.kind, ""),
        "economy": ECONOMY_WORDS.get(unit.kind, ""),
    }
    return OrganisationRow(
        code=f"{unit.code}-{establishment.mark}",
        name=establishment.name.format(**words).format(**words),
        abbreviation=establishment.abbreviation.format(**words).format(**words),
        kind=establishment.kind,
        tier=unit.tier,
        unit_code=unit.code,
        parent_code=_resolve(unit, establishment.parent),
        guide_code=_resolve(unit, establishment.guide),
    )


def _resolve(unit: UnitRow, mark: str) -> str | None:
    """Code of the organisation a mark means for a unit: its own, or of the unit above after "^"."""
    if not mark:
        return None
    return f"{unit.parent_code}-{mark[1:]}" if mark.startswith("^") else f"{unit.code}-{mark}"


class _Registry:
    """Fills posts one organisation after the other; nobody is hired under a name already taken."""

    def __init__(self, seed: int) -> None:
        self.officers: list[OfficerRow] = []
        self._rng = stream(seed, "officers")
        self._names = set(KNOWN_OFFICERS.values()) | PUBLIC_FIGURES
        self._accounts: set[str] = set()
        self._holders: dict[str, OfficerRow] = {}

    def staff(self, row: OrganisationRow, establishment: Establishment) -> None:
        for place, post in enumerate(establishment.posts):
            title, _, other_post = post.partition(" = ")
            code, rank = f"{row.code}.{place + 1}", _rank(place, title)
            if other_post:
                holder = self._holders[f"{row.unit_code}-{other_post}"]
                officer = replace(holder, code=code, title=title, rank=rank, organisation_code=row.code)
            else:
                officer = self._hire(row, code, title, rank, women=establishment.women)
            self._holders[f"{row.code}/{title}"] = officer
            self.officers.append(officer)

    def _hire(self, row: OrganisationRow, code: str, title: str, rank: str, *, women: float) -> OfficerRow:
        known = KNOWN_OFFICERS.get((row.abbreviation, title))
        female = "Thị" in known or known in KNOWN_WOMEN if known else bool(self._rng.random() < women)
        birth_year = int(self._rng.integers(1963, 1977) if rank == "head" else self._rng.integers(1972, 1997))
        full_name = known or self._new_name(Sex.FEMALE if female else Sex.MALE, birth_year)
        number = len(self._accounts)
        return OfficerRow(
            code=code,
            person_code=f"CB{number + 1:05d}",
            full_name=full_name,
            sex="F" if female else "M",
            birth_year=birth_year,
            title=title,
            rank=rank,
            organisation_code=row.code,
            account=self._new_account(full_name, row.code),
            phone=f"{PHONE_PREFIX}{PHONES + number:07d}",
        )

    def _new_name(self, sex: Sex, birth_year: int) -> str:
        while True:
            name = draw_full_names(np.array([int(sex)]), np.array([birth_year]), self._rng)[0]
            if name not in self._names:
                self._names.add(name)
                return name

    def _new_account(self, full_name: str, organisation_code: str) -> str:
        """Given name and initials, then the organisation: linhdt.98-vptu."""
        *rest, given = fold(full_name).split()
        stem = given + "".join(word[0] for word in rest)
        for number in count(1):
            account = f"{stem}{number if number > 1 else ''}.{organisation_code.lower()}"
            if account not in self._accounts:
                self._accounts.add(account)
                break
        return account


def _rank(place: int, title: str) -> str:
    if place == 0:
        return "head"
    return "deputy" if title.startswith("Phó") else "officer"


def fold(text: str) -> str:
    """Lower case without marks: "Đỗ Thùy Linh" to "do thuy linh"."""
    plain = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in plain if not unicodedata.combining(letter))

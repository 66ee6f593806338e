"""What the server knows of the people, sessions and lots that phones name: read once a batch, asked for each dose."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import connection

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Person
from phaodai.vaccination.actions.turns import Turns, turns_of
from phaodai.vaccination.models import Dose, LotHold, Session, VaccineLot
from phaodai.vaccination.rules.checking import DoseFacts, Given, LotFacts
from phaodai.vaccination.rules.doses_sent import Sent, Unfit
from phaodai.vaccination.rules.identities import Written

if TYPE_CHECKING:
    from phaodai.vaccination.actions.doses_keeping import Kept


@dataclass(frozen=True)
class Holder:
    """Whose dose it is: the person's row, where they live, and how they were found."""

    person: int
    area: Area
    joined: str


@dataclass
class Surroundings:
    """Sessions that the officer runs, lots with what forbids them, holders of cards and the doses that are known."""

    sessions: dict[int, Session]
    lots: dict[int, VaccineLot]
    held: frozenset[tuple[int, int]]
    persons: dict[int, Holder]
    by_card: dict[str, Holder] = field(default_factory=dict)
    by_name: dict[tuple[str, str, date], Holder] = field(default_factory=dict)
    doses: dict[object, list[Given]] = field(default_factory=lambda: defaultdict(list))
    turns: Turns = field(default_factory=Turns)

    def person_of(self, sent: Sent) -> Holder | None:
        """The person: chosen at the table, else by the card, else by name, birth and sex in the session's commune."""
        if sent.person is not None:
            if sent.person not in self.persons:
                raise Unfit("person", sent.person)
            return self.persons[sent.person]
        holder = self.by_card.get(sent.written.identity_number)
        return holder or self.by_name.get(_name_of(sent.written)) if sent.written.birth_date else holder

    def earlier_of(self, sent: Sent, person: Holder | None) -> list[Given]:
        """The doses that are known of whoever stands at the table."""
        own = self.doses[person.person] if person else []
        card = self.doses[sent.written.identity_number] if sent.written.identity_number else []
        return [*own, *(one for one in card if one not in own)]

    def lot_of(self, sent: Sent, session: Session) -> LotFacts:
        """What is known of the lot that was drawn from."""
        lot = self.lots.get(sent.lot or 0)
        if lot is None:
            return LotFacts(sent.lot_number)
        return LotFacts(lot.number, lot.product, lot.expires_on, (lot.pk, session.pk) in self.held)

    def session_named(self, raw: object) -> Session | None:
        """The session that a record names, readable or not."""
        number = raw.get("session") if isinstance(raw, dict) else None
        return self.sessions.get(number) if isinstance(number, int) else None

    def remember(self, kept: "Kept") -> None:
        """A dose of this very batch is known to those that follow."""
        given = Given(kept.sent.number, kept.sent.product, kept.at.astimezone(VIETNAM).date())
        if kept.person:
            self.doses[kept.person.person].append(given)
        if kept.sent.written.identity_number:
            self.doses[kept.sent.written.identity_number].append(given)


def facts_of(sent: Sent, at: datetime, now: datetime, known: Surroundings, person: Holder | None) -> DoseFacts:
    """What the rule is asked of one dose."""
    written = sent.written
    return DoseFacts(
        product=sent.product, number=sent.number, given_at=at, now=now, given_on=at.astimezone(VIETNAM).date(),
        birth_date=written.birth_date, birth_year=written.birth_year, earlier=known.earlier_of(sent, person),
        lot=known.lot_of(sent, known.sessions[sent.session]), consents_to_mixing=sent.consent, group=sent.group,
        open_groups=known.turns.open_to(known.sessions[sent.session], sent.entry, person.area if person else None),
    )  # fmt: skip


def surroundings_of(actor: Actor, sent: Sequence[Sent]) -> Surroundings:
    """Read what the records of a batch speak of, as far as the officer may see it."""
    sessions = Session.objects.run_by(actor).in_bulk({one.session for one in sent})
    lots = VaccineLot.objects.visible_to(actor).in_bulk({one.lot for one in sent if one.lot})
    holds = LotHold.objects.visible_to(actor).standing().filter(lot__in=lots)
    held = {(hold.lot_id, one.pk) for hold in holds for one in sessions.values() if hold.forbids_at(one)}
    chosen = Person.objects.visible_to(actor).filter(pk__in={one.person for one in sent if one.person})
    known = Surroundings(
        sessions, lots, frozenset(held),
        {one.pk: Holder(one.merged_into_id or one.pk, Area.of(one), Dose.Joined.CHOSEN) for one in chosen},
    )  # fmt: skip
    for written in {one.written.identity_number: one.written for one in sent if one.written.identity_number}.values():
        known.by_card |= {written.identity_number: holder} if (holder := holder_of_card(written)) else {}
        known.doses[written.identity_number] = doses_of_card(written.identity_number)
    _find_by_name(actor, sent, known)
    if first := [one for one in sent if one.number == 1]:
        holders = (*known.persons.values(), *known.by_card.values(), *known.by_name.values())
        known.turns = turns_of(known.sessions, [one.area for one in holders], [one.entry for one in first if one.entry])
    found = {one.person for one in (*known.persons.values(), *known.by_card.values(), *known.by_name.values())}
    doses = Dose.objects.counted().filter(person__in=found).order_by("given_on", "number")
    for person, number, product, given_on in doses.values_list("person_id", "number", "product", "given_on"):
        known.doses[person].append(Given(number, product, given_on))
    return known


def _name_of(written: Written) -> tuple[str, str, date]:
    assert written.birth_date is not None
    return fold(written.full_name), written.sex, written.birth_date


def _find_by_name(actor: Actor, sent: Sequence[Sent], known: Surroundings) -> None:
    """The one person of that name, birth and sex in the session's commune whose card says nothing else."""
    for one in sent:
        session = known.sessions.get(one.session)
        if one.person or one.written.birth_date is None or session is None or not one.written.sex:
            continue
        if one.written.identity_number in known.by_card:
            continue
        alike = Person.objects.visible_to(actor).current().filter(
            search_key=fold(one.written.full_name), birth_date=one.written.birth_date, sex=one.written.sex,
            commune_id=session.commune_id,
        )  # fmt: skip
        if one.written.identity_number:
            alike = alike.filter(identity_number="")
        found = list(alike[:2])
        if len(found) == 1:
            known.by_name[_name_of(one.written)] = Holder(found[0].pk, Area.of(found[0]), Dose.Joined.NAME)


def holder_of_card(written: Written) -> Holder | None:
    """Who holds a card, wherever in the province: the row id and the area alone, never the name.

    Nobody where name and year of birth in the books are both others than those written: then a person decides.
    """
    told = [written.identity_number, fold(written.full_name), written.birth_year]
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, province_id, district_id, commune_id from vaccination_holder_of_card(%s, %s, %s)", told
        )
        row = cursor.fetchone()
    return Holder(row[0], Area(*row[1:]), Dose.Joined.NUMBER) if row else None


def doses_of_card(number: str) -> list[Given]:
    """The doses that are known of whoever holds a card, wherever in the province they were given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, product, given_on from vaccination_doses_of_card(%s) order by given_on, number", [number]
        )
        return [Given(*row) for row in cursor.fetchall()]

"""Contacts by hand: named, told, quarantined by the law, seen day by day, answered for by one, given to teams, become cases."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Clash, NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Household, Person
from phaodai.surveillance.actions import becoming, clock, contacts, follow_up, teams
from phaodai.surveillance.actions.follow_up import Seen
from phaodai.surveillance.models import Case, Contact, FollowUpDay, LabTest, Team, Transmission
from phaodai.surveillance.models.clocks import BREACHED, clocks_of
from phaodai.surveillance.rules.clock import Step
from tests.story import Story
from tests.story_surveillance import area_of
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = date(2021, 11, 24)
WELL, ILL = Seen("well"), Seen("symptoms", ("cough", "headache"), Decimal("38.2"))


@pytest.fixture
def contact(story: Story) -> Contact:
    """Giàng Thị Xuân of Hòa Xuân, whom the first case of Tân Lộc met at the market."""
    del story
    with entering(SYSTEM):
        return Contact.objects.select_related("person", "case").get(person__full_name="Giàng Thị Xuân")


@pytest.fixture
def family(contact: Contact) -> list[Contact]:
    """Two more under the same roof, followed since the same day."""
    with entering(SYSTEM):
        return [contact, *(_member(contact, name) for name in ("Giàng A Sử", "Giàng Thị Mỷ"))]


def _member(contact: Contact, name: str) -> Contact:
    area, home = area_of(contact), contact.person.household
    person = Person.objects.create(
        full_name=name, birth_year=1990, household=home, sort_key=name, search_key=name.lower(), **area
    )
    return Contact.objects.create(
        case=contact.case, person=person, via="household", listed_at=contact.listed_at, state="followed",
        told_at=contact.told_at, follow_from=contact.follow_from, follow_until=contact.follow_until,
        test_days=contact.test_days, **area,
    )  # fmt: skip


def write(world: World, who: str, moment: datetime, contact: Contact, seen: Seen, **more: Any) -> FollowUpDay:
    with world.as_(who) as actor:
        return follow_up.write_day(
            actor=actor, moment=moment, contact_id=contact.pk, day=more.pop("day", TODAY), seen=seen, **more
        )


class TestNaming:
    """Whom a case named in the interview."""

    def test_the_commune_where_the_person_lives_follows_up(self, world: World, story: Story, moment: datetime) -> None:
        person = story.persons["Giàng Thị Xuân"]
        with entering(SYSTEM):
            Contact.objects.filter(person=person).update(person=story.persons["Lầu Thị Giang"])
            case = Case.objects.get(code="Mốc ca 1")
        with world.as_("ngoc") as ngoc:
            listed = contacts.declare_contact(
                actor=ngoc, moment=moment, case_id=case.pk, person_id=person.pk, first_at=moment - timedelta(days=2)
            )
        assert (listed.commune_id, listed.via, listed.state) == (person.commune_id, "declared", "listed")
        assert Fact.objects.filter(kind="surveillance:contact:declared", subject_id=listed.pk).exists()

    def test_nobody_is_listed_twice(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("ngoc") as ngoc:
            again = contacts.declare_contact(
                actor=ngoc, moment=moment, case_id=contact.case_id, person_id=contact.person_id
            )
        assert again.pk == contact.pk

    def test_the_case_is_no_contact_of_itself(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("ngoc") as ngoc, pytest.raises(Refusal) as refused:
            contacts.declare_contact(
                actor=ngoc, moment=moment, case_id=contact.case_id, person_id=contact.case.person_id
            )
        assert refused.value.field == "person"

    def test_a_case_elsewhere_is_not_there(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc, pytest.raises(NotHere):
            contacts.declare_contact(actor=phuc, moment=moment, case_id=contact.case_id, person_id=contact.person_id)


class TestQuarantine:
    """Days by the rule in force, or by an officer's choice with its reason."""

    def test_the_law_of_the_day_sets_the_days(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc:
            done = contacts.quarantine_contact(actor=phuc, moment=moment, contact_id=contact.pk)
        assert (done.follow_from, done.follow_until) == (TODAY, date(2021, 12, 7))
        assert done.test_days == ["2021-11-24", "2021-11-30", "2021-12-07"]
        assert done.follow_rule["document"] == "5599/BYT-MT"

    def test_where_the_law_asks_for_none_an_officer_chooses_and_says_why(self, world: World, contact: Contact) -> None:
        later = datetime.fromisoformat("2022-05-10T08:00:00+07:00")
        with world.as_("phuc") as phuc:
            for given, field in (({}, "days"), ({"days": 5}, "reason"), ({"days": 61, "reason": "x"}, "days")):
                with pytest.raises(Refusal) as refused:
                    contacts.quarantine_contact(actor=phuc, moment=later, contact_id=contact.pk, **given)
                assert refused.value.field == field
            done = contacts.quarantine_contact(
                actor=phuc, moment=later, contact_id=contact.pk, days=5, reason="Sống cùng người già"
            )
        assert done.follow_rule["chosen_because"] == "Sống cùng người già"
        assert done.follow_until == date(2022, 5, 14)

    def test_it_does_not_begin_in_the_future(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc, pytest.raises(Refusal):
            contacts.quarantine_contact(
                actor=phuc, moment=moment, contact_id=contact.pk, since=moment + timedelta(hours=1)
            )

    def test_an_early_end_asks_why(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc:
            with pytest.raises(Refusal):
                contacts.finish_contact(actor=phuc, moment=moment, contact_id=contact.pk)
            done = contacts.finish_contact(actor=phuc, moment=moment, contact_id=contact.pk, reason="Xếp nhầm")
            assert done.state == Contact.State.FINISHED
            assert contacts.reopen_contact(actor=phuc, moment=moment, contact_id=contact.pk).state == "followed"
            late = moment + timedelta(days=13)
            assert contacts.finish_contact(actor=phuc, moment=late, contact_id=contact.pk).state == "finished"

    def test_the_lost_are_found_by_being_met(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc:
            with pytest.raises(Refusal):
                contacts.lose_contact(actor=phuc, moment=moment, contact_id=contact.pk, reason=" ")
            contacts.lose_contact(actor=phuc, moment=moment, contact_id=contact.pk, reason="Gọi ba lần")
        write(world, "phuc", moment, contact, WELL)
        with entering(SYSTEM):
            assert Contact.objects.get(pk=contact.pk).state == Contact.State.FOLLOWED


class TestCells:
    """One cell of the grid."""

    def test_a_past_cell_is_mended_and_its_old_value_kept(
        self, world: World, contact: Contact, moment: datetime
    ) -> None:
        yesterday = TODAY - timedelta(days=1)
        written = write(world, "phuc", moment, contact, ILL, day=yesterday, version=1)
        assert (written.state, written.version) == ("symptoms", 2)
        assert written.symptoms == "cough, fever, headache"
        with entering(SYSTEM):
            events = list(written.events.order_by("pgh_id").values_list("state", flat=True))
        assert events == ["well", "symptoms"]

    def test_a_row_stays_writable_after_its_period(self, world: World, contact: Contact, moment: datetime) -> None:
        after = moment + timedelta(days=20)
        assert write(world, "phuc", after, contact, WELL, day=date(2021, 12, 10)).pk

    @pytest.mark.parametrize(
        ("day", "seen"),
        [
            (date(2021, 11, 25), WELL),
            (date(2021, 11, 21), WELL),
            (TODAY, Seen("asleep")),
            (TODAY, Seen("well", temperature=Decimal("50"))),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, day: date, seen: Seen, world: World, contact: Contact, moment: datetime
    ) -> None:
        with pytest.raises(Refusal, match=r"\w+ \w+"):
            write(world, "phuc", moment, contact, seen, day=day)

    def test_two_officers_who_differ_are_told(self, world: World, contact: Contact, moment: datetime) -> None:
        write(world, "phuc", moment, contact, WELL)
        with pytest.raises(Clash) as clash:
            write(world, "phuc", moment, contact, Seen("not_seen"), version=0)
        assert clash.value.by == "Lý Văn Phúc"
        assert [one.field for one in clash.value.differences] == ["state"]
        assert write(world, "phuc", moment, contact, Seen("not_seen"), version=1).state == "not_seen"

    def test_the_same_value_twice_is_no_clash(self, world: World, contact: Contact, moment: datetime) -> None:
        write(world, "phuc", moment, contact, WELL)
        assert write(world, "phuc", moment, contact, WELL).version == 1

    def test_another_commune_does_not_see_it(self, world: World, contact: Contact, moment: datetime) -> None:
        with entering(SYSTEM):
            elsewhere = Case.objects.get(code="Mốc ca 2")
            Contact.objects.filter(pk=contact.pk).update(case=elsewhere)
        with pytest.raises(NotHere):
            write(world, "ngoc", moment, contact, WELL)

    def test_without_the_permission_it_is_refused(self, world: World, contact: Contact, moment: datetime) -> None:
        bare = world.without("phuc", Permission.SURVEILLANCE_CONTACT_FOLLOW)
        with entering(bare), pytest.raises(NotAllowed):
            follow_up.write_day(actor=bare, moment=moment, contact_id=contact.pk, day=TODAY, seen=WELL)


class TestHousehold:
    """One member answers for all."""

    def test_everybody_not_met_yet_is_well(self, world: World, family: list[Contact], moment: datetime) -> None:
        write(world, "phuc", moment, family[1], ILL)
        write(world, "phuc", moment, family[2], Seen("not_seen"))
        with world.as_("phuc") as phuc:
            written = follow_up.write_household(
                actor=phuc,
                moment=moment,
                contact_ids=[one.pk for one in family],
                day=TODAY,
                answered_by=family[0].person_id,
            )
            states = dict(FollowUpDay.objects.filter(day=TODAY).values_list("contact_id", "state"))
        assert len(written) == 2
        assert [states[one.pk] for one in family] == ["well", "symptoms", "well"]
        assert {one.answered_by_id for one in written} == {family[0].person_id}

    def test_one_stranger_among_them_stops_all(self, world: World, family: list[Contact], moment: datetime) -> None:
        with world.as_("phuc") as phuc, pytest.raises(NotHere):
            follow_up.write_household(actor=phuc, moment=moment, contact_ids=[family[0].pk, 999_999], day=TODAY)
        with entering(SYSTEM):
            assert not FollowUpDay.objects.filter(day=TODAY).exists()


class TestTeams:
    """Who goes where."""

    def test_a_household_goes_to_one_team(self, world: World, family: list[Contact], moment: datetime) -> None:
        with world.as_("phuc") as phuc:
            teams.create_team(actor=phuc, moment=moment, name="Tổ 2")
            given = teams.share_out(actor=phuc, moment=moment, contact_ids=[one.pk for one in family])
            assert len({one.team_id for one in given}) == 1
            third = teams.create_team(actor=phuc, moment=moment, name="Tổ 3", longitude=105.0, latitude=19.0)
            near = teams.share_out(actor=phuc, moment=moment, contact_ids=[one.pk for one in family], by="nearest")
            assert len({one.team_id for one in near}) == 1
            alone = teams.assign_team(actor=phuc, moment=moment, contact_ids=[family[0].pk], team_id=third.pk)
        assert alone[0].team_id == third.pk

    def test_a_closed_team_takes_nobody(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("phuc") as phuc:
            team = Team.objects.get(name="Tổ 1")
            teams.amend_team(actor=phuc, moment=moment, pk=team.pk, version=1, closed_on=TODAY)
            with pytest.raises(Refusal):
                teams.assign_team(actor=phuc, moment=moment, contact_ids=[contact.pk], team_id=team.pk)

    def test_a_team_of_another_commune_is_refused(self, world: World, moment: datetime) -> None:
        with world.as_("phuc") as phuc, pytest.raises(NotAllowed):
            teams.create_team(actor=phuc, moment=moment, name="Tổ 9", commune=world.units["98001"])


class TestSamples:
    """Samples that are due."""

    def test_one_a_person_and_day(self, world: World, family: list[Contact], moment: datetime) -> None:
        ids = [one.pk for one in family]
        with world.as_("phuc") as phuc:
            assert len(follow_up.book_samples(actor=phuc, moment=moment, contact_ids=ids, on=TODAY)) == 3
            assert follow_up.book_samples(actor=phuc, moment=moment, contact_ids=ids, on=TODAY) == []
            assert LabTest.objects.filter(result="", sampled_at__date=TODAY).count() == 3
            with pytest.raises(Refusal):
                follow_up.book_samples(actor=phuc, moment=moment, contact_ids=ids, on=TODAY - timedelta(days=1))


class TestBecoming:
    """A contact who falls ill keeps its chain."""

    def test_two_symptoms_propose_where_no_definition_was_in_force(
        self, world: World, contact: Contact, moment: datetime
    ) -> None:
        del moment
        with world.as_("phuc"):
            proposed, found = becoming.suspicion_of(contact, TODAY, "cough, fever")
            assert proposed
            assert found.record["document"] is None
            assert not becoming.suspicion_of(contact, TODAY, "cough")[0]
            with_law, said = becoming.suspicion_of(contact, date(2022, 1, 5), "cough, fever")
        assert with_law
        assert said.record["document"] == "11042/BYT-DP"

    def test_the_case_keeps_symptoms_onset_and_source(self, world: World, contact: Contact, moment: datetime) -> None:
        write(world, "phuc", moment, contact, ILL)
        with world.as_("phuc") as phuc:
            case = becoming.become_case(actor=phuc, moment=moment, contact_id=contact.pk)
            again = becoming.become_case(actor=phuc, moment=moment, contact_id=contact.pk)
            link = Transmission.objects.get(target=case)
        assert again.pk == case.pk
        assert (case.classification, case.detected_by, case.onset_on) == ("suspected", "contact", TODAY)
        assert case.symptoms == "cough, fever, headache"
        assert (link.source_id, link.certainty) == (contact.case_id, "possible")
        with entering(SYSTEM):
            kept = Contact.objects.get(pk=contact.pk)
        assert (kept.became_id, kept.state) == (case.pk, "case")

    def test_somebody_else_s_contact_is_refused(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("ngoc") as ngoc, pytest.raises(NotAllowed):
            becoming.become_case(actor=ngoc, moment=moment, contact_id=contact.pk)


class TestClock:
    """The tracing clock of the first case, positive on the 23rd at 15:00."""

    def test_steps_are_counted(self, world: World, contact: Contact, moment: datetime) -> None:
        with world.as_("ngoc") as ngoc:
            contacts.declare_contact(
                actor=ngoc, moment=moment, case_id=contact.case_id, person_id=_stranger(contact).pk
            )
            found = clocks_of([Case.objects.get(pk=contact.case_id)])[0]
        steps = {one.step: one for one in found.steps}
        assert (steps[Step.TOLD].done, steps[Step.TOLD].total) == (2, 3)
        assert steps[Step.LISTED].reached_at is not None

    def test_a_breach_is_told_once_a_step(self, contact: Contact, moment: datetime) -> None:
        with entering(SYSTEM):
            late = moment + timedelta(days=2)
            first = clock.watch_clocks(actor=SYSTEM, moment=late)
            assert {(one.case.pk, one.step.step) for one in first} >= {(contact.case_id, Step.ZONE)}
            assert clock.watch_clocks(actor=SYSTEM, moment=late + timedelta(hours=1)) == []
            assert Fact.objects.filter(kind=BREACHED).count() == len(first)

    def test_a_zone_that_was_proposed_stops_the_last_step(
        self, world: World, contact: Contact, moment: datetime
    ) -> None:
        with world.as_("ngoc") as ngoc:
            with pytest.raises(Refusal):
                clock.propose_zone(actor=ngoc, moment=moment, case_id=contact.case_id, words=" ")
            clock.propose_zone(actor=ngoc, moment=moment, case_id=contact.case_id, words="Thôn Thượng, 12 hộ")
            found = clocks_of([Case.objects.get(pk=contact.case_id)])[0]
        assert next(one for one in found.steps if one.step == Step.ZONE).reached_at == moment


def _stranger(contact: Contact) -> Person:
    with entering(SYSTEM):
        case = Person.objects.get(pk=contact.case.person_id)
        home = Household.objects.get(pk=case.household_id)
        area = area_of(case)
        return Person.objects.create(
            full_name="Tráng Thị Mới", household=home, sort_key="moi", search_key="moi", **area
        )


def test_the_list_without_its_owner_stays_closed(world: World, contact: Contact, moment: datetime) -> None:
    armed = replace(world.actor("may"), permissions=frozenset(Permission))
    with entering(armed), pytest.raises(NotHere):
        contacts.tell_contact(actor=armed, moment=moment, contact_id=contact.pk)

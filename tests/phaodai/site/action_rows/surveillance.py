"""The actions on cases, samples, chains of infection and outbreaks."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.actions import NewPerson
from phaodai.surveillance.actions import cases, clock, laboratory, outbreaks, reporting, transmissions
from phaodai.surveillance.models import LabTest, Outbreak
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

WRITE = Permission.SURVEILLANCE_CASE_WRITE
DECIDE = Permission.SURVEILLANCE_OUTBREAK_DECIDE


def _case(key: str, **more: Any) -> Given:
    """The case of Tân Lộc, under the name that an action gives to its row id."""
    return lambda _world, story: {key: story.cases["Mốc ca 1"].pk, **more}


def _newcomer(world: World, _story: Story) -> dict[str, Any]:
    """Somebody of Tân Lộc who is in no book yet."""
    return {"commune": world.units["98001"], "person": NewPerson("Vàng A Páo", birth_year=1980)}


def _followed_on(world: World, story: Story) -> dict[str, Any]:
    """A second case of Tân Lộc, and the number of the first, which infected it."""
    with world.as_("ngoc") as ngoc:
        second = cases.create_case(actor=ngoc, moment=MORNING, **_newcomer(world, story))
    return {"target_id": second.pk, "source_code": "Mốc ca 1"}


def _linked(world: World, story: Story) -> dict[str, Any]:
    ends = _followed_on(world, story)
    with world.as_("ngoc") as ngoc:
        return {"link_id": transmissions.link_cases(actor=ngoc, moment=MORNING, **ends).pk}


def _sample(_world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        test = LabTest.objects.get(person=story.persons["Tráng A Lộc"], sample=None, pool_member=None)
    return {"test_id": test.pk, "result": LabTest.Result.POSITIVE}


def _outbreak(state: str = Outbreak.State.OPEN, **more: Any) -> Given:
    """The outbreak of Tân Lộc, in that state."""

    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            found = Outbreak.objects.get(name="Mốc ổ dịch 1")
            found.state, found.opened_on = state, None if state == Outbreak.State.PROPOSED else found.opened_on
            found.save()
        return {"outbreak_id": found.pk, **more}

    return given


def _over(world: World, story: Story) -> dict[str, Any]:
    """An outbreak whose one case was isolated six weeks ago."""
    with entering(SYSTEM):
        case = story.cases["Mốc ca 1"]
        case.onset_on = case.sampled_on = case.reported_on = date(2021, 10, 10)
        case.positive_at = case.isolated_at = MORNING.replace(month=10, day=11)
        case.save()
    return _outbreak()(world, story)


CASES = (
    Case(cases.create_case, WRITE, "ngoc", _newcomer, "phuc"),
    Case(cases.amend_case, WRITE, "ngoc", _case("pk", version=1, notes="Sống một mình"), "phuc"),
    Case(cases.isolate_case, WRITE, "ngoc", _case("pk"), "phuc"),
    Case(cases.close_case, WRITE, "ngoc", _case("pk", outcome="recovered"), "phuc"),
    Case(cases.discard_case, WRITE, "ngoc", _case("pk", reason="Mẫu bị nhầm"), "phuc"),
    Case(reporting.report_case, WRITE, "ngoc", _newcomer, "phuc"),
    Case(laboratory.take_sample, WRITE, "ngoc", lambda _w, s: {"person_id": s.persons["Tráng A Lộc"].pk}, "phuc"),
    Case(laboratory.answer_test, WRITE, "ngoc", _sample, "phuc"),
    Case(transmissions.link_cases, WRITE, "ngoc", _followed_on, "phuc"),
    Case(transmissions.withdraw_link, WRITE, "ngoc", _linked, "phuc"),
    Case(clock.propose_zone, Permission.SURVEILLANCE_CONTACT_TRACE, "ngoc", _case("case_id", words="12 hộ"), "phuc"),
    Case(outbreaks.propose_outbreaks, DECIDE, "viet", lambda _w, _s: {}, ""),
    Case(outbreaks.open_outbreak, DECIDE, "viet", _outbreak(Outbreak.State.PROPOSED), "sang"),
    Case(outbreaks.refuse_outbreak, DECIDE, "viet", _outbreak(Outbreak.State.PROPOSED, reason="Nhầm"), "sang"),
    Case(outbreaks.add_case_to_outbreak, DECIDE, "viet", _outbreak(code="Mốc ca 2"), "sang"),
    Case(outbreaks.close_outbreak, DECIDE, "viet", _over, "sang"),
)

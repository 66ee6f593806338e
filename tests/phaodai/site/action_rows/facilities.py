"""The actions of facilities, beds, oxygen, planned beds, staff, teams and rosters."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from phaodai.care.actions import (
    beds,
    beds_reports,
    facilities,
    oxygen,
    people,
    people_loans,
    rosters,
    upgrades,
)
from phaodai.care.models import (
    Bed,
    BedReport,
    BedStay,
    Facility,
    OxygenSource,
    Shift,
    StaffNeed,
    Team,
    TeamLoan,
    UpgradePlan,
    Worker,
)
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.territory.models import Place
from tests.phaodai.site.action_rows.case import MORNING, Case, Given
from tests.story import Story
from tests.world import World

HERE = "Mốc bệnh viện Tân Lộc"
ORDER = {"order_reference": "15/QĐ-UBND ngày 24/11/2021"}
_BEDS, _ROSTER = Permission.CARE_BED_MANAGE, Permission.CARE_ROSTER_MANAGE


def _here(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"facility_id": Facility.objects.get(name=HERE).pk, **more}

    return given


def _of(model: Any, column: str, name: str = "pk", **more: Any) -> Given:
    """The row of one kind that belongs to the facility, by the name of an argument."""

    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            row = model.objects.filter(**{column: HERE}).order_by("pk").first()
            return {name: row.pk, **({"version": row.version} if name == "pk" else {}), **more}

    return given


def _beds(**more: Any) -> Given:
    def given(world: World, story: Story) -> dict[str, Any]:
        found = _empty(world, story)
        with entering(SYSTEM):
            rows = Bed.objects.filter(facility=found["facility_id"]).values_list("pk", flat=True)
            return {**found, "bed_ids": list(rows), **more}

    return given


def _empty(_world: World, _story: Story) -> dict[str, Any]:
    """Whoever lay there went home this morning."""
    with entering(SYSTEM):
        facility = Facility.objects.get(name=HERE)
        BedStay.objects.now().filter(facility=facility).update(until=MORNING)
        return {"facility_id": facility.pk}


def _ward(**more: Any) -> Given:
    def given(world: World, story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"ward_id": Facility.objects.get(pk=_empty(world, story)["facility_id"]).wards.get().pk, **more}

    return given


def _by_report(world: World, story: Story) -> dict[str, Any]:
    found = _here()(world, story)
    with entering(SYSTEM):
        Facility.objects.filter(pk=found["facility_id"]).update(keeps_bed_book=False)
    return {**found, "plain_beds": 20, "plain_used": 5}


def _ground(world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        place = Place.objects.get(code="KCL-98001")
    return {
        "ground": facilities.Ground(place_id=place.pk),
        "name": "Bệnh viện dã chiến Tân Lộc",
        "kind": "field",
        "tier": 1,
        "organisation": world.bodies["TTTH"],
        **ORDER,
    }


def _with_body(**more: Any) -> Given:
    return lambda world, _story: {"organisation": world.bodies["TTTH"], **more}


def _plan(world: World, story: Story) -> dict[str, Any]:
    return {
        **_here()(world, story),
        "beds": upgrades.Beds("oxygen", 10),
        "ready_on": date(2021, 12, 1),
        "answers": world.bodies["TTTH"],
        **ORDER,
    }


def _duty(world: World, story: Story) -> dict[str, Any]:
    given = _shift(world, story)
    with entering(SYSTEM):
        code = Worker.objects.get(pk=given["worker_ids"][0]).code
    (starts_at, ends_at), where = given["spans"][0], "Chốt cầu Mường Thanh"
    return {"staff_code": code, "where": where, "starts_at": starts_at, "ends_at": ends_at}


def _loan(state: str) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"loan_id": TeamLoan.objects.get(team__organisation__code="TTTH").pk, "state": state}

    return given


def _shift(_world: World, _story: Story) -> dict[str, Any]:
    """Three days from now, so that the shift of the story leaves rest enough."""
    begin = MORNING + timedelta(days=3)
    with entering(SYSTEM):
        worker = Worker.objects.get(organisation__code="TTTH")
        facility = Facility.objects.get(name=HERE)
    return {
        "worker_ids": [worker.pk],
        "post": rosters.Post(place_id=facility.place_id),
        "spans": [(begin, begin + timedelta(hours=8))],
    }


def _later(_world: World, _story: Story) -> dict[str, Any]:
    """The story's shift, put off until tomorrow."""
    with entering(SYSTEM):
        shift = Shift.objects.get(organisation__code="TTTH")
        span = {"starts_at": MORNING + timedelta(days=1), "ends_at": MORNING + timedelta(days=1, hours=8)}
        Shift.objects.filter(pk=shift.pk).update(**span)
        return {"shift_id": shift.pk}


def _need(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        need = StaffNeed.objects.get(place__name=HERE)
    return {
        "place_id": need.place_id, "skill": "doctor", "people": 1, "starts": need.starts, "hours": 8,
        "since": MORNING.date(),
    }  # fmt: skip


def _wish(world: World, _story: Story) -> dict[str, Any]:
    day = MORNING.date()
    wish = people_loans.Wish("Lấy mẫu", 2, day, day + timedelta(days=3), to_organisation=world.bodies["TTTH"])
    with entering(SYSTEM):
        return {"team_id": Team.objects.get(organisation__code="TTTH").pk, "wish": wish}


def _team(**more: Any) -> Given:
    def given(_world: World, _story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            return {"team_id": Team.objects.get(organisation__code="TTTH").pk, **more}

    return given


def _team_row(world: World, story: Story) -> dict[str, Any]:
    return {"pk": _team()(world, story)["team_id"], "version": 1, "name": "Tổ lưu động 2"}


def _worker_row(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": Worker.objects.get(organisation__code="TTTH").pk, "version": 1, "phone": "0912 000 111"}


CASES = (
    Case(facilities.open_facility, _BEDS, "dich", _ground, "khoa"),
    Case(facilities.amend_facility, _BEDS, "dich", _of(Facility, "name", phone="0204 111"), "khoa"),
    Case(facilities.set_tier, _BEDS, "dich", _here(tier=3, **ORDER), "khoa"),
    Case(facilities.close_facility, _BEDS, "dich", lambda w, s: {**_empty(w, s), **ORDER}, "khoa"),
    Case(beds.add_ward, _BEDS, "dich", _here(name="Khoa 2", cohort="confirmed"), "khoa"),
    Case(beds.set_ward, _BEDS, "dich", _ward(state="closed"), "khoa"),
    Case(beds.add_beds, _BEDS, "dich", _ward(labels=["G9"], kind="icu"), "khoa"),
    Case(beds.set_beds, _BEDS, "dich", _beds(state="cleaning"), "khoa"),
    Case(beds.convert_beds, _BEDS, "dich", _beds(kind="oxygen"), "khoa"),
    Case(beds.check_book, _BEDS, "dich", _here(), "khoa"),
    Case(beds_reports.report_beds, _BEDS, "dich", _by_report, "khoa"),
    Case(beds_reports.amend_report, _BEDS, "dich", _of(BedReport, "facility__name", plain_beds=3), "khoa"),
    Case(oxygen.count_oxygen, _BEDS, "dich", _here(name="Bồn", kind="tank", litres=900000), "khoa"),
    Case(oxygen.remove_oxygen, _BEDS, "dich", _of(OxygenSource, "facility__name", "source_id"), "khoa"),
    Case(upgrades.plan_upgrade, _BEDS, "dich", _plan, "khoa"),
    Case(upgrades.amend_upgrade, _BEDS, "dich", _of(UpgradePlan, "facility__name", beds=6), "khoa"),
    Case(
        upgrades.step_upgrade,
        _BEDS,
        "dich",
        _of(UpgradePlan, "facility__name", "plan_id", state="under_way"),
        "khoa",
    ),
    Case(people.add_worker, _ROSTER, "dich", _with_body(code="NV-9", name="Lù Thị Nở", skills=["nurse"]), "khoa"),
    Case(people.amend_worker, _ROSTER, "dich", _worker_row, "khoa"),
    Case(people.make_team, _ROSTER, "dich", _with_body(name="Tổ 3"), "khoa"),
    Case(people.change_team, _ROSTER, "dich", _team(), "khoa"),
    Case(people.amend_team, _ROSTER, "dich", _team_row, "khoa"),
    Case(people_loans.ask_loan, _ROSTER, "dich", _wish, "khoa"),
    Case(people_loans.step_loan, _ROSTER, "dich", _loan("agreed"), "khoa"),
    Case(rosters.add_shifts, _ROSTER, "dich", _shift, "khoa"),
    Case(rosters.stand_duty, Permission.CARE_ROSTER_READ, "dich", _duty, "khoa"),
    Case(rosters.call_off_shift, _ROSTER, "dich", _later, "khoa"),
    Case(rosters.state_need, _ROSTER, "dich", _need, "khoa"),
    Case(
        rosters.end_need,
        _ROSTER,
        "dich",
        _of(StaffNeed, "place__name", "need_id", last_day=MORNING.date()),
        "khoa",
    ),
)
# Parts of the actions above, under their check.
CLOCKWORK: set[Callable[..., Any]] = {facilities.note_step, oxygen.tell_when_low}
MODULES = (
    *("beds", "beds_reports", "facilities", "facilities_shared", "oxygen", "people", "people_loans"),
    *("rosters", "upgrades"),
)

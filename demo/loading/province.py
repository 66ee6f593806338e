"""The whole province into the database that the settings name: land, bodies, people, papers, nine days of work."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils import timezone, translation

from demo import SEED
from demo.epidemic_days import make_days
from demo.epidemic_weeks import make_weeks
from demo.geography import Geography, make_geography
from demo.loading.arrivals import load_arrivals
from demo.loading.bodies import Staff, load_bodies
from demo.loading.care_facilities import load_facilities
from demo.loading.care_home import load_home_care
from demo.loading.care_patients import load_patients
from demo.loading.door import OWNER, writing
from demo.loading.doses import load_doses
from demo.loading.early_detection import load_signs
from demo.loading.gatherings import load_gatherings
from demo.loading.land import load_land
from demo.loading.levels import load_levels
from demo.loading.outbreak import load_outbreak
from demo.loading.pictures import ListPainter
from demo.loading.progress import Bar, Step
from demo.loading.quarantine import load_quarantine
from demo.loading.replay import Replay
from demo.loading.residents import load_residents
from demo.loading.scenarios import load_scenarios
from demo.loading.screening import load_screening
from demo.loading.series import load_series
from demo.loading.supply import load_supply
from demo.loading.supply_aid import load_aid
from demo.loading.testing import load_testing
from demo.loading.vaccination_claims import load_claims
from demo.loading.vaccination_coverage import load_coverage
from demo.loading.vaccination_plan import load_vaccination_plan
from demo.loading.zones import load_zones
from demo.organisations import Organisations, make_organisations
from demo.people import make_people
from demo.script import NOW
from demo.signs import make_signs
from demo.story import make_story
from demo.streams import stream
from phaodai.foundation import clock
from phaodai.foundation.models import ClockShift
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.playbook.actions import follow_facts

REASON = "the invented province: its story ends at 06:40 on 24 November 2021"


def load_province(size: int, bar: Bar) -> None:
    """Fill an empty, migrated database. The clock of the installation then stands where the story ends."""
    _hasten()
    with translation.override("vi"):
        bar.step(Step.LAND)
        geography = make_geography(population=size)
        rows = make_organisations(geography)
        bar.step(Step.UNITS)
        units = load_land(geography, NOW)
        bar.step(Step.OFFICERS)
        staff = load_bodies(rows, units)
        bar.step(Step.RESIDENTS)
        load_residents(make_people(geography), units, bar.advance)
        bar.step(Step.STORY)
        _tell_story(geography, rows, staff, bar.advance)
        bar.step(Step.LEVELS)
        decider = staff.actors[rows.named("Trần Quốc Việt").code]
        weeks = make_weeks(geography)
        load_levels(weeks, units, units[geography.province.code], decider, NOW)
        bar.step(Step.OUTBREAK)
        load_outbreak(units, decider, NOW)
        load_testing(units, decider, NOW)
        load_arrivals(units, decider, NOW)
        load_screening(units)
        load_zones(units, decider, NOW)
        load_gatherings(units, decider, NOW)
        load_quarantine(units, NOW)
        load_supply(NOW)
        load_facilities(units, NOW)
        load_doses(units)
        load_coverage(units, NOW)
        load_vaccination_plan(units, NOW)
        bar.step(Step.SERIES)
        load_series(make_days(geography, weeks), units, units[geography.province.code], NOW)
        load_scenarios(units[geography.province.code], decider, NOW)
        doctor = staff.actors[rows.named("Đoàn Anh Long").code]
        load_home_care(NOW)
        load_patients(units, NOW)
        load_signs(make_signs(geography), units, units[geography.province.code], doctor, NOW)
        load_aid(units, NOW)
        load_claims(NOW)
        _follow(NOW)
    _set_clock(NOW)


def _hasten() -> None:
    """Do not wait for the disk at each of thousands of acts: renaming the database at the end writes all of it out."""
    for alias in ("default", OWNER):
        with connections[alias].cursor() as cursor:
            cursor.execute("set synchronous_commit = off")


def _tell_story(geography: Geography, rows: Organisations, staff: Staff, advance: Callable[[float], None]) -> None:
    font = Path(settings.ASSETS) / "vendor/fonts/Inter-400.ttf"
    office = staff.actors[rows.named("Đỗ Thùy Linh").code]
    painter = ListPainter(font, stream(SEED, "evidence", "pictures"))
    story = make_story(geography, rows)
    Replay(story, staff, office, painter, stream(SEED, "replay")).run(advance)


def _follow(moment: datetime) -> None:
    """What the playbook's hourly job does: nothing that was told is left waiting when the province opens."""
    with clock.at(moment):
        while True:
            with entering(SYSTEM, why="sweep"):
                if not follow_facts(actor=SYSTEM, moment=moment):
                    return


def _set_clock(moment: datetime) -> None:
    """From now on this installation's clock goes on from `moment`."""
    with writing():
        ClockShift(shift=moment - timezone.now(), reason=REASON).save(using=OWNER)
    clock.forget_shift()

"""The table of who reaches what (access.txt), and which rows of the small world lie inside, partly inside, outside."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.phaodai.site import (
    payloads_aid,
    payloads_arrivals,
    payloads_certificates,
    payloads_doses,
    payloads_facilities,
    payloads_gatherings,
    payloads_home_care,
    payloads_patients,
    payloads_supply,
    payloads_testing,
    payloads_vaccination_plan,
    payloads_zones,
)
from tests.story import Story
from tests.world import World

HERE = Path(__file__).parent

# One officer for each role of people/roles.py, in the order of the table's columns.
ROLES = {
    "command": "viet",
    "office": "linh",
    "head": "dat",
    "epidemiologist": "dich",
    "station": "ngoc",
    "facility": "may",
    "front": "front",
    "auditor": "tra",
}

# Pages of libraries, with tests of their own; everything else is one of our pages or missing from the table.
LIBRARY_PAGES = ("account_", "mfa_", "api:", "set_language")

# For each kind of record and role: the one inside (the officer's unit answers for it), the one partly inside (the officer
# may see it, another unit answers for it), the one outside. Marks are those of tests/story.py.
RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    "owed": {
        "command": ("", "Mốc Thuận Hòa", "Mốc Sơn Giang"),
        "office": ("", "Mốc Thuận Hòa", "Mốc Sơn Giang"),
        "head": ("Mốc Thuận Hòa", "Mốc Trung tâm", "Mốc Phú Khê"),
        "epidemiologist": ("Mốc Trung tâm", "Mốc Trạm Tân Lộc", "Mốc Thuận Hòa"),
        "station": ("Mốc Trạm Tân Lộc", "", "Mốc Trung tâm"),
        "facility": ("Mốc Công ty", "", "Mốc Phú Khê"),
        "front": ("Mốc Xã Phú Khê", "", "Mốc Phú Khê"),
        "auditor": ("", "Mốc Thuận Hòa", "Mốc Sơn Giang"),
    },
    "given": {
        "command": ("Mốc Thường vụ", "Mốc Thuận Hòa", "Mốc Sơn Giang"),
        "office": ("Mốc Thuận Hòa", "Mốc Hòa Xuân", "Mốc Sơn Giang"),
        "head": ("Mốc Hòa Xuân", "Mốc Trung tâm", "Mốc Phú Khê"),
        "epidemiologist": ("Mốc Trạm Tân Lộc", "Mốc Trung tâm", "Mốc Thuận Hòa"),
        "station": ("", "Mốc Trạm Tân Lộc", "Mốc Trung tâm"),
        "facility": ("", "Mốc Công ty", "Mốc Phú Khê"),
        "front": ("", "Mốc Xã Phú Khê", "Mốc Phú Khê"),
        "auditor": ("Mốc Thuận Hòa", "Mốc Hòa Xuân", "Mốc Sơn Giang"),
    },
    "book": {  # documents that wait to be confirmed
        "command": ("", "Mốc giấy Hai", "Mốc giấy Sơn Giang"),
        "office": ("Mốc giấy Hai", "Mốc giấy Phú Khê", "Mốc giấy Sơn Giang"),
        "head": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "epidemiologist": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "station": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "facility": ("", "", "Mốc giấy Phú Khê"),
        "front": ("", "", "Mốc giấy Phú Khê"),
        "auditor": ("Mốc giấy Hai", "Mốc giấy Phú Khê", "Mốc giấy Sơn Giang"),
    },
    "sent": {  # documents whose tasks were sent
        "command": ("", "Mốc giấy Một", "Mốc giấy Sơn Giang"),
        "office": ("Mốc giấy Một", "Mốc giấy Phú Khê", "Mốc giấy Sơn Giang"),
        "head": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "epidemiologist": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "station": ("", "Mốc giấy Một", "Mốc giấy Phú Khê"),
        "facility": ("", "", "Mốc giấy Một"),
        "front": ("", "", "Mốc giấy Một"),
        "auditor": ("Mốc giấy Một", "Mốc giấy Phú Khê", "Mốc giấy Sơn Giang"),
    },
    "report": {
        "command": ("TU 23", "UBTH 23", "VPSG 23"),
        "office": ("VPTU 23", "UBTH 23", "VPSG 23"),
        "head": ("UBTH 23", "", "UBPK 23"),
        "epidemiologist": ("", "", "UBTH 23"),
        "station": ("", "", "UBTH 23"),
        "facility": ("", "", "UBPK 23"),
        "front": ("", "", "UBPK 23"),
        "auditor": ("VPTU 23", "UBTH 23", "VPSG 23"),
    },
    "draft": {
        "command": ("Mốc thảo TU", "Mốc thảo UBTH", "Mốc thảo VPSG"),
        "office": ("Mốc thảo VPTU", "Mốc thảo UBTH", "Mốc thảo VPSG"),
        "head": ("Mốc thảo UBTH", "", "Mốc thảo UBPK"),
        "epidemiologist": ("", "", "Mốc thảo UBTH"),
        "station": ("", "", "Mốc thảo UBTH"),
        "facility": ("", "", "Mốc thảo UBPK"),
        "front": ("", "", "Mốc thảo UBPK"),
        "auditor": ("Mốc thảo VPTU", "Mốc thảo UBTH", "Mốc thảo VPSG"),
    },
    "evidence": {
        "command": ("", "Mốc Hòa Xuân.jpg", "Mốc Sơn Giang.jpg"),
        "office": ("", "Mốc Hòa Xuân.jpg", "Mốc Sơn Giang.jpg"),
        "head": ("Mốc Hòa Xuân.jpg", "Mốc Trạm Tân Lộc.jpg", "Mốc Công ty.jpg"),
        "epidemiologist": ("Mốc Trạm Tân Lộc.jpg", "", "Mốc Hòa Xuân.jpg"),
        "station": ("Mốc Trạm Tân Lộc.jpg", "", "Mốc Hòa Xuân.jpg"),
        "facility": ("Mốc Công ty.jpg", "", "Mốc Hòa Xuân.jpg"),
        "front": ("", "", "Mốc Công ty.jpg"),
        "auditor": ("", "Mốc Hòa Xuân.jpg", "Mốc Sơn Giang.jpg"),
    },
    "person": {  # a health centre sees its own tasks, not an area: no resident is shown to its doctors
        "command": ("Tráng A Lộc", "", "Lầu Thị Giang"),
        "office": ("Tráng A Lộc", "", "Lầu Thị Giang"),
        "head": ("Tráng A Lộc", "", "Vừ Văn Khê"),
        "epidemiologist": ("", "", "Tráng A Lộc"),
        "station": ("Tráng A Lộc", "", "Giàng Thị Xuân"),
        "facility": ("", "", "Tráng A Lộc"),
        "front": ("Vừ Văn Khê", "", "Tráng A Lộc"),
        "auditor": ("Tráng A Lộc", "", "Lầu Thị Giang"),
    },
    "case": {  # read in one's own area; the epidemiologist's health centre sees its own tasks, not an area
        "command": ("Mốc ca 1", "", "Mốc ca Sơn Giang"),
        "office": ("Mốc ca 1", "", "Mốc ca Sơn Giang"),
        "head": ("Mốc ca 1", "", "Mốc ca 2"),
        "epidemiologist": ("", "", "Mốc ca 1"),
        "station": ("Mốc ca 1", "", "Mốc ca 2"),
        "facility": ("", "", "Mốc ca 1"),
        "front": ("Mốc ca 2", "", "Mốc ca 1"),
        "auditor": ("Mốc ca 1", "", "Mốc ca Sơn Giang"),
    },
    "contact": {  # of Hòa Xuân, of a case in Tân Lộc: both communes' stations see it
        "command": ("Giàng Thị Xuân", "", ""),
        "office": ("Giàng Thị Xuân", "", ""),
        "head": ("Giàng Thị Xuân", "", "Vừ Văn Khê"),
        "epidemiologist": ("", "", "Giàng Thị Xuân"),
        "station": ("", "Giàng Thị Xuân", ""),
        "facility": ("", "", "Giàng Thị Xuân"),
        "front": ("Vừ Văn Khê", "", "Giàng Thị Xuân"),
        "auditor": ("Giàng Thị Xuân", "", ""),
    },
    "team": {
        "command": ("Tổ 2", "", ""),
        "office": ("Tổ 2", "", ""),
        "head": ("Tổ 2", "", "Tổ 1"),
        "epidemiologist": ("", "", "Tổ 2"),
        "station": ("Tổ 2", "", "Tổ 1"),
        "facility": ("", "", "Tổ 2"),
        "front": ("", "", "Tổ 2"),
        "auditor": ("Tổ 2", "", ""),
    },
    "link": dict.fromkeys(
        ROLES, ("", "", "Mốc ca 2")
    ),  # into the case of Phú Khê, where no station of the story stands
    "name": dict.fromkeys(ROLES, ("SCT", "UBXPK", "SYTSG")),  # remembered names, by what they stand for
    "body": dict.fromkeys(ROLES, ("UBTH", "", "SYTSG")),
    "post": dict.fromkeys(ROLES, ("dat", "", "sang")),
    "unit": dict.fromkeys(ROLES, ("98001", "", "97001")),
    "signature": dict.fromkeys(ROLES, ("Đỗ Thùy Linh", "", "Hà Minh Sáng")),
    "figures": {  # read in the whole province, mended by who answers for the area
        "command": ("98001", "", "97001"),
        "office": ("98001", "", "97001"),
        "head": ("98001", "98101", "97001"),
        "epidemiologist": ("98001", "98101", "97001"),
        "station": ("98001", "98101", "97001"),
        "facility": ("", "98001", "97001"),
        "front": ("98101", "98001", "97001"),
        "auditor": ("98001", "", "97001"),
    },
    "proposal-of-level": {
        "command": ("98102", "", "97001"),
        "office": ("98102", "", "97001"),
        "head": ("", "98102", "97001"),
        "epidemiologist": ("", "98102", "97001"),
        "station": ("", "98102", "97001"),
        "facility": ("98102", "", "97001"),
        "front": ("", "98102", "97001"),
        "auditor": ("98102", "", "97001"),
    },
}
RECORDS["counts"] = RECORDS["signal"] = RECORDS["alarm"] = RECORDS["figures"]
RECORDS["warning"] = dict.fromkeys(ROLES, ("98102", "", "97001"))
# Proposals and clauses are inside or outside with their document.
RECORDS["proposal"] = RECORDS["clause"] = RECORDS["book"]
RECORDS["became"] = RECORDS["sent"]
# The sheet of the station of Tân Lộc; the pair of residents of two communes, which their district alone sees whole.
RECORDS["sheet"] = dict.fromkeys(ROLES, ("ca-benh.csv", "", "")) | dict.fromkeys(
    ("head", "epidemiologist", "facility", "front"), ("", "", "ca-benh.csv")
)
RECORDS["pair"] = dict.fromkeys(ROLES, ("0.7", "", "")) | dict.fromkeys(
    ("head", "epidemiologist", "station", "facility", "front"), ("", "", "0.7")
)
RECORDS["round"] = {  # a round belongs to its commune; the health centre sees its own tasks, not an area
    "command": ("Mốc rà soát Tân Lộc", "", "Mốc rà soát Sơn Giang"),
    "office": ("Mốc rà soát Tân Lộc", "", "Mốc rà soát Sơn Giang"),
    "head": ("Mốc rà soát Tân Lộc", "", "Mốc rà soát Phú Khê"),
    "epidemiologist": ("", "", "Mốc rà soát Tân Lộc"),
    "station": ("Mốc rà soát Tân Lộc", "", "Mốc rà soát Phú Khê"),
    "facility": ("", "", "Mốc rà soát Tân Lộc"),
    "front": ("Mốc rà soát Phú Khê", "", "Mốc rà soát Tân Lộc"),
    "auditor": ("Mốc rà soát Tân Lộc", "", "Mốc rà soát Sơn Giang"),
}
# One phone, one door, one cough in Tân Lộc, and one visit in Phú Khê.
_ELSEWHERE = ("head", "epidemiologist", "facility", "front")
for _kind, _mark in (("refused-visit", "may-1"), ("screening-finding", "Tráng A Lộc"), ("test-request", "Tráng A Lộc")):
    RECORDS[_kind] = dict.fromkeys(ROLES, (_mark, "", "")) | dict.fromkeys(_ELSEWHERE, ("", "", _mark))
RECORDS["visit-record"] = dict.fromkeys(ROLES, ("may-1", "", "")) | {
    **dict.fromkeys(("head", "station"), ("may-1", "", "may-2")),
    **dict.fromkeys(("epidemiologist", "facility", "front"), ("", "", "may-1")),
}
RECORDS["test"] = RECORDS["outbreak"] = RECORDS["step"] = RECORDS["case"]

RECORDS |= payloads_arrivals.RECORDS
RECORDS |= payloads_facilities.RECORDS
RECORDS |= payloads_gatherings.RECORDS
RECORDS |= payloads_certificates.RECORDS
RECORDS |= payloads_doses.RECORDS
RECORDS |= payloads_home_care.RECORDS
RECORDS |= payloads_patients.RECORDS
RECORDS |= payloads_zones.RECORDS

# A quarantine site, and the one person inside: Tân Lộc, Phú Khê, Giang Sơn. The health centre runs none of them.
RECORDS["stay"] = RECORDS["quarantine-site"] = {
    "command": ("Mốc khu cách ly Tân Lộc", "", "Mốc khu cách ly Giang Sơn"),
    "office": ("Mốc khu cách ly Tân Lộc", "", "Mốc khu cách ly Giang Sơn"),
    "head": ("Mốc khu cách ly Tân Lộc", "", "Mốc khu cách ly Phú Khê"),
    "epidemiologist": ("", "", "Mốc khu cách ly Tân Lộc"),
    "station": ("Mốc khu cách ly Tân Lộc", "", "Mốc khu cách ly Phú Khê"),
    "facility": ("", "", "Mốc khu cách ly Tân Lộc"),
    "front": ("Mốc khu cách ly Phú Khê", "", "Mốc khu cách ly Tân Lộc"),
    "auditor": ("Mốc khu cách ly Tân Lộc", "", "Mốc khu cách ly Giang Sơn"),
}

RECORDS["scenario"] = RECORDS["scenario-run"] = dict.fromkeys(ROLES, ("Mốc kịch bản", "", "Mốc kịch bản Sơn Giang"))
RECORDS["episode"] = dict.fromkeys(ROLES, ("980", "", "970"))

RECORDS |= payloads_testing.RECORDS
RECORDS |= payloads_aid.RECORDS
RECORDS |= payloads_supply.RECORDS
RECORDS |= payloads_vaccination_plan.RECORDS


@dataclass(frozen=True)
class Row:
    """One line of the table: what each role gets for the record inside, partly inside and outside."""

    page: str
    method: str
    kind: str
    outcomes: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.page}"


@cache
def table() -> tuple[Row, ...]:
    """The lines of access.txt."""
    lines = (HERE / "access.txt").read_text("utf-8").splitlines()
    fields = [line.split() for line in lines if not line.startswith("#")]
    return tuple(
        Row(page, method, kind, dict(zip(ROLES, outcomes, strict=True))) for page, method, kind, *outcomes in fields
    )


def addresses(found: Any = None, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    """Every address of the program with its full name."""
    for one in (found or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from addresses(one, (*names, one.namespace) if one.namespace else names)
        else:
            yield ":".join((*names, one.name or str(one.pattern))), one


# Kinds whose row is found by one column that holds the mark: the model, the column.
BY_MARK: dict[str, tuple[str, str]] = {
    **payloads_zones.BY_MARK,
    **payloads_facilities.BY_MARK,
    **payloads_certificates.BY_MARK,
    **payloads_supply.BY_MARK,
    **payloads_vaccination_plan.BY_MARK,
    **payloads_aid.BY_MARK,
    **payloads_arrivals.BY_MARK,
    "alarm": ("surveillance.Alarm", "unit__code"),
    **payloads_gatherings.BY_MARK,
    **payloads_doses.BY_MARK,
    **payloads_home_care.BY_MARK,
    **payloads_patients.BY_MARK,
    **payloads_testing.BY_MARK,
    "contact": ("surveillance.Contact", "person__full_name"),
    "episode": ("foresight.TriggerEpisode", "unit__code"),
    "pair": ("people.Duplicate", "score"),
    "scenario": ("foresight.ScenarioPlan", "name"),
    "scenario-run": ("foresight.ScenarioRun", "plan__name"),
    "sheet": ("surveillance.LineList", "name"),
    "signal": ("surveillance.SignalCount", "code"),
    "quarantine-site": ("containment.Site", "name"),
    "stay": ("containment.Stay", "site__name"),
    "step": ("playbook.Step", "about"),
    "refused-visit": ("surveillance.RefusedVisit", "device"),
    "round": ("surveillance.Round", "name"),
    "screening-finding": ("surveillance.ScreeningFinding", "person__full_name"),
    "team": ("surveillance.Team", "name"),
    "test-request": ("surveillance.TestRequest", "person__full_name"),
    "visit-record": ("surveillance.ScreeningRecord", "device"),
}


def find(kind: str, mark: str, world: World, story: Story) -> Any:
    """The row of the small world behind a mark."""
    if kind in BY_MARK:
        return _by_mark(*BY_MARK[kind], mark)
    if kind in ("test", "link", "outbreak"):
        return _of_case(story.cases[mark], kind)
    if kind in ("proposal", "clause", "became"):
        return _first_of(story.documents[mark], kind)
    places: dict[str, dict[str, Any]] = {
        "owed": story.tasks,
        "given": story.tasks,
        "book": story.documents,
        "sent": story.documents,
        "report": story.reports,
        "draft": story.papers,
        "evidence": story.evidence,
        "person": story.persons,
        "body": world.bodies,
        "unit": world.units,
        "signature": story.signatures,
        "figures": story.figures,
        "counts": story.counts,
        "warning": story.warnings,
        "proposal-of-level": story.proposals,
        "case": story.cases,
    }
    if kind == "name":
        return _name_of(world.bodies[mark])
    return world.post(mark) if kind == "post" else places[kind][mark]


def _by_mark(model: str, column: str, mark: str) -> Any:
    from django.apps import apps

    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        return apps.get_model(model)._default_manager.get(**{column: mark})


def _of_case(case: Any, kind: str) -> Any:
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.surveillance.models import LabTest, Transmission

    with entering(SYSTEM):
        if kind == "outbreak":
            return case.outbreak
        if kind == "test":
            return LabTest.objects.get(person=case.person, sample=None, pool_member=None)
        return Transmission.objects.get(target=case)


def _name_of(body: Any) -> Any:
    from phaodai.command.models import NameMatch
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        return NameMatch.objects.get(organisations=body)


def _first_of(document: Any, kind: str) -> Any:
    """A clause that gives a task, its proposal, or a proposal that became tasks where the document has one."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        if kind == "clause":
            return document.clauses.filter(kind="task").order_by("id").first()
        sent = document.proposals.filter(state="sent") if kind == "became" else document.proposals.none()
        return (sent or document.proposals).order_by("id").first()

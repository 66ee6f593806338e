"""The outbreak of the small world: two cases, whom they met, what was seen of them, and the sheets it came in."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from tests.world import World


def area_of(row: Any) -> dict[str, Any]:
    """The area columns of a row that carries them."""
    return {f"{tier}_id": getattr(row, f"{tier}_id") for tier in ("province", "district", "commune")}


def build_surveillance(world: World, evening: datetime) -> None:
    """A case in Tân Lộc that infected one in Phú Khê; a contact in Hòa Xuân; a case in the other province."""
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        _Outbreak(world, evening).tell()


class _Outbreak:
    """The evening of 23 November at the health stations."""

    def __init__(self, world: World, evening: datetime) -> None:
        from phaodai.people.models import Person

        self.world, self.evening = world, evening
        self.persons = {one.full_name: one for one in Person.objects.all()}

    def tell(self) -> None:
        first, second, _elsewhere = self._cases()
        self._contact(first)
        self._link(first, second)
        self._visits()
        self._sheets()
        self._pairs()

    def _cases(self) -> list[Any]:
        from phaodai.surveillance.models import Case, LabTest, Outbreak

        found = []
        for code, name in (
            ("Mốc ca 1", "Tráng A Lộc"),
            ("Mốc ca 2", "Vừ Văn Khê"),
            ("Mốc ca Sơn Giang", "Lầu Thị Giang"),
        ):
            person = self.persons[name]
            area = area_of(person)
            outbreak = Outbreak.objects.create(
                name=f"Mốc ổ dịch {code[-1]}", state="open", opened_on=date(2021, 11, 23), sort_key=code,
                search_key=f"moc o dich {code[-1]}", **area,
            )  # fmt: skip
            found.append(
                Case.objects.create(
                    code=code, person=person, onset_on=date(2021, 11, 20), sampled_on=date(2021, 11, 22),
                    positive_at=self.evening - timedelta(hours=2), reported_on=date(2021, 11, 23), outbreak=outbreak,
                    age=52, **area,
                )
            )  # fmt: skip
            LabTest.objects.create(
                person=person, sampled_at=self.evening - timedelta(days=1), result="positive",
                result_at=self.evening - timedelta(hours=2), **area,
            )  # fmt: skip
        return found

    def _contact(self, case: Any) -> None:
        from phaodai.surveillance.models import Contact, FollowUpDay, Meeting, Membership, Team, TraceRun
        from phaodai.territory.models import Place

        person = self.persons["Giàng Thị Xuân"]
        area = area_of(person)
        team = Team.objects.create(name="Tổ 1", leader="Giàng A Páo", **area)
        market = Place.objects.create(
            code="CHO-TL",
            name="Chợ Tân Lộc",
            kind="market",
            sort_key="tan loc",
            search_key="cho tan loc",
            **area_of(case),
        )
        met = self.evening - timedelta(days=2)
        contact = Contact.objects.create(
            case=case, person=person, via="visit", place=market, first_at=met, last_at=met + timedelta(minutes=40),
            minutes=40, listed_at=self.evening, state="followed", told_at=self.evening, team=team,
            follow_from=date(2021, 11, 22), follow_until=date(2021, 12, 5), test_days=["2021-11-28", "2021-12-05"], **area,
        )  # fmt: skip
        for name in ("Tổ 2", "Tổ 3"):
            Team.objects.create(name=name, leader="Tráng A Chu", **area_of(case))
        became = self.persons["Vừ Văn Khê"]
        Contact.objects.create(
            case=case, person=became, via="visit", place=market, listed_at=self.evening, state="case",
            told_at=self.evening, quarantined_at=self.evening, became=became.cases.get(), **area_of(became),
        )  # fmt: skip
        FollowUpDay.objects.create(contact=contact, day=date(2021, 11, 23), state="well", seen_at=self.evening)
        TraceRun.objects.create(
            case=case, at=self.evening, window_from=met - timedelta(days=3), window_to=self.evening, first_degree=1,
            second_degree=0, visits_searched=2, milliseconds=1.5,
        )  # fmt: skip
        Membership.objects.create(place=market, person=person, during=(date(2021, 1, 1), None), **area)
        Meeting.objects.create(
            province_id=case.province_id, origin="proximity", one=case.person, other=person, started_at=met, minutes=40,
            distance_m="1.5", recorded_at=self.evening,
        )  # fmt: skip

    def _link(self, source: Any, target: Any) -> None:
        from phaodai.surveillance.models import Transmission

        Transmission.objects.create(source=source, target=target, setting="market", on=date(2021, 11, 18))

    def _visits(self) -> None:
        from phaodai.surveillance.models import LateVisit
        from phaodai.territory.models import Place

        market = Place.objects.get(code="CHO-TL")
        for name in ("Tráng A Lộc", "Giàng Thị Xuân"):
            LateVisit.objects.create(
                province_id=market.province_id, person=self.persons[name], place=market,
                started_at=self.evening - timedelta(days=2), minutes=40, recorded_at=self.evening,
            )  # fmt: skip

    def _sheets(self) -> None:
        from phaodai.surveillance.models import ColumnMapping, LineList, ParkedCase

        station = self.persons["Tráng A Lộc"]
        headers = ["Mã ca", "Ngày khởi phát"]
        mapping = ColumnMapping.objects.create(
            province_id=station.province_id, kind="cases", signature=sha256("|".join(headers).encode()).hexdigest(),
            headers=headers, confirmed_at=self.evening,
            fields={"Mã ca": {"field": "code"}, "Ngày khởi phát": {"field": "onset_on"}},
        )  # fmt: skip
        content = "Mã ca,Ngày khởi phát\nBM-9,31/11/2021\n".encode()
        sheet = LineList.objects.create(
            name="ca-benh.csv", sha256=sha256(content).hexdigest(), content=content, state="finished", mapping=mapping,
            rows=1, reached=1, parked=1, taken_in_at=self.evening, finished_at=self.evening, **area_of(station),
        )  # fmt: skip
        ParkedCase.objects.create(
            line_list=sheet, row_number=2, cells={"Mã ca": "BM-9", "Ngày khởi phát": "31/11/2021"}, field="onset_on",
            reason_code="date", reason="31/11/2021",
        )  # fmt: skip

    def _pairs(self) -> None:
        from phaodai.people.models import Duplicate

        one, other = sorted((self.persons["Tráng A Lộc"], self.persons["Giàng Thị Xuân"]), key=lambda person: person.pk)
        Duplicate.objects.create(one=one, other=other, score=0.7, evidence={"birth_year": 1.0})

"""What the small world is doing on the tests' morning: papers taken in, work passed down, answers and reports on their way.

Everything here is written by the program's own actions, as officers write it. Each record carries a mark of its own
("Mốc Thuận Hòa"), so that a page can be searched for what its reader must not see.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.story_aid import build_aid
from tests.story_arrivals import build_arrivals
from tests.story_certificates import build_certificates
from tests.story_doses import build_doses
from tests.story_early_detection import build_early_detection
from tests.story_facilities import build_facilities
from tests.story_foresight import build_foresight
from tests.story_gatherings import build_gatherings
from tests.story_home_care import build_home_care
from tests.story_patients import build_patients
from tests.story_playbook import build_playbook
from tests.story_quarantine import build_quarantine
from tests.story_scenarios import build_scenarios
from tests.story_screening import build_screening
from tests.story_supply import build_supply
from tests.story_surveillance import build_surveillance
from tests.story_testing import build_testing
from tests.story_vaccination_gaps import build_vaccination_gaps
from tests.story_vaccination_plan import build_vaccination_plan
from tests.story_zones import build_zones
from tests.world import World

EVENING = "2021-11-23T17:00:00+07:00"

PAPER = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BÌNH MINH                          Độc lập - Tự do - Hạnh phúc
Số: {number}/UBND-VX                    Bình Minh, ngày 22 tháng 11 năm 2021
V/v {subject}
Kính gửi:
- Sở Y tế;
- Ủy ban nhân dân các huyện, thành phố.
Thực hiện Công văn số 5028/BYT-DP ngày 26/6/2021 của Bộ Y tế, Ủy ban nhân dân tỉnh yêu cầu:
1. Ủy ban nhân dân các huyện rà soát từng nhà, hoàn thành trước 17 giờ 00 ngày 28/11/2021.
2. Sở Y tế chuẩn bị 150 giường bệnh, hoàn thành trước ngày 30/11/2021.
3. Ban Quản lý các chợ, Ban Quản lý bến xe theo dõi, đôn đốc việc thực hiện Công văn này.
Nơi nhận:                                             KT. CHỦ TỊCH
- Như trên;                                           PHÓ CHỦ TỊCH
- Lưu: VT.
                                                     Nguyễn Văn Minh
"""

PHOTO = b"\xff\xd8\xff\xe0 mot tam anh"

# Who lives where: the mark of the name, the hamlet.
RESIDENTS = (
    ("Tráng A Lộc", "98001.1"),
    ("Giàng Thị Xuân", "98002.1"),
    ("Vừ Văn Khê", "98101.1"),
    ("Lầu Thị Giang", "97001.1"),
)


@dataclass(frozen=True)
class Story:
    """The rows of the story by their marks."""

    documents: dict[str, Any]
    tasks: dict[str, Any]
    reports: dict[str, Any]
    persons: dict[str, Any]
    evidence: dict[str, Any]
    papers: dict[str, Any]
    figures: dict[str, Any]
    proposals: dict[str, Any]
    signatures: dict[str, Any]
    cases: dict[str, Any]
    counts: dict[str, Any]
    warnings: dict[str, Any]

    def marks(self) -> set[str]:
        """Every mark that only some officers may read."""
        return {*self.documents, *self.tasks, *self.papers, *(f"Đánh giá {code}" for code in self.reports)}


def find_story() -> Story:
    """Read the story back, seeing everything."""
    from phaodai.command.models import Document, Evidence, OutgoingPaper, Report, Task
    from phaodai.containment.models import LevelDecision, WeeklyIndicator
    from phaodai.foresight.models import DailyCount, EarlyWarning
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Person
    from phaodai.rulebook.models import Verification
    from phaodai.surveillance.models import Case

    with entering(SYSTEM):
        return Story(
            {document.subject: document for document in Document.objects.all()},
            {task.title: task for task in Task.objects.select_related("organisation", "giver")},
            {
                f"{report.organisation.code} {report.on.day}": report
                for report in Report.objects.select_related("organisation")
            },
            {person.full_name: person for person in Person.objects.all()},
            {file.name: file for file in Evidence.objects.all()},
            {paper.subject: paper for paper in OutgoingPaper.objects.all()},
            {row.code: row for row in WeeklyIndicator.objects.all()},
            {one.unit.code: one for one in LevelDecision.objects.select_related("unit")},
            {one.officer_name: one for one in Verification.objects.all()},
            {case.code: case for case in Case.objects.select_related("person")},
            {row.code: row for row in DailyCount.objects.all()},
            {one.unit.code: one for one in EarlyWarning.objects.select_related("unit")},
        )


def build_story(world: World) -> None:
    """Write it, as the officers did on the day before."""
    from phaodai.foundation import clock

    evening = datetime.fromisoformat(EVENING)
    with clock.at(evening):
        _Telling(world, evening).tell()
    _settle_residents(world)
    _count_and_propose(world, evening)
    build_surveillance(world, evening)
    build_testing(world, evening)
    build_screening(world, evening)
    build_foresight(world, evening)
    build_arrivals(world, evening)
    build_gatherings(world, evening)
    build_early_detection(world, evening)
    build_zones(world, evening)
    build_quarantine(world, evening)
    build_facilities(world, evening)
    build_patients(world, evening)
    build_scenarios(world, evening)
    build_playbook(evening)
    build_supply(world, evening)
    build_vaccination_plan(world, evening)
    build_doses(world, evening)
    build_vaccination_gaps(world, evening)
    build_certificates(world, evening)
    build_aid(world, evening)
    build_home_care(world, evening)


class _Telling:
    """The evening of 23 November."""

    def __init__(self, world: World, evening: datetime) -> None:
        self.world, self.evening = world, evening

    def tell(self) -> None:
        self._papers()
        self._work_below()
        self._answers()
        self._reports()
        self._written()
        self._law()

    def _law(self) -> None:
        from phaodai.rulebook.actions import Entry, Upload, verify_value

        entry = Entry("testing/pool-sizes@2021-04-28", [5, 10], date(2021, 4, 28), None, "Mục 3")
        scan = Upload("2022-QD-BYT.pdf", "application/pdf", b"%PDF-1.4 trang 3")
        for who in ("linh", "sang"):
            with self.world.as_(who) as actor:
                verify_value(actor=actor, moment=self.evening, entry=entry, upload=scan)

    def _papers(self) -> None:
        sent = self._register("linh", "61", "Mốc giấy Một")
        self._send("linh", sent, {"1": ("Mốc Thuận Hòa", "UBTH"), "2": ("Mốc Sở Y tế", "SYT")})
        self._answer_name("linh", self._register("linh", "62", "Mốc giấy Hai"), "SCT")
        self._answer_name("thuy", self._register("thuy", "63", "Mốc giấy Phú Khê"), "UBXPK")
        elsewhere = self._register("sang", "64", "Mốc giấy Sơn Giang")
        self._answer_name("sang", elsewhere, "SYTSG")
        self._send("sang", elsewhere, {"2": ("Mốc Sơn Giang", "SYTSG")}, keep_open=True)

    def _register(self, who: str, number: str, subject: str) -> Any:
        from phaodai.command.actions.documents import Upload, register_document

        upload = Upload(f"{number}.txt", "text/plain", PAPER.format(number=number, subject=subject).encode())
        with self.world.as_(who) as actor:
            return register_document(actor=actor, moment=self.evening, upload=upload)

    def _answer_name(self, who: str, document: Any, body: str) -> None:
        from phaodai.command.actions.names import answer_name

        with self.world.as_(who) as actor:
            answer_name(
                actor=actor, moment=self.evening, document_id=document.pk, printed="Ban Quản lý các chợ",
                organisations=[self.world.bodies[body].pk], remember=True,
            )  # fmt: skip

    def _send(self, who: str, document: Any, tasks: dict[str, tuple[str, str]], *, keep_open: bool = False) -> None:
        from phaodai.command.actions.sending import amend_proposal, dispatch_document, drop_proposal

        with self.world.as_(who) as actor:
            for proposal in document.proposals.select_related("clause"):
                if proposal.clause.path in tasks:
                    title, body = tasks[proposal.clause.path]
                    amend_proposal(
                        actor=actor, moment=self.evening, proposal_id=proposal.pk, version=proposal.version, title=title,
                        addressees=[self.world.bodies[body].pk], coordinating=[], deadline=self.evening + timedelta(days=6),
                    )  # fmt: skip
                elif not keep_open:
                    drop_proposal(actor=actor, moment=self.evening, proposal_id=proposal.pk)
            dispatch_document(actor=actor, moment=self.evening, document_id=document.pk)

    def _work_below(self) -> None:
        self._give("viet", "Mốc Thường vụ", "SYT")
        self._give("linh", "Mốc Phú Khê", "UBPK")
        self._give("khoa", "Mốc Công ty", "CTDK")
        self._split("dat", "Mốc Thuận Hòa", "Mốc Hòa Xuân", "UBHX")
        self._split("van", "Mốc Sở Y tế", "Mốc Trung tâm", "TTTH")
        self._split("nguyet", "Mốc Trung tâm", "Mốc Trạm Tân Lộc", "TYTL")
        self._split("khoa", "Mốc Phú Khê", "Mốc Xã Phú Khê", "UBXPK")

    def _give(self, who: str, title: str, body: str) -> None:
        from phaodai.command.actions.tasks import Order, give_task
        from phaodai.people.models import Organisation

        order = Order(title=title, deadline=self.evening + timedelta(days=6))
        with self.world.as_(who) as actor:
            giver = Organisation.objects.get(pk=actor.organisation)
            give_task(actor=actor, moment=self.evening, giver=giver, organisation=self.world.bodies[body], order=order)

    def _split(self, who: str, whole: str, title: str, body: str) -> None:
        from phaodai.command.actions.tasks import split_task
        from phaodai.command.models import Task

        with self.world.as_(who) as actor:
            task = Task.objects.get(title=whole)
            split_task(
                actor=actor, moment=self.evening, task_id=task.pk, organisations=[self.world.bodies[body].pk],
                title=title, deadline=self.evening + timedelta(days=5),
            )  # fmt: skip

    def _answers(self) -> None:
        """Every task with a file of evidence; one that waits for an answer."""
        from phaodai.command.actions.tasks import report_done
        from phaodai.command.models import Task

        for who, title in (
            ("xuan", "Mốc Hòa Xuân"),
            ("may", "Mốc Công ty"),
            ("giang", "Mốc Sơn Giang"),
            ("ngoc", "Mốc Trạm Tân Lộc"),
        ):
            self._answer(who, title)
        with self.world.as_("xuan") as actor:
            task = Task.objects.get(title="Mốc Hòa Xuân")
            report_done(actor=actor, moment=self.evening, task_id=task.pk, text="Đủ các thôn")
        with self.world.as_("van") as actor:
            report_done(
                actor=actor, moment=self.evening, task_id=Task.objects.get(title="Mốc Thường vụ").pk, text="Xong"
            )

    def _answer(self, who: str, title: str) -> None:
        from phaodai.command.actions.tasks import Upload, report_progress
        from phaodai.command.models import Task

        with self.world.as_(who) as actor:
            task, photo = Task.objects.get(title=title), Upload(f"{title}.jpg", "image/jpeg", PHOTO)
            report_progress(
                actor=actor, moment=self.evening, task_id=task.pk, text=f"{title}: đang làm", uploads=[photo]
            )

    def _reports(self) -> None:
        for who, day in (("chinh", 22), ("chinh", 23), ("viet", 23), ("dat", 23), ("khoa", 23), ("sang", 23)):
            self._report(who, date(2021, 11, day), sign=day == 22)

    def _report(self, who: str, on: date, *, sign: bool) -> None:
        from phaodai.command.actions.reports import amend_report, draft_report, sign_report
        from phaodai.people.models import Organisation

        with self.world.as_(who) as actor:
            report = draft_report(actor=actor, moment=self.evening, on=on)
            words = f"Đánh giá {Organisation.objects.get(pk=actor.organisation).code} {on.day}"
            report = amend_report(
                actor=actor, moment=self.evening, report_id=report.pk, version=report.version, assessment=words
            )
            if sign:
                sign_report(actor=actor, moment=self.evening, report_id=report.pk)

    def _written(self) -> None:
        """A draft in every house that writes, and one that was signed and sent to the district."""
        from phaodai.command.actions.papers import draft_paper, send_inside, sign_paper

        body = "Yêu cầu các đơn vị:\n1. Ủy ban nhân dân huyện Phú Khê rà soát từng nhà, xong trước ngày 28/11/2021."
        for who, code in (("linh", "VPTU"), ("viet", "TU"), ("khoa", "UBPK"), ("dat", "UBTH"), ("sang", "VPSG")):
            with self.world.as_(who) as actor:
                draft_paper(
                    actor=actor, moment=self.evening, kind="CV", subject=f"Mốc thảo {code}", body=body,
                    addressed=[self.world.bodies["UBPK"].pk] if code != "VPSG" else [],
                )  # fmt: skip
        with self.world.as_("chinh") as chinh:
            paper = draft_paper(
                actor=chinh, moment=self.evening, kind="TB", subject="Mốc thông báo", body=body, system="party",
                addressed=[self.world.bodies["UBXPK"].pk],
            )  # fmt: skip
            sign_paper(actor=chinh, moment=self.evening, paper_id=paper.pk)
            send_inside(actor=chinh, moment=self.evening, paper_id=paper.pk)


def _count_and_propose(world: World, evening: datetime) -> None:
    """Figures of a week in September, which serve no level of November any more, and two levels to decide."""
    from phaodai.containment.models import LevelDecision, WeeklyIndicator
    from phaodai.foundation.scope import SYSTEM, entering

    def area(code: str) -> dict[str, Any]:
        return {"unit": world.units[code]} | world.units[code].area.columns

    with entering(SYSTEM):
        for code in ("98001", "98101", "97001"):
            WeeklyIndicator.objects.create(
                code=code, week_ending=date(2021, 9, 5), community_cases=3, population=9000, **area(code)
            )
        for code in ("98102", "97001"):
            LevelDecision.objects.create(
                proposed_level=2, to_level=2, assessed_on=evening.date(), proposed_at=evening, notice_hours=48,
                takes_effect_at=evening + timedelta(days=3), **area(code),
            )  # fmt: skip


def _settle_residents(world: World) -> None:
    from phaodai.foundation.formats import fold, sort_key
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.people.models import Household, Person

    with entering(SYSTEM):
        for name, code in RESIDENTS:
            hamlet = world.units[code]
            area = hamlet.area.columns
            household = Household.objects.create(hamlet=hamlet, address=f"Số 1, {hamlet.name}", **area)
            Person.objects.create(
                full_name=name, sex="F", birth_year=1969, household=household,
                sort_key=sort_key(name), search_key=fold(name), **area,
            )  # fmt: skip

"""What a well-meaning officer sends to each page: a refusal then comes from the rules, not from an empty form."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from phaodai.containment.models import LevelDecision
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site import (
    payloads_aid,
    payloads_arrivals,
    payloads_certificates,
    payloads_doses,
    payloads_early_detection,
    payloads_facilities,
    payloads_gatherings,
    payloads_home_care,
    payloads_patients,
    payloads_quarantine,
    payloads_screening,
    payloads_supply,
    payloads_surveillance,
    payloads_testing,
    payloads_vaccination_plan,
    payloads_zones,
)
from tests.phaodai.site.payloads_scenarios import PARTS as OF_SCENARIOS
from tests.phaodai.site.payloads_scenarios import of_page
from tests.story import PAPER
from tests.world import World

LATER = "2021-11-26T17:00"

LAW: dict[str, dict[str, Any]] = {
    "law-value": {
        "value-": "2",
        "first_day": "2021-10-12",
        "last_day": "2022-01-26",
        "clause": "Phụ lục, bảng 3",
        "official_text": "Cấp 2",
    },
    "law-withdraw": {"reason": "Nhầm bảng"},
}


def paper() -> SimpleUploadedFile:
    """A letter that is not in any book yet."""
    return SimpleUploadedFile("99.txt", PAPER.format(number="99", subject="rà soát").encode(), "text/plain")


def sheet() -> SimpleUploadedFile:
    """One new body below the district."""
    lines = ("Mã;Tên;Tên gọn;Loại;Đơn vị;Trực thuộc;Điện thoại", "TR1;Trường Tân Lộc;Trường TL;school;98001;UBTL;")
    return SimpleUploadedFile("co-quan.csv", "\n".join(lines).encode(), "text/csv")


def sibling(proposal: Any) -> int:
    """Another proposal of the same document; 0 without one."""
    from phaodai.command.models import Proposal
    from phaodai.foundation.scope import SYSTEM, entering

    if not isinstance(proposal, Proposal):
        return 0
    with entering(SYSTEM):
        others = Proposal.objects.filter(document=proposal.document_id).exclude(pk=proposal.pk)
        return others.order_by("-pk").values_list("pk", flat=True).first() or 0


def running() -> int:
    """A task that the province's office gave to the district."""
    from phaodai.command.models import Task
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        return Task.objects.get(title="Mốc Thuận Hòa").pk


def confirmed() -> list[int]:
    """Every document that an office vouched for, whoever may see it."""
    from phaodai.command.models import Document
    from phaodai.foundation.scope import SYSTEM, entering

    with entering(SYSTEM):
        return list(Document.objects.exclude(confirmed_at=None).values_list("pk", flat=True))


def week() -> SimpleUploadedFile:
    """The figures of one commune."""
    lines = ("Mã đơn vị;Tuần đến hết;Ca mới cộng đồng trong tuần", "98001;21/11/2021;3")
    return SimpleUploadedFile("chi-bao.csv", "\n".join(lines).encode(), "text/csv")


def day() -> SimpleUploadedFile:
    """The count of one commune on one day."""
    lines = ("Mã đơn vị;Ngày;Ngày báo cáo;Ca mới trong cộng đồng", "98001;22/11/2021;23/11/2021;3")
    return SimpleUploadedFile("so-ca.csv", "\n".join(lines).encode(), "text/csv")


def series() -> SimpleUploadedFile:
    """Ten weeks of three cases a day."""
    first = date(2021, 9, 13)
    lines = ("date,cases", *(f"{first + timedelta(days=number)},3" for number in range(70)))
    return SimpleUploadedFile("chuoi.csv", "\n".join(lines).encode(), "text/csv")


def waiting() -> list[LevelDecision]:
    """The proposal of our province."""
    with entering(SYSTEM):
        return list(LevelDecision.objects.filter(unit__code="98102"))


LETTER = {
    "kind": "CV",
    "system": "state",
    "subject": "rà soát",
    "body": "1. Rà soát.",
    "archive": "VT",
    "copies": "1",
}


Part = Callable[[str, Any, World, int], dict[str, dict[str, Any]]]


def payload(page: str, record: Any, world: World) -> dict[str, Any]:
    """The fields to send to `page`."""
    version = getattr(record, "version", 1)
    if page not in _TOLD:
        # To write down what is sent everywhere asks the database for much: each page is looked for once.
        _TOLD[page] = next((part for part in _PARTS if page in part(page, record, world, version)), None)
    part = _TOLD[page]
    return part(page, record, world, version)[page] if part else {}


def _of_command(page: str, record: Any, world: World, version: int) -> dict[str, dict[str, Any]]:
    """What is sent about papers, tasks, bodies, the law, levels and counts."""
    del page
    body = {"name": "Trường Tân Lộc", "short_name": "Trường TL", "kind": "school"}
    return LAW | {
        "keep-view": {"name": "Việc trễ", "query": "xem=tre"},
        "choose-columns": {"column": ["title", "deadline"]},
        "command-take-in": {"file": paper()},
        "command-metadata": {"version": version, "kind": "CÔNG VĂN", "issuer": "UBND tỉnh", "subject": "Mốc giấy sửa"},
        "command-proposal": {
            "version": version,
            "title": "Rà soát",
            "deadline": LATER,
            "recurrence": "once",
            "addressees": [world.bodies["UBTH"].pk],
        },
        "command-name": {"name": "Ban Quản lý bến xe", "field": "f", "f": [world.bodies["SCT"].pk], "remember": "1"},
        "command-answer-keys": {"row": confirmed()},
        "command-proposal-merge": {"into": sibling(record)},
        "command-proposal-alike": {"answer": f"giu-{running()}"},
        "command-confirm-fields": {"certain": "1"},
        "command-proposal-add": {"title": "Thêm một việc"},
        "command-settle": {"kind": "context"},
        "command-progress": {"text": "Đang làm"},
        "command-split": {"title": "Rà soát", "deadline": LATER, "organisations": [world.bodies["UBHX"].pk]},
        "command-return": {"tra-lai-text": "Thiếu ảnh"},
        "command-extend": {"gia-han-deadline": LATER, "gia-han-text": "Mưa lũ"},
        "command-withdraw": {"rut-text": "Giao nhầm"},
        "command-paper-write": LETTER,
        "command-paper-amend": LETTER | {"version": version},
        "van-ban-di-edit": {"version": version, "copies": "2"},
        "van-ban-di-cell": {"version": version, "note": "Đã chuyển"},
        "command-report": {"version": version, "assessment": "Tốt"},
        "people-reveal": {"purpose": "tracing"},
        "playbook-decline": {"reason": "Đã báo dân từ hôm qua"},
        "van-ban-den-edit": {"version": version, "forwarded_to": "Phòng Tổng hợp"},
        "van-ban-den-cell": {"version": version, "note": "Đã chuyển"},
        "nhiem-vu-bulk": {"row": [record.pk] if record else [], "confirmed": "1"},
        "co-quan-create": body | {"code": "TR1", "unit": "98001", "parent": "UBTL"},
        "co-quan-edit": body | {"version": version},
        "co-quan-cell": {"version": version, "phone": "0260 3 868 686"},
        "co-quan-import": {"file": sheet()},
        "containment-decide": {"level": "2", "takes_effect_at": LATER},
        "containment-send-back": {"tra-lai-reason": "Chờ số liệu mới"},
        "containment-decide-together": {"row": [one.pk for one in waiting()]},
        "chi-bao-tuan-create": {"code": "98001", "week_ending": "21/11/2021", "community_cases": "3"},
        "chi-bao-tuan-edit": {"version": version, "community_cases": "4"},
        "chi-bao-tuan-cell": {"version": version, "community_cases": "4"},
        "chi-bao-tuan-import": {"file": week()},
        "foresight-evaluation": {"file": series()},
        "so-ca-ngay-create": {"code": "98001", "day": "22/11/2021", "reported_on": "23/11/2021", "cases": "3"},
        "so-ca-ngay-edit": {"version": version, "cases": "4"},
        "so-ca-ngay-cell": {"version": version, "cases": "4"},
        "so-ca-ngay-import": {"file": day()},
        "quyet-dinh-cap-do-bulk": {"row": [one.pk for one in waiting()], "confirmed": "1"},
    }


def _of_scenarios(page: str, record: Any, world: World, version: int) -> dict[str, dict[str, Any]]:
    sent = of_page(page)
    return {page: sent} if sent else {}


# Who tells what is sent: in the order in which they are asked.
_PARTS: tuple[Part, ...] = (
    _of_command,
    _of_scenarios,
    lambda _page, _record, _world, version: payloads_home_care.sent(version),
    lambda _page, _record, _world, _version: payloads_doses.sent(),
    lambda _page, _record, _world, version: payloads_vaccination_plan.sent(version),
    lambda _page, record, _world, version: payloads_supply.sent(version, record),
    lambda _page, _record, world, version: payloads_patients.sent(world, version),
    lambda _page, _record, world, version: payloads_facilities.sent(world, version),
    lambda _page, _record, world, version: payloads_aid.sent(world, version),
    lambda _page, _record, _world, version: payloads_quarantine.sent(version),
    lambda page, record, world, _version: payloads_zones.sent(page, record, world),
    lambda _page, record, world, version: payloads_arrivals.sent(world, record, version),
    lambda _page, _record, world, _version: payloads_testing.sent(world),
    lambda _page, _record, world, version: payloads_gatherings.sent(world, version),
    lambda _page, _record, _world, version: payloads_early_detection.sent(version),
    lambda _page, _record, _world, version: payloads_screening.sent(version),
    lambda _page, _record, _world, version: payloads_certificates.sent(version),
    lambda _page, _record, _world, version: payloads_surveillance.sent(version),
)
_TOLD: dict[str, Part | None] = {}


# Parts of an address that are not a record.
PARTS: dict[str, dict[str, str]] = {
    **payloads_aid.PARTS,
    **payloads_arrivals.PARTS,
    **payloads_gatherings.PARTS,
    **payloads_facilities.PARTS,
    **payloads_patients.PARTS,
    **payloads_supply.PARTS,
    **payloads_vaccination_plan.PARTS,
    **payloads_doses.PARTS,
    **payloads_home_care.PARTS,
    "keep-view": {"key": "nhiem-vu"},
    "drop-view": {"key": "nhiem-vu"},
    **OF_SCENARIOS,
    "choose-columns": {"key": "nhiem-vu"},
    "law-value": {"name": "risk-level.matrix/2-covered@2021-10-12"},
    "law-document": {"key": "4800-qd-byt"},
    "law-day": {"on": "2021-10-12"},
    "law-table": {"name": "measures"},
    "command-report-file": {"suffix": "docx"},
    "command-paper-file": {"suffix": "docx"},
    "command-paper-page": {"number": "1"},
    "command-document-page": {"number": "1"},
    "van-ban-di-cell": {"field": "note"},
    "command-choose-units": {"field": "addressees"},
    "van-ban-den-cell": {"field": "note"},
    "co-quan-cell": {"field": "phone"},
    "chi-bao-tuan-cell": {"field": "community_cases"},
    "so-ca-ngay-cell": {"field": "cases"},
    "so-dau-hieu-cell": payloads_early_detection.CELL,
    "quyet-dinh-cap-do-bulk": {"verb": "ky"},
    "nhiem-vu-bulk": {"verb": "don-doc"},
    "ca-benh-cell": payloads_surveillance.CELL,
    "tiep-xuc-bulk": {"verb": "bao"},
    "dot-ra-soat-cell": payloads_screening.ROUND_CELL,
    "to-theo-doi-cell": {"field": "leader"},
    "ca-benh-bulk": payloads_surveillance.BULK,
    "khu-cach-ly-cell": {"field": "phone"},
    "ten-goi-bulk": {"verb": "quen"},
    **payloads_certificates.PARTS,
}

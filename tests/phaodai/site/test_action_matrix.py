"""Every action: done by who may, refused without the permission, refused outside the area. A new action needs a row here."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

from phaodai.command.actions import (
    chasing,
    confirming,
    documents,
    issuing,
    merging,
    names,
    papers,
    reports,
    sending,
    tasks,
)
from phaodai.command.models import NameMatch
from phaodai.containment.actions import deciding, following, indicators, levels, signing
from phaodai.containment.actions import proposing as turning
from phaodai.foresight.actions import counts, estimating, warning
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people import actions as people
from phaodai.rulebook import actions as law
from tests.story import PAPER, Story
from tests.world import World

pytestmark = pytest.mark.django_db

MODULES = {
    "phaodai.command.actions": (
        *("chasing", "confirming", "documents", "issuing", "merging", "names", "papers", "proposing", "reports"),
        *("sending", "tasks"),
    ),
    "phaodai.containment.actions": (
        *("amending", "areas", "deciding", "following", "indicators", "levels", "proposing", "signing"),
    ),
    "phaodai.foresight.actions": ("counts", "estimating", "warning"),
}
# Run by the clock, by the playbook or by another action under its own check; no page and no officer reaches them.
CLOCKWORK = {
    *(chasing.escalate_due, tasks.close_if_parts_done, issuing.issue_paper),
    *(following.give_duties, levels.compute_every_province, signing.sign_decision_paper, turning.propose),
    *(estimating.estimate_province, estimating.estimate_what_changed, warning.raise_warnings),
}

Given = Callable[[World, Story], dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """Who does it, with which permission and what; and who holds the permission elsewhere ("" where all is one's own)."""

    action: Callable[..., Any]
    permission: Permission
    by: str
    given: Given
    stranger: str

    def __str__(self) -> str:
        return self.action.__name__


def _task(mark: str, **more: Any) -> Given:
    return lambda _world, story: {"task_id": story.tasks[mark].pk, **more}


def _document(mark: str, **more: Any) -> Given:
    return lambda _world, story: {"document_id": story.documents[mark].pk, **more}


def _report(mark: str, **more: Any) -> Given:
    return lambda _world, story: {"report_id": story.reports[mark].pk, **more}


def _first(rows: str, mark: str, key: str, /, **more: Any) -> Given:
    """The first proposal, or the first clause that gives a task, of a document."""

    def given(_world: World, story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            found = getattr(story.documents[mark], rows).order_by("id")
            return {key: (found.filter(kind="task") if rows == "clauses" else found)[0].pk, **more}

    return given


def _ready(world: World, story: Story) -> dict[str, Any]:
    """A document with one proposal accepted."""
    document = story.documents["Mốc giấy Hai"]
    with world.as_("linh") as linh:
        first = document.proposals.order_by("id")[0]
        sending.accept_proposal(actor=linh, moment=MORNING, proposal_id=first.pk)
    return {"document_id": document.pk}


def _paper(mark: str, **more: Any) -> Given:
    return lambda _world, story: {"paper_id": story.papers[mark].pk, **more}


def _signed_paper(world: World, story: Story) -> dict[str, Any]:
    """A signed paper that one unit waits for."""
    paper = story.papers["Mốc thảo UBTH"]
    with world.as_("dat") as dat:
        papers.sign_paper(actor=dat, moment=MORNING, paper_id=paper.pk)
    return {"paper_id": paper.pk}


def _two(_world: World, story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        first, second = story.documents["Mốc giấy Hai"].proposals.order_by("id")[:2]
    return {"proposal_id": second.pk, "into_id": first.pk}


def _merged(world: World, story: Story) -> dict[str, Any]:
    two = _two(world, story)
    with world.as_("linh") as linh:
        merging.merge_proposals(actor=linh, moment=MORNING, **two)
    return {"proposal_id": two["proposal_id"]}


def _running(world: World, story: Story) -> dict[str, Any]:
    """A proposal for a unit that works on the same already."""
    with world.as_("linh") as linh:
        order = tasks.Order(title="Chuẩn bị 150 giường bệnh", deadline=LATER)
        office, body = world.bodies["VPTU"], world.bodies["SYT"]
        task = tasks.give_task(actor=linh, moment=MORNING, giver=office, organisation=body, order=order)
        proposal = story.documents["Mốc giấy Hai"].proposals.get(clause__path="2")
    return {"proposal_id": proposal.pk, "task_id": task.pk}


def _unanswered(world: World, _story: Story) -> dict[str, Any]:
    """A document whose market board fits no unit, in a book that has forgotten the answer."""
    _forgotten(world)
    with world.as_("linh") as linh:
        document = documents.register_document(actor=linh, moment=MORNING, upload=FILE)
    market = {"printed": "Ban Quản lý các chợ", "organisations": [world.bodies["SCT"].pk], "remember": True}
    return {"document_id": document.pk, **market}


def _forgotten(world: World) -> None:
    with world.as_("linh") as linh:
        for match in NameMatch.objects.in_use(linh.organisation):
            names.forget_name(actor=linh, moment=MORNING, name_id=match.pk)


def _remembered(world: World, _story: Story) -> dict[str, Any]:
    with world.as_("linh") as linh:
        return {"name_id": NameMatch.objects.in_use(linh.organisation)[0].pk}


def _proposal(code: str, **more: Any) -> Given:
    return lambda _world, story: {"decision_id": story.proposals[code].pk, **more}


def _untold(world: World, story: Story) -> dict[str, Any]:
    """A level that was decided and that nobody was told of."""
    with world.as_("viet") as viet:
        done = deciding.decide_level(actor=viet, moment=MORNING, decision_id=story.proposals["98102"].pk)
    return {"decision_id": done.pk}


MORNING = datetime.fromisoformat("2021-11-24T06:40:00+07:00")
ENTRY = law.Entry(
    "risk-level.matrix/2-covered@2021-10-12", 2, date(2021, 10, 12), date(2022, 1, 26), "Phụ lục, bảng 3", "Cấp 2"
)
LATER = MORNING + timedelta(days=2)
FILE = documents.Upload("70.txt", "text/plain", PAPER.format(number="70", subject="rà soát").encode())
ORDER = tasks.Order(title="Rà soát", deadline=LATER)


CASES = (
    Case(law.verify_value, Permission.RULEBOOK_VALUE_VERIFY, "linh", lambda _w, _s: {"entry": ENTRY}, "thuy"),
    Case(
        law.withdraw_verification,
        Permission.RULEBOOK_VALUE_VERIFY,
        "viet",
        lambda _w, s: {"verification_id": s.signatures["Đỗ Thùy Linh"].pk, "reason": "Nhầm bảng"},
        "sang",
    ),
    Case(
        documents.register_document, Permission.COMMAND_DIRECTIVE_REGISTER, "linh", lambda _w, _s: {"upload": FILE}, ""
    ),
    Case(
        documents.amend_document,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _document("Mốc giấy Hai", version=1, note="Gấp"),
        "thuy",
    ),
    Case(documents.confirm_document, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _document("Mốc giấy Hai"), "thuy"),
    Case(documents.file_document, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _document("Mốc giấy Hai"), "thuy"),
    Case(
        documents.settle_clause,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _first("clauses", "Mốc giấy Hai", "clause_id", kind="context"),
        "thuy",
    ),
    Case(documents.acknowledge_document, Permission.COMMAND_TASK_REPORT, "xuan", _document("Mốc giấy Một"), "may"),
    Case(
        sending.add_proposal,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _first("clauses", "Mốc giấy Hai", "clause_id", title="Thêm"),
        "thuy",
    ),
    Case(
        sending.amend_proposal,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _first("proposals", "Mốc giấy Hai", "proposal_id", version=1, title="Sửa"),
        "thuy",
    ),
    Case(
        sending.accept_proposal,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _first("proposals", "Mốc giấy Hai", "proposal_id"),
        "thuy",
    ),
    Case(
        sending.drop_proposal,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _first("proposals", "Mốc giấy Hai", "proposal_id"),
        "thuy",
    ),
    Case(
        names.answer_name,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _unanswered,
        "thuy",
    ),
    Case(names.forget_name, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _remembered, "thuy"),
    Case(papers.draft_paper, Permission.COMMAND_PAPER_DRAFT, "dat", lambda _w, _s: {"subject": "Rà soát"}, ""),
    Case(
        papers.amend_paper,
        Permission.COMMAND_PAPER_DRAFT,
        "dat",
        _paper("Mốc thảo UBTH", version=1, subject="Rà soát"),
        "khoa",
    ),
    Case(papers.sign_paper, Permission.COMMAND_PAPER_SIGN, "dat", _paper("Mốc thảo UBTH"), "khoa"),
    Case(papers.send_inside, Permission.COMMAND_PAPER_DRAFT, "dat", _signed_paper, "khoa"),
    Case(merging.merge_proposals, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _two, "thuy"),
    Case(merging.part_proposal, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _merged, "thuy"),
    Case(merging.join_running, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _running, "thuy"),
    Case(merging.replace_running, Permission.COMMAND_TASK_ASSIGN, "linh", _running, "thuy"),
    Case(merging.keep_apart, Permission.COMMAND_DIRECTIVE_CONFIRM, "linh", _running, "thuy"),
    Case(
        confirming.confirm_fields,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _document("Mốc giấy Hai", fields=["number"]),
        "thuy",
    ),
    Case(
        confirming.confirm_certain_fields,
        Permission.COMMAND_DIRECTIVE_CONFIRM,
        "linh",
        _document("Mốc giấy Hai"),
        "thuy",
    ),
    Case(sending.dispatch_document, Permission.COMMAND_TASK_ASSIGN, "linh", _ready, "thuy"),
    Case(
        tasks.give_task,
        Permission.COMMAND_TASK_ASSIGN,
        "linh",
        lambda w, _s: {"giver": w.bodies["VPTU"], "organisation": w.bodies["UBTL"], "order": ORDER},
        "dat",
    ),
    Case(tasks.take_task, Permission.COMMAND_TASK_REPORT, "front", _task("Mốc Xã Phú Khê"), "may"),
    Case(
        tasks.split_task,
        Permission.COMMAND_TASK_ASSIGN,
        "dat",
        lambda w, s: {
            "task_id": s.tasks["Mốc Thuận Hòa"].pk,
            "organisations": [w.bodies["UBTL"].pk],
            "title": "",
            "deadline": LATER,
        },
        "khoa",
    ),
    Case(tasks.report_progress, Permission.COMMAND_TASK_REPORT, "may", _task("Mốc Công ty", text="Đang làm"), "front"),
    Case(tasks.report_done, Permission.COMMAND_TASK_REPORT, "may", _task("Mốc Công ty", text="Xong"), "front"),
    Case(tasks.accept_result, Permission.COMMAND_TASK_REVIEW, "dat", _task("Mốc Hòa Xuân"), "linh"),
    Case(tasks.return_result, Permission.COMMAND_TASK_REVIEW, "dat", _task("Mốc Hòa Xuân", text="Thiếu ảnh"), "linh"),
    Case(chasing.remind, Permission.COMMAND_TASK_REVIEW, "linh", _task("Mốc Thuận Hòa"), "dat"),
    Case(
        chasing.ask_explanation,
        Permission.COMMAND_TASK_REVIEW,
        "linh",
        _task("Mốc Thuận Hòa", text="Vì sao chậm"),
        "dat",
    ),
    Case(
        chasing.extend,
        Permission.COMMAND_TASK_REVIEW,
        "linh",
        _task("Mốc Thuận Hòa", deadline=LATER, text="Mưa lũ"),
        "dat",
    ),
    Case(
        chasing.hand_over,
        Permission.COMMAND_TASK_REVIEW,
        "khoa",
        lambda w, s: {"task_id": s.tasks["Mốc Công ty"].pk, "organisation_id": w.bodies["UBXPK"].pk},
        "linh",
    ),
    Case(chasing.withdraw, Permission.COMMAND_TASK_ASSIGN, "linh", _task("Mốc Thuận Hòa", text="Giao nhầm"), "dat"),
    Case(reports.draft_report, Permission.COMMAND_REPORT_DRAFT, "dat", lambda _w, _s: {"on": date(2021, 11, 24)}, ""),
    Case(
        reports.amend_report,
        Permission.COMMAND_REPORT_DRAFT,
        "dat",
        _report("UBTH 23", version=2, assessment="Tốt"),
        "khoa",
    ),
    Case(reports.sign_report, Permission.COMMAND_REPORT_SIGN, "dat", _report("UBTH 23"), "khoa"),
    Case(
        indicators.record_indicator,
        Permission.CONTAINMENT_INDICATOR_WRITE,
        "ngoc",
        lambda _w, _s: {"code": "98001", "week_ending": date(2021, 11, 21), "community_cases": 3},
        "phuc",
    ),
    Case(
        indicators.amend_indicator,
        Permission.CONTAINMENT_INDICATOR_WRITE,
        "ngoc",
        lambda _w, s: {"pk": s.figures["98001"].pk, "version": 1, "community_cases": 4},
        "phuc",
    ),
    Case(
        levels.compute_levels,
        Permission.CONTAINMENT_LEVEL_ASSESS,
        "dat",
        lambda w, _s: {"unit": w.units["980"], "on": date(2021, 11, 24)},
        "khoa",
    ),
    Case(
        counts.record_count,
        Permission.FORESIGHT_SERIES_WRITE,
        "dich",
        lambda _w, _s: {"code": "98001", "day": date(2021, 11, 22), "reported_on": date(2021, 11, 23), "cases": 3},
        "thuy",
    ),
    Case(
        counts.amend_count,
        Permission.FORESIGHT_SERIES_WRITE,
        "dich",
        lambda _w, s: {"pk": s.counts["98001"].pk, "version": 1, "cases": 4},
        "thuy",
    ),
    Case(deciding.decide_level, Permission.CONTAINMENT_LEVEL_DECIDE, "viet", _proposal("98102"), "sang"),
    Case(
        deciding.decide_together,
        Permission.CONTAINMENT_LEVEL_DECIDE,
        "viet",
        lambda _w, s: {"decision_ids": [s.proposals["98102"].pk]},
        "sang",
    ),
    Case(
        deciding.send_back,
        Permission.CONTAINMENT_LEVEL_DECIDE,
        "viet",
        _proposal("98102", reason="Chờ thêm một tuần"),
        "sang",
    ),
    Case(deciding.announce_level, Permission.CONTAINMENT_LEVEL_ANNOUNCE, "linh", _untold, "sang"),
    Case(
        people.create_organisation,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {
            "code": "TR1",
            "name": "Trường Tân Lộc",
            "short_name": "TTL",
            "kind": "school",
            "unit": w.units["98001"],
        },
        "sang",
    ),
    Case(
        people.amend_organisation,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {"pk": w.bodies["UBTH"].pk, "version": 1, "phone": "0260"},
        "sang",
    ),
    Case(
        people.appoint,
        Permission.PEOPLE_OFFICER_MANAGE,
        "linh",
        lambda w, _s: {
            "organisation": w.bodies["UBTL"],
            "full_name": "Lê Văn Mới",
            "title": "Phó Chủ tịch",
            "role": "head",
        },
        "sang",
    ),
    Case(
        people.reveal_person,
        Permission.PEOPLE_PERSON_REVEAL,
        "ngoc",
        lambda _w, s: {"person_id": s.persons["Tráng A Lộc"].pk, "purpose": "tracing"},
        "phuc",
    ),
)


def _actions() -> set[Callable[..., Any]]:
    """Every public function with an `actor` in the modules of actions."""
    packages = (import_module(f"{package}.{name}") for package, names in MODULES.items() for name in names)
    modules = [law, people, *packages]
    found = [one for module in modules for one in vars(module).values() if inspect.isfunction(one)]
    here = {module.__name__ for module in modules}
    public = [one for one in found if one.__module__ in here and not one.__name__.startswith("_")]
    return {one for one in public if _keyword_only(one, "actor")}


def _keyword_only(function: Callable[..., Any], name: str) -> bool:
    parameter = inspect.signature(function).parameters.get(name)
    return parameter is not None and parameter.kind is inspect.Parameter.KEYWORD_ONLY


def test_every_action_has_a_row() -> None:
    assert _actions() == {case.action for case in CASES} | CLOCKWORK


@pytest.mark.parametrize("package", MODULES)
def test_every_module_of_actions_is_searched(package: str) -> None:
    from pkgutil import iter_modules

    assert {module.name for module in iter_modules(import_module(package).__path__)} == set(MODULES[package])


@pytest.mark.parametrize("case", CASES, ids=str)
def test_who_may_does_it(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.by) as actor:
        assert actor.may(case.permission)
        assert case.action(actor=actor, moment=MORNING, **given) is not None


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_the_permission_it_is_refused(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.by) as actor:
        bare = replace(actor, permissions=frozenset(Permission) - {case.permission})
        with pytest.raises(NotAllowed, match=r"\w+ \w+"):
            case.action(actor=bare, moment=MORNING, **given)


@pytest.mark.parametrize("case", [case for case in CASES if case.stranger], ids=str)
def test_outside_the_area_it_is_refused(case: Case, world: World, story: Story) -> None:
    given = case.given(world, story)
    with world.as_(case.stranger) as actor:
        armed = replace(actor, permissions=frozenset(Permission))
        with pytest.raises((NotHere, NotAllowed), match=r"\w+ \w+"):
            case.action(actor=armed, moment=MORNING, **given)


def test_nothing_is_outside_one_s_own_book() -> None:
    assert {str(case) for case in CASES if not case.stranger} == {"register_document", "draft_report", "draft_paper"}

"""The actions of the chain of command."""

from datetime import date
from typing import Any

from phaodai.command.actions import (
    chasing,
    confirming,
    documents,
    merging,
    names,
    papers,
    reports,
    sending,
    tasks,
)
from phaodai.command.models import NameMatch
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from tests.phaodai.site.action_rows.case import LATER, MORNING, Case, Given
from tests.story import PAPER, Story
from tests.world import World

FILE = documents.Upload("70.txt", "text/plain", PAPER.format(number="70", subject="rà soát").encode())
ORDER = tasks.Order(title="Rà soát", deadline=LATER)


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


CASES = (
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
)

"""Addresses of this context beyond its registers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path

from phaodai.command.pages import (
    answer_keys,
    documents,
    intake,
    merging,
    names,
    papers,
    readings,
    report,
    scans,
    task,
    tree,
)
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor


@page(Permission.COMMAND_TASK_READ)
def room(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The room's front door: documents for the office, tasks for everybody else."""
    del request
    return redirect("van-ban-den-list" if actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM) else "nhiem-vu-list")


urlpatterns: list[URLPattern] = [
    path("", room, name="command"),
    path("van-ban/tiep-nhan", intake.take_in, name="command-take-in"),
    path("van-ban/<int:pk>", documents.document, name="command-document"),
    path("van-ban/<int:pk>/goc", documents.original, name="command-original"),
    path("van-ban/<int:pk>/trang/<int:number>.png", scans.picture, name="command-document-page"),
    path("van-ban/<int:pk>/quan-triet", documents.acknowledge, name="command-acknowledge"),
    path("van-ban/<int:pk>/thong-tin", intake.metadata, name="command-metadata"),
    path("van-ban/<int:pk>/nhan-chac-chan", intake.accept_certain, name="command-accept-certain"),
    path("van-ban/<int:pk>/giao", intake.dispatch, name="command-dispatch"),
    path("van-ban/<int:pk>/luu-ho-so", intake.file_away, name="command-file"),
    path("van-ban/<int:pk>/dung", readings.confirm, name="command-confirm-fields"),
    path("van-ban/<int:pk>/ten", names.answer, name="command-name"),
    path("de-xuat/<int:pk>", intake.proposal, name="command-proposal"),
    path("de-xuat/<int:pk>/bo", intake.drop, name="command-proposal-drop"),
    path("de-xuat/<int:pk>/gop", merging.merge, name="command-proposal-merge"),
    path("de-xuat/<int:pk>/tach", merging.part, name="command-proposal-part"),
    path("de-xuat/<int:pk>/trung", merging.alike, name="command-proposal-alike"),
    path("muc/<int:pk>/them", intake.add, name="command-proposal-add"),
    path("muc/<int:pk>/loai", intake.settle, name="command-settle"),
    path("van-ban/<int:pk>/cay", tree.tree, name="command-tree"),
    path("van-ban/<int:pk>/cay/moi", tree.live, name="command-tree-live"),
    path("de-xuat/<int:pk>/nhanh", tree.bundle, name="command-bundle"),
    path("viec/<int:pk>", task.task, name="command-task"),
    path("viec/<int:pk>/nhanh", tree.branch, name="command-branch"),
    path("viec/<int:pk>/nhan", task.take, name="command-take"),
    path("viec/<int:pk>/bao", task.progress, name="command-progress"),
    path("viec/<int:pk>/chia", task.split, name="command-split"),
    path("viec/<int:pk>/duyet", task.accept, name="command-accept"),
    path("viec/<int:pk>/tra-lai", task.give_back, name="command-return"),
    path("viec/<int:pk>/don-doc", task.remind, name="command-remind"),
    path("viec/<int:pk>/gia-han", task.extend, name="command-extend"),
    path("viec/<int:pk>/rut", task.withdraw, name="command-withdraw"),
    path("van-ban-di/soan", papers.write, name="command-paper-write"),
    path("van-ban-di/<int:pk>", papers.paper, name="command-paper"),
    path("van-ban-di/<int:pk>/sua", papers.amend, name="command-paper-amend"),
    path("van-ban-di/<int:pk>/ky", papers.sign, name="command-paper-sign"),
    path("van-ban-di/<int:pk>/gui", papers.send, name="command-paper-send"),
    path("van-ban-di/<int:pk>/tep.<slug:suffix>", papers.download, name="command-paper-file"),
    path("van-ban-di/<int:pk>/trang/<int:number>.png", papers.picture, name="command-paper-page"),
    path("dap-an", answer_keys.answer_keys, name="command-answer-keys"),
    path("bao-cao/hom-nay", report.today, name="command-report-today"),
    path("bao-cao/tuan-nay", report.this_week, name="command-report-week"),
    path("bao-cao/soan", report.draft, name="command-report-draft"),
    path("bao-cao/<int:pk>", report.report, name="command-report"),
    path("bao-cao/<int:pk>/ky", report.sign, name="command-report-sign"),
    path("bao-cao/<int:pk>/tep.<slug:suffix>", report.download, name="command-report-file"),
    path("chung-cu/<int:pk>", task.evidence, name="command-evidence"),
    path("chon-don-vi/<slug:field>", intake.choose_units, name="command-choose-units"),
]

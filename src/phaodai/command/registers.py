"""The record kinds of this context."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from phaodai.command.actions import chasing, reports
from phaodai.command.actions.documents import amend_document
from phaodai.command.actions.names import forget_name
from phaodai.command.actions.papers import amend_paper
from phaodai.command.models import Document, NameMatch, OutgoingPaper, Report, Task
from phaodai.command.rules.followup import POLICY
from phaodai.command.showing import standing_of, state_mark
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Action, Content, Text
from phaodai.foundation.fields import MomentField
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers import Bulk, ChoiceFilter, Column, Filter, FlagFilter, Register
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.territory.models import Tier, Unit

Rule = Callable[[QuerySet[Any], Actor, datetime], QuerySet[Any]]


class Documents(Register):
    """The incoming book, with the columns of Decree 30/2020, Appendix IV: số đến, ngày đến, tác giả, số ký hiệu …"""

    key = "van-ban-den"
    record_route = "command-document"
    model = Document
    title = gettext_lazy("Incoming documents")
    one = gettext_lazy("document")
    room = "command"
    read = Permission.COMMAND_DIRECTIVE_READ
    write = Permission.COMMAND_DIRECTIVE_CONFIRM
    order = ("-arrived_at",)
    empty = gettext_lazy("No document yet. Take in the first one.")
    columns = (
        Column(
            "arrival_number", gettext_lazy("Arrival number"), order=("arrival_year", "arrival_number"), numeric=True
        ),
        Column("arrived_at", gettext_lazy("Arrived"), order=("arrived_at",)),
        Column("reference", gettext_lazy("Number and symbol"), plain=lambda d: d.reference, opens=True),
        Column("issued_on", gettext_lazy("Date of issue"), order=("issued_on",)),
        Column("issuer", gettext_lazy("Issuer")),
        Column("subject", gettext_lazy("Subject")),
        Column("forwarded_to", gettext_lazy("Forwarded to"), edit="forwarded_to"),
        Column("file_code", gettext_lazy("File"), edit="file_code"),
        Column("note", gettext_lazy("Note"), edit="note"),
        Column("state", gettext_lazy("State")),
    )
    filters = (ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Document.State.choices),)
    edit_fields = ("forwarded_to", "file_code", "note")

    def buttons(self, actor: Actor) -> Sequence[Content]:
        found: list[Content] = []
        if actor.may(Permission.COMMAND_DIRECTIVE_CONFIRM):
            found.append(Action(_("Answer keys"), reverse("command-answer-keys"), "check"))
        if actor.may(Permission.COMMAND_DIRECTIVE_REGISTER):
            found.append(Action(_("Take in a document"), reverse("command-take-in"), "book", "go"))
        return found

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Without the text and the reading, which are long and shown elsewhere."""
        return super().rows(actor).defer("text", "reading")

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """A document is mended by the unit in whose book it stands."""
        return self.may_write(actor) and record.organisation_id == actor.organisation

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_document(actor=actor, moment=moment, document_id=pk, version=version, **values)


def _late(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.late(moment)  # type: ignore[attr-defined, no-any-return]


def _silent(rows: QuerySet[Any], _actor: Actor, moment: datetime) -> QuerySet[Any]:
    return rows.silent_since(moment - POLICY.silent_after)  # type: ignore[attr-defined, no-any-return]


def _mine(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.owed_by(actor.organisation).live()  # type: ignore[attr-defined, no-any-return]


def _given(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.given_by(actor.organisation).live()  # type: ignore[attr-defined, no-any-return]


def _to_chase(rows: QuerySet[Any], actor: Actor, moment: datetime) -> QuerySet[Any]:
    late = rows.given_by(actor.organisation).late(moment)  # type: ignore[attr-defined]
    return late.exclude(state=Task.State.REPORTED)  # type: ignore[no-any-return]


def _to_review(rows: QuerySet[Any], actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.given_by(actor.organisation).to_review()  # type: ignore[attr-defined, no-any-return]


def _not_mine_to_chase(task: Task, actor: Actor) -> str | None:
    if task.giver_id != actor.organisation:
        return _("given by another unit")
    if task.state not in Task.LIVE:
        return _("already closed")
    return None


def _remind(*, actor: Actor, moment: datetime, record: Task, text: str = "") -> Task:
    return chasing.remind(actor=actor, moment=moment, task_id=record.pk, text=text)


def _extend(*, actor: Actor, moment: datetime, record: Task, deadline: datetime, text: str) -> Task:
    return chasing.extend(actor=actor, moment=moment, task_id=record.pk, deadline=deadline, text=text)


def _explain(*, actor: Actor, moment: datetime, record: Task, text: str) -> Task:
    return chasing.ask_explanation(actor=actor, moment=moment, task_id=record.pk, text=text)


@dataclass(frozen=True)
class BehindFigure(Filter):
    """The tasks behind one figure of a report: `?bao-cao=12-late`. No chip offers it; figures on reports lead here."""

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        del actor
        return []

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        del actor, moment
        report, figure = self._asked(value)
        return rows.filter(pk__in=reports.tasks_behind(report, figure).values("pk")) if report else rows.none()

    def words(self, value: str) -> Text:
        report, _figure = self._asked(value)
        return f"{report}, {report.organisation.short_name}" if report else _("a report that is not here")

    def _asked(self, value: str) -> tuple[Report | None, str]:
        number, _dash, figure = value.partition("-")
        return Report.objects.select_related("organisation").filter(pk=whole(number)).first(), figure


@dataclass(frozen=True)
class OfUnit(Filter):
    """The tasks of one accountable organisation, `?don-vi=ID`, or of one area, `?dia-ban=ID`."""

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        del actor
        return []

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        del actor, moment
        pk = whole(value)
        if self.name == "don-vi":
            return rows.filter(organisation_id=pk)
        # Row ids of units above the areas' columns, which are plain 32-bit integers, name no area.
        area = pk if pk < 2**31 else 0
        return rows.filter(Q(district_id=area) | Q(commune_id=area) | Q(organisation__unit_id=area))

    def words(self, value: str) -> Text:
        model = Organisation if self.name == "don-vi" else Unit
        return model._default_manager.filter(pk=whole(value)).values_list("name", flat=True).first() or value


def _extend_fields() -> dict[str, forms.Field]:
    when = MomentField(label=_("New deadline"))
    return {"deadline": when, "text": forms.CharField(label=_("Why the deadline moves"))}


class Tasks(Register):
    """Every task that the officer may see, in one list; the tree of one document has its own page."""

    key = "nhiem-vu"
    record_route = "command-task"
    model = Task
    title = gettext_lazy("Tasks")
    one = gettext_lazy("task")
    room = "command"
    read = Permission.COMMAND_TASK_READ
    related = ("organisation", "head", "giver", "document")
    order = ("deadline",)
    empty = gettext_lazy("No task yet. Tasks come out of confirmed documents.")
    columns = (
        Column("title", gettext_lazy("Task"), opens=True),
        Column(
            "organisation",
            gettext_lazy("Accountable unit"),
            plain=lambda t: t.organisation.name,
            order=("organisation__sort_key",),
        ),
        Column("head", gettext_lazy("Head"), plain=lambda t: t.head.full_name if t.head else ""),
        Column("giver", gettext_lazy("Owed to"), plain=lambda t: t.giver.short_name),
        Column("deadline", gettext_lazy("Deadline"), order=("deadline",)),
        Column("standing", gettext_lazy("State"), plain=standing_of, shown=state_mark),
        Column("last_word_at", gettext_lazy("Last word"), order=("last_word_at",)),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "tre": (gettext_lazy("Late"), _late),
                "im-lang": (gettext_lazy("Silent"), _silent),
                "cua-toi": (gettext_lazy("We owe"), _mine),
                "toi-giao": (gettext_lazy("We gave"), _given),
                "giao-tre": (gettext_lazy("Late to us"), _to_chase),
                "cho-duyet": (gettext_lazy("To answer"), _to_review),
            },
        ),
        ChoiceFilter("cap", gettext_lazy("Tier"), field="organisation__tier", values=Tier.choices[:3]),
        BehindFigure("bao-cao", gettext_lazy("Behind a figure")),
        OfUnit("don-vi", gettext_lazy("Accountable unit")),
        OfUnit("dia-ban", pgettext_lazy("of responsibility", "Area")),
    )
    bulk = (
        Bulk(
            "don-doc", gettext_lazy("Remind"), Permission.COMMAND_TASK_REVIEW, _remind, "send", skip=_not_mine_to_chase
        ),
        Bulk(
            "gia-han",
            gettext_lazy("Move the deadline"),
            Permission.COMMAND_TASK_REVIEW,
            _extend,
            "clock",
            fields=_extend_fields,
            skip=_not_mine_to_chase,
        ),
        Bulk(
            "giai-trinh",
            gettext_lazy("Ask for an explanation"),
            Permission.COMMAND_TASK_REVIEW,
            _explain,
            "why",
            fields=lambda: {"text": forms.CharField(label=_("What is to be explained"))},
            skip=_not_mine_to_chase,
        ),
    )


class OutgoingPapers(Register):
    """The outgoing book, with the ten columns of Decree 30/2020, Appendix IV."""

    key = "van-ban-di"
    record_route = "command-paper"
    model = OutgoingPaper
    title = gettext_lazy("Outgoing papers")
    one = gettext_lazy("paper")
    room = "command"
    read = Permission.COMMAND_PAPER_READ
    write = Permission.COMMAND_PAPER_DRAFT
    related = ("organisation", "signer")
    order = ("-signed_at",)
    empty = gettext_lazy("No paper yet. Write the first one.")
    columns = (
        Column("reference", gettext_lazy("Number and symbol"), plain=lambda p: p.reference or _("draft"), opens=True),
        Column("signed_at", gettext_lazy("Date of issue"), order=("signed_at",)),
        Column("subject", gettext_lazy("Kind and subject"), plain=lambda p: f"{p.get_kind_display()}: {p.subject}"),
        Column("signer", gettext_lazy("Signer"), plain=lambda p: p.signer.full_name if p.signer else ""),
        Column("recipients", gettext_lazy("Sent to"), plain=lambda p: "; ".join(p.recipients)),
        Column("archive", gettext_lazy("Copy kept by"), plain=lambda p: f"{p.archive}, {p.organisation.short_name}"),
        Column("copies", gettext_lazy("Copies"), numeric=True, edit="copies"),
        Column("forwarded_on", gettext_lazy("Forwarded on"), edit="forwarded_on"),
        Column("received_by", gettext_lazy("Received and signed for"), edit="received_by"),
        Column("note", gettext_lazy("Note"), edit="note"),
    )
    filters = (
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=OutgoingPaper.State.choices),
        ChoiceFilter("loai", gettext_lazy("Kind"), field="kind", values=OutgoingPaper.Kind.choices),
    )
    edit_fields = ("copies", "forwarded_on", "received_by", "note")

    def buttons(self, actor: Actor) -> Sequence[Content]:
        if not self.may_write(actor):
            return ()
        return [Action(_("Write a paper"), reverse("command-paper-write"), "edit", "go")]

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """Without the texts, which are shown on their own pages."""
        return super().rows(actor).defer("body")

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """A paper is its writer's."""
        return self.may_write(actor) and record.organisation_id == actor.organisation

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        return amend_paper(actor=actor, moment=moment, paper_id=pk, version=version, **values)


class Reports(Register):
    """Reports of days and weeks, drafts and signed."""

    key = "bao-cao"
    record_route = "command-report"
    model = Report
    title = gettext_lazy("Reports")
    one = gettext_lazy("report")
    room = "command"
    read = Permission.COMMAND_REPORT_READ
    related = ("organisation", "signer")
    search_field = "organisation__search_key"
    order = ("-on",)
    columns = (
        Column("on", gettext_lazy("Day"), order=("on",), opens=True),
        Column("kind", gettext_lazy("Kind")),
        Column("organisation", gettext_lazy("Unit"), plain=lambda r: r.organisation.name),
        Column("number", gettext_lazy("Number"), numeric=True),
        Column("state", gettext_lazy("State")),
        Column("signer", gettext_lazy("Signer"), plain=lambda r: r.signer.full_name if r.signer else ""),
        Column("signed_at", gettext_lazy("Signed")),
    )
    filters = (
        ChoiceFilter("loai", gettext_lazy("Kind"), field="kind", values=Report.Kind.choices),
        ChoiceFilter("trang-thai", gettext_lazy("State"), field="state", values=Report.State.choices),
    )

    def buttons(self, actor: Actor) -> Sequence[Content]:
        if not actor.may(Permission.COMMAND_REPORT_DRAFT):
            return ()
        return [
            Action(_("This week's report"), reverse("command-report-week"), "document"),
            Action(_("Today's report"), reverse("command-report-today"), "document", "go"),
        ]


def _forget(*, actor: Actor, moment: datetime, record: NameMatch) -> NameMatch:
    return forget_name(actor=actor, moment=moment, name_id=record.pk)


def _not_mine_to_forget(match: NameMatch, actor: Actor) -> str | None:
    if match.organisation_id != actor.organisation:
        return _("in the book of another unit")
    return _("forgotten already") if match.forgotten_at else None


def _remembered(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.filter(forgotten_at=None)


def _forgotten(rows: QuerySet[Any], _actor: Actor, _moment: datetime) -> QuerySet[Any]:
    return rows.exclude(forgotten_at=None)


class Names(Register):
    """What a person said that the names in documents stand for."""

    key = "ten-goi"
    record_route = "command-document"
    model = NameMatch
    title = gettext_lazy("Names remembered")
    one = pgettext_lazy("printed name", "name")
    room = "command"
    read = Permission.COMMAND_DIRECTIVE_CONFIRM
    related = ("remembered_by", "organisation", "document")
    order = ("-remembered_at",)
    empty = gettext_lazy("No name was remembered yet. A name that fits no unit is asked on the page of its document.")
    columns = (
        Column("printed", gettext_lazy("As printed"), order=("folded",), opens=True),
        Column(
            "organisations",
            gettext_lazy("Stands for"),
            plain=lambda n: " · ".join(body.name for body in n.organisations.all()),
        ),
        Column("document", gettext_lazy("First met in"), plain=lambda n: str(n.document)),
        Column("organisation", gettext_lazy("Register of"), plain=lambda n: n.organisation.short_name),
        Column("remembered_by", gettext_lazy("Who"), plain=lambda n: n.remembered_by.full_name),
        Column("remembered_at", gettext_lazy("When"), order=("remembered_at",)),
        Column("forgotten_at", gettext_lazy("Forgotten")),
    )
    filters = (
        FlagFilter(
            "xem",
            gettext_lazy("Show"),
            flags={
                "con-dung": (gettext_lazy("In use"), _remembered),
                "da-quen": (gettext_lazy("Forgotten"), _forgotten),
            },
        ),
    )
    bulk = (
        Bulk(
            "quen",
            gettext_lazy("Forget"),
            Permission.COMMAND_DIRECTIVE_CONFIRM,
            _forget,
            "close",
            skip=_not_mine_to_forget,
        ),
    )

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """With their organisations; the documents without the text and the reading, which are long."""
        return super().rows(actor).prefetch_related("organisations").defer("document__text", "document__reading")

    def record_url(self, record: Any) -> str:
        """The document in which the name was met first."""
        return reverse(self.record_route, args=[record.document_id])

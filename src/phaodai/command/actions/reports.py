"""Reports of a day or a week: drafted from the data, mended by a person, numbered and signed by name."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from phaodai.command.actions.documents import vars_of_area
from phaodai.command.models import OutgoingNumber, Progress, Report, Task
from phaodai.command.models.figures import (
    TaskCounts,
    add_up,
    changes_between,
    count_by_organisation,
    count_tasks,
    rows_behind,
    rows_changed,
)
from phaodai.command.models.tasks import TaskQuerySet
from phaodai.command.report_parts import figures_of_parts
from phaodai.command.rules.periods import DAY, WEEK, week_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import Actor
from phaodai.foundation.versions import guard_version
from phaodai.people.models import Organisation, Post
from phaodai.territory.models import Unit

AMENDABLE = ("assessment", "difficulties", "next_steps")


def figures_for(organisation: Organisation, moment: datetime, since: datetime | None = None) -> dict[str, Any]:
    """The figures of an organisation's area at `moment`: totals, one row a unit, and what changed since (a day before)."""
    tasks = tasks_of(organisation, moment)
    rows = _rows(organisation, count_by_organisation(tasks, moment), moment)
    since = since or moment - DAY
    return {
        "totals": add_up(TaskCounts(**row["counts"]) for row in rows).as_dict(),
        "rows": rows,
        "changes": changes_between(tasks, since, moment).as_dict(),
        "since": since.isoformat(),
        "difficulties": _difficulties(tasks, since, moment),
    }


def bring_up_to(report: Report, moment: datetime) -> Report:
    """Let an unsigned report speak of `moment`, or of the end of its period; it is not saved.

    A weekly report also carries what the week before had reached by the same day and hour.
    """
    report.as_of = report.period.until(moment)
    since = report.period.since(report.as_of)
    report.figures = figures_for(report.organisation, report.as_of, since)
    report.figures["parts"] = figures_of_parts(report.organisation, report.period, report.as_of)
    if report.kind == Report.Kind.WEEKLY:
        report.figures["before"] = _week_before(report.organisation, since, report.as_of)
    return report


def _week_before(organisation: Organisation, since: datetime, until: datetime) -> dict[str, dict[str, int]]:
    since, until = since - WEEK, until - WEEK
    tasks = tasks_of(organisation, until)
    return {
        "totals": count_tasks(tasks, until).as_dict(),
        "changes": changes_between(tasks, since, until).as_dict(),
    }


def tasks_of(organisation: Organisation, moment: datetime) -> TaskQuerySet:
    """The tasks that an organisation reports on: those of its area, or those that reach it."""
    return Task.objects.filter(**_area_filter(organisation), sent_at__lte=moment)


def tasks_behind(report: Report, figure: str) -> TaskQuerySet:
    """The tasks that a figure of the report counts, as they stood at its moment; none for a name that is no figure.

    A figure of the changes is named `changes-…`, such as `changes-sent`.
    """
    tasks = tasks_of(report.organisation, report.as_of)
    if figure.startswith("changes-"):
        since = datetime.fromisoformat(report.figures["since"])
        return rows_changed(tasks, since, report.as_of, figure.removeprefix("changes-"))
    return rows_behind(tasks, report.as_of, figure)


def _area_filter(organisation: Organisation) -> dict[str, int]:
    if organisation.reach == Organisation.Reach.OWN:
        return {"reached__organisation_id": organisation.pk}
    return organisation.area.narrowing


def _rows(reporter: Organisation, counted: list[Any], moment: datetime) -> list[dict[str, Any]]:
    """One row for each body of the reporter's own tier and one for each unit of the tier below, worst first."""
    organisations = Organisation.objects.in_bulk([c.organisation for c in counted])
    groups: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for one in counted:
        groups[_group_of(reporter, organisations[one.organisation])].append(one)
    names = _names(groups)
    rows = [_row(key, names[key], ones, moment) for key, ones in groups.items()]
    return sorted(
        rows, key=lambda row: (-row["counts"]["late"], -row["counts"]["silent"], -row["counts"]["total"], row["name"])
    )


def _group_of(reporter: Organisation, organisation: Organisation) -> tuple[str, int]:
    if organisation.tier <= reporter.tier:
        return ("organisation", organisation.pk)
    below = organisation.district_id if reporter.tier == 1 and organisation.district_id else organisation.commune_id
    return ("unit", below or organisation.unit_id)


def _names(groups: dict[tuple[str, int], list[Any]]) -> dict[tuple[str, int], tuple[str, str]]:
    units = Unit.objects.in_bulk([pk for kind, pk in groups if kind == "unit"])
    bodies = Organisation.objects.in_bulk([pk for kind, pk in groups if kind == "organisation"])
    committees = Organisation.objects.open().filter(kind=Organisation.Kind.PEOPLES_COMMITTEE, unit__in=units)
    heads = _heads([o.pk for o in [*bodies.values(), *committees]])
    head_of_unit = {o.unit_id: heads.get(o.pk, "") for o in committees}
    named = {("unit", pk): (unit.name, head_of_unit.get(pk, "")) for pk, unit in units.items()}
    return named | {("organisation", pk): (body.name, heads.get(pk, "")) for pk, body in bodies.items()}


def _heads(organisations: list[int]) -> dict[int, str]:
    posts = Post.objects.heads().filter(organisation__in=organisations, held__endswith=None).select_related("officer")
    return {post.organisation_id: post.officer.full_name for post in posts}


def _row(key: tuple[str, int], named: tuple[str, str], ones: list[Any], moment: datetime) -> dict[str, Any]:
    oldest = min((one.oldest_deadline for one in ones if one.oldest_deadline), default=None)
    return {
        "kind": key[0],
        "id": key[1],
        "name": named[0],
        "head": named[1],
        "counts": add_up(one.counts for one in ones).as_dict(),
        "longest_late_hours": round((moment - oldest).total_seconds() / 3600) if oldest else 0,
    }


def _difficulties(tasks: Any, start: datetime, end: datetime) -> list[dict[str, str]]:
    lines = Progress.objects.filter(task__in=tasks, kind=Progress.Kind.DIFFICULTY, at__gt=start, at__lte=end)
    return [
        {"unit": str(line.organisation), "text": line.text}
        for line in lines.select_related("organisation").order_by("-at")[:20]
    ]


@transaction.atomic
def draft_report(*, actor: Actor, moment: datetime, on: date, kind: str = Report.Kind.DAILY) -> Report:
    """The report of the actor's organisation for a day or for the week of that day, made when it is first asked for.

    Its figures follow the data until it is signed.
    """
    actor.require(Permission.COMMAND_REPORT_DRAFT)
    if on > moment.astimezone(VIETNAM).date():
        raise Refusal(_("There are no figures for %(day)s yet.") % {"day": f"{on:%d/%m/%Y}"}, field="on")
    organisation = Organisation.objects.get(pk=actor.organisation)
    first = week_of(on).first if kind == Report.Kind.WEEKLY else on
    report, made = Report.objects.select_for_update().get_or_create(
        organisation=organisation, kind=kind, on=first, defaults={**vars_of_area(organisation), "as_of": moment}
    )
    if report.state == Report.State.DRAFT:
        bring_up_to(report, moment.astimezone(VIETNAM)).save()
    if made:
        report.difficulties = "\n".join(f"{line['unit']}: {line['text']}" for line in report.figures["difficulties"])
        report.save()
        Fact.tell("command:report:drafted", subject=report, moment=moment, officer=actor.officer)
    return report


def _own_draft(actor: Actor, report_id: int) -> Report:
    report = Report.objects.select_for_update().filter(pk=report_id, organisation_id=actor.organisation).first()
    if report is None:
        raise NotHere(_("There is no such report, or it is not your unit's."))
    if report.signed_at:
        raise Refusal(
            _("The report was signed on %(when)s; write a new one instead.") % {"when": moment_words(report.signed_at)}
        )
    return report


@transaction.atomic
def amend_report(*, actor: Actor, moment: datetime, report_id: int, version: int, **changes: str) -> Report:
    """Write the officer's own words: assessment, difficulties, next steps. Figures are never typed."""
    actor.require(Permission.COMMAND_REPORT_DRAFT)
    report = _own_draft(actor, report_id)
    changes = guard_version(report, version, changes)
    for name, value in changes.items():
        if name not in AMENDABLE:
            raise Refusal(_("This value cannot be changed here."), field=name)
        setattr(report, name, value)
    report.version += 1
    report.save()
    Fact.tell("command:report:amended", subject=report, moment=moment, officer=actor.officer)
    return report


@transaction.atomic
def sign_report(*, actor: Actor, moment: datetime, report_id: int) -> Report:
    """Freeze the figures, draw the next number of the outgoing book, and sign with the actor's name."""
    actor.require(Permission.COMMAND_REPORT_SIGN)
    report = _own_draft(actor, report_id)
    bring_up_to(report, moment.astimezone(VIETNAM))
    report.number = next_outgoing_number(report.organisation, moment.year, "BC")
    report.state, report.signer_id, report.signer_title, report.signed_at = (
        Report.State.SIGNED,
        actor.officer,
        actor.title,
        moment,
    )
    report.version += 1
    report.save()
    Fact.tell("command:report:signed", subject=report, moment=moment, officer=actor.officer)
    return report


def next_outgoing_number(organisation: Organisation, year: int, kind: str) -> int:
    """The next number of the outgoing book, counted for each year and kind, without gaps or doubles."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {OutgoingNumber._meta.db_table} (organisation_id, year, kind, last) values (%s, %s, %s, 1) "  # noqa: S608
            "on conflict (organisation_id, year, kind) do update set last = excluded.last + "
            f"{OutgoingNumber._meta.db_table}.last returning last",
            [organisation.pk, year, kind],
        )
        row = cursor.fetchone()
    return int(row[0])

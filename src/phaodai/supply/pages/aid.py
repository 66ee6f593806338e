"""Mutual aid: what moves, one piece of it with its history, and what is done next."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from phaodai.foundation import clock
from phaodai.foundation.asked import whole
from phaodai.foundation.components import Cell, Column, Content, Empty, Log, LogEntry, Row, State, Table
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.formats import short_day, time_left
from phaodai.foundation.pages import page
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.registers.editing import act, status_of
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.supply.actions import aid as deeds
from phaodai.supply.actions.aid_papers import thank_for_aid
from phaodai.supply.models import AidDelay, AidLine, AidRequest, AidTeam, Item
from phaodai.supply.pages.aid_forms import (
    AidForm,
    AidGoodsRows,
    AidTeamRows,
    ArriveForm,
    DayForm,
    DelayForm,
    LeaveForm,
    WordsForm,
    amounts_of,
)
from phaodai.supply.pages.funds import amount
from phaodai.supply.rules.aid import WAYS

READ, DECIDE = Permission.SUPPLY_AID_READ, Permission.SUPPLY_AID_DECIDE
UNREADABLE = 422
Stands = AidRequest.State
SHOWN = 100


@page(READ)
def overview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What moves, what waits for thanks, and teams away from home."""
    rows = AidRequest.objects.visible_to(actor).order_by("-asked_at", "-pk")
    shown = {
        "moving": _table(
            _("Asked, offered, on the way"),
            rows.live()[:SHOWN],
            "moving",
            _("Nothing is asked for, offered or on the way."),
        ),
        "unthanked": _table(
            _("Arrived and not thanked for yet"),
            rows.unthanked()[:SHOWN],
            "unthanked",
            _("Whoever helped us was thanked."),
        ),
        "teams": _teams_table(actor),
        "may": actor.may(DECIDE),
    }
    return render(request, "supply/aid_board.html", shown)


def state_mark(aid: AidRequest) -> Content:
    """Where aid stands; on the way with its clock."""
    if aid.state == Stands.ON_WAY and aid.expected_at is not None:
        late = aid.expected_at < clock.now()
        left = time_left(aid.expected_at, clock.now(), language())
        return State(f"{aid.get_state_display()}, {left}", "late" if late else "act")
    waits = aid.state == Stands.OPEN
    return State(aid.get_state_display(), "act" if waits else "", "clock" if waits else "check")


def _table(caption: str, rows: Any, element: str, nothing: str) -> Table:
    columns = [
        Column("subject", pgettext("aid", "About")),
        Column("direction", pgettext("aid", "Direction")),
        Column("partner", pgettext("aid", "With whom")),
        Column("asked", pgettext("aid", "Asked or offered")),
        Column("state", _("State")),
    ]
    lines = [
        Row(
            str(one.pk),
            [
                Cell(one.subject, one.get_kind_display()),
                Cell(one.get_direction_display()),
                Cell(one.partner, one.paper_number),
                Cell(short_day(one.asked_at.date(), language())),
                Cell(state_mark(one)),
            ],
            url=reverse("supply-aid", args=[one.pk]),
        )
        for one in rows
    ]
    return Table(caption, columns, lines, empty=Empty(nothing), element=element)


def _teams_table(actor: Actor) -> Table:
    teams = AidTeam.objects.visible_to(actor).exclude(state=AidTeam.State.RETURNED).select_related("request")
    agreed = teams.exclude(request__state__in=[Stands.REFUSED, Stands.WITHDRAWN])
    return _team_rows(list(agreed.order_by("until_on", "pk")[:SHOWN]))


def _team_rows(teams: list[AidTeam]) -> Table:
    today = clock.today()
    columns = [
        Column("team", _("Team")),
        Column("people", _("People"), numeric=True),
        Column("days", _("From, until")),
        Column("where", pgettext("team", "Works at")),
        Column("state", _("State")),
    ]
    rows = [
        Row(
            str(team.pk),
            [
                Cell(team.skill, f"{team.request.get_direction_display()}, {team.request.partner}"),
                Cell(str(team.people), numeric=True),
                Cell(f"{short_day(team.from_on, language())} – {short_day(team.until_on, language())}"),
                Cell(team.where or "–", team.leader),
                Cell(State(_("its days are over"), "late") if team.is_over(today) else team.get_state_display()),
            ],
            url=reverse("supply-aid", args=[team.request_id]),
        )
        for team in teams
    ]
    return Table(
        _("Teams away from home"), columns, rows, empty=Empty(_("No team is away from home.")), element="teams"
    )


@page(DECIDE)
def new(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Write down a request or an offer, theirs or ours."""
    form = AidForm(request.POST or None)
    goods, teams = AidGoodsRows(request.POST or None, prefix="g"), AidTeamRows(request.POST or None, prefix="t")
    sound = request.method == "POST" and all([form.is_valid(), goods.is_valid(), teams.is_valid()])
    if sound:
        made = act(form, lambda: _open(actor, dict(form.cleaned_data), goods.cleaned_data, teams.cleaned_data))
        if made is not None:
            messages.success(request, _("Written down."))
            return redirect("supply-aid", pk=made.pk)
    status = UNREADABLE if form.is_bound else status_of(form)
    return render(request, "supply/aid_new.html", {"form": form, "goods": goods, "teams": teams}, status=status)


def _open(actor: Actor, said: dict[str, Any], goods: list[dict[str, Any]], teams: list[dict[str, Any]]) -> AidRequest:
    letter = deeds.Letter(said.pop("paper_number"), said.pop("paper_on"))
    return deeds.open_aid(
        actor=actor, moment=clock.now(), letter=letter, goods=[_goods(actor, one) for one in goods if one.get("name")],
        teams=[deeds.AskedTeam(**one) for one in teams if one.get("skill")], **said,
    )  # fmt: skip


def _goods(actor: Actor, row: dict[str, Any]) -> deeds.AskedGoods:
    item = Item.objects.visible_to(actor).filter(code=row["code"].strip()).first() if row["code"] else None
    if row["code"] and item is None:
        raise Refusal(_("The catalogue has no item with the code “%(code)s”.") % {"code": row["code"]})
    unit = row["unit"] or (item.unit if item else "")
    if not unit or not row["quantity"]:
        raise Refusal(_("%(what)s: say how much, and in what it is counted.") % {"what": row["name"]})
    return deeds.AskedGoods(row["name"], unit, row["quantity"], item)


def seen(actor: Actor, pk: int) -> AidRequest:
    """A piece of aid that the officer may see."""
    rows = AidRequest.objects.visible_to(actor).select_related("organisation", "thanks", "paper", "plan")
    found: AidRequest | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotHere(_("There is no such mutual aid that your post may see."))
    return found


@page(READ)
def aid(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """One piece of aid."""
    return render(request, "supply/aid.html", _context(actor, seen(actor, pk)))


def _context(actor: Actor, one: AidRequest, **more: Any) -> dict[str, Any]:
    lines = list(one.lines.select_related("item").order_by("pk"))
    teams = list(one.teams.select_related("request").order_by("pk"))
    inside = actor.reach == "area" and actor.area.holds(one)
    may = actor.may(DECIDE) and (inside or one.organisation_id == actor.organisation)
    return {
        "aid": one,
        "mark": state_mark(one),
        "goods": _lines_table(lines),
        "lines": lines,
        "teams": _team_rows(teams) if teams else None,
        "away": [team for team in teams if team.state != AidTeam.State.RETURNED],
        "log": Log([_entry(step) for step in one.steps.select_related("officer").order_by("-pk")]),
        "may": may,
        "ways": WAYS[one.state] if may else (),
        "to_us": one.direction == AidRequest.Direction.TO_US,
        "words_form": WordsForm(),
        "leave_form": LeaveForm(lines),
        "delay_form": DelayForm(),
        "delays": _delays(one),
        "arrive_form": ArriveForm(actor, lines, to_us=one.direction == AidRequest.Direction.TO_US),
        "day_form": DayForm(initial={"on": clock.today()}),
        "asked": moment_words(one.asked_at, language()),
        "paper_on": day_words(one.paper_on, language()) if one.paper_on else "",
        **more,
    }


def _lines_table(lines: list[AidLine]) -> Table | None:
    if not lines:
        return None
    columns = [Column("what", _("Goods"))]
    columns += [
        Column(name, label, numeric=True)
        for name, label in (
            ("asked", pgettext("aid", "Asked")), ("agreed", pgettext("aid", "Agreed quantity")),
            ("sent", pgettext("aid", "Sent")), ("received", pgettext("aid", "Received quantity")),
        )
    ]  # fmt: skip
    rows = [
        Row(
            str(line.pk),
            [Cell(line.name, line.unit), *(_figure(line, name) for name in ("asked", "agreed", "sent", "received"))],
        )
        for line in lines
    ]
    return Table(_("Goods"), columns, rows, element="aid-goods")


def _figure(line: AidLine, name: str) -> Cell:
    much: Decimal | None = getattr(line, name)
    less = much is not None and line.sent is not None and name == "received" and much < line.sent
    return Cell(amount(much) if much is not None else "–", numeric=True, kind="late" if less else "")


def _entry(step: Any) -> LogEntry:
    who = f" ({step.officer.full_name})" if step.officer else ""
    words = f"{step.get_state_display()}{who}"
    return LogEntry(moment_words(step.at, language()), f"{words}. {step.words}" if step.words else words)


def _delays(one: AidRequest) -> Log | None:
    """New times for help on the way, the latest first; None where the first one stands."""
    told = [_delay(delay) for delay in one.delays.select_related("officer").order_by("-pk")]
    return Log(told) if told else None


def _delay(delay: AidDelay) -> LogEntry:
    """The time before, the time now, why and who said so."""
    times = {
        "before": moment_words(delay.expected_before, language()),
        "now": moment_words(delay.expected_at, language()),
    }
    who = f" ({delay.officer.full_name})" if delay.officer else ""
    return LogEntry(
        moment_words(delay.at, language()),
        f"{_('Expected %(now)s instead of %(before)s') % times}{who}. {delay.reason}",
    )


Do = Callable[[Actor, int, dict[str, Any]], Any]


@page(READ, deed=True)
def deed(request: HttpRequest, actor: Actor, pk: int) -> HttpResponse:
    """Carry aid on as the form names in `viec`; a refused form comes back with its reason."""
    one = seen(actor, pk)
    found = DEEDS.get(request.POST.get("viec", ""))
    if found is None:
        raise NotHere(_("There is nothing at this address that your post may see."))
    actor.require(DECIDE)
    shown, form_of, do = found
    form = form_of(actor, one, request)
    if form.is_valid():
        said = {**form.cleaned_data, "row": whole(request.POST.get("row"))}
        done = act(form, lambda: do(actor, pk, said))
        if done is not None:
            messages.success(request, _("Written down: %(what)s.") % {"what": _what(done)})
            return redirect("supply-aid", pk=pk)
    return render(request, "supply/aid.html", _context(actor, seen(actor, pk), **{shown: form}), status=UNREADABLE)


def _what(done: Any) -> str:
    if isinstance(done, AidDelay):
        return _("expected %(when)s") % {"when": moment_words(done.expected_at, language())}
    return str(done.get_state_display())


def _agree(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.agree_aid(actor=actor, moment=clock.now(), aid_id=pk, words=said["words"])


def _refuse(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.refuse_aid(actor=actor, moment=clock.now(), aid_id=pk, words=said["words"])


def _withdraw(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.withdraw_aid(actor=actor, moment=clock.now(), aid_id=pk, words=said["words"])


def _leave(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.dispatch_aid(
        actor=actor, moment=clock.now(), aid_id=pk, expected_at=said["expected_at"], sent=amounts_of(said),
        words=said["words"],
    )  # fmt: skip


def _delay_it(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.delay_aid(
        actor=actor, moment=clock.now(), aid_id=pk, expected_at=said["expected_at"], reason=said["reason"]
    )


def _arrive(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    return deeds.receive_aid(
        actor=actor, moment=clock.now(), aid_id=pk, received=amounts_of(said), store_id=said.get("store_id"),
        words=said["words"],
    )  # fmt: skip


def _thank(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    del said
    return thank_for_aid(actor=actor, moment=clock.now(), aid_id=pk)


def _home(actor: Actor, pk: int, said: dict[str, Any]) -> Any:
    del pk
    return deeds.send_team_home(actor=actor, moment=clock.now(), team_id=said["row"], on=said["on"])


def _words(_actor: Actor, _one: AidRequest, request: HttpRequest) -> forms.Form:
    return WordsForm(request.POST)


DEEDS: dict[str, tuple[str, Callable[[Actor, AidRequest, HttpRequest], forms.Form], Do]] = {
    "dong-y": ("words_form", _words, _agree),
    "tu-choi": ("words_form", _words, _refuse),
    "rut": ("words_form", _words, _withdraw),
    "len-duong": ("leave_form", lambda _actor, one, request: LeaveForm(list(one.lines.all()), request.POST), _leave),
    "hen-lai": ("delay_form", lambda _actor, _one, request: DelayForm(request.POST), _delay_it),
    "den-noi": (
        "arrive_form",
        lambda actor, one, request: ArriveForm(
            actor, list(one.lines.all()), request.POST, to_us=one.direction == AidRequest.Direction.TO_US
        ),
        _arrive,
    ),
    "cam-on": ("words_form", _words, _thank),
    "to-ve": ("day_form", lambda _actor, _one, request: DayForm(request.POST), _home),
}

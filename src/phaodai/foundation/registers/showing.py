"""From a declaration and its rows to components."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foundation import components as show
from phaodai.foundation.components import (
    Action,
    Cell,
    Chip,
    ChipMenu,
    Chips,
    Content,
    Empty,
    Fact,
    Facts,
    Log,
    LogEntry,
    Pager,
    Row,
    SidePanel,
    Table,
)
from phaodai.foundation.formats import day, number
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.language import page_language
from phaodai.foundation.registers.counting import Count, Counting
from phaodai.foundation.registers.declaration import Column, Register
from phaodai.foundation.registers.finding import COUNTED_AT_MOST
from phaodai.foundation.registers.listing import Page, Wish, can_go_on
from phaodai.foundation.scope import Actor

language = page_language
# A register with more values than this offers them in a menu instead of a row of chips.
CHIPS_IN_A_ROW = 6
# From here on the next page is found by the last row of this one: so many rows are not counted off again.
COUNTED_OFF = 1_000


def address(register: Register, wish: Wish, **changes: str) -> str:
    """The list's address with some of its wishes changed; an empty change drops the wish."""
    parts = {
        "q": wish.search,
        **wish.filters,
        "xep": wish.order,
        "trang": str(wish.page) if wish.page > 1 else "",
    } | changes
    query = urlencode({name: value for name, value in parts.items() if value})
    return reverse(f"{register.key}-list") + (f"?{query}" if query else "")


def words(value: Any) -> str:
    """A plain value as the page's language writes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return moment_words(value, language())
    if isinstance(value, date):
        return day(value, language())
    if isinstance(value, int | float | Decimal):
        return number(float(value), 0 if value == int(value) else 1, language())
    return str(value)


def content(column: Column, record: Any, moment: datetime) -> Content:
    """What a cell shows."""
    return column.shown(record, moment) if column.shown else words(column.value(record))


def table(register: Register, found: Page, wish: Wish, counting: Counting, columns: Sequence[Column]) -> Table:
    """The list as a component, with the columns that the officer wants to see."""
    actor, moment = counting.actor, counting.moment
    return Table(
        caption=register.title,
        columns=[_head(register, column, wish) for column in columns],
        rows=[_row(register, record, actor, moment, columns) for record in found.rows],
        bulk=_bulk(register, wish, counting),
        pager=_pager(register, found, wish, counting),
        empty=_empty(register, wish),
        element=f"{register.key}-rows",
    )


def _head(register: Register, column: Column, wish: Wish) -> show.Column:
    if not column.order:
        return show.Column(column.name, column.label, column.numeric)
    current, turned = wish.order.removeprefix("-") == column.name, wish.order == column.name
    direction = ("ascending" if turned else "descending") if current else ""
    url = address(register, wish, xep=f"-{column.name}" if turned else column.name, trang="")
    return show.Column(column.name, column.label, column.numeric, url, direction)  # type: ignore[arg-type]


def _row(register: Register, record: Any, actor: Actor, moment: datetime, columns: Sequence[Column]) -> Row:
    cells = [cell(register, column, record, actor, moment) for column in columns]
    return Row(str(record.pk), cells, url=register.record_url(record))


def cell(
    register: Register, column: Column, record: Any, actor: Actor, moment: datetime, *, saved: bool = False
) -> Cell:
    """One cell; editable in place where the declaration and the officer's post allow it."""
    editable = column.edit and register.may_amend(record, actor)
    url = reverse(f"{register.key}-cell", kwargs={"pk": record.pk, "field": column.edit}) if editable else ""
    shown = content(column, record, moment)
    if column.opens:
        shown = show.Name(shown, register.record_url(record))
    return Cell(shown, numeric=column.numeric, edit_url=url, saved=saved, label=column.label, on_phone=column.on_phone)


def _bulk(register: Register, wish: Wish, counting: Counting) -> show.Bulk | None:
    verbs = [verb for verb in register.bulk if counting.actor.may(verb.permission)]
    if not verbs:
        return None
    base = address(register, wish, trang="").partition("?")[2]
    actions = [
        Action(
            verb.label,
            reverse(f"{register.key}-bulk", kwargs={"verb": verb.key}) + (f"?{base}" if base else ""),
            verb.icon,
            "go" if verb is verbs[0] else "",
            small=True,
        )
        for verb in verbs
    ]
    total = counting.total(wish)
    return show.Bulk(
        actions,
        all_matching=total if register.page_size < total <= COUNTED_AT_MOST else 0,
        noun=register.one,
        preview=True,
    )


def _pager(register: Register, found: Page, wish: Wish, counting: Counting) -> Pager | None:
    if found.number == 1 and not found.more:
        return None
    shown = (found.number - 1) * register.page_size + len(found.rows)
    return Pager(
        shown=shown,
        total=max(counting.total(wish), shown),
        previous_url=_turning(register, found, wish, -1) if found.number > 1 else "",
        next_url=_turning(register, found, wish, 1) if found.more else "",
    )


def _turning(register: Register, found: Page, wish: Wish, pages: int) -> str:
    """The address of the page before or behind this one; deep in a list, beside which row it lies."""
    number = found.number + pages
    beside = {}
    if number * register.page_size > COUNTED_OFF and found.rows and can_go_on(register, wish.order):
        beside = {"sau": str(found.rows[-1].pk)} if pages > 0 else {"truoc": str(found.rows[0].pk)}
    return address(register, wish, trang=str(number) if number > 1 else "", **beside)


def _empty(register: Register, wish: Wish) -> Empty:
    if wish.search or wish.filters:
        return Empty(
            _("Nothing fits. Try fewer words or take a filter away."),
            [Action(_("Show all"), reverse(f"{register.key}-list"))],
        )
    return Empty(register.empty or _("Nothing here yet."))


def chips(register: Register, wish: Wish, counting: Counting) -> Chips:
    """Search and filters of the list."""
    counts = counting.chips(wish)
    parts: list[Chip | ChipMenu] = [
        Chip(_("All"), address(register, Wish("", {}, wish.order, 1)), current=not wish.filters)
    ]
    for one in register.filters:
        options = [
            _chip(register, wish, one.name, value, label, counts[one.name, value])
            for value, label in one.choices(counting.actor)
        ]
        asked = one.words(wish.filters.get(one.name, "")) if one.name in wish.filters else ""
        if asked:
            parts.append(Chip(asked, address(register, wish, **{one.name: "", "trang": ""}), current=True))
        if len(options) > CHIPS_IN_A_ROW:
            parts.append(ChipMenu(one.label, options, current=one.name in wish.filters))
        else:
            parts.extend(options)
    hidden = [*wish.filters.items(), *([("xep", wish.order)] if wish.order else [])]
    return Chips(parts, register.title, reverse(f"{register.key}-list"), wish.search, f"#{register.key}-table", hidden)


def _chip(register: Register, wish: Wish, name: str, value: str, label: Any, count: Count | None) -> Chip:
    current = wish.filters.get(name) == value
    url = address(register, wish, **{name: "" if current else value, "trang": ""})
    text: Any = count and count.many
    if count and count.more:
        text = _("more than %(count)s") % {"count": number(count.many, 0, language())}
    return Chip(label, url, text, current)


def buttons(register: Register, wish: Wish, actor: Actor) -> list[Content]:
    """What stands at the top right of a list."""
    query = address(register, wish, trang="").partition("?")[2]
    sheet = reverse(f"{register.key}-sheet") + (f"?{query}" if query else "")
    found: list[Content] = [Action("Excel", sheet, "download")]
    if register.create_fields and register.may_write(actor):
        found.append(Action(_("Load from Excel"), reverse(f"{register.key}-import"), "upload"))
        found.append(Action(_("Add"), reverse(f"{register.key}-create"), "plus", "go"))
    return [*found, *register.buttons(actor)]


def record_buttons(register: Register, record: Any, actor: Actor) -> list[Action]:
    """What stands at the top right of a record."""
    if not (register.edit_fields and register.may_amend(record, actor)):
        return []
    return [Action(_("Edit"), reverse(f"{register.key}-edit", kwargs={"pk": record.pk}), "edit")]


def facts(register: Register, record: Any, moment: datetime) -> Facts:
    """The columns as a list of facts."""
    return Facts([Fact(column.label, content(column, record, moment)) for column in register.columns])


def side(register: Register, record: Any, actor: Actor, moment: datetime) -> SidePanel:
    """The record beside the list."""
    return SidePanel(
        register.heading(record),
        [facts(register, record, moment), *register.panels(record, actor, moment)],
        record_buttons(register, record, actor),
        close_url=reverse(f"{register.key}-list"),
        full_url=register.record_url(record),
    )


def history(register: Register, record: Any, actor: Actor, limit: int = 30) -> Log | None:
    """Who changed what and when, out of the audit table, newest first; for those who may read the journal."""
    from phaodai.foundation.permissions import Permission

    events = getattr(record, "events", None)
    if events is None or not actor.may(Permission.FOUNDATION_JOURNAL_READ):
        return None
    rows = list(events.order_by("-pgh_id")[: limit + 1])
    if not rows:  # a line that is written once has no history until somebody tampers with it
        return None
    entries = [_entry(register, row, before) for row, before in zip(rows, [*rows[1:], None], strict=True)]
    return Log(entries[:limit], _("History"))


def _entry(register: Register, event: Any, before: Any) -> LogEntry:
    context = event.pgh_context or {}
    who = context.get("name") or _("the installation")
    deed = {"insert": _("added"), "delete": _("removed")}.get(event.pgh_label) or _changed(register, event, before)
    # The story's own clock where the change was made under one, else the database's.
    when = datetime.fromisoformat(context["moment"]) if context.get("moment") else event.pgh_created_at
    return LogEntry(moment_words(when, language()), f"{who}: {deed}")


def _changed(register: Register, event: Any, before: Any) -> str:
    quiet = {"version", "updated_at", "search_key", "sort_key", "id", "created_at"}
    tracked: Sequence[Any] = [
        f for f in register.model._meta.concrete_fields if hasattr(event, f.attname) and f.name not in quiet
    ]
    changed = [f for f in tracked if before is not None and getattr(before, f.attname) != getattr(event, f.attname)]
    parts = [f"{f.verbose_name}: {words(_shown(f, before))} → {words(_shown(f, event))}" for f in changed]
    return "; ".join(parts) or _("touched")


def _shown(field: Any, event: Any) -> Any:
    value = getattr(event, field.attname)
    return dict(field.flatchoices).get(value, value) if field.choices else value

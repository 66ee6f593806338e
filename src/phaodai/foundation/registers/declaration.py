"""What a context says about a record kind. Everything a screen, a sheet or the API does with it is derived from this."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import Count, DateField, DateTimeField, Model, QuerySet
from django.forms import modelform_factory
from django.urls import reverse
from django.utils.translation import gettext

from phaodai.foundation.components import Content, Text
from phaodai.foundation.fields import DayField, MomentField
from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import Actor


@dataclass(frozen=True)
class Column:
    """One column of the list, the sheet and the API.

    `plain` gives the value that sheets and the API carry (a string, number, date or None); `shown` what a screen prints,
    which is `plain` unless said otherwise. `order` names the indexed fields that sort by it; without it the head is not
    clickable. `edit` names the model field that is edited in place.
    """

    name: str
    label: Text
    plain: Callable[[Any], Any] | None = None
    shown: Callable[[Any, datetime], Content] | None = None
    order: Sequence[str] = ()
    edit: str = ""
    numeric: bool = False
    opens: bool = False
    on_phone: bool = True

    def value(self, record: Model) -> Any:
        """The plain value of a record."""
        if self.plain:
            return self.plain(record)
        display = getattr(record, f"get_{self.name}_display", None)
        return display() if display else getattr(record, self.name)


def _on_the_calendar(column: Any, **options: Any) -> forms.Field | None:
    """Days and moments are chosen from the calendar of the device, which writes them as its owner reads them."""
    if isinstance(column, DateTimeField):
        options["form_class"] = MomentField
    elif isinstance(column, DateField):
        options["form_class"] = DayField
    made: forms.Field | None = column.formfield(**options)
    return made


@dataclass(frozen=True)
class Filter:
    """A row of chips: values that narrow the list, kept in the address under `name`."""

    name: str
    label: Text

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        """The values offered to this officer."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        """The rows that fit `value`."""
        raise NotImplementedError

    def counts(self, rows: QuerySet[Any], actor: Actor, moment: datetime) -> dict[str, int]:
        """How many of a few rows, which are all counted, each value leaves."""
        return {
            value: self.narrow(rows, value, actor, moment).order_by().count() for value, _label in self.choices(actor)
        }

    def words(self, value: str) -> Text:
        """What a chip says of a value that is offered nowhere but stands in the address; empty when it has its own chip."""
        del value
        return ""


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One chip for each value of a field with choices."""

    field: str = ""
    values: Sequence[tuple[Any, Text]] = ()

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        del actor
        return [(str(value), label) for value, label in self.values]

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        del actor, moment
        known = {str(one) for one, _label in self.values}
        return rows.filter(**{self.field or self.name: value}) if value in known else rows.none()

    def counts(self, rows: QuerySet[Any], actor: Actor, moment: datetime) -> dict[str, int]:
        """All values in one pass."""
        del actor, moment
        found = rows.order_by().values_list(self.field or self.name).annotate(many=Count("pk"))
        return {str(value): 0 for value, _label in self.values} | {str(value): many for value, many in found}


@dataclass(frozen=True)
class FlagFilter(Filter):
    """Chips with a rule of their own: late, silent, mine."""

    flags: dict[str, tuple[Text, Callable[[QuerySet[Any], Actor, datetime], QuerySet[Any]]]] = field(
        default_factory=dict
    )

    def choices(self, actor: Actor) -> list[tuple[str, Text]]:
        del actor
        return [(key, label) for key, (label, _rule) in self.flags.items()]

    def narrow(self, rows: QuerySet[Any], value: str, actor: Actor, moment: datetime) -> QuerySet[Any]:
        if value not in self.flags:
            return rows.none()
        return self.flags[value][1](rows, actor, moment)


@dataclass(frozen=True)
class Bulk:
    """A verb for many rows. `skip` says in words why a row is left out, before anything runs."""

    key: str
    label: Text
    permission: Permission
    run: Callable[..., Any]
    icon: str = "check"
    fields: Callable[[], dict[str, forms.Field]] = dict
    skip: Callable[[Any, Actor], Text | None] = lambda _record, _actor: None


class Register:
    """A record kind. Subclass, set the attributes, and name it in `site.registers`."""

    key: ClassVar[str]
    model: ClassVar[type[Model]]
    title: ClassVar[Text]
    one: ClassVar[Text]
    room: ClassVar[str]
    read: ClassVar[Permission]
    write: ClassVar[Permission | None] = None
    columns: ClassVar[Sequence[Column]]
    filters: ClassVar[Sequence[Filter]] = ()
    search_field: ClassVar[str] = "search_key"
    order: ClassVar[Sequence[str]] = ("-id",)
    related: ClassVar[Sequence[str]] = ()
    create_fields: ClassVar[Sequence[str]] = ()
    edit_fields: ClassVar[Sequence[str]] = ()
    natural_key: ClassVar[Sequence[str]] = ()
    """The fields by which a row of a sheet is known again."""
    bulk: ClassVar[Sequence[Bulk]] = ()
    empty: ClassVar[Text] = ""
    page_size: ClassVar[int] = 50
    record_route: ClassVar[str] = ""
    """The name of the record's own page, where the context draws one itself."""

    def rows(self, actor: Actor) -> QuerySet[Any]:
        """The records that this officer may see, with what the columns need."""
        return self.model._default_manager.visible_to(actor).select_related(*self.related)  # type: ignore[attr-defined, no-any-return]

    def listed(self, actor: Actor) -> QuerySet[Any]:
        """The records that the list goes through: fewer than `rows` where all of those would leave no index to sort by."""
        return self.rows(actor)

    def create(self, *, actor: Actor, moment: datetime, **values: Any) -> Model:
        """Call the action that makes a record; only for registers with `create_fields`."""
        raise NotImplementedError

    def amend(self, *, actor: Actor, moment: datetime, pk: int, version: int, **values: Any) -> Model:
        """Call the action that changes a record; only for registers with `edit_fields`."""
        raise NotImplementedError

    def panels(self, record: Any, actor: Actor, moment: datetime) -> Sequence[Content]:
        """What the detail page shows below the fields."""
        del record, actor, moment
        return ()

    def heading(self, record: Any) -> Text:
        """The title of the detail page."""
        return str(record)

    def buttons(self, actor: Actor) -> Sequence[Content]:
        """More buttons at the top right of the list, such as the door of a flow of its own."""
        del actor
        return ()

    def record_url(self, record: Model) -> str:
        """The address of a record's page."""
        return reverse(self.record_route or f"{self.key}-record", args=[record.pk])

    def form_class(self, fields: Sequence[str]) -> "type[forms.ModelForm[Any]]":
        """The form for some fields; labels, limits and choices are the model's own."""
        taken = {"unique": gettext("This is in the list already. Open that row, or write something else.")}
        return modelform_factory(
            self.model, fields=list(fields), formfield_callback=_on_the_calendar,
            error_messages=dict.fromkeys(fields, taken),
        )  # fmt: skip

    def column(self, name: str) -> Column | None:
        """A column by name."""
        return next((column for column in self.columns if column.name == name), None)

    def may_write(self, actor: Actor) -> bool:
        """Whether the officer's post carries the permission to change records of this kind."""
        return self.write is not None and actor.may(self.write)

    def may_amend(self, record: Any, actor: Actor) -> bool:
        """Whether this very record is theirs to change; many may read what one unit keeps."""
        del record
        return self.may_write(actor)

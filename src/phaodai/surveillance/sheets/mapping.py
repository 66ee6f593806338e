"""What the columns of a table mean: proposed, remembered or said in a file; and what the screens call the fields."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from phaodai.foundation.refusals import Refusal
from phaodai.people.models import Person
from phaodai.surveillance.models import Case, ColumnMapping
from phaodai.surveillance.rules.headers import Proposal, fields, looks_like, propose, signature
from phaodai.surveillance.sheets.tables import Table

DAY_FORMS = ("dmy", "mdy")
_CHOICES = {
    "sex": Person.Sex, "outcome": Case.Outcome, "severity": Case.Severity, "classification": Case.Classification,
    "detected_by": Case.Detection,
}  # fmt: skip
_COLUMNS_OF = {"origin": "imported", "code": "code", "full_name": "person"}


@dataclass(frozen=True)
class ColumnPlan:
    """What one column holds; `form` is how its days are written where the file says so, `sure` whether nobody need look."""

    field: str
    form: str = ""
    score: float = 1.0

    @property
    def sure(self) -> bool:
        """Whether nobody need look at it."""
        return Proposal(self.field, self.score).sure


@dataclass(frozen=True)
class Plan:
    """What the columns of a table mean, by header; `remembered` when a person confirmed it before."""

    columns: Mapping[str, ColumnPlan]
    remembered: bool = False

    def header_of(self, field: str) -> str | None:
        """The column that holds a field."""
        return next((header for header, plan in self.columns.items() if plan.field == field), None)

    def as_fields(self) -> dict[str, dict[str, str]]:
        """As a mapping is kept."""
        return {header: {"field": plan.field, "form": plan.form} for header, plan in self.columns.items()}


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """Field -> what the screens call it, in every language: an exported list comes back with these headers."""
    found: dict[str, list[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, label in _labels_now():
                found.setdefault(name, []).append(label)
    return {name: tuple(names) for name, names in found.items()}


def _labels_now() -> Iterator[tuple[str, str]]:
    known = {one.name: str(one.verbose_name) for model in (Person, Case) for one in model._meta.concrete_fields}
    for name in fields():
        if label := known.get(_COLUMNS_OF.get(name, name)):
            yield name, label


@cache
def choice_labels(field: str) -> tuple[tuple[str, str], ...]:
    """What the screens call the choices of a field, in every language, with the value of each."""
    choices = _CHOICES.get(field)
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found += [(str(label), str(value)) for value, label in (choices.choices if choices else ())]
    return tuple(found)


def plan_for(table: Table, *, province: int, today: date) -> Plan:
    """The mapping that was confirmed for these headers, else one proposed from names and cells."""
    known = ColumnMapping.objects.filter(province_id=province, kind="cases", signature=signature(table.headers)).first()
    if known is not None:
        return Plan(
            {header: ColumnPlan(told["field"], told.get("form", "")) for header, told in known.fields.items()},
            remembered=True,
        )
    return proposed(table, today=today)


def proposed(table: Table, *, today: date, of: Sequence[str] | None = None) -> Plan:
    """A mapping from the names of the columns and from what stands below them."""
    found = propose(table.columns(), today=today, labels=labels(), of=of)
    return Plan({header: ColumnPlan(one.field, score=one.score) for header, one in found.items()})


def refuse_other_kinds(plan: Plan, table: Table) -> None:
    """Raise `Refusal` for a sheet that is no list of cases, saying what it seems to be."""
    if plan.header_of("code") and looks_like({head: Proposal(one.field, 1) for head, one in plan.columns.items()}):
        return
    pairs = propose(table.columns(), today=date.max, of=("from", "to"))
    if len(pairs) == 2:
        raise Refusal(
            _("This is a list of contact pairs, not of cases. Give it together with its list of cases."), field="file"
        )
    if plan.columns and not plan.header_of("code"):
        raise Refusal(
            _("No column of %(sheet)s holds a case number. Name it in the mapping, or add the column.")
            % {"sheet": table.name},
            field="file",
        )
    raise Refusal(
        _(
            "%(sheet)s is a sheet of another kind: no columns of a list of cases (case number, onset, age, sex …) were found."
        )
        % {"sheet": table.name},
        field="file",
    )


def read_mapping(content: bytes, table: Table) -> Plan:
    """A mapping file in TOML, over what is proposed. Raises `Refusal` for what it cannot mean."""
    try:
        told = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Refusal(_("The mapping is no TOML: %(problem)s") % {"problem": problem}, field="mapping") from problem
    columns = told.get("columns")
    if not isinstance(columns, dict) or not columns:
        raise Refusal(_('The mapping has no table [columns] with "header" = "field".'), field="mapping")
    return Plan(dict(_told_columns(columns, table)))


def _told_columns(columns: Mapping[str, Any], table: Table) -> Iterator[tuple[str, ColumnPlan]]:
    by_name = {" ".join(header.split()).casefold(): header for header in table.headers}
    for name, told in columns.items():
        header = by_name.get(" ".join(name.split()).casefold())
        if header is None:
            raise Refusal(
                _("The mapping names the column “%(name)s”, which the sheet does not have.") % {"name": name},
                field="mapping",
            )
        field, form = (told, "") if isinstance(told, str) else (told.get("field", ""), told.get("days", ""))
        if field in ("", "-"):
            continue
        if field not in fields() or (form and form not in DAY_FORMS):
            raise Refusal(
                _("The mapping gives “%(name)s” the field “%(field)s”. Known fields: %(known)s.")
                % {"name": name, "field": f"{field} {form}".strip(), "known": ", ".join(fields())},
                field="mapping",
            )
        yield header, ColumnPlan(field, form)

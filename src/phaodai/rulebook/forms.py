"""Forms made from the law itself: the facts of a rule, the fields of a value."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from phaodai.foundation.language import page_language
from phaodai.rulebook.actions import LARGEST_FILE
from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.entries import SINGLE, EntryField, entry_fields, known_value
from phaodai.rulebook.facts import Fact
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.showing.addresses import FIRST_DAY, LAST_DAY
from phaodai.rulebook.showing.names import UNITS
from phaodai.rulebook.showing.words import fact_label, figure

LARGEST_NUMBER = 1e9
MOST_ITEMS = 60
VALUE = "value-"
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.doc,.docx,.odt,.tif,.tiff"
_SEPARATORS = re.compile(r"[;,\s]+")


class DayField(forms.DateField):
    """A day of our time."""

    def __init__(self, **options: Any) -> None:
        limits = {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}
        super().__init__(widget=forms.DateInput(attrs={"type": "date", **limits}, format="%Y-%m-%d"), **options)

    def clean(self, value: Any) -> dt.date | None:
        """A date between the first and the last day that the pages answer for."""
        day: dt.date | None = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError(_("Choose a day from %d to %d.") % (FIRST_DAY.year, LAST_DAY.year))
        return day


class NumberField(forms.FloatField):
    """A number, its decimals after a comma or a point."""

    def __init__(self, *, low: float, high: float, **options: Any) -> None:
        super().__init__(
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            min_value=max(low, -LARGEST_NUMBER),
            max_value=min(high, LARGEST_NUMBER),
            **options,
        )

    def clean(self, value: Any) -> float | None:
        """Accepts 73,5 and 73.5."""
        number: float | None = super().clean(value.replace(",", ".") if isinstance(value, str) else value)
        return number


class ShareField(NumberField):
    """A share from 0 to 1, written in percent."""

    def __init__(self, **options: Any) -> None:
        super().__init__(low=0, high=100, **options)

    def clean(self, value: Any) -> float | None:
        """76,8 is 0.768; a percent sign may stand."""
        percent = super().clean(value.replace("%", "") if isinstance(value, str) else value)
        return None if percent is None else percent / 100


class WholeField(forms.IntegerField):
    """A whole number."""

    def __init__(self, *, low: float, high: float, **options: Any) -> None:
        super().__init__(min_value=int(max(low, -LARGEST_NUMBER)), max_value=int(min(high, LARGEST_NUMBER)), **options)


class YesNoField(forms.ChoiceField):
    """Yes, no, or nothing said."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=[("", _("not stated")), ("1", _("yes")), ("0", _("no"))], **options)

    def clean(self, value: Any) -> bool | None:
        """True, False, or None."""
        chosen = super().clean(value)
        return None if chosen in ("", None) else chosen == "1"


class ListField(forms.CharField):
    """Numbers with commas, spaces or semicolons between them."""

    def __init__(self, *, whole: bool = False, **options: Any) -> None:
        self.whole = whole
        super().__init__(max_length=400, **options)

    def clean(self, value: Any) -> list[float] | list[int] | None:
        """The numbers, none of them endless; None where nothing was written."""
        text = super().clean(value)
        parts = [part for part in _SEPARATORS.split(text or "") if part]
        if not parts:
            return None
        try:
            numbers: list[Any] = [int(part) if self.whole else float(part) for part in parts]
        except ValueError:
            raise ValidationError(_("Write numbers with commas between them, such as 1, 7, 14.")) from None
        if len(numbers) > MOST_ITEMS or not all(abs(one) <= LARGEST_NUMBER for one in numbers):
            raise ValidationError(_("Write numbers with commas between them, such as 1, 7, 14."))
        return numbers


class LinesField(forms.CharField):
    """Words or sentences, one on each line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **options)

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]


class FactsForm(forms.Form):
    """The facts that a rule may be given; what is left empty was not stated."""

    def __init__(self, data: Mapping[str, Any], *, book: Rulebook, rule: str, on: dt.date) -> None:
        super().__init__(data)
        self.asleep = facts_asleep(book, rule, on)
        for name in book.rule(rule).facts:
            self.fields[name] = _fact_field(book, book.facts[name])

    @property
    def asked(self) -> list[forms.BoundField]:
        """The facts that the law of the day asks for, and those that somebody filled in."""
        return [self[name] for name in self.fields if name not in self.asleep or self.data.get(name)]

    @property
    def others(self) -> list[forms.BoundField]:
        """The facts that only the law of other days asks for."""
        return [self[name] for name in self.fields if name in self.asleep and not self.data.get(name)]

    def facts(self) -> dict[str, Any]:
        """The facts that were stated and understood."""
        self.full_clean()
        stated = ((name, self.cleaned_data.get(name)) for name in self.fields)
        return {name: value for name, value in stated if value not in (None, "")}


def facts_asleep(book: Rulebook, rule: str, on: dt.date) -> set[str]:
    """The facts that some version of the rule's tables asks for, but none in force on the day."""
    tables = [name for name, spec in book.tables.items() if spec.rule == rule and book.provisions.get(name)]
    ever = {fact for name in tables for one in book.provisions[name] for fact in one.when.facts}
    now = {fact for name in tables for row in book.table(name, on).rows for fact in row.provision.when.facts}
    awake = now | {given for fact in now for given in book.facts[fact].inputs}
    return (ever - awake) & set(book.rule(rule).facts)


def _fact_field(book: Rulebook, fact: Fact) -> forms.Field:
    options: dict[str, Any] = {"label": fact_label(book, fact.name), "required": False}
    if fact.kind == "term":
        return forms.ChoiceField(choices=_term_choices(book, fact), **options)
    if fact.kind == "flag":
        return YesNoField(**options)
    if fact.kind == "day":
        return DayField(**options)
    if fact.kind == "list":
        return ListField(help_text=_("Numbers with commas between them."), **options)
    if fact.kind == "share":
        options["label"] = _("%(fact)s, %%") % {"fact": options["label"]}
        return ShareField(**options)
    whole = fact.kind == "count"
    return (WholeField if whole else NumberField)(low=fact.low, high=fact.high, **options)


def _term_choices(book: Rulebook, fact: Fact) -> list[tuple[str, Any]]:
    assert fact.vocabulary is not None, "the packs declare the words of every such fact"
    words = [(term, figure(book, fact.name, term, page_language())) for term in fact.vocabulary.terms]
    return [("", _("not stated")), *words]


class SigningForm(forms.Form):
    """What the officer read in the document: the value, its days, the clause, and the text itself."""

    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty while nothing ends it."))
    clause = forms.CharField(
        label=_("Clause"),
        max_length=200,
        help_text=_("Article, point, or the table of the annex."),
    )
    official_text = forms.CharField(
        label=_("Words of the clause"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Paste them, or attach the document below."),
    )
    upload = forms.FileField(
        label=_("Document"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, data: Any = None, files: Any = None, *, book: Rulebook, provision: Provision) -> None:
        super().__init__(data, files, initial={"first_day": provision.begin, "last_day": provision.end})
        self.fields["upload"].max_bytes = LARGEST_FILE  # type: ignore[attr-defined]
        self.entry_fields = entry_fields(book, provision)
        known = known_value(provision)
        unit = book.tables[provision.table].unit
        made = {VALUE + one.name: _entry_field(one, known.get(one.name), unit) for one in self.entry_fields}
        if provision.state == "abolished":
            for field in made.values():
                field.required = False
            made = {"abolished": _abolished_field()} | made
        self.fields = made | self.fields

    @property
    def values(self) -> list[forms.BoundField]:
        """The fields of the value itself."""
        return [self[name] for name in self.fields if name.startswith(VALUE) or name == "abolished"]

    def value(self) -> Any:
        """The value in the form of its table."""
        if [one.name for one in self.entry_fields] == [SINGLE]:
            return self._given(SINGLE)
        given = {one.name: self._given(one.name) for one in self.entry_fields}
        return {name: one for name, one in given.items() if one is not None}

    def _given(self, name: str) -> Any:
        found = self.cleaned_data.get(VALUE + name)
        return None if found in ("", []) else found


def _abolished_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("The text says that nothing applies any more"),
        required=False,
        help_text=_("Leave the value empty then."),
    )


def _entry_field(one: EntryField, known: Any, unit: str) -> forms.Field:
    label = one.label.of(page_language())
    options: dict[str, Any] = {"label": label[:1].upper() + label[1:], "required": one.required}
    options |= {"initial": _initial(one, known)}
    if one.shape == "flag":
        return YesNoField(**options)
    if one.shape == "term":
        words = [(term.id, term.label.of(page_language())) for term in one.terms]
        return forms.ChoiceField(choices=[("", _("choose")), *words], **options)
    if one.shape in ("whole", "number"):
        options["help_text"] = UNITS[unit] if unit and one.name == SINGLE else ""
        return (WholeField if one.shape == "whole" else NumberField)(low=one.low, high=one.high, **options)
    if one.shape == "wholes":
        return ListField(whole=True, help_text=_("Whole numbers with commas between them."), **options)
    if one.shape == "words":
        return LinesField(help_text=_("One word or sentence on each line."), **options)
    return forms.CharField(max_length=500, **options)


def _initial(one: EntryField, known: Any) -> Any:
    if isinstance(known, bool):
        return "1" if known else "0"
    if isinstance(known, list):
        return ", ".join(map(str, known)) if one.shape == "wholes" else "\n".join(map(str, known))
    return known


class WithdrawForm(forms.Form):
    """Taking a signature back."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

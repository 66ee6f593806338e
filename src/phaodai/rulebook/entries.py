"""What an officer fills in for one value: each of its fields with the kind of figure or word it takes, and the checks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from phaodai.rulebook.book import Rulebook
from phaodai.rulebook.facts import Term
from phaodai.rulebook.provisions import Provision
from phaodai.rulebook.tables import TableSpec
from phaodai.rulebook.words import Words

Shape = Literal["flag", "whole", "number", "term", "wholes", "words", "text"]
SINGLE = ""
"""The name of the only field of a value that is no table."""
MOST, MOST_MONEY = 10_000.0, 1e9
"""No text counts more days, weeks or points than that; sums of đồng run higher."""
SHARED = ("outcome", "word")
"""Vocabularies whose words many fields take."""


@dataclass(frozen=True)
class EntryField:
    """One field of a value. `low` and `high` bound numbers; `terms` are the words that a field of shape `term` takes."""

    name: str
    shape: Shape
    label: Words
    required: bool
    low: float
    high: float
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why one field of an entry is refused."""

    field: str
    kind: Literal["missing", "surplus", "shape", "range"]


def entry_fields(book: Rulebook, provision: Provision) -> tuple[EntryField, ...]:
    """The fields of one value, in the order of its table; their shapes are those of the values known so far."""
    spec = book.tables[provision.table]
    own = tuple(provision.then) if isinstance(provision.then, Mapping) else ()
    names = (*spec.fields, *spec.optional) or own or (SINGLE,)
    return tuple(_field(book, spec, provision, name) for name in names)


def known_value(provision: Provision) -> Mapping[str, Any]:
    """The fields that are sure already: those beside the doubtful ones of a value that is itself verified."""
    return dict(provision.then) if provision.verified and isinstance(provision.then, Mapping) else {}


def problems_of(fields: Iterable[EntryField], value: Any) -> Iterator[Problem]:
    """What is wrong with a value that an officer entered, field by field."""
    several = list(fields)
    if [one.name for one in several] == [SINGLE]:
        given: Mapping[str, Any] = {SINGLE: value}
    else:
        given = value if isinstance(value, Mapping) else {}
    known = {one.name for one in several}
    yield from (Problem(name, "surplus") for name in given if name not in known)
    if not any(one.required for one in several) and not any(given.get(one.name) is not None for one in several):
        yield Problem(several[0].name, "missing")
    for field in several:
        yield from _problem(field, given.get(field.name))


def _problem(field: EntryField, value: Any) -> Iterator[Problem]:
    if value is None or value in ("", []):
        if field.required:
            yield Problem(field.name, "missing")
    elif not SHAPES[field.shape](field, value):
        yield Problem(field.name, "shape")
    elif is_number(value) and not field.low <= value <= field.high:
        yield Problem(field.name, "range")


def is_number(value: Any) -> bool:
    """Whether it is a number and not a yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_whole_list(value: Any) -> bool:
    """Whether it is a list of whole numbers, none negative."""
    return isinstance(value, list) and all(is_whole(one) and 0 <= one <= MOST for one in value)


def is_whole(value: Any) -> bool:
    """Whether it is a whole number."""
    return isinstance(value, int) and not isinstance(value, bool)


SHAPES: Mapping[Shape, Callable[[EntryField, Any], bool]] = {
    "flag": lambda _field, value: isinstance(value, bool),
    "whole": lambda _field, value: is_whole(value),
    "number": lambda _field, value: is_number(value),
    "term": lambda field, value: value in {term.id for term in field.terms},
    "wholes": lambda _field, value: is_whole_list(value),
    "words": lambda _field, value: isinstance(value, list) and all(isinstance(one, str) for one in value),
    "text": lambda _field, value: isinstance(value, str),
}


def _field(book: Rulebook, spec: TableSpec, provision: Provision, name: str) -> EntryField:
    versions = book.provisions[provision.table]
    own = list(_values([one for one in versions if one.row == provision.row], name))
    every = list(_values(versions, name))
    shape = _shape(own) or _shape(every) or "text"
    terms = _terms(book, spec, name, every) if _shape(every) == "text" else ()
    most = 1.0 if spec.unit.startswith("share") else MOST_MONEY if "đồng" in spec.unit else MOST
    return EntryField(
        name=name,
        shape="term" if terms and shape == "text" else shape,
        label=spec.title if name == SINGLE else book.vocabularies["field"].label(name),
        required=name not in spec.optional,
        low=max(spec.low, 0.0),
        high=min(spec.high, most),
        terms=terms,
    )


def _values(provisions: Iterable[Provision], name: str) -> Iterator[Any]:
    for one in provisions:
        is_table = isinstance(one.then, Mapping)
        value = one.then.get(name) if is_table else one.then if name == SINGLE else None
        if value is not None:
            yield value


def _shape(values: list[Any]) -> Shape | None:
    """The shape that all values share; None where there are none, or they differ."""
    if not values:
        return None
    if all(isinstance(one, bool) for one in values):
        return "flag"
    if all(is_number(one) for one in values):
        return "whole" if all(is_whole(one) for one in values) else "number"
    if all(isinstance(one, str) for one in values):
        return "text"
    if all(isinstance(one, list) for one in values):
        items = [item for one in values for item in one]
        return "wholes" if all(is_whole(item) for item in items) else "words"
    return None


def _terms(book: Rulebook, spec: TableSpec, name: str, values: list[Any]) -> tuple[Term, ...]:
    """The closed list that every textual value so far belongs to; of a list shared by many fields the words in use."""
    used = set(values)
    own = name or spec.name.rsplit(".", maxsplit=1)[-1].replace("-", "_")
    for vocabulary in (book.vocabularies.get(own), *(book.vocabularies[shared] for shared in SHARED)):
        if vocabulary is not None and used and used <= vocabulary.terms.keys():
            return tuple(term for term in vocabulary.terms.values() if vocabulary.name == own or term.id in used)
    return ()

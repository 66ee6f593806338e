"""What the columns of a sheet mean, proposed from their names and from what stands below them. Pure."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from phaodai.surveillance.rules.dates import date_form
from phaodai.surveillance.rules.values import Reader
from phaodai.surveillance.rules.words import header_words, is_missing, word_at_start, word_for

SURE, LIKELY = 0.8, 0.5
"""From which score a proposal is taken as it is, and from which it is shown to be confirmed."""
PAIRS = ("from", "to")
"""The two columns of a list of contact pairs; a list of cases has neither."""
UNREAD = ("reason", "lý do", "dòng", "row", "sheet", "tệp")
"""Columns that parked rows came back with: about the row, not about the case."""
_STOP = frozenset({"of", "the", "de", "la", "a", "in"})
_TOO_SHORT, _BELOW = 4, 0.85
_CASE_KINDS = frozenset({"code", "source"})


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold."""

    name: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column and the field it seems to hold, between 0 and 1."""

    field: str
    score: float

    @property
    def sure(self) -> bool:
        """Whether nobody need look at it."""
        return self.score >= SURE


@cache
def fields() -> dict[str, Field]:
    """Every field by name, from `headers.toml`."""
    table = tomllib.loads(files(__package__).joinpath("headers.toml").read_text(encoding="utf-8"))
    return {
        name: Field(name, row["kind"], tuple(map(header_words, [name, *row["words"]]))) for name, row in table.items()
    }


def signature(headers: Sequence[str]) -> str:
    """By which a kind of sheet is known again: its headers in their order, without case, accents and signs."""
    return sha256("|".join(map(header_words, headers)).encode()).hexdigest()


def propose(
    columns: Mapping[str, Sequence[str]],
    *,
    today: date,
    labels: Mapping[str, Sequence[str]] | None = None,
    of: Sequence[str] | None = None,
) -> dict[str, Proposal]:
    """Header -> field, each header and each field once, the best first.

    `columns` holds samples of the cells below each header; `labels` the names that the screens give the fields.
    """
    wanted = [field for field in fields().values() if _wanted(field.name, of)]
    scored = [
        (score, -place, header, field.name)
        for place, (header, samples) in enumerate(columns.items())
        for field in wanted
        if (score := _score(header, samples, field, today, (labels or {}).get(field.name, ()))) >= LIKELY
    ]
    found: dict[str, Proposal] = {}
    taken: set[str] = set()
    for score, _place, header, name in sorted(scored, reverse=True):
        if header not in found and name not in taken:
            found[header] = Proposal(name, score)
            taken.add(name)
    return {header: found[header] for header in columns if header in found}


def _wanted(name: str, of: Sequence[str] | None) -> bool:
    return name in of if of is not None else name not in PAIRS


def _score(header: str, samples: Sequence[str], field: Field, today: date, labels: Sequence[str]) -> float:
    named = max(_nearness(header_words(header), words) for words in (*field.words, *map(header_words, labels)))
    if (field.kind == "unit" or field.name == "hamlet") and named < _BELOW:
        # The lower of two header lines: "Nơi ở hiện nay | Xã".
        named = _BELOW if any(header_words(header).endswith(f" {words}") for words in field.words) else named
    if header_words(header) in map(header_words, UNREAD):
        return 0.0
    filled = [text for text in samples if not is_missing(text)]
    fit = _fit(field.kind, filled, today) if filled else 0.5
    if fit < LIKELY:
        return 0.0
    if named == 0.0:
        return 0.55 if field.kind == "sex" and fit > 0.95 and len(filled) > 1 else 0.0
    return named * (0.6 + 0.4 * fit)


def _nearness(header: str, words: str) -> float:
    """1 for the same words in any order, less where the header says more than the words do."""
    if header == words:
        return 1.0
    said, known = frozenset(header.split()) - _STOP, frozenset(words.split()) - _STOP
    if not said or not known:
        return 0.0
    if said == known:
        return 0.97
    if known < said and len(" ".join(known)) > _TOO_SHORT:
        return 0.45 + 0.5 * len(known) / len(said)
    return 0.0


def _fit(kind: str, filled: Sequence[str], today: date) -> float:
    """The share of the cells that a column of this kind may hold."""
    if kind in ("id", "link"):
        return _like_ids(filled, alone=kind == "id")
    if kind == "ids":
        return 1 - 0.5 * sum(word_at_start("origin", text) is not None for text in filled) / len(filled)
    checks = {
        "outcome": lambda text: word_for("outcome", text) is not None,
        "classification": lambda text: word_for("classification", text) is not None,
        "origin": lambda text: word_at_start("origin", text) is not None,
        "sex": lambda text: word_for("sex", text) is not None,
        "name": lambda text: not re.search(r"\d{3}", text),
    }
    if kind in checks:
        return sum(map(checks[kind], filled)) / len(filled)
    if kind in ("date", "birth_date", "year", "age", "phone"):
        reader = Reader(kind, date_form(filled, today))
        return sum(_reads(reader, text) for text in filled) / len(filled)
    return 1.0


def _reads(reader: Reader, text: str) -> bool:
    found = reader.read(text)
    return found.value is not None or bool(found.doubt) or bool(found.also)


def _like_ids(filled: Sequence[str], *, alone: bool) -> float:
    """Numbers of cases are short, hold a digit or are capitals, and are nearly all different."""
    short = sum(len(text) <= 40 and (any(map(str.isdigit, text)) or text.isupper()) for text in filled) / len(filled)
    different = len(set(filled)) / len(filled)
    return short * (different if alone else 1.0)


def looks_like(found: Mapping[str, Proposal]) -> str:
    """What kind of sheet its columns make: `cases`, or nothing that can be a list of cases."""
    names = {proposal.field for proposal in found.values()}
    return "cases" if "code" in names and names - _CASE_KINDS else ""

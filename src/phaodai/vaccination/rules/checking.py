"""Right dose, right person, right time: what the rule says of a dose, before it is given or found afterwards. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from phaodai.rulebook import Decision, Rulebook
from phaodai.rulebook import Refusal as NoSuchLaw
from phaodai.rulebook.words import LANGUAGES, Words, sentence
from phaodai.vaccination.rules.checking_words import SENTENCES, WAYS, Way

INTERVAL, VALUES = "vaccine-interval", "vaccination"
AHEAD = timedelta(minutes=5)
"""How far a telephone's clock may run ahead before a dose counts as of the future."""
MIXING = "mixing-astrazeneca-pfizer-weeks"
_MIXED_BY_RULE = ("astrazeneca", "comirnaty")
_PRIMARY = 2
"""Up to this number a course keeps to one product; what is mixed after it no document that was read forbids."""


@dataclass(frozen=True, slots=True)
class Given:
    """A dose that is known: its number, product and day."""

    number: int
    product: str
    given_on: date


@dataclass(frozen=True, slots=True)
class LotFacts:
    """What is known of a lot on the table; product and expiry None where no store knows it."""

    number: str
    product: str | None = None
    expires_on: date | None = None
    held: bool = False


@dataclass(frozen=True, slots=True)
class DoseFacts:
    """A dose to be judged. `given_at` and `now` aware. `open_groups` None where nobody asks whose turn it is: later doses,
    doses from elsewhere, and whoever was let in out of turn by name and reason."""

    product: str
    number: int
    given_at: datetime
    now: datetime
    given_on: date
    birth_date: date | None = None
    birth_year: int | None = None
    earlier: Sequence[Given] = ()
    lot: LotFacts | None = None
    group: str = ""
    open_groups: Collection[str] | None = None
    immune_deficient: bool | None = None
    infected_on: date | None = None
    consents_to_mixing: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing against a dose: its code, what may be done, the words, and the rule it rests on."""

    code: str
    words: Words
    citation: str = ""
    about: Given | None = field(default=None, compare=False)

    @property
    def way(self) -> Way:
        """Refused, to be overridden by name and reason, or only said."""
        return WAYS[self.code]


def check_dose(book: Rulebook, facts: DoseFacts) -> list[Finding]:
    """Everything that speaks against a dose, the gravest first; empty where the rule allows it."""
    found = [
        *_of_days(facts), *_of_age(book, facts), *_of_lot(book, facts), *_of_course(book, facts), *_of_turn(book, facts),
    ]  # fmt: skip
    return sorted(found, key=lambda one: list(Way).index(one.way))


def refused(findings: Sequence[Finding]) -> list[Finding]:
    """Those that nobody overrides."""
    return [one for one in findings if one.way is Way.REFUSE]


def overridable(findings: Sequence[Finding]) -> list[Finding]:
    """Those that ask for a name and a reason."""
    return [one for one in findings if one.way is Way.OVERRIDE]


def next_number(earlier: Sequence[Given]) -> int:
    """The number of the dose that comes next."""
    return max((one.number for one in earlier), default=0) + 1


def age_on(day: date, birth_date: date | None, birth_year: int | None) -> int | None:
    """Whole years on a day; of a year alone, those completed at its end."""
    if birth_date is not None:
        return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
    return None if birth_year is None else day.year - birth_year


def _finding(code: str, citation: str = "", about: Given | None = None, told: str = "", **figures: Any) -> Finding:
    template = SENTENCES[told or code]
    texts = (
        template.of(language).format(
            **{
                name: value.of(language) if isinstance(value, Words) else sentence(value, language)
                for name, value in figures.items()
            }
        )
        for language in LANGUAGES
    )
    return Finding(code, Words(*(text.strip() for text in texts)), citation, about)


def _of_days(facts: DoseFacts) -> Iterator[Finding]:
    born_too_late = facts.birth_date is not None and facts.given_on < facts.birth_date
    if born_too_late or (facts.birth_year is not None and facts.given_on.year < facts.birth_year):
        yield _finding("before-birth", given=facts.given_on, born=facts.birth_date or str(facts.birth_year))
    if facts.given_at > facts.now + AHEAD:
        yield _finding("future", given=f"{facts.given_at:%d/%m/%Y %H:%M}")


def _of_age(book: Rulebook, facts: DoseFacts) -> Iterator[Finding]:
    rule = value_on(book, facts.given_on, "least-age")
    if rule is None:
        yield _finding("no-age-rule")
        return
    least, citation = rule
    age = age_on(facts.given_on, facts.birth_date, facts.birth_year)
    if age is None:
        yield _finding("age-unknown", citation)
    elif age < least:
        yield _finding("too-young", citation, age=max(age, 0), least=least)
    elif age == least and facts.birth_date is None:
        yield _finding("age-unsure", citation, year=str(facts.birth_year), least=least)


def value_on(book: Rulebook, on: date, row: str) -> tuple[Any, str] | None:
    """A verified plain value of vaccination on a day with the document behind it; None where there is none."""
    try:
        found = book.value(VALUES, on, row)
    except NoSuchLaw:
        return None
    return (found.then, f"{found.document.number} · {found.name}") if found.verified else None


def _of_lot(book: Rulebook, facts: DoseFacts) -> Iterator[Finding]:
    lot = facts.lot
    if lot is None:
        return
    if lot.product is None:
        yield _finding("lot-unknown", lot=lot.number or "?")
        return
    if lot.product != facts.product:
        yield _finding(
            "lot-product", lot=lot.number, other=label(book, lot.product), product=label(book, facts.product)
        )
    if lot.expires_on is not None and facts.given_on > lot.expires_on:
        yield _finding("lot-expired", lot=lot.number, expires=lot.expires_on)
    if lot.held:
        yield _finding("lot-held", lot=lot.number)


def label(book: Rulebook, product: str) -> Words:
    """What a product is called."""
    return book.vocabularies["product"].label(product)


def _of_turn(book: Rulebook, facts: DoseFacts) -> Iterator[Finding]:
    """Whether the person's group is open; where every group is, nobody needs to know which it is."""
    if facts.open_groups is None or facts.number > 1:
        return
    groups = book.vocabularies["priority_group"]
    if facts.group in groups.terms and facts.group not in facts.open_groups:
        yield _finding("group-closed", group=groups.label(facts.group))
    elif not facts.group and not set(groups.terms) <= set(facts.open_groups):
        yield _finding("group-unknown")


def _of_course(book: Rulebook, facts: DoseFacts) -> Iterator[Finding]:
    """What the doses before say: twice, out of turn, too soon, of another product."""
    earlier = sorted((one for one in facts.earlier if one.given_on <= facts.given_on), key=lambda one: one.given_on)
    today = [one for one in earlier if one.given_on == facts.given_on]
    same = [one for one in facts.earlier if one.number == facts.number and one not in today]
    if today:
        yield _finding("same-day", about=today[0], product=label(book, today[0].product), number=today[0].number)
    if same:
        known = same[0]
        yield _finding(
            "twice", about=known, number=known.number, given=known.given_on, product=label(book, known.product)
        )
    elif not today and facts.number != next_number(facts.earlier):
        had = len(facts.earlier)
        sentence_of = "order" if had else "order-without"
        yield _finding("order", told=sentence_of, had=had, next=next_number(facts.earlier), number=facts.number)
    if earlier and not today:
        yield from _after(book, facts, earlier[-1])


def _after(book: Rulebook, facts: DoseFacts, last: Given) -> Iterator[Finding]:
    number = max(facts.number, last.number + 1)
    if number <= _PRIMARY and last.product != facts.product:
        yield from _mixed(book, facts, last)
        return
    decision = ask_interval(
        book, facts.given_on, last, number, immune_deficient=facts.immune_deficient, infected_on=facts.infected_on
    )
    if decision is None or decision.outcome is None:
        citation = decision.version if decision else ""
        yield _finding("interval-unknown", citation, last, number=number, product=label(book, last.product))
        return
    citation = f"{decision.document.number} · {decision.version}" if decision.document else decision.version
    earliest, latest = decision.outcome["earliest"], decision.outcome["latest"]
    if earliest is not None and facts.given_on < earliest:
        yield _finding("too-soon", citation, last, number=number, earliest=earliest, rule=decision.why)
    elif latest is not None and facts.given_on > latest:
        yield _finding("late", citation, last, latest=latest, rule=decision.why)


def _mixed(book: Rulebook, facts: DoseFacts, last: Given) -> Iterator[Finding]:
    names = {"other": label(book, last.product), "product": label(book, facts.product)}
    rule = value_on(book, facts.given_on, MIXING) if (last.product, facts.product) == _MIXED_BY_RULE else None
    if rule is None:
        yield _finding("mixed", "", last, other=names["other"], product=names["product"])
        return
    (least, most), citation = rule
    earliest, latest = (last.given_on + timedelta(weeks=weeks) for weeks in (least, most))
    if facts.given_on < earliest:
        yield _finding("too-soon", citation, last, number=facts.number, earliest=earliest, rule="")
    if not facts.consents_to_mixing:
        yield _finding("mixed-consent", citation, last, other=names["other"], product=names["product"])
    if facts.given_on > latest:
        yield _finding("late", citation, last, latest=latest, rule="")


def ask_interval(
    book: Rulebook,
    on: date,
    last: Given,
    number: int,
    *,
    immune_deficient: bool | None = None,
    infected_on: date | None = None,
) -> Decision | None:
    """What the interval rule says of the dose after `last` on a day; None where no document speaks of it."""
    facts = {
        "product": last.product, "last_dose_on": last.given_on, "dose_number": number,
        "immune_deficient": immune_deficient, "infected_on": infected_on,
    }  # fmt: skip
    try:
        return book.decide(INTERVAL, on, facts)
    except NoSuchLaw:
        return None

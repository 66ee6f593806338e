"""Whether somebody counts as fully vaccinated, and since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from phaodai.rulebook import Rulebook
from phaodai.rulebook.words import Words, sentence
from phaodai.vaccination.rules.checking import value_on

_COURSE = 2
"""Doses of the primary course of the products whose interval was read; Abdala's three and Janssen's one are not verified."""
_UNVERIFIED = frozenset({"abdala", "janssen", "hayat-vax"})


@dataclass(frozen=True)
class FullCourse:
    """`since` is the first day that counts; None where it does not, or where no verified rule says."""

    since: date | None
    words: Words
    citation: str


def full_course(book: Rulebook, on: date, doses: Sequence[tuple[int, str, date]]) -> FullCourse:
    """What the rule of a day makes of somebody's doses: number, product and day each, in their order."""
    rule = value_on(book, on, "full-after-days")
    if rule is None:
        return FullCourse(None, Words("Chưa có quy định đã kiểm chứng", "No verified rule on this day"), "")
    days, citation = rule
    primary = [given for number, product, given in doses if number <= _COURSE and product not in _UNVERIFIED]
    if len(primary) < _COURSE:
        return FullCourse(None, Words("chưa", "not yet"), citation)
    since = max(primary) + timedelta(days=days)
    words = Words(f"từ ngày {sentence(since, 'vi')}", f"from {sentence(since, 'en')}")
    return FullCourse(since if since <= on else None, words, citation)

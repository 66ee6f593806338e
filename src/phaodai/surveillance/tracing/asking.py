"""The questions: whom a case met within its infectious window, and who else was at a place."""

from dataclasses import dataclass, replace
from datetime import datetime
from time import perf_counter

import numpy as np

from epidemic.tracing import Contacts, Criteria, LateVisits, Sources, present_at, trace_many
from epidemic.tracing.late import Stays
from phaodai.foundation.clock import VIETNAM
from phaodai.surveillance.law import book_of
from phaodai.surveillance.models import Case, VisitDay
from phaodai.surveillance.rules.windows import CaseDays, Window, infectious_window
from phaodai.surveillance.tracing.days import index_of_persons, index_of_place, packed_days
from phaodai.surveillance.tracing.late import late_visits
from phaodai.surveillance.tracing.meetings import Interval, fellows_of, meetings_of
from phaodai.surveillance.tracing.moments import minute_at
from phaodai.surveillance.tracing.roofs import Roofs, roofs_of


@dataclass(frozen=True)
class Traced:
    """An answer of the index.

    Attributes
    ----------
    window
        When the case could infect; nothing outside it is told.
    contacts
        One row each exposure: row ids of the persons that were kept, local minutes.
    undated
        The minute that stands for an unknown time within the window, of contacts known by a link alone.
    searched
        Visits on the days of the window, among which was sought.
    milliseconds
        From the question to the answer, everything read on the way included.
    """

    window: Window
    contacts: Contacts
    undated: int
    searched: int
    milliseconds: float


def window_of(case: Case, moment: datetime) -> Window:
    """When a case could infect, by the rule in force on its days; raises the rulebook's Refusal."""
    positive, isolated = (one.astimezone(VIETNAM) if one else None for one in (case.positive_at, case.isolated_at))
    days = CaseDays(
        onset_on=case.onset_on, sampled_on=case.sampled_on, positive_at=positive, reported_on=case.reported_on,
        isolated_at=isolated, infectious_until=case.infectious_until, outcome_on=case.outcome_on,
    )  # fmt: skip
    return infectious_window(book_of(case.province_id, case.disease), days, moment.astimezone(VIETNAM))


def trace_case(case: Case, *, moment: datetime, degree: int = 2, as_of: datetime | None = None) -> Traced:
    """Contacts of one case, with what is known at `moment`, or, where `as_of` is given, with what was known then.

    Raises
    ------
    Refusal
        Of the rulebook: where the case has no day from which its window could be counted.
    """
    begun = perf_counter()
    window = window_of(case, min(moment, as_of or moment))
    interval = Interval(case.province_id, window.begin, window.end, as_of or moment)
    criteria = Criteria(degree=degree, as_of=minute_at(as_of) if as_of else None)
    roofs = roofs_of(case.province_id)
    days = packed_days(case.province_id, window.begin.date(), window.end.date())
    records, late = roofs.records_of(case.person_id), late_visits(case.province_id)
    question = _Question(interval, criteria, roofs, days, late, records)
    contacts = question.answer()
    searched = sum(day.visits for day in days if day.day >= window.begin.date()) + len(late.visits)
    return Traced(window, contacts, interval.undated, searched, 1000 * (perf_counter() - begun))


def stays_of(case: Case, *, moment: datetime) -> Stays:
    """Where a case was within its infectious window, cut to it; raises the rulebook's Refusal."""
    window = window_of(case, moment)
    records = roofs_of(case.province_id).records_of(case.person_id)
    days = packed_days(case.province_id, window.begin.date(), window.end.date())
    index = index_of_persons(case.province_id, records, days, late_visits(case.province_id))
    begin, end = minute_at(window.begin), minute_at(window.end)
    ends = np.full((2, len(records)), [[begin], [end]], np.int64)
    found = index.visits_of(np.array(records, np.int32), *ends)
    start = np.maximum(found.start, begin)
    return found._replace(start=start, duration=np.minimum(found.start + found.duration, end) - start)


def persons_at(province_id: int, place_id: int, begin: datetime, end: datetime) -> Stays:
    """Who was at a place between two aware moments, cut to them: persons, local minutes, minutes."""
    late = late_visits(province_id)
    days = packed_days(province_id, begin.date(), end.date())
    index = index_of_place(province_id, place_id, days, late)
    stays = present_at(index, place_id, minute_at(begin), minute_at(end))
    return stays._replace(person=roofs_of(province_id).kept_records(stays.person))


@dataclass(frozen=True)
class _Question:
    """One case, asked with all its records."""

    interval: Interval
    criteria: Criteria
    roofs: Roofs
    days: list[VisitDay]
    late: LateVisits
    records: list[int]

    def answer(self) -> Contacts:
        """Contacts by everything that is known of the case; asked again where its contacts have meetings of their own."""
        visits = index_of_persons(self.interval.province_id, self.records, self.days, self.late)
        rosters = (*self.roofs.rosters, fellows_of(self.interval, self.records))
        found = self._asked(Sources(visits, rosters, meetings_of(self.interval, self.records)))
        first = found.persons(1)
        if self.criteria.degree == 2 and len(first):
            onward = meetings_of(self.interval, [*self.records, *first.tolist()])
            if onward:
                found = self._asked(Sources(visits, rosters, onward))
        return self._of_kept_records(found)

    def _asked(self, sources: Sources) -> Contacts:
        window = [minute_at(self.interval.begin), minute_at(self.interval.end)]
        return trace_many(sources, self.records, np.array([window] * len(self.records)), self.criteria)

    def _of_kept_records(self, found: Contacts) -> Contacts:
        """Each person by the record that was kept, nobody a contact of their own."""
        if not self.roofs.aliases:
            return found
        person, through = (self.roofs.kept_records(ids) for ids in (found.person, found.through))
        named = replace(found, case=np.zeros_like(found.case), person=person, through=through)
        direct = np.isin(person, named.persons(1))
        return named.take((person != self.records[0]) & ((named.degree == 1) | ~direct))

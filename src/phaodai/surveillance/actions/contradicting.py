"""Days that cannot be, as refusals in words: which value, why not, what to do."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.language import page_language
from phaodai.foundation.refusals import Refusal
from phaodai.surveillance.models import Case
from phaodai.surveillance.rules.case_dates import Contradiction, Days, Finding, contradictions


def refuse_contradictions(case: Case, moment: datetime) -> None:
    """Raise for the first pair of days of a case that do not go together; nothing is corrected silently."""
    for finding in contradictions(days_of(case), moment.astimezone(VIETNAM).date()):
        raise Refusal(words_of(finding), field=finding.field)


def days_of(case: Case) -> Days:
    """The days of a case and its person."""
    person = case.person
    return Days(
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        onset_on=case.onset_on,
        exposed_from=case.exposed_from,
        exposed_to=case.exposed_to,
        sampled_on=case.sampled_on,
        positive_on=_day(case.positive_at),
        reported_on=case.reported_on,
        isolated_on=_day(case.isolated_at),
        outcome_on=case.outcome_on,
        died_on=case.outcome_on if case.outcome == Case.Outcome.DIED else None,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(VIETNAM).date() if moment else None


def words_of(finding: Finding) -> str:
    """A contradiction as a sentence in the language of the reader; `field` of the finding names the value to mend."""
    sentence = {
        Contradiction.FUTURE: _("%(field)s %(day)s lies in the future. Correct the day."),
        Contradiction.BEFORE_BIRTH: _("%(field)s %(day)s is before the person's birth (%(other)s). Correct one of the two."),
        Contradiction.AFTER_DEATH: _("%(field)s %(day)s is after the death on %(other)s. Correct one of the two."),
        Contradiction.RESULT_BEFORE_SAMPLE: _("%(field)s %(day)s is before the sample of %(other)s. Correct one of the two."),
        Contradiction.OUTCOME_BEFORE_ONSET: _("%(field)s %(day)s is before the onset on %(other)s. Correct one of the two."),
        Contradiction.EXPOSURE_TURNED: _("%(field)s %(day)s is before the exposure began (%(other)s). Correct one of them."),
    }[finding.kind]  # fmt: skip
    language = page_language()
    label = Case._meta.get_field(finding.field).verbose_name  # type: ignore[union-attr]  # a column of the table
    other = day_words(finding.other, language) if finding.other else ""
    return sentence % {"field": label, "day": day_words(finding.day, language), "other": other}

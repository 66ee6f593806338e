"""Results of tubes: one by one, by sheet or by machine, all through one door that a second sending cannot change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.models import Fact, ParkedRow
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.laboratory import follow_result
from phaodai.surveillance.actions.pools import open_pools, sample_again
from phaodai.surveillance.actions.sample_words import words_of
from phaodai.surveillance.actions.samples import worked_laboratory
from phaodai.surveillance.models import Case, Laboratory, LabTest, PoolMember, Sample
from phaodai.surveillance.rules.samples import NEGATIVE, RESULTED, Reading, Tube, is_told_already, problem_of

BATCH = 2_000
FOLLOWED_AT_ONCE = 2_000
RESULTED_FACT = "surveillance:sample:resulted"
REGISTER = "ket-qua-xet-nghiem"
"""Under which rows of sheets wait."""


@dataclass
class Written:
    """What became of readings, by their place in the list: written, said before, or set aside with its reason."""

    written: int = 0
    unchanged: int = 0
    aside: dict[int, str] = field(default_factory=dict)
    opened: int = 0
    """Pools that opened their members."""


@transaction.atomic
def write_results(
    *, actor: Actor, moment: datetime, readings: Sequence[Reading], laboratory_id: int | None = None
) -> Written:
    """Take results in. Each tube gets one; the people behind it, their units and their cases follow from it.

    `laboratory_id`: the laboratory that sends the list; tubes of another one are set aside.
    """
    actor.require(Permission.SURVEILLANCE_SAMPLE_RESULT)
    own = worked_laboratory(actor, laboratory_id) if laboratory_id else None
    mine = set(Laboratory.objects.worked_by(actor).values_list("pk", flat=True))
    written = Written()
    tubes = _tubes([one.barcode for one in readings])
    fresh: dict[str, Reading] = {}
    for place, reading in enumerate(readings):
        reason = _why_not(tubes.get(reading.barcode), reading, fresh.get(reading.barcode), moment, own, mine)
        if reason:
            written.aside[place] = reason
        elif reading.barcode in fresh or is_told_already(_tube(tubes[reading.barcode]), reading):
            written.unchanged += 1
        else:
            fresh[reading.barcode] = reading
    answered = [_answered(tubes[code], reading, moment) for code, reading in fresh.items()]
    written.written = len(answered)
    written.opened = _keep(answered, actor, moment)
    return written


def _tubes(barcodes: Iterable[str]) -> dict[str, Sample]:
    """The tubes of these barcodes that the officer sees, held until the end of the transaction."""
    rows = Sample.objects.select_for_update(of=("self",)).select_related("laboratory")
    return {one.barcode: one for one in rows.filter(barcode__in=set(barcodes) - {""}).order_by("pk")}


def _tube(sample: Sample) -> Tube:
    return Tube(sample.state, sample.taken_at, sample.received_at, sample.result, sample.result_at)


def _why_not(
    sample: Sample | None,
    reading: Reading,
    before: Reading | None,
    moment: datetime,
    own: Laboratory | None,
    mine: set[int],
) -> str:
    """Why a reading is set aside; empty where it can be taken."""
    if not reading.barcode:
        return words_of("no-barcode", "")
    if before is not None and before.result != reading.result:
        return words_of("twice", reading.barcode)
    problem = problem_of(_tube(sample) if sample else None, reading, moment)
    if problem:
        return words_of(problem, reading.barcode, _known_of(problem, sample, reading))
    assert sample is not None, "an unknown tube has a problem"
    if sample.laboratory_id is not None and sample.laboratory_id not in ({own.pk} if own else mine):
        return words_of("sent-elsewhere", reading.barcode, sample.laboratory.name if sample.laboratory else "")
    return ""


def _known_of(problem: str, sample: Sample | None, reading: Reading) -> str:
    """What the books, or the row, say that the words repeat."""
    if problem == "other-result" and sample is not None:
        return sample.get_result_display()
    if problem in ("before-taken", "too-old") and sample is not None and sample.taken_at is not None:
        return f"{sample.taken_at.astimezone(VIETNAM):%d/%m/%Y %H:%M}"
    return reading.result


def _answered(sample: Sample, reading: Reading, moment: datetime) -> Sample:
    sample.state, sample.result = Sample.State.RESULTED, reading.result
    sample.result_at = min(reading.result_at, moment)
    threshold = reading.cycle_threshold
    sample.cycle_threshold = None if threshold is None else round(Decimal(str(threshold)), 1)
    sample.version, sample.updated_at = sample.version + 1, moment
    return sample


# The ORM's bulk update writes a CASE for each row and value: 107 rows a second at load 15, this 442 at load 17
# (benchmarks/test_results_import.py).
_ANSWER = """
update {table} row set result = told.result, result_at = told.at, cycle_threshold = told.threshold, {more}
  version = row.version + 1, updated_at = %(moment)s
from unnest(%(ids)s::bigint[], %(results)s::text[], %(at)s::timestamptz[], %(thresholds)s::numeric[])
  as told (id, result, at, threshold)
where row.id = told.id
"""


def _write(table: str, tubes: Mapping[int, Sample], moment: datetime, more: str = "") -> None:
    """Write the result of a tube into the row of each id, some at a time, so that no statement runs into its limit."""
    ids = sorted(tubes)
    with connection.cursor() as cursor:
        for start in range(0, len(ids), BATCH):
            chosen = ids[start : start + BATCH]
            answers = [tubes[pk] for pk in chosen]
            values: dict[str, Any] = {
                "ids": chosen,
                "results": [one.result for one in answers],
                "at": [one.result_at for one in answers],
                "thresholds": [one.cycle_threshold for one in answers],
                "moment": moment,
            }
            cursor.execute(_ANSWER.format(table=table, more=more), values)


def _keep(answered: Sequence[Sample], actor: Actor, moment: datetime) -> int:
    """Write tubes and the tests behind them, open what is to be opened; returns how many pools opened."""
    _write("surveillance_sample", {one.pk: one for one in answered}, moment, more="state = 'resulted',")
    singles = [one for one in answered if one.pool_id is None]
    _answer_tests({one.test_id: one for one in singles if one.test_id is not None}, moment)
    pools = {one.pool_id: one for one in answered if one.pool_id is not None and one.result == NEGATIVE}
    members = PoolMember.objects.filter(pool__in=pools).values_list("test_id", "pool_id")
    _answer_tests({test: pools[pool] for test, pool in members}, moment)
    opened = [one for one in answered if one.pool_id is not None and one.result != NEGATIVE]
    open_pools(opened, actor=actor, moment=moment)
    unclear = [one for one in singles if one.result == LabTest.Result.UNCLEAR]
    sample_again(unclear, _("The result was unclear"), moment)
    _tell(answered, actor, moment)
    return len(opened)


def _answer_tests(tubes: Mapping[int, Sample], moment: datetime) -> None:
    """The outcome of each person, from the tube it was in."""
    _write("surveillance_labtest", tubes, moment)


def _tell(answered: Sequence[Sample], actor: Actor, moment: datetime) -> None:
    """Each result that somebody must act on is told; the healthy of a list are told together."""
    news = [one for one in answered if one.result != NEGATIVE] or answered[:1]
    Fact.objects.bulk_create(
        Fact(
            kind=RESULTED_FACT, subject_id=one.pk, moment=moment, officer_id=actor.officer,
            payload={"result": one.result, "pool": one.pool_id is not None, "answered": len(answered)},
        )
        for one in news
    )  # fmt: skip


@transaction.atomic
def answer_at_the_table(*, actor: Actor, moment: datetime, sample_id: int, result: str) -> Sample:
    """A rapid test that is read where it was taken, by whoever takes samples."""
    actor.require(Permission.SURVEILLANCE_SAMPLE_TAKE)
    rows = Sample.objects.of_area(actor).select_for_update(of=("self",))
    sample = rows.filter(pk=sample_id, method=LabTest.Method.ANTIGEN, laboratory=None).first()
    if sample is None or actor.reach == "own":
        raise NotAllowed(
            _("Only a rapid test that was taken here is read here. Others are answered by their laboratory.")
        )
    reading = Reading(sample.barcode, result, moment)
    problem = problem_of(_tube(sample), reading, moment)
    if problem:
        raise Refusal(words_of(problem, sample.barcode, _known_of(problem, sample, reading)), field="result")
    if sample.state != RESULTED:
        _keep([_answered(sample, reading, moment)], actor, moment)
    return sample


@transaction.atomic
def park_rows(
    *, actor: Actor, moment: datetime, sheet: str, rows: Iterable[tuple[int, Mapping[str, str], str]]
) -> list[ParkedRow]:
    """Keep rows of a sheet that wait: number, cells, reason; what the same sheet left before is settled by this reading."""
    actor.require(Permission.SURVEILLANCE_SAMPLE_RESULT)
    ParkedRow.objects.waiting(REGISTER, actor.officer).filter(sheet=sheet[:200]).update(cleared_at=moment)
    parked = (
        ParkedRow(
            register=REGISTER, officer_id=actor.officer, sheet=sheet[:200], row_number=number, cells=dict(cells),
            reason=reason[:1000], parked_at=moment,
        )
        for number, cells, reason in rows
    )  # fmt: skip
    return ParkedRow.objects.bulk_create(parked, batch_size=BATCH)


def follow_results(*, actor: Actor, moment: datetime, subject_id: int | None = None) -> int:
    """What follows for persons whose tubes were answered: cases made, dated and classified; returns how many tubes.

    Done by the installation, which sees the people whom a laboratory does not. `subject_id` is the tube that told it;
    every other that waits is followed with it.
    """
    del subject_id
    waiting = Sample.objects.unfollowed().select_for_update(of=("self",), skip_locked=True).order_by("pk")
    samples = list(waiting[:FOLLOWED_AT_ONCE])
    for test in _tests_that_matter(samples):
        _follow(test, actor, moment)
    Sample.objects.filter(pk__in=[one.pk for one in samples]).update(followed_at=moment, version=F("version") + 1)
    return len(samples)


def _tests_that_matter(samples: Sequence[Sample]) -> list[LabTest]:
    """Positive tests of one person, and any test of somebody whose illness is open: a negative one may change its class."""
    tests = LabTest.objects.filter(sample__in=[one.pk for one in samples if one.pool_id is None])
    pooled = LabTest.objects.filter(pool_member__pool__in=[one.pool_id for one in samples if one.pool_id is not None])
    ill = Case.objects.live().filter(outcome="").values("person")
    found = [
        *tests.filter(result=LabTest.Result.POSITIVE),
        *tests.exclude(result=LabTest.Result.POSITIVE).filter(person__in=ill),
        *pooled.filter(person__in=ill),
    ]
    persons = LabTest.objects.select_related("person").filter(pk__in=[one.pk for one in found])
    return list(persons.order_by("result_at", "pk"))


def _follow(test: LabTest, actor: Actor, moment: datetime) -> None:
    """One person's consequences; what is refused undoes itself alone and leaves its words."""
    try:
        with transaction.atomic():
            follow_result(actor=actor, moment=moment, test=test)
    except Refusal as refusal:
        told = {"refused": str(refusal)}
        Fact.tell("surveillance:test:unfollowed", subject=test, moment=moment, officer=actor.officer, **told)

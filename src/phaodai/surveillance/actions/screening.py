"""Taking in what phones recorded at the doors: in batches, in any order, each record once whatever is sent again.

A batch is one transaction and a number of statements that does not grow with it. Should a network repeat a batch while the
first is still at work, the lock on the device lets the second find what the first kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.surveillance.actions.screening_keeping import keep_visits, known_of, put_aside
from phaodai.surveillance.models import ScreeningRecord
from phaodai.surveillance.rules.screening_records import (
    Clock,
    Sent,
    Surroundings,
    Unfit,
    Visit,
    clock_of,
    key_of,
    moment_of,
    read,
    visit_of,
)

BATCH_AT_MOST = 200


@dataclass(frozen=True)
class Batch:
    """What one phone sends in one go. `ahead` is how far the installation's clock is set ahead of the machine's (replays)."""

    device: str
    sent_at: object
    records: Sequence[object]
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True)
class Answer:
    """What became of one record: `code` and `about` say why it was refused, `corrected` the time that it counts at."""

    key: str
    outcome: Literal["accepted", "had", "refused"]
    code: str = ""
    about: str = ""
    corrected: datetime | None = None


@dataclass
class _Sorting:
    """A batch while it is sorted: what was kept before by key, what is new, what is refused."""

    had: Mapping[UUID, str]
    known: Surroundings
    clock: Clock
    fresh: dict[UUID, Visit] = field(default_factory=dict)
    refused: dict[UUID, tuple[object, Unfit]] = field(default_factory=dict)

    def judge(self, raw: object, one: Sent | Unfit) -> Answer:
        """The answer to one record."""
        if isinstance(one, Unfit):
            return self._refuse(raw, one)
        earlier = self.had.get(one.key) or (self.fresh[one.key].sent.digest if one.key in self.fresh else None)
        if earlier is not None:
            return Answer(str(one.key), "had") if earlier == one.digest else self._refuse(raw, Unfit("key"))
        try:
            visit = visit_of(one, self.known, self.clock)
        except Unfit as problem:
            return self._refuse(raw, problem)
        self.fresh[one.key] = visit
        return Answer(str(one.key), "accepted", corrected=visit.at if visit.corrected else None)

    def _refuse(self, raw: object, problem: Unfit) -> Answer:
        try:
            key = key_of(raw)
        except Unfit:
            return Answer("", "refused", problem.code, problem.about)
        self.refused[key] = (raw, problem)
        return Answer(str(key), "refused", problem.code, problem.about)


@transaction.atomic
def receive_batch(*, actor: Actor, moment: datetime, batch: Batch) -> list[Answer]:
    """Take in a batch; one answer a record, in the batch's order. Raises `Refusal` only where the whole cannot be read."""
    actor.require(Permission.SURVEILLANCE_SCREENING_RECORD)
    if actor.area.commune is None or actor.reach == "own":
        raise Refusal(_("Records of doors are sent by the station of a commune."))
    if len(batch.records) > BATCH_AT_MOST:
        raise Refusal(_("At most %(most)s records at a time.") % {"most": BATCH_AT_MOST})
    clock = _clock(batch, moment)
    _alone(batch.device)
    sent = [_read(raw, batch.ahead) for raw in batch.records]
    sorting = _Sorting(_had(sent), known_of(sent), clock)
    answers = [sorting.judge(raw, one) for raw, one in zip(batch.records, sent, strict=True)]
    kept = keep_visits(sorting.fresh.values(), actor=actor, moment=moment, device=batch.device)
    put_aside(sorting.refused, kept, actor=actor, moment=moment, device=batch.device)
    return [_final(answer, sorting.fresh, kept) for answer in answers]


def _clock(batch: Batch, moment: datetime) -> Clock:
    try:
        return clock_of(moment_of(batch.sent_at) + batch.ahead, moment)
    except Unfit as problem:
        raise Refusal(_("The phone did not say when it sent this. Load the page again.")) from problem


def _alone(device: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"screening {device}"])


def _read(raw: object, ahead: timedelta) -> Sent | Unfit:
    try:
        return read(raw, ahead)
    except Unfit as problem:
        return problem


def _had(sent: Iterable[Sent | Unfit]) -> dict[UUID, str]:
    keys = [one.key for one in sent if isinstance(one, Sent)]
    return dict(ScreeningRecord.objects.filter(key__in=keys).values_list("key", "digest"))


def _final(answer: Answer, fresh: Mapping[UUID, Any], kept: Mapping[UUID, int]) -> Answer:
    """A key that somebody elsewhere used before, where this officer cannot see it, was not kept after all."""
    if answer.outcome == "accepted" and UUID(answer.key) in fresh and UUID(answer.key) not in kept:
        return Answer(answer.key, "refused", "key")
    return answer

"""Taking in doses that phones recorded: in any order, each once whatever is sent again, none lost that was given.

What only contradicts the rule is kept with a doubt, because the dose is in somebody's arm; what cannot be read, or looks
like the same dose written down twice, is put aside with its words for the phone to mend.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import Refusal
from phaodai.foundation.scope import Actor
from phaodai.rulebook import Rulebook
from phaodai.rulebook.provincial import rulebook_for
from phaodai.rulebook.words import Words
from phaodai.surveillance.rules.screening_records import Clock, clock_of, counted_at, moment_of, written
from phaodai.surveillance.rules.screening_records import Unfit as UnfitRecord
from phaodai.vaccination.actions.doses_keeping import Kept, keep_doses, put_aside
from phaodai.vaccination.actions.doses_known import Holder, Surroundings, facts_of, surroundings_of
from phaodai.vaccination.models import Dose
from phaodai.vaccination.rules.checking import Finding, Given, check_dose
from phaodai.vaccination.rules.checking_words import Way
from phaodai.vaccination.rules.doses_sent import Sent, Unfit, key_of, read
from phaodai.vaccination.rules.identities import identity_key

BATCH_AT_MOST = 100
_AGAIN = frozenset({"same-day"})
"""What is sooner a dose written down twice than given twice: taken only with a reason."""


@dataclass(frozen=True)
class Batch:
    """What one phone sends in one go. `ahead` is how far the installation's clock is set ahead of the machine's (replays)."""

    device: str
    sent_at: object
    records: Sequence[object]
    ahead: timedelta = timedelta(0)


@dataclass(frozen=True)
class Answer:
    """What became of one record: `accepted`, `had`, or `refused` with the words; `doubts` are what the rule says of it."""

    key: str
    outcome: str
    words: Words | None = None
    renew: bool = False
    doubts: tuple[Finding, ...] = ()
    dose: int | None = None
    corrected: datetime | None = None


@dataclass
class _Taking:
    """A batch while it is taken in."""

    actor: Actor
    moment: datetime
    clock: Clock
    book: Rulebook
    had: Mapping[UUID, str]
    known: Surroundings
    fresh: dict[UUID, Kept] = field(default_factory=dict)
    refused: dict[UUID, tuple[object, Unfit]] = field(default_factory=dict)

    def judge(self, raw: object, one: Sent | Unfit) -> Answer:
        """The answer to one record."""
        if isinstance(one, Unfit):
            return self._refuse(raw, one)
        before = self.had.get(one.key) or (self.fresh[one.key].sent.digest if one.key in self.fresh else None)
        if before is not None:
            return Answer(str(one.key), "had") if before == one.digest else self._refuse(raw, Unfit("key"))
        try:
            kept = self._kept(one)
        except Unfit as problem:
            return self._refuse(raw, problem)
        self.fresh[one.key] = kept
        self.known.remember(kept)
        return Answer(str(one.key), "accepted", doubts=kept.findings, corrected=kept.at if kept.corrected else None)

    def _kept(self, sent: Sent) -> Kept:
        """Raises `Unfit` for a session that is not the officer's, a wrong value, or a dose that seems written down twice."""
        at, corrected = counted_at(sent.phone_at, self.clock)
        session = self.known.sessions.get(sent.session)
        if session is None or session.state == "cancelled":
            raise Unfit("session", sent.session)
        if session.closed_at is not None and at > session.closed_at:
            raise Unfit("closed")
        person = self.known.person_of(sent)
        findings = tuple(check_dose(self.book, facts_of(sent, at, self.moment, self.known, person)))
        found = {one.code for one in findings}
        if "before-birth" in found:
            raise Unfit("born", sent.written.born)
        if found & _AGAIN and not (found & _AGAIN <= sent.overridden and sent.reason):
            raise Unfit("again", next(one for one in findings if one.code in _AGAIN).words.vi)
        return Kept(
            sent, at, corrected, written(at, self.moment), session, person, self.known.lots.get(sent.lot or 0), findings
        )

    def _refuse(self, raw: object, problem: Unfit) -> Answer:
        try:
            key = key_of(raw)
        except Unfit:
            return Answer("", "refused", problem.words, renew=True)
        self.refused[key] = (raw, problem)
        return Answer(str(key), "refused", problem.words, renew=problem.code in ("key", "shape"))


@transaction.atomic
def receive_doses(*, actor: Actor, moment: datetime, batch: Batch) -> list[Answer]:
    """Take in a batch; one answer a record, in the batch's order. Raises `Refusal` only where the whole cannot be read."""
    actor.require(Permission.VACCINATION_DOSE_RECORD)
    if len(batch.records) > BATCH_AT_MOST:
        raise Refusal(_("At most %(most)s records at a time.") % {"most": BATCH_AT_MOST})
    clock = _clock(batch, moment)
    book = rulebook_for(actor.area.province)
    sent = [_read(raw, book, batch.ahead) for raw in batch.records]
    fit = [one for one in sent if isinstance(one, Sent)]
    _alone(batch.device, fit)
    had = dict(Dose.objects.filter(key__in=[one.key for one in fit]).values_list("key", "digest"))
    taking = _Taking(actor, moment, clock, book, had, surroundings_of(actor, fit))
    answers = [taking.judge(raw, one) for raw, one in zip(batch.records, sent, strict=True)]
    ids = keep_doses(taking.fresh.values(), actor=actor, moment=moment, device=batch.device, book=book)
    put_aside(taking.refused, taking.known, actor=actor, moment=moment, device=batch.device)
    return [_final(answer, taking.fresh, ids) for answer in answers]


def _clock(batch: Batch, moment: datetime) -> Clock:
    try:
        return clock_of(moment_of(batch.sent_at) + batch.ahead, moment)
    except UnfitRecord as problem:
        raise Refusal(_("The phone did not say when it sent this. Load the page again.")) from problem


def _read(raw: object, book: Rulebook, ahead: timedelta) -> Sent | Unfit:
    try:
        return read(raw, book.vocabularies["product"].terms, ahead)
    except Unfit as problem:
        return problem


def _alone(device: str, sent: Sequence[Sent]) -> None:
    """One batch of a device at a time, and one dose of a person: two tables that record one person see each other's dose."""
    names = sorted({f"dose device {device}", *(f"dose {identity_key(one.written)}" for one in sent)})
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(key) from"
            " (select hashtextextended(name, 0) as key from unnest(%s::text[]) as name order by 1) ordered",
            [names],
        )


def _final(answer: Answer, fresh: Mapping[UUID, Kept], ids: Mapping[UUID, int]) -> Answer:
    """A key that somebody elsewhere used before, where this officer cannot see it, was not kept after all."""
    if answer.outcome != "accepted":
        return answer
    key = UUID(answer.key)
    if key not in ids:
        return Answer(answer.key, "refused", Unfit("key").words, renew=True)
    doubts = tuple(one for one in fresh[key].findings if one.way is not Way.NOTE)
    return Answer(answer.key, "accepted", doubts=doubts, dose=ids[key], corrected=answer.corrected)


@dataclass(frozen=True)
class Look:
    """What the table should know before a dose: whose it would be, the doses before it, and what the rule says."""

    person: Holder | None
    earlier: tuple[Given, ...]
    findings: tuple[Finding, ...]
    problem: Words | None = None


def look_before(*, actor: Actor, moment: datetime, record: object) -> Look:
    """Ask about a dose that has not been given, written as it would be sent. Nothing is kept."""
    actor.require(Permission.VACCINATION_DOSE_RECORD)
    book = rulebook_for(actor.area.province)
    sent = _read(record, book, timedelta(0))
    if isinstance(sent, Unfit):
        return Look(None, (), (), sent.words)
    known = surroundings_of(actor, [sent])
    if sent.session not in known.sessions:
        return Look(None, (), (), Unfit("session").words)
    try:
        person = known.person_of(sent)
    except Unfit as problem:
        return Look(None, (), (), problem.words)
    facts = facts_of(sent, moment, moment, known, person)
    return Look(person, tuple(facts.earlier), tuple(check_dose(book, facts)))

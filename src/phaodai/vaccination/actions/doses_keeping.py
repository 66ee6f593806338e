"""Writing a batch of doses: the doses, what speaks against them, who is watched, and whose they may be."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.formats import fold
from phaodai.foundation.models import Fact
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook import Rulebook
from phaodai.vaccination.actions.claims import join_doors
from phaodai.vaccination.actions.doses_known import Holder, Surroundings
from phaodai.vaccination.actions.doses_matching import ask_whose
from phaodai.vaccination.actions.lists import note_dose
from phaodai.vaccination.models import Dose, DoseDoubt, Invitation, Observation, RefusedDose, Session, VaccineLot
from phaodai.vaccination.rules.checking import Finding, Given, age_on, ask_interval, value_on
from phaodai.vaccination.rules.checking_words import Way
from phaodai.vaccination.rules.doses_sent import Sent, Unfit
from phaodai.vaccination.rules.identities import fingerprint, identity_key

GIVEN, OVERRIDDEN = "vaccination:dose:given", "vaccination:dose:overridden"
_WATCH = "watch-minutes"
_LONG_OVER = timedelta(hours=2)


@dataclass(frozen=True)
class Kept:
    """A dose that is taken in: when it counts, in which session, whose it is, and what the rule says of it."""

    sent: Sent
    at: datetime
    corrected: bool
    source: str
    session: Session
    person: Holder | None
    lot: VaccineLot | None
    findings: tuple[Finding, ...]


def keep_doses(
    doses: Collection[Kept], *, actor: Actor, moment: datetime, device: str, book: Rulebook
) -> dict[UUID, int]:
    """Keep doses and all that follows from them; returns the row ids by key of those that are kept under it."""
    if not doses:
        return {}
    rows = [_row(one, actor, moment, device) for one in doses]
    Dose.objects.bulk_create(rows, ignore_conflicts=True)
    by_key = {one.sent.key: one for one in doses}
    mine = Dose.objects.filter(key__in=by_key, received_at=moment, device=device)
    ids = dict(mine.values_list("key", "pk"))
    found = {ids[key]: by_key[key] for key in ids}
    _doubt(found, actor, moment)
    _watch(found, moment, book)
    _tell(found, actor, moment)
    _note_on_lists(found, actor, moment, book)
    _hand_on_links(found)
    ask_whose([dose for dose, one in found.items() if one.person is None], moment, nearby=True)
    RefusedDose.objects.filter(key__in=ids, settled_at=None).update(settled_at=moment)
    return ids


def area_of(one: Kept) -> Area:
    """Where the person lives; where nobody knows, where the session is."""
    return one.person.area if one.person else Area.of(one.session)


def _row(one: Kept, actor: Actor, moment: datetime, device: str) -> Dose:
    sent, written = one.sent, one.sent.written
    given_on = one.at.astimezone(VIETNAM).date()
    identity = identity_key(written)
    return Dose(
        key=sent.key, digest=sent.digest, person_id=one.person.person if one.person else None,
        joined=one.person.joined if one.person else "", full_name=written.full_name, sex=written.sex,
        birth_year=written.birth_year, birth_date=written.birth_date, identity_number=written.identity_number,
        phone=written.phone, address=written.address, search_key=fold(written.full_name), identity_key=identity,
        fingerprint=fingerprint(identity, given_on, sent.product, sent.number, sent.lot_number), product=sent.product,
        lot=one.lot, lot_number=one.lot.number if one.lot else sent.lot_number, session_id=one.session.pk,
        number=sent.number, given_at=one.at, given_on=given_on,
        age=age_on(given_on, written.birth_date, written.birth_year), group=sent.group,
        organisation_id=one.session.organisation_id, officer_id=actor.officer, device=device, source=one.source,
        received_at=moment, doubted=any(finding.way is not Way.NOTE for finding in one.findings), **area_of(one).columns,
    )  # fmt: skip


def _doubt(found: Mapping[int, Kept], actor: Actor, moment: datetime) -> None:
    """What the rule says against the doses: overridden by name and reason before, or found by the server afterwards."""
    DoseDoubt.objects.bulk_create(
        DoseDoubt(
            dose_id=dose, code=finding.code, words_vi=finding.words.vi[:300], words_en=finding.words.en[:300],
            citation=finding.citation[:120], overridden=finding.code in one.sent.overridden, reason=one.sent.reason,
            officer_id=actor.officer, organisation_id=one.session.organisation_id, found_at=moment,
            **area_of(one).columns,
        )
        for dose, one in found.items()
        for finding in one.findings
        if finding.way is not Way.NOTE
    )  # fmt: skip


def _watch(found: Mapping[int, Kept], moment: datetime, book: Rulebook) -> None:
    """Half an hour on the chairs; what was sent long after was watched without the program."""
    rows = []
    for dose, one in found.items():
        rule = value_on(book, one.at.astimezone(VIETNAM).date(), _WATCH)
        due = one.at + timedelta(minutes=rule[0]) if rule else None
        if due is not None and due > moment - _LONG_OVER:
            rows.append(
                Observation(
                    dose_id=dose, session_id=one.session.pk, organisation_id=one.session.organisation_id, due_at=due,
                    **area_of(one).columns,
                )
            )  # fmt: skip
    Observation.objects.bulk_create(rows)


def _tell(found: Mapping[int, Kept], actor: Actor, moment: datetime) -> None:
    Fact.objects.bulk_create(
        Fact(kind=kind, subject_id=dose, moment=moment, officer_id=actor.officer, payload=payload)
        for dose, one in found.items()
        for kind, payload in _facts(one)
    )


def _facts(one: Kept) -> Iterable[tuple[str, dict[str, Any]]]:
    person = one.person.person if one.person else None
    yield GIVEN, {"person": person, "number": one.sent.number, "product": one.sent.product, "session": one.session.pk}
    overridden = [finding.code for finding in one.findings if finding.code in one.sent.overridden]
    if overridden:
        yield OVERRIDDEN, {"codes": overridden, "reason": one.sent.reason, "session": one.session.pk}


def _note_on_lists(found: Mapping[int, Kept], actor: Actor, moment: datetime, book: Rulebook) -> None:
    """Whoever was invited has come, and waits for the next dose where the law knows of one."""
    invited = Invitation.objects.filter(
        session__in={one.session.pk for one in found.values()}, entry__in={one.sent.entry for one in found.values()}
    )
    expected = set(invited.values_list("session_id", "entry_id"))
    for one in found.values():
        if one.sent.entry and (one.session.pk, one.sent.entry) in expected:
            given_on = one.at.astimezone(VIETNAM).date()
            following = ask_interval(
                book, given_on, Given(one.sent.number, one.sent.product, given_on), one.sent.number + 1
            )
            note_dose(
                actor=actor, moment=moment, entry_id=one.sent.entry, product=one.sent.product, number=one.sent.number,
                given_on=given_on, last=following is None or following.status == "unprovided",
            )  # fmt: skip


def _hand_on_links(found: Mapping[int, Kept]) -> None:
    """The link that came with an invitation tells of this dose from now on."""
    join_doors(
        (one.session.pk, one.sent.entry, dose, one.at.astimezone(VIETNAM).date())
        for dose, one in found.items()
        if one.sent.entry
    )


def put_aside(
    refused: Mapping[UUID, tuple[object, Unfit]], known: Surroundings, *, actor: Actor, moment: datetime, device: str
) -> None:
    """Keep what was refused as it came, once a key, for the phone or the desk to mend."""
    rows = []
    for key, (raw, problem) in refused.items():
        session = known.session_named(raw)
        rows.append(
            RefusedDose(
                key=key, content=raw, reason=problem.words.vi[:300], session=session, organisation_id=actor.organisation,
                officer_id=actor.officer, device=device, received_at=moment, **_place(actor, session).columns,
            )
        )  # fmt: skip
    RefusedDose.objects.bulk_create(rows, ignore_conflicts=True)


def _place(actor: Actor, session: Session | None) -> Area:
    return Area.of(session) if session else Area(actor.area.province or 0, actor.area.district, actor.area.commune)

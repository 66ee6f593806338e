"""What a phone sent of one door: whether it can be taken in, when it counts, what it says of the household. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from json import dumps
from typing import Any, Literal
from uuid import UUID

from phaodai.surveillance.rules.symptoms import SYMPTOMS, with_fever

WELL, ILL, ABSENT, MOVED = "well", "symptoms", "absent", "moved"
STATES = frozenset({WELL, ILL, ABSENT, MOVED})
DONE = "done"
COOLEST, WARMEST = Decimal(30), Decimal(45)
CLOCK_TOLERANCE = timedelta(minutes=15)
"""A phone's clock that is off by less is taken at its word."""
AT_ONCE = timedelta(minutes=2)
"""What arrives sooner after the visit was written down with the network there."""
NOTE_LENGTH = 200

Code = Literal["shape", "key", "round", "household", "person", "state", "symptoms", "temperature", "time"]


class Unfit(ValueError):
    """A record that cannot be taken in: a code with a sentence in pages.screening_words, and the value it is about."""

    def __init__(self, code: Code, about: object = "") -> None:
        super().__init__(code)
        self.code: Code = code
        self.about = str(about)[:120]


@dataclass(frozen=True)
class Finding:
    """One person at one door."""

    person: int
    state: str
    symptoms: tuple[str, ...] = ()
    temperature: Decimal | None = None
    sample: bool = False


@dataclass(frozen=True)
class Sent:
    """One record as the phone sent it, with everything in its own type."""

    key: UUID
    round: int
    household: int
    phone_at: datetime
    findings: tuple[Finding, ...]
    note: str
    digest: str


@dataclass(frozen=True)
class Surroundings:
    """What the server knows of the things that records name, as far as the officer may see them.

    `rounds` gives the commune of a round, `households` that of a household, `members` everybody registered in a household,
    `living` those of them who still count.
    """

    rounds: Mapping[int, int | None]
    households: Mapping[int, int | None]
    members: Mapping[int, Set[int]]
    living: Mapping[int, Set[int]]


@dataclass(frozen=True)
class Clock:
    """A phone's clock against the server's at the moment of sending. `late` is what must be added to the phone's times."""

    received_at: datetime
    late: timedelta

    @property
    def wrong(self) -> bool:
        """Whether the times must be corrected."""
        return abs(self.late) > CLOCK_TOLERANCE


def clock_of(sent_at: datetime, received_at: datetime) -> Clock:
    """Compare the moment of sending by both clocks; the way of the message is within the tolerance."""
    return Clock(received_at, received_at - sent_at)


def counted_at(phone_at: datetime, clock: Clock) -> tuple[datetime, bool]:
    """When a visit was by the server's clock, and whether that differs from what the phone wrote.

    A clock that was set right between visit and sending leaves a time in the future: it counts as the moment of arrival.
    """
    moved = phone_at + clock.late if clock.wrong else phone_at
    if moved > clock.received_at + CLOCK_TOLERANCE:
        return clock.received_at, True
    return min(moved, clock.received_at), clock.wrong


def written(at: datetime, received_at: datetime) -> str:
    """Whether a visit was sent at once or lay in the phone first."""
    return "online" if received_at - at <= AT_ONCE else "offline"


def read(raw: object, ahead: timedelta = timedelta(0)) -> Sent:
    """One record of a batch in its own types, its time moved `ahead` as the installation's clock is in a replay.

    Raises `Unfit` for what no phone of ours would send.
    """
    if not isinstance(raw, dict):
        raise Unfit("shape")
    content = {name: raw.get(name) for name in ("round", "household", "at", "findings", "note")}
    findings = content["findings"]
    if not isinstance(findings, list) or not findings or len(findings) > 60:
        raise Unfit("shape", "findings")
    found = tuple(_finding(one) for one in findings)
    if len({one.person for one in found}) != len(found):
        raise Unfit("shape", "findings")
    return Sent(
        key_of(raw), _whole(content["round"], "round"), _whole(content["household"], "household"),
        moment_of(content["at"]) + ahead, found, _text(content["note"]), digest_of(content),
    )  # fmt: skip


def key_of(raw: object) -> UUID:
    """The idempotency key of a record. Raises `Unfit` where there is none."""
    try:
        return UUID(str(raw["key"] if isinstance(raw, dict) else None))
    except (KeyError, ValueError) as problem:
        raise Unfit("shape", "key") from problem


def moment_of(value: object) -> datetime:
    """A moment with its zone."""
    try:
        at = datetime.fromisoformat(str(value))
        # A year at the edge of the calendar cannot be moved into another zone or be corrected.
        if at.tzinfo is None or not 1990 < at.year < 2200:
            raise Unfit("time", value)
    except ValueError as problem:
        raise Unfit("time", value) from problem
    return at


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of what was said at the door, so that a key is known to come with the same content again."""
    return sha256(dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _finding(raw: object) -> Finding:
    if not isinstance(raw, dict):
        raise Unfit("shape", "findings")
    state, symptoms = raw.get("state"), raw.get("symptoms") or []
    if not isinstance(state, str) or state not in STATES:
        raise Unfit("state", state)
    if not isinstance(symptoms, list):
        raise Unfit("symptoms", symptoms)
    unknown = [word for word in symptoms if word not in SYMPTOMS]
    if unknown:
        raise Unfit("symptoms", unknown[0])
    warmth = _temperature(raw.get("temperature"))
    return _settled(_whole(raw.get("person"), "person"), state, frozenset(symptoms), warmth, raw.get("sample") is True)


def _settled(person: int, state: str, symptoms: frozenset[str], warmth: Decimal | None, sample: bool) -> Finding:  # noqa: FBT001
    """A thermometer that says fever makes a symptom of it; nobody measured those who were not met."""
    if state not in (WELL, ILL):
        return Finding(person, state)
    symptoms = with_fever(symptoms, float(warmth) if warmth is not None else None)
    state = ILL if symptoms else state
    return Finding(person, state, tuple(sorted(symptoms)), warmth, sample and state == ILL)


def _temperature(value: object) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        warmth = round(Decimal(str(value)), 1)
    except InvalidOperation as problem:
        raise Unfit("temperature", value) from problem
    if not COOLEST <= warmth <= WARMEST:
        raise Unfit("temperature", value)
    return warmth


def _whole(value: object, code: Literal["round", "household", "person"]) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 62:
        raise Unfit(code, value)
    return value


def _text(value: object) -> str:
    return str(value).replace("\0", "").strip()[:NOTE_LENGTH] if value else ""


@dataclass(frozen=True)
class Tally:
    """What a visit says of the household: its state, and how many of how many were not met or have symptoms."""

    standing: str
    persons: int
    absent: int
    symptomatic: int


@dataclass(frozen=True)
class Visit:
    """A record that is taken in, with the time that it counts at."""

    sent: Sent
    at: datetime
    corrected: bool
    source: str
    tally: Tally


def visit_of(sent: Sent, known: Surroundings, clock: Clock) -> Visit:
    """Take in one record. Raises `Unfit` with the first thing it speaks of that is not there."""
    _check(sent, known)
    at, corrected = counted_at(sent.phone_at, clock)
    tally = tally_of(sent.findings, known.living.get(sent.household, frozenset()))
    return Visit(sent, at, corrected, written(at, clock.received_at), tally)


def _check(sent: Sent, known: Surroundings) -> None:
    if sent.household not in known.households:
        raise Unfit("household", sent.household)
    commune = known.households[sent.household]
    if sent.round not in known.rounds or known.rounds[sent.round] != commune:
        raise Unfit("round", sent.round)
    for finding in sent.findings:
        if finding.person not in known.members.get(sent.household, frozenset()):
            raise Unfit("person", finding.person)


def tally_of(findings: tuple[Finding, ...], living: Set[int]) -> Tally:
    """Everybody counts: whoever lives there and was not spoken of was not met."""
    missed = {one.person for one in findings if one.state == ABSENT} | (living - {one.person for one in findings})
    ill = sum(one.state == ILL for one in findings)
    persons = len(living | {one.person for one in findings})
    return Tally(ABSENT if missed else DONE, persons, len(missed), ill)

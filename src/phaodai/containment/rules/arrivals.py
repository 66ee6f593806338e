"""What follows when somebody arrives: the level of where they come from on that day, and the law of that day. Pure.

Nothing is concluded from silence: where the level of the origin is unknown, where no provision speaks of the case or
nobody has verified it, the verdict is `UNDECIDED` and says why, and a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import inf
from typing import Any

from phaodai.rulebook import Decision, Provision, Refusal, Rulebook, Words
from phaodai.rulebook.record import as_record, awaited

QUARANTINE = "quarantine"
CENTRALISED, HOME, LODGING = "centralised", "home", "lodging"
MONITOR, FREE, UNDECIDED = "monitor", "free", "undecided"
PLACES = frozenset({CENTRALISED, HOME, LODGING})
OUTCOMES = (CENTRALISED, HOME, LODGING, MONITOR, FREE)
"""What may follow; `UNDECIDED` is none of them."""
KEPT = (
    *("outcome", "status", "rule", "version", "on", "document", "clause"),
    *("in_force_from", "in_force_to", "confidence", "why", "awaiting_verification"),
)
TRAVELLERS = ("risk-level.procedure", "testing-of-travellers")
FROM_LEVEL_4 = "level-4-or-lockdown"
HIGHEST, HIGH = 4, 3
CLOCK_TOLERANCE = timedelta(minutes=5)
"""A telephone's clock that differs by no more is taken as right: so long may a message be on its way."""
LONGEST = 60
"""Days of quarantine or monitoring that an officer may set by hand; no document of the rulebook asks for more than 28."""


class Standing(StrEnum):
    """What the place of origin is to the law."""

    ABROAD = "abroad"
    OUTBREAK = "outbreak-area"
    CLEAR = "clear"
    INDICATED = "indicated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Origin:
    """What is known of where somebody comes from. `level` is that of the day; `source` says who published it."""

    name: str = ""
    abroad: bool = False
    level: int | None = None
    locked_down: bool = False
    source: str = ""


@dataclass(frozen=True)
class Verdict:
    """What follows for one person, until when, and what it rests on as plain data.

    `quarantine_until` and `monitor_until` are the first free days; `urgent` asks for a health worker now.
    """

    outcome: str
    record: Mapping[str, Any]
    quarantine_until: date | None = None
    monitor_until: date | None = None
    test_on: tuple[date, ...] = ()
    urgent: bool = False


@dataclass(frozen=True)
class Timing:
    """When something was: `at` by the server's clock; `ahead` is how far the telephone's clock went before it."""

    at: datetime
    ahead: timedelta = field(default=timedelta(0))

    @property
    def corrected(self) -> bool:
        """Whether the telephone's own time could not be kept."""
        return abs(self.ahead) > CLOCK_TOLERANCE


def timing(said: datetime | None, sent: datetime | None, received: datetime) -> Timing:
    """The true moment of what a telephone recorded at `said` and sent at `sent`, both by its own clock.

    How far that clock goes wrong is seen when it sends; what was recorded long before, without a network, is moved by
    as much. Where the two do not fit together (somebody set the clock in between), the server's moment is kept.
    """
    if said is None or sent is None or sent < said:
        return Timing(received)
    ahead = sent - received
    if abs(ahead) <= CLOCK_TOLERANCE:
        return Timing(min(said, received))
    return Timing(said - ahead, ahead)


def standing_of(book: Rulebook, on: date, origin: Origin, *, unwell: bool) -> tuple[Standing, Provision | None]:
    """What the origin is to the law on a day, and the value that says so.

    A lockdown is an outbreak area on every day: that is what it is for. From which level on an area counts as one is
    asked of the law (Nghị quyết 128/NQ-CP of 11/10/2021: level 4; from level 3 on indication).
    """
    if origin.abroad:
        return Standing.ABROAD, None
    value = _value(book, on)
    if origin.locked_down:
        return Standing.OUTBREAK, value
    if origin.level is None or value is None or value.then != FROM_LEVEL_4:
        return Standing.UNKNOWN, None
    if origin.level >= HIGHEST:
        return Standing.OUTBREAK, value
    return (Standing.INDICATED if unwell and origin.level == HIGH else Standing.CLEAR), value


def _value(book: Rulebook, on: date) -> Provision | None:
    try:
        value = book.value(TRAVELLERS[0], on, TRAVELLERS[1])
    except Refusal:
        return None
    return value if value.verified else None


def judge(book: Rulebook, on: date, origin: Origin, facts: Mapping[str, Any], *, unwell: bool = False) -> Verdict:
    """What follows for somebody who arrives on a day.

    `facts` may hold doses, last_dose_on and recovered_on; `unwell` is whoever has symptoms or met a case.
    """
    standing, value = standing_of(book, on, origin, unwell=unwell)
    if standing in (Standing.ABROAD, Standing.OUTBREAK):
        return _by_quarantine_rule(book, on, origin, standing, facts, unwell=unwell)
    if standing == Standing.CLEAR and not unwell and value is not None:
        return Verdict(FREE, {**_record_of(value, on, _clear_words(origin, value)), "origin": _plain(origin)})
    words = _WHY_NOT[standing](origin, on)
    return Verdict(UNDECIDED, _open_record(words, on, origin, value), urgent=unwell)


def _by_quarantine_rule(
    book: Rulebook, on: date, origin: Origin, standing: Standing, facts: Mapping[str, Any], *, unwell: bool
) -> Verdict:
    try:
        given = {"who": "arrival", "origin": str(standing), "start_on": on, **facts}
        decision = book.decide(QUARANTINE, on, given)
    except Refusal as refusal:
        return Verdict(UNDECIDED, _open_record(refusal.words, on, origin, None), urgent=unwell)
    return verdict_of(decision, on, {"origin": _plain(origin)}, unwell=unwell)


def verdict_of(decision: Decision, on: date, more: Mapping[str, Any], *, unwell: bool = False) -> Verdict:
    """A decision of the rule of quarantine as a verdict."""
    record = {**_kept(decision), **more}
    found = decision.outcome
    if found is None:
        return Verdict(UNDECIDED, record, urgent=unwell)
    if not found["isolate_days"]:
        outcome = MONITOR if found["monitor_days"] else FREE
        return Verdict(outcome, record, None, _later(on, found["monitor_days"]), urgent=unwell)
    if found.get("place") not in PLACES:
        return Verdict(UNDECIDED, record, urgent=unwell)
    tests = tuple(on + timedelta(days=int(number) - 1) for number in found["test_days"] or ())
    until = on + timedelta(days=int(found["isolate_days"]))
    return Verdict(found["place"], record, until, _later(until, found["monitor_days"]), tests, unwell)


def by_hand(on: date, outcome: str, days: int, monitor_days: int, *, reason: str, before: Mapping[str, Any]) -> Verdict:
    """What an officer decides where the law concludes nothing, or otherwise than it; the reason and what the rule said stay.

    Raises ValueError naming what does not fit: `outcome`, `days` or `reason`.
    """
    if outcome not in OUTCOMES:
        raise ValueError("outcome")
    if (outcome in PLACES) != (days > 0) or not 0 <= days <= LONGEST or not 0 <= monitor_days <= LONGEST:
        raise ValueError("days")
    if not reason.strip():
        raise ValueError("reason")
    until = _later(on, days)
    record = {**before, "chosen": {"outcome": outcome, "days": days, "monitor_days": monitor_days, "because": reason}}
    return Verdict(outcome, record, until, _later(until or on, monitor_days))


def missing_from(expected: Sequence[int], arrived: Sequence[int]) -> list[int]:
    """Who was to be on the bus and has not got off, in the order of the list."""
    there = set(arrived)
    return [one for one in expected if one not in there]


def _later(day: date, days: int | None) -> date | None:
    return day + timedelta(days=int(days)) if days else None


def _kept(decision: Decision) -> dict[str, Any]:
    """Plain data; a figure without end ("months since a dose" of somebody without one) is no figure."""
    record = as_record(decision)
    figures = {name: value for name, value in record["figures"].items() if value not in (inf, -inf)}
    return {**{name: record[name] for name in KEPT}, "figures": figures}


def _record_of(value: Provision, on: date, why: Words) -> dict[str, Any]:
    return {
        "outcome": FREE,
        "status": "concluded",
        "rule": "/".join(TRAVELLERS),
        "version": value.name,
        "on": on.isoformat(),
        "document": value.document.number,
        "clause": value.clause or None,
        "in_force_from": value.begin.isoformat(),
        "in_force_to": value.end.isoformat() if value.end else None,
        "confidence": value.confidence,
        "why": why._asdict(),
        "awaiting_verification": [awaited(value)] if not value.verified else [],
    }


def _open_record(why: Words, on: date, origin: Origin, value: Provision | None) -> dict[str, Any]:
    record = {"outcome": None, "status": "open", "rule": QUARANTINE, "on": on.isoformat(), "why": why._asdict()}
    cited = {"document": value.document.number if value else None, "clause": value.clause or None if value else None}
    return {**record, **cited, "awaiting_verification": [], "origin": _plain(origin)}


def _plain(origin: Origin) -> dict[str, Any]:
    return {**vars(origin)}


def _clear_words(origin: Origin, value: Provision) -> Words:
    return Words(
        f"{origin.name} đang ở cấp {origin.level}. {value.reason.vi}",
        f"{origin.name} is at level {origin.level}. {value.reason.en}",
    )


def _unknown(origin: Origin, on: date) -> Words:
    if origin.level is None:
        name = origin.name or "–"
        return Words(
            f"Chưa biết cấp độ dịch của nơi đi ({name}) ngày {on:%d/%m/%Y}. Ghi cấp độ của nơi đó, rồi hỏi lại.",
            f"The level of the place of origin ({name}) on {on:%d/%m/%Y} is not known. Record it, then ask again.",
        )
    return Words(
        f"{origin.name} ở cấp {origin.level}, nhưng ngày {on:%d/%m/%Y} không văn bản đã xác minh nào còn hiệu lực nói từ cấp "
        "nào là vùng dịch. Cán bộ y tế quyết định.",
        f"{origin.name} is at level {origin.level}, but on {on:%d/%m/%Y} no verified document in force says from which level "
        "an area is an outbreak area. A health officer decides.",
    )


def _indicated(origin: Origin, _on: date) -> Words:
    return Words(
        f"{origin.name} ở cấp 3 và người này có triệu chứng hoặc đã gặp ca bệnh: cán bộ y tế khám, chỉ định xét nghiệm "
        "rồi quyết định.",
        f"{origin.name} is at level 3 and this person has symptoms or met a case: a health officer examines, orders a test "
        "and decides.",
    )


def _unwell(_origin: Origin, _on: date) -> Words:
    return Words(
        "Có triệu chứng hoặc đã gặp ca bệnh: cán bộ y tế khám và xét nghiệm trước, rồi quyết định.",
        "Symptoms, or met a case: a health officer examines and tests first, then decides.",
    )


_WHY_NOT = {Standing.UNKNOWN: _unknown, Standing.INDICATED: _indicated, Standing.CLEAR: _unwell}

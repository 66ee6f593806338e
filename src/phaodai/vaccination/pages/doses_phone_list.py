"""What a phone at a vaccinating table holds: the session, its lots, who is invited with the doses before, who is watched.

Names are held in full, because the right person is told by name and birth; card and telephone numbers are not.
"""

from datetime import date, datetime
from typing import Any

from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor, Area
from phaodai.rulebook.provincial import rulebook_for
from phaodai.vaccination.actions.doses import Look
from phaodai.vaccination.actions.turns import Turns, turns_at
from phaodai.vaccination.law.vocabulary import group_choices, product_label
from phaodai.vaccination.models import Dose, Invitation, LotHold, Observation, Session
from phaodai.vaccination.rules.checking import Finding, value_on

_MOST = 2_000


def list_for(actor: Actor, session: Session, now: datetime) -> dict[str, Any]:
    """The whole of it, as plain values."""
    book = rulebook_for(actor.area.province)
    least = value_on(book, session.day, "least-age")
    watch = value_on(book, session.day, "watch-minutes")
    turns = turns_at(session)
    return {
        "officer": {"id": actor.officer, "name": actor.name},
        "now": now.isoformat(),
        "session": {"id": session.pk, "name": session.name, "day": session.day.isoformat(), "state": session.state},
        "lots": _lots(session),
        "least": least[0] if least else None,
        "watch": watch[0] if watch else None,
        "groups": _groups(turns.open_to(session, None, None)),
        "people": _invited(actor, session, turns),
        "given": _given(session),
        "watched": _watched(session),
    }


def _lots(session: Session) -> list[dict[str, Any]]:
    rows = session.lots.select_related("lot").order_by("lot__expires_on", "lot_id")
    held = LotHold.objects.standing().filter(lot__in=[row.lot_id for row in rows])
    forbidden = {hold.lot_id for hold in held if hold.forbids_at(session)}
    return [
        {
            "id": row.lot_id, "number": row.lot.number, "product": row.lot.product,
            "label": product_label(row.lot.product), "expires": row.lot.expires_on.isoformat(),
            "held": row.lot_id in forbidden,
        }
        for row in rows
    ]  # fmt: skip


def _groups(open_here: frozenset[str] | None) -> list[dict[str, Any]]:
    """Every group with whether it is open where the session is; nothing where nobody asks whose turn it is."""
    if open_here is None:
        return []
    return [{"key": key, "label": str(label), "open": key in open_here} for key, label in group_choices()]


def _invited(actor: Actor, session: Session, turns: Turns) -> list[dict[str, Any]]:
    """Whoever is expected, with the next dose, the one before, and whether it is their turn, as the list has them."""
    asked = Invitation.objects.visible_to(actor).filter(session=session).exclude(state="withdrawn")
    rows = asked.select_related("entry").order_by("slot", "position")[:_MOST]
    return [
        {
            "entry": row.entry_id, "person": row.entry.person_id, "name": row.entry.full_name, "sex": row.entry.sex,
            "born": _born(row.entry.birth_date, row.entry.birth_year), "group": row.entry.group,
            "number": row.entry.next_number, "due": _iso(row.entry.due_from), "slot": f"{row.slot:%H:%M}" if row.slot else "",
            "last": _last(row.entry.next_number, row.entry.last_product, row.entry.last_given_on),
            "turn": _turn(row, turns.open_to(session, row.entry_id, Area.of(row.entry))),
        }
        for row in rows
    ]  # fmt: skip


def _turn(row: Invitation, open_groups: frozenset[str] | None) -> bool:
    return open_groups is None or row.entry.next_number > 1 or row.entry.group in open_groups


def _born(day: date | None, year: int | None) -> str:
    return day.isoformat() if day else str(year or "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _last(following: int, product: str, on: date | None) -> list[dict[str, Any]]:
    return [_dose(following - 1, product, on)] if on else []


def _dose(number: int, product: str, on: date) -> dict[str, Any]:
    return {"number": number, "product": product, "label": product_label(product), "on": on.isoformat()}


def _given(session: Session) -> list[dict[str, Any]]:
    """Who had a dose here today, to be told at once when somebody sits down twice."""
    doses = Dose.objects.counted().filter(session=session).order_by("-given_at")[:_MOST]
    return [{"name": one.full_name, "born": _born(one.birth_date, one.birth_year)} for one in doses]


def _watched(session: Session) -> list[dict[str, Any]]:
    rows = Observation.objects.watched().filter(session=session).select_related("dose").order_by("due_at")[:_MOST]
    return [
        {"id": row.pk, "key": str(row.dose.key), "name": row.dose.full_name, "due": row.due_at.isoformat()}
        for row in rows
    ]


def look_as_data(look: Look, alike: list[dict[str, Any]]) -> dict[str, Any]:
    """The answer of the rule before a dose."""
    earlier = sorted(look.earlier, key=lambda one: (one.given_on, one.number))
    return {
        "person": look.person.person if look.person else None,
        "joined": look.person.joined if look.person else "",
        "earlier": [_dose(one.number, one.product, one.given_on) for one in earlier],
        "next": max((one.number for one in earlier), default=0) + 1,
        "findings": [finding_as_data(one) for one in look.findings],
        "problem": look.problem.of(language()) if look.problem else "",
        "alike": alike,
    }


def finding_as_data(finding: Finding) -> dict[str, str]:
    """One finding in the language of the screen."""
    return {
        "code": finding.code,
        "way": finding.way.value,
        "words": finding.words.of(language()),
        "cite": finding.citation.partition(" · ")[0],
    }

"""Doses of the books that contradict one another or the rule: found set-wise, judged by the rule, flagged, never dropped."""

# ruff: noqa: S608  (statements are put together from our own words and figures)
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from phaodai.foundation.scope import Area
from phaodai.rulebook import Rulebook
from phaodai.vaccination.actions.doses_matching import array
from phaodai.vaccination.models import Dose, DoseDoubt
from phaodai.vaccination.rules.checking import DoseFacts, Finding, Given, LotFacts, check_dose
from phaodai.vaccination.rules.checking_intervals import longest_waits

FOUND_LATER = frozenset({"same-day", "twice", "order", "too-soon", "mixed", "too-young", "lot-expired", "lot-product"})
"""What is doubted in doses that came from elsewhere. Who asked for consent, or whose turn it was, no sheet tells."""
_ADULT = 18
# Every dose of some people, and of some identities that are nobody's yet; the keys stand in the statement as arrays, so
# that the planner knows how many they are.
_COURSE = (
    "select {columns}, null::uuid as identity from vaccination_dose"
    " where struck_at is null and person_id = any(%s::bigint[]) union all"
    " select {columns}, identity_key from vaccination_dose"
    " where struck_at is null and person_id is null and identity_key = any(%s::uuid[])"
)
_SIEVED = "id, number, product, given_on, age, lot_id, person_id"
_AT_ONCE = 2_000
"""Doses marked in one statement: each leaves its history, and no statement may take half a minute."""
_COLUMNS = (
    "id", "number", "product", "given_on", "given_at", "birth_date", "birth_year", "organisation_id", "province_id",
    "district_id", "commune_id",
)  # fmt: skip


def doubt_doses(doses: Sequence[int], *, book: Rulebook, moment: datetime) -> int:
    """Look at some doses beside all others of the same people, and flag what contradicts; returns how many are doubted."""
    suspects = _suspects(doses, longest_waits(book))
    if not suspects:
        return 0
    courses = _courses(list(suspects))
    rows = [
        _doubt(one, finding, moment)
        for course in courses.values()
        for one in course
        if one["id"] in suspects
        for finding in _found(book, one, course, moment)
    ]
    DoseDoubt.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_AT_ONCE)
    doubted = sorted({row.dose_id for row in rows})
    for begun in range(0, len(doubted), _AT_ONCE):
        Dose.objects.filter(pk__in=doubted[begun : begun + _AT_ONCE], doubted=False).update(doubted=True)
    return len(doubted)


def _suspects(doses: Sequence[int], waits: Mapping[tuple[int, str], int]) -> set[int]:
    """More than the rule will flag, never less: out of sequence, soon after, another product, a child, an old lot."""
    limits = ", ".join(f"({number}, '{product}', {days})" for (number, product), days in waits.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with ordered as (
              select d.*, lag(d.number) over w as number_before, lag(d.product) over w as product_before,
                lag(d.given_on) over w as given_before
              from ({_COURSE.format(columns=_SIEVED)}) d
              window w as (partition by d.person_id, d.identity order by d.given_on, d.number, d.id)
            )
            select o.id from ordered o
            left join (values {limits}) as wait (number, product, days)
              on wait.number = o.number and wait.product = o.product_before
            left join vaccination_vaccinelot lot on lot.id = o.lot_id
            where o.number <> coalesce(o.number_before, 0) + 1
              or o.given_on - o.given_before < wait.days
              or (o.number = 2 and o.product <> o.product_before)
              or o.age < {_ADULT} or lot.expires_on < o.given_on or lot.product <> o.product
            """,
            _whose(cursor, doses),
        )
        return {row[0] for row in cursor.fetchall()}


def _whose(cursor: CursorWrapper, doses: Sequence[int]) -> tuple[str, str]:
    """The people of some doses, and the identities of those that are nobody's, as the arrays of `_COURSE`."""
    cursor.execute(
        "select coalesce((array_agg(distinct person_id) filter (where person_id is not null))::text, '{}'),"
        " coalesce((array_agg(distinct identity_key) filter (where person_id is null))::text, '{}')"
        " from vaccination_dose where id = any(%s::bigint[])",
        [array(doses, "bigint")],
    )
    ((people, identities),) = cursor.fetchall()
    return people, identities


def _courses(doses: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
    """All doses of the people of some doses, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select coalesce(d.person_id::text, d.identity::text), {', '.join(f'd.{name}' for name in _COLUMNS)},"
            " lot.number, lot.product, lot.expires_on"
            f" from ({_COURSE.format(columns='*')}) d left join vaccination_vaccinelot lot on lot.id = d.lot_id"
            " order by d.given_on, d.number, d.id",
            _whose(cursor, doses),
        )
        courses: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for whose, *row in cursor.fetchall():
            courses[whose].append(dict(zip((*_COLUMNS, "lot", "lot_product", "expires_on"), row, strict=True)))
    return courses


def _found(
    book: Rulebook, one: Mapping[str, Any], course: Sequence[Mapping[str, Any]], moment: datetime
) -> list[Finding]:
    """What the rule says of a dose beside those before it; a later dose is judged by itself."""
    place = next(index for index, other in enumerate(course) if other["id"] == one["id"])
    earlier = [Given(other["number"], other["product"], other["given_on"]) for other in course[:place]]
    lot = LotFacts(one["lot"], one["lot_product"], one["expires_on"]) if one["lot"] else None
    facts = DoseFacts(
        product=one["product"], number=one["number"], given_at=one["given_at"], now=moment, given_on=one["given_on"],
        birth_date=one["birth_date"], birth_year=one["birth_year"], earlier=earlier, lot=lot, consents_to_mixing=True,
    )  # fmt: skip
    return [finding for finding in check_dose(book, facts) if finding.code in FOUND_LATER]


def _doubt(one: Mapping[str, Any], finding: Finding, moment: datetime) -> DoseDoubt:
    area = Area(one["province_id"], one["district_id"], one["commune_id"])
    return DoseDoubt(
        dose_id=one["id"], code=finding.code, words_vi=finding.words.vi[:300], words_en=finding.words.en[:300],
        citation=finding.citation[:120], organisation_id=one["organisation_id"], found_at=moment, **area.columns,
    )  # fmt: skip

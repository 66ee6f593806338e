"""Right dose, right time: what the rule says of a dose before it is given, with the document it rests on."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaodai.foundation.clock import VIETNAM
from phaodai.rulebook import load
from phaodai.vaccination.law.full import full_course
from phaodai.vaccination.rules.checking import DoseFacts, Given, LotFacts, age_on, check_dose, next_number, refused
from phaodai.vaccination.rules.checking_intervals import longest_waits
from phaodai.vaccination.rules.checking_words import SENTENCES, WAYS
from phaodai.vaccination.rules.events import LotSignal, council_day
from phaodai.vaccination.rules.identities import Written, fingerprint, identity_key

TODAY = date(2021, 11, 24)
AZ, PFIZER = "astrazeneca", "comirnaty"
BEFORE = Given(1, AZ, date(2021, 9, 20))
WAITS = longest_waits(load())


def found(**changes: Any) -> list[str]:
    """The codes of what is said against a dose given today to somebody born in 1980; `changes` to it."""
    day = changes.pop("given_on", TODAY)
    facts = {
        "product": AZ, "number": 1, "given_on": day, "given_at": datetime.combine(day, time(7), VIETNAM),
        "now": datetime.combine(TODAY, time(7), VIETNAM), "birth_date": date(1980, 3, 4), "birth_year": 1980,
    }  # fmt: skip
    return [one.code for one in check_dose(load(), DoseFacts(**facts | changes))]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"number": 2, "earlier": [BEFORE]}, []),
        ({"number": 2, "earlier": [Given(1, AZ, date(2021, 10, 1))]}, ["too-soon"]),
        ({"number": 2, "earlier": [Given(1, AZ, date(2021, 8, 1))]}, ["late"]),
        ({"number": 2, "product": PFIZER, "earlier": [BEFORE]}, ["mixed-consent"]),
        ({"number": 2, "product": PFIZER, "earlier": [BEFORE], "consents_to_mixing": True}, []),
        ({"number": 2, "product": "moderna", "earlier": [BEFORE]}, ["mixed"]),
        ({"number": 2, "product": "abdala", "earlier": [Given(1, "abdala", date(2021, 10, 1))]}, ["interval-unknown"]),
        ({"number": 1, "earlier": [BEFORE]}, ["twice"]),
        ({"number": 1, "earlier": [Given(1, AZ, TODAY)]}, ["same-day"]),
        ({"number": 2}, ["order"]),
        ({"birth_date": date(2011, 1, 1), "birth_year": 2011}, ["too-young"]),
        ({"birth_date": None, "birth_year": 2009}, ["age-unsure"]),
        ({"birth_date": None, "birth_year": None}, ["age-unknown"]),
        ({"given_on": date(2021, 11, 26)}, ["future"]),
        ({"given_on": date(1979, 1, 1)}, ["before-birth", "no-age-rule"]),
        ({"lot": LotFacts("X")}, ["lot-unknown"]),
        ({"lot": LotFacts("X", PFIZER, date(2021, 11, 1), held=True)}, ["lot-product", "lot-expired", "lot-held"]),
        ({"group": "others", "open_groups": ["chronic-elderly"], "number": 1}, ["group-closed"]),
        ({"open_groups": ["chronic-elderly"], "number": 1}, ["group-unknown"]),
    ],
)
def test_what_speaks_against_a_dose(changes: dict[str, Any], codes: list[str]) -> None:
    assert found(**changes) == codes


def test_every_finding_has_words_in_both_languages_and_a_way() -> None:
    assert set(WAYS) == set(SENTENCES) - {"order-without"}
    (finding,) = check_dose(
        load(),
        DoseFacts(
            PFIZER, 2, datetime.combine(TODAY, time(7), VIETNAM), datetime.combine(TODAY, time(8), VIETNAM), TODAY,
            date(1980, 1, 1), 1980, [Given(1, PFIZER, TODAY - timedelta(days=7))],
        ),
    )  # fmt: skip
    assert "08/12/2021" in finding.words.vi
    assert "2021-12-08" in finding.words.en
    assert finding.citation == "3588/QĐ-BYT · vaccine-interval/comirnaty-2@2021-07-26"
    assert refused([finding]) == []


days = st.dates(date(2021, 7, 26), date(2022, 6, 30))


@given(
    first=days, gap=st.integers(1, 200), product=st.sampled_from(["astrazeneca", "comirnaty", "vero-cell", "moderna"])
)
def test_the_sieve_for_many_doses_lets_nothing_too_soon_through(first: date, gap: int, product: str) -> None:
    given_on = first + timedelta(days=gap)
    codes = found(
        product=product, number=2, given_on=given_on, earlier=[Given(1, product, first)],
        now=datetime.combine(given_on, time(9), VIETNAM),
    )  # fmt: skip
    assert "too-soon" not in codes or gap < WAITS[2, product]


@given(born=st.dates(date(1920, 1, 1), date(2021, 1, 1)), day=days)
def test_a_year_of_birth_never_makes_somebody_younger_than_the_day(born: date, day: date) -> None:
    exact, by_year = age_on(day, born, born.year), age_on(day, None, born.year)
    assert exact is not None
    assert by_year is not None
    assert by_year - 1 <= exact <= by_year
    assert next_number([]) == 1


def test_identities_and_doses_are_the_same_whatever_hand_wrote_them() -> None:
    one, other = Written("Lò Thị Thúy", "F", None, 1980), Written("Lo  thi Thuy", "F", None, 1980)
    card = Written("Lò Thị Thúy", "F", None, 1980, "001180000001")
    assert identity_key(one) == identity_key(other) != identity_key(card)
    assert identity_key(card) == identity_key(Written("Ai Đó", identity_number="001180000001"))
    assert fingerprint(identity_key(one), TODAY, AZ, 1, "ab 1") == fingerprint(
        identity_key(other), TODAY, AZ, 1, "AB 1"
    )
    assert fingerprint(identity_key(one), TODAY, AZ, 1, "a") != fingerprint(identity_key(one), TODAY, AZ, 2, "a")


def test_duties_after_a_dose() -> None:
    assert council_day(date(2021, 11, 24), 5) == date(2021, 12, 1), "a Wednesday, and a week end between"
    assert LotSignal(8, 10_000, 10, 100_000).stands_out
    assert not LotSignal(2, 10_000, 20, 100_000).stands_out
    assert LotSignal(1, 0, 1, 0).rate is None
    course = [(1, AZ, date(2021, 9, 1)), (2, AZ, date(2021, 12, 1))]
    assert full_course(load(), date(2021, 12, 20), course).since == date(2021, 12, 15)
    assert full_course(load(), date(2021, 12, 20), course[:1]).since is None
    assert full_course(load(), date(2021, 11, 20), course).words.vi.startswith("Chưa có quy định")

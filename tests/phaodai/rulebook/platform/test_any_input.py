"""Whatever stands in an address or a form, a page answers in words."""

from datetime import date
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phaodai.rulebook import diseases, load
from phaodai.rulebook.forms import FactsForm, SigningForm
from phaodai.rulebook.pages.bench import answer
from phaodai.rulebook.rules import RULES
from phaodai.rulebook.showing.addresses import value_url
from tests.clients import sign_in
from tests.phaodai.rulebook.platform.conftest import OPEN_CELL
from tests.world import World

NUMBERS = st.one_of(
    st.integers(-10, 400).map(str),
    st.floats().map(str),
    st.sampled_from(["1e9", "1e308", "999999999", "0,5", "٣", "²"]),
)
WORDS = st.one_of(
    st.text(max_size=12), NUMBERS, st.dates().map(str), st.sampled_from(["1", "0", "1,2,3", "100%", "\0"])
)
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
ROOMY = settings(
    max_examples=150, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


@st.composite
def filled(draw: st.DrawFn) -> tuple[str, str, dict[str, str]]:
    """A disease, one of its rules, and its form filled in plausibly or not."""
    disease = draw(st.sampled_from(diseases()))
    book = load(disease)
    rule = draw(st.sampled_from(sorted(RULES)))
    data = {}
    for name in book.rule(rule).facts:
        fact = book.facts[name]
        likely = {
            "term": st.sampled_from(sorted(fact.vocabulary.terms) if fact.vocabulary else [""]),
            "flag": st.sampled_from(["", "0", "1"]),
            "day": DAYS.map(str),
            "list": st.lists(st.integers(0, 31), max_size=16).map(lambda items: ", ".join(map(str, items))),
        }.get(fact.kind, NUMBERS)
        data[name] = draw(st.one_of(st.just(""), likely, likely, WORDS))
    return disease, rule, data


@ROOMY
@given(asked=filled(), on=DAYS)
def test_the_bench_answers_anything(asked: tuple[str, str, dict[str, str]], on: date) -> None:
    disease, rule, data = asked
    book = load(disease)
    found = answer(book, rule, on, FactsForm(data, book=book, rule=rule, on=on))
    assert "note" in found or found["why"]


ASKED = st.dictionaries(
    st.sampled_from(["quy-tac", "ngay", "benh", "level", "activity", "people", "cap", "viec", "nguoi"]), WORDS
)
PAGES = st.sampled_from(["/luat/", "/luat/bien-phap", "/luat/cho-doi-chieu", "/luat/bang/measures"])
PARTS = st.text(st.characters(exclude_characters="/?#\0.", exclude_categories=["Cs"]), min_size=1, max_size=20)


@pytest.mark.django_db
@settings(ROOMY, max_examples=25)
@given(asked=ASKED, page=PAGES)
def test_an_address_of_anything_is_answered(asked: dict[str, str], page: str, world: World) -> None:
    assert sign_in("ngoc").get(f"{page}?{urlencode(asked)}").status_code == 200


@pytest.mark.django_db
@settings(ROOMY, max_examples=25)
@given(part=PARTS, page=st.sampled_from(["van-ban", "ngay", "bang"]))
def test_a_part_of_an_address_that_is_nothing_is_not_there(part: str, page: str, world: World) -> None:
    assert sign_in("ngoc").get(f"/luat/{page}/{quote(part)}").status_code == 404


VALUES = [
    (disease, one.name)
    for disease in diseases()
    for several in load(disease).provisions.values()
    for one in several
    if not one.verified or one.doubtful
]


@ROOMY
@given(which=st.sampled_from(VALUES), data=st.data())
def test_the_form_of_every_value_takes_or_refuses_anything(which: tuple[str, str], data: st.DataObject) -> None:
    disease, name = which
    book = load(disease)
    provision = next(one for one in book.provisions[name.partition("/")[0]] if one.name == name)
    names = list(SigningForm(book=book, provision=provision).fields)
    given_data = {
        field: data.draw(st.one_of(st.just(""), WORDS, DAYS.map(str))) for field in names if field != "upload"
    }
    form = SigningForm(given_data, {}, book=book, provision=provision)
    if form.is_valid():
        form.value()
    else:
        assert form.errors


@pytest.mark.django_db
@settings(ROOMY, max_examples=15)
@given(value=WORDS, clause=WORDS, first=WORDS, text=WORDS)
def test_a_signature_of_anything_is_taken_or_refused(
    value: str, clause: str, first: str, text: str, world: World
) -> None:
    sent = {"value-": value, "clause": clause, "first_day": first, "last_day": "2022-01-26", "official_text": text}
    answer_of = sign_in("linh").post(value_url(OPEN_CELL, "covid-19"), sent)
    assert answer_of.status_code in (302, 422)

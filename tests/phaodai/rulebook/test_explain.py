"""Reasons in both languages, what would change an outcome, and what was taken for granted."""

import datetime as dt

from phaodai.rulebook import load
from phaodai.rulebook.record import as_record

ON = dt.date(2021, 10, 24)
HCMC = {"cases_per_100k_week": 73.5, "dose1_adult_share": 0.99, "full_elderly_share": 0.92}


def test_figures_stand_in_the_form_of_the_language() -> None:
    why = load().decide("risk-level", ON, HCMC).why
    assert "73,5 ca" in why.vi
    assert "99%" in why.vi
    assert "73.5 new" in why.en


def test_the_nearest_limits_on_either_side_would_change_it() -> None:
    decision = load().decide("risk-level", ON, HCMC)
    changes = {(one.fact, one.outcome): one.words.en for one in decision.what_would_change_it}
    assert "below 20" in changes["cases_per_100k_week", 1]
    assert "150 or more" in changes["cases_per_100k_week", 3]
    assert "below 80%" in changes["full_elderly_share", 3]
    assert "2022-01-27" in changes["on", None]


def test_a_change_of_one_fact_is_what_the_rule_then_decides() -> None:
    decision = load().decide("risk-level", ON, HCMC | {"full_elderly_share": 0.7999})
    told = {
        one.outcome
        for one in load().decide("risk-level", ON, HCMC).what_would_change_it
        if one.fact == "full_elderly_share"
    }
    assert told == {decision.outcome}


def test_only_assumptions_that_bear_on_the_outcome_are_told() -> None:
    decision = load().decide("contact-class", dt.date(2022, 1, 10), {"of": "F0", "distance_m": 1.0})
    assert decision.outcome == "F1"
    assert dict(decision.assumed) == {"masked": False, "physical": False, "care_without_ppe": False}
    other = load().decide("contact-class", dt.date(2022, 1, 10), {"of": "F1", "distance_m": 1.0})
    assert dict(other.assumed) == {}


def test_a_field_that_awaits_verification_is_empty_and_named() -> None:
    decision = load().decide("quarantine", dt.date(2021, 5, 10), {"who": "contact"})
    assert decision.outcome["test_days"] is None
    assert "ngày xét nghiệm" in decision.why.vi
    assert as_record(decision)["awaiting_verification"][0]["fields"] == ["test_days"]


def test_an_unverified_value_names_document_and_value() -> None:
    decision = load().decide("measures", dt.date(2021, 11, 1), {"level": 2, "activity": "karaoke"})
    assert decision.outcome is None
    assert "128/NQ-CP" in decision.why.vi
    assert "measures by level and activity – risk level: 2; activity: high-risk" in decision.why.en
    assert "/" not in decision.why.vi.replace("128/NQ-CP", ""), "no name of the program's own"
    assert [one.name for one in decision.awaiting] == ["measures/high-risk-2@2021-10-11"]


def test_the_loser_is_shown_and_the_winner_ends_where_it_loses() -> None:
    decision = load().decide("vaccine-priority", dt.date(2021, 7, 7), {"group": "teachers"})
    assert (decision.in_force_to, decision.losers) == (dt.date(2021, 7, 7), ())
    later = load().decide("vaccine-priority", dt.date(2021, 7, 8), {"group": "teachers"})
    assert [loser.document.number for loser in later.losers] == ["21/NQ-CP"]


def test_the_record_is_plain_data() -> None:
    record = as_record(load().decide("quarantine", dt.date(2022, 3, 1), {"who": "contact", "start_on": "2022-03-01"}))
    assert record["outcome"]["until"] == "2022-03-08"
    assert record["in_force_from"] == "2022-02-21"
    assert record["document"] == "762/BYT-DP"

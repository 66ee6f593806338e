"""What may open or is allowed: enterprises by index, schools by criteria, activities by level; the end of an outbreak."""

import numpy as np

from phaodai.rulebook.errors import Refusal
from phaodai.rulebook.facts import Column, Mask
from phaodai.rulebook.inquiry import Inquiry, Outcome
from phaodai.rulebook.rules.calendar import days_after
from phaodai.rulebook.rules.rule import Rule
from phaodai.rulebook.words import Words, sentence

WRONG_COUNT = Words(
    "Bộ tiêu chí này cần đủ {count} điểm thành phần.", "This scheme needs exactly {count} component scores."
)
WRONG_SCORE = Words("Có điểm thành phần ngoài thang điểm.", "A component's score is outside its scale.")
WRONG_CRITERION = Words(
    "Có tiêu chí không thuộc bộ tiêu chí hoặc lặp lại.", "A criterion is not in this scheme or named twice."
)

NO_LEVELS = Words(
    "Ngày {day} chưa có cấp độ dịch. Chọn Chỉ thị 15, 16 hoặc 19 thay cho cấp độ.",
    "no risk levels were in force on {on}; give directive=15, 16 or 19 instead of level",
)


def enterprise_index(inquiry: Inquiry) -> Outcome:
    """Outcome: {index, group, may_operate}; index in percent, unrounded."""
    scheme = inquiry.ask("enterprise-index.scheme")
    scores = [np.asarray(one or (), dtype=np.float64) for one in inquiry.need("scores")]
    _refuse_scores(inquiry, scores, scheme.numbers("components"), scheme.numbers("most_per_component"))
    total = np.array([one.sum() for one in scores])
    index = total / scheme.numbers("whole") * 100
    inquiry.derive("index", np.round(index, 2))
    inquiry.derive("compared_index", np.where(scheme.holds("rounded"), np.floor(index + 0.5), index))
    inquiry.derive("highest_component", np.array([one.max(initial=0.0) for one in scores]))
    band = inquiry.ask("enterprise-index.bands", scheme.settled, principal=True)
    return {"index": inquiry["index"], "group": band.objects("group"), "may_operate": band.holds("may_operate")}


def _refuse_scores(inquiry: Inquiry, scores: list[Column], components: Column, most: Column) -> None:
    counts = np.array([len(one) for one in scores])
    for count in np.unique(components[~np.isnan(components)]):
        wrong = (components == count) & (counts != count)
        inquiry.refuse(wrong, Words(*(text.format(count=int(count)) for text in WRONG_COUNT)))
    ranges = [(one.min(initial=0.0), one.max(initial=0.0)) for one in scores]
    inquiry.refuse(
        np.array([low < 0 for low, _ in ranges]) | (np.array([high for _, high in ranges]) > most), WRONG_SCORE
    )


def school_opening(inquiry: Inquiry) -> Outcome:
    """Outcome: {grade, may_open}."""
    scheme = inquiry.ask("school-opening.scheme")
    met = [set(one or ()) for one in inquiry.need("met")]
    inquiry.refuse(_wrong_criteria(inquiry, met, scheme.numbers("items")), WRONG_CRITERION)
    mandatory = [set(one or ()) for one in scheme.objects("mandatory")]
    inquiry.derive("criteria_met", np.array([float(len(one)) for one in met]))
    inquiry.derive("mandatory_met", np.array([float(need <= have) for need, have in zip(mandatory, met, strict=True)]))
    band = inquiry.ask("school-opening.bands", scheme.settled, principal=True)
    return {"grade": band.objects("grade"), "may_open": band.holds("may_open")}


def _wrong_criteria(inquiry: Inquiry, met: list[set[float]], items: Column) -> Mask:
    repeated = np.array([len(named or ()) != len(once) for named, once in zip(inquiry["met"], met, strict=True)])
    strange = [
        bool(one) and not all(item.is_integer() and 1 <= item <= most for item in one)
        for one, most in zip(met, items, strict=True)
    ]
    return repeated | (np.array(strange) & ~np.isnan(items))


def measures(inquiry: Inquiry) -> Outcome:
    """Outcome: "allowed", "limited" or "stopped"."""
    by_level = any("level" in row.provision.when.facts for row in inquiry.law.table("measures").rows)
    if not by_level and (inquiry["directive"] == "none").all():
        raise Refusal(
            Words(*(text.format(day=sentence(inquiry.law.on, "vi"), on=inquiry.law.on) for text in NO_LEVELS))
        )
    return inquiry.ask("measures").words()


def outbreak_over(inquiry: Inquiry) -> Outcome:
    """Outcome: {over, on}; counted from the day on which the last case was isolated, which is day 0.

    A case found after that day has not been isolated yet: `on` is then None.
    """
    quiet = inquiry.ask("outbreak-over")
    isolated, found = inquiry.need("last_isolated_on"), inquiry["last_case_on"]
    ends = days_after(isolated, quiet.numbers("days"))
    on = np.where(found > isolated, np.datetime64("NaT", "D"), ends)
    return {"over": on <= inquiry.on, "on": on}


def epidemic_declared(inquiry: Inquiry) -> Outcome:
    """Outcome: whether the unit counts as having an epidemic that may be declared."""
    inquiry.derive("excess_cases", inquiry["cases_this_month"] - inquiry["mean_of_same_month"])
    return inquiry.ask("epidemic-declared").holds()


def area_controlled(inquiry: Inquiry) -> Outcome:
    """Outcome: whether an area under social isolation counts as under control."""
    return inquiry.ask("area-controlled").holds()


DECLARATION_FACTS = (
    "tier",
    "confirmed_cases",
    "cases_this_month",
    "mean_of_same_month",
    "communes_with_epidemic",
    "districts_with_epidemic",
)
CONTROL_FACTS = ("cases_fall_two_weeks", "positivity_falls_days", "days_without_cluster")

ENTERPRISE_INDEX = Rule("enterprise-index", ("scheme", "scores"), "enterprise-index.scheme", enterprise_index)
SCHOOL_OPENING = Rule("school-opening", ("scheme", "met"), "school-opening.scheme", school_opening)
MEASURES = Rule("measures", ("level", "activity", "directive", "people", "indoors"), "measures", measures)
OUTBREAK_OVER = Rule("outbreak-over", ("last_isolated_on", "last_case_on"), "outbreak-over", outbreak_over)
EPIDEMIC_DECLARED = Rule("epidemic-declared", DECLARATION_FACTS, "epidemic-declared", epidemic_declared)
AREA_CONTROLLED = Rule("area-controlled", CONTROL_FACTS, "area-controlled", area_controlled)

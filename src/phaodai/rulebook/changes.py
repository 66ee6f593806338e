"""What would change an outcome: the rule put again with each number moved past its limit and each yes/no turned."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from phaodai.rulebook.conditions import Interval, intervals
from phaodai.rulebook.decision import Change, Decision
from phaodai.rulebook.explain import field_label, shown
from phaodai.rulebook.facts import Fact
from phaodai.rulebook.findings import Findings
from phaodai.rulebook.words import FLAGS, LANGUAGES, Language, Words, sentence

Decide = Callable[[Mapping[str, list[Any]]], Findings]

PHRASES = {
    "reach_up": Words("{label} từ {limit} trở lên", "{label} of {limit} or more"),
    "pass_up": Words("{label} trên {limit}", "{label} above {limit}"),
    "reach_down": Words("{label} từ {limit} trở xuống", "{label} of {limit} or less"),
    "pass_down": Words("{label} dưới {limit}", "{label} below {limit}"),
    "turn": Words("{label}: {limit}", "{label}: {limit}"),
}
THEN = Words("Nếu {condition} thì kết quả là {outcome}.", "With {condition}, the outcome would be {outcome}.")
ENDS = Words(
    "Từ {day} quy định này không còn áp dụng; phải xét lại.", "From {day} on this rule no longer counts; decide again."
)


@dataclass(frozen=True)
class Trial:
    """One fact moved to one value, and how to say so."""

    fact: Fact
    value: float
    phrase: str
    limit: float
    direction: int


def changes(decision: Decision, findings: Findings, given: Mapping[str, Any], decide: Decide) -> tuple[Change, ...]:
    """The nearest changes of single facts that would change the outcome of the first case, then the law's own end.

    `given` are the facts of that case as columns hold them; `decide` puts the rule to many cases.
    """
    trials = list(_trials(findings))
    return (*_outcome_changes(decision, findings, given, trials, decide), *_end(decision))


def _trials(findings: Findings) -> Iterator[Trial]:
    """Nearest limits first, so that the first change found in a direction is the nearest one."""
    limits: dict[str, set[float]] = {}
    for step in findings.inquiry.steps:
        for row in step.answer.table.rows:
            for one in intervals(row.provision.when):
                limits.setdefault(one.fact, set()).update(_limits(one))
    for name in sorted(limits):
        fact, value = findings.inquiry.law.facts[name], findings.figures(0).get(name)
        if fact.derived or value is None or fact.kind == "day":
            continue
        if fact.kind == "flag":
            yield Trial(fact, float(not value), "turn", float(not value), 0)
        else:
            yield from _moves(fact, float(value), limits[name])


def _limits(interval: Interval) -> set[float]:
    return {float(limit) for limit in (interval.low, interval.high) if isinstance(limit, float)}


def _moves(fact: Fact, now: float, limits: set[float]) -> Iterator[Trial]:
    for limit in sorted(limits, key=lambda one: abs(one - now)):
        for direction, word in ((1, "up"), (-1, "down")):
            if (limit - now) * direction > 0:
                yield Trial(fact, limit, f"reach_{word}", limit, direction)
            beyond = limit + direction if fact.kind == "count" else math.nextafter(limit, direction * math.inf)
            if (beyond - now) * direction > 0 and fact.low <= beyond <= fact.high:
                yield Trial(fact, beyond, f"pass_{word}", limit, direction)


def _outcome_changes(
    decision: Decision, findings: Findings, given: Mapping[str, Any], trials: list[Trial], decide: Decide
) -> Iterator[Change]:
    if not trials:
        return
    columns = {name: [value] * len(trials) for name, value in given.items()}
    for trial in trials:
        columns.setdefault(trial.fact.name, [findings.inquiry.columns[trial.fact.name][0]] * len(trials))
    for place, trial in enumerate(trials):
        columns[trial.fact.name][place] = trial.value
    outcomes, told = decide(columns).outcomes, set()
    for trial, outcome in zip(trials, outcomes, strict=True):
        if outcome is not None and outcome != decision.outcome and (trial.fact.name, trial.direction) not in told:
            told.add((trial.fact.name, trial.direction))
            yield Change(trial.fact.name, _words(findings, trial, decision.outcome, outcome), outcome)


def _words(findings: Findings, trial: Trial, before: Any, after: Any) -> Words:
    texts = []
    for language in LANGUAGES:
        label, limit = trial.fact.label.of(language), _limit(findings, trial, language)
        condition = PHRASES[trial.phrase].of(language).format(label=label[0].lower() + label[1:], limit=limit)
        texts.append(THEN.of(language).format(condition=condition, outcome=_outcome(findings, before, after, language)))
    return Words(*texts)


def _outcome(findings: Findings, before: Any, after: Any, language: Language) -> str:
    if not isinstance(after, dict):
        return shown(findings.inquiry.law, "outcome", after, language)
    law, old = findings.inquiry.law, before or {}
    moved = {name: value for name, value in after.items() if name not in old or old[name] != value}
    return ", ".join(
        f"{field_label(law, name, language)} {shown(law, name, value, language)}" for name, value in moved.items()
    )


def _limit(findings: Findings, trial: Trial, language: Language) -> str:
    if trial.phrase == "turn":
        return FLAGS[language][bool(trial.limit)]
    limit = int(trial.limit) if trial.limit.is_integer() else trial.limit
    return shown(findings.inquiry.law, trial.fact.name, limit, language)


def _end(decision: Decision) -> Iterator[Change]:
    if decision.in_force_to is None:
        return
    day = decision.in_force_to + dt.timedelta(days=1)
    yield Change("on", Words(*(ENDS.of(language).format(day=sentence(day, language)) for language in LANGUAGES)), None)

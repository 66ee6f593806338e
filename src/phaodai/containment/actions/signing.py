"""The paper of a decision about levels: drafted, numbered and signed in the outgoing book of the deciding body."""

from collections.abc import Sequence
from datetime import datetime

from phaodai.command.actions.papers import draft_paper, sign_paper
from phaodai.command.models import OutgoingPaper
from phaodai.containment.law import bases_of, limits_of_level
from phaodai.containment.models import Level, LevelDecision
from phaodai.containment.rules.decision_paper import Turned, annex_of, body_of, subject_of
from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.scope import Actor
from phaodai.people.models import Organisation
from phaodai.rulebook import Rulebook
from phaodai.rulebook.provincial import rulebook_for


def sign_decision_paper(*, actor: Actor, moment: datetime, decisions: Sequence[LevelDecision]) -> OutgoingPaper:
    """One signed decision (QĐ) about all of them: levels, measures and duties, with a table of what they rest on."""
    turned = _turned(decisions)
    book = rulebook_for(decisions[0].province_id)
    paper = draft_paper(
        actor=actor,
        moment=moment,
        kind=OutgoingPaper.Kind.DECISION,
        subject=subject_of(turned),
        body=_body(book, turned, decisions, moment, actor),
        annexes=[annex_of(turned)],
        distribution=["Như Điều 3", "Sở Y tế", "Cổng thông tin điện tử của tỉnh"],
        addressed=_addressees(decisions),
    )
    return sign_paper(actor=actor, moment=moment, paper_id=paper.pk)


def _body(
    book: Rulebook, turned: Sequence[Turned], decisions: Sequence[LevelDecision], moment: datetime, actor: Actor
) -> str:
    on = moment.date()
    limits = {level: limits_of_level(book, level, on) for level in {one.after for one in turned}}
    sources = [one.document.number for found in limits.values() for one in found]
    procedure = [row.provision.document.number for row in book.table("risk-level.procedure", on).rows]
    bases = bases_of(book, on, [*(one.document for one in turned), *procedure, *sources])
    return body_of(turned, bases, limits, max(one.notice_hours for one in decisions), actor.organisation_name)


def _turned(decisions: Sequence[LevelDecision]) -> list[Turned]:
    days = {one.assessed_on for one in decisions}
    levels = Level.objects.filter(unit__in=[one.unit_id for one in decisions], on__in=days)
    assessed = {(level.unit_id, level.on): level.record for level in levels}
    found = [_turned_one(one, assessed.get((one.unit_id, one.assessed_on), {})) for one in decisions]
    return sorted(found, key=lambda one: (-one.after, one.above, one.name))


def _turned_one(decision: LevelDecision, record: dict[str, object]) -> Turned:
    unit, figures = decision.unit, record.get("figures")
    return Turned(
        name=unit.name,
        above=unit.parent.name if unit.parent else "",
        before=decision.from_level,
        after=decision.to_level,
        begins=decision.takes_effect_at.astimezone(VIETNAM),
        figures=figures if isinstance(figures, dict) else {},
        document=str(record.get("document") or ""),
    )


def _addressees(decisions: Sequence[LevelDecision]) -> list[int]:
    """The committees of the districts concerned, or of the communes where there are no districts."""
    committees = Organisation.objects.open().filter(kind=Organisation.Kind.PEOPLES_COMMITTEE)
    districts = {one.district_id for one in decisions if one.district_id}
    communes = {one.unit_id for one in decisions if one.district_id is None and one.commune_id}
    return list(committees.filter(unit__in=districts | communes).values_list("pk", flat=True))

"""Teams lent to other units and provinces: asked for, agreed, out, back."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from phaodai.care.actions.facilities_shared import require_body, require_words
from phaodai.care.models import Team, TeamLoan
from phaodai.foundation.clock import local_day
from phaodai.foundation.constraints import worded
from phaodai.foundation.models import Fact
from phaodai.foundation.permissions import Permission
from phaodai.foundation.refusals import NotAllowed, NotHere, Refusal
from phaodai.foundation.scope import Actor, Area
from phaodai.people.models import Organisation

MANAGE = Permission.CARE_ROSTER_MANAGE
State = TeamLoan.State
# What may follow each state.
NEXT: dict[str, tuple[str, ...]] = {
    State.ASKED: (State.AGREED, State.REFUSED),
    State.AGREED: (State.OUT, State.REFUSED),
    State.OUT: (State.BACK,),
    State.BACK: (),
    State.REFUSED: (),
}


@dataclass(frozen=True)
class Wish:
    """To whom a team goes, to do what, on which days, both included."""

    task: str
    people: int
    since: date
    until: date
    to_organisation: Organisation | None = None
    to_province: str = ""


@transaction.atomic
def ask_loan(*, actor: Actor, moment: datetime, team_id: int, wish: Wish, order_reference: str = "") -> TeamLoan:
    """Ask for a team of the province. Tells `care:loan:asked`."""
    actor.require(MANAGE)
    team = Team.objects.visible_to(actor).standing().filter(pk=team_id).select_related("organisation").first()
    if team is None:
        raise NotHere(_("There is no such team that your post may see."))
    if wish.to_organisation is not None and wish.to_organisation.pk != actor.organisation:
        require_body(actor, wish.to_organisation)
    if wish.until < local_day(moment):
        raise Refusal(_("These days are past."), field="until")
    loan = TeamLoan(
        team=team,
        to_organisation=wish.to_organisation,
        to_province=wish.to_province.strip(),
        task=require_words(wish.task, "task", _("Say what the team is to do.")),
        people=wish.people,
        since=wish.since,
        until=wish.until,
        order_reference=order_reference.strip(),
        **Area.of(team).columns,
    )
    return _kept(loan, actor, moment)


def _kept(loan: TeamLoan, actor: Actor, moment: datetime) -> TeamLoan:
    # The database itself keeps a team from being lent twice; its refusal is worded below.
    loan.full_clean(exclude=["team", "to_organisation"])
    with worded():
        loan.save()
    Fact.tell(f"care:loan:{loan.state}", subject=loan, moment=moment, officer=actor.officer, team=loan.team_id)
    return loan


@transaction.atomic
def step_loan(*, actor: Actor, moment: datetime, loan_id: int, state: str, reason: str = "") -> TeamLoan:
    """Agree to a loan, refuse it with a reason, send the team out, take it back. Tells `care:loan:<state>`.

    Whoever answers for the team's organisation decides; a unit cannot take what it asks for.
    """
    actor.require(MANAGE)
    loan = TeamLoan.objects.visible_to(actor).select_related("team__organisation").filter(pk=loan_id).first()
    if loan is None:
        raise NotHere(_("There is no such loan that your post may see."))
    lender = loan.team.organisation
    if lender.pk != actor.organisation and (actor.reach == "own" or not actor.area.holds(lender)):
        raise NotAllowed(_("%(body)s lends this team, and decides.") % {"body": lender.short_name})
    loan = TeamLoan.objects.select_for_update(of=("self",)).select_related("team").get(pk=loan_id)
    if state not in NEXT[loan.state]:
        raise Refusal(_("This loan is “%(state)s”; that does not follow.") % {"state": loan.get_state_display()})
    if state == State.REFUSED:
        loan.reason = require_words(reason, "reason", _("Say why the loan is refused."))[:300]
    if state == State.BACK:
        loan.back_on = local_day(moment)
        loan.until = max(loan.since, min(loan.until, loan.back_on))
    loan.state, loan.version = State(state), loan.version + 1
    return _kept(loan, actor, moment)

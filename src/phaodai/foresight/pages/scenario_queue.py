"""What scenarios put into the queue of today: levels that were met, results that are there; and the run in the rail."""

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from phaodai.foresight.models import ScenarioRun, TriggerEpisode
from phaodai.foresight.pages.scenarios import run_url
from phaodai.foresight.pages.trigger_words import level_name, met_words
from phaodai.foresight.pages.triggers import may_decide
from phaodai.foresight.rules.triggers import levels_of
from phaodai.foundation.components import Action, QueueItem, State
from phaodai.foundation.formats import ago
from phaodai.foundation.permissions import Permission
from phaodai.foundation.registers.showing import language
from phaodai.foundation.scope import Actor
from phaodai.foundation.shell import Job

SHOWN = 6
TOLD_WITHIN = timedelta(days=3)


def scenario_queue(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Levels for the head to answer, then one's own results."""
    return [*_levels_met(actor, moment), *_results(actor, moment)]


def waiting_count(actor: Actor) -> int:
    """How many proposals wait for the officer."""
    return TriggerEpisode.objects.visible_to(actor).waiting().count() if may_decide(actor) else 0


def _levels_met(actor: Actor, moment: datetime) -> list[QueueItem]:
    if not may_decide(actor):
        return []
    rows = TriggerEpisode.objects.visible_to(actor).waiting().select_related("unit")
    levels, url = {one.number: one for one in levels_of({})}, reverse("scenario-levels")
    return [
        QueueItem(
            _("%(unit)s meets scenario %(level)s")
            % {"unit": one.unit.name, "level": _small(level_name(levels[one.level]))},
            State(ago(one.begun_at, moment, language()), "late" if one.level > 2 else "act"),
            _("%(met)s. %(count)d tasks are ready.")
            % {"met": met_words(one.met), "count": len(levels[one.level].tasks)},
            url,
            [Action(_("See and decide"), url, "eye", "go", small=True)],
        )
        for one in rows.order_by("-level", "begun_at")[:SHOWN]
    ]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _results(actor: Actor, moment: datetime) -> list[QueueItem]:
    """Runs of the officer's own that are over and were not looked at."""
    if not actor.may(Permission.FORESIGHT_SCENARIO_RUN) or actor.officer is None:
        return []
    over = (ScenarioRun.State.FINISHED, ScenarioRun.State.FAILED)
    rows = ScenarioRun.objects.light().filter(
        officer_id=actor.officer, state__in=over, seen_at=None, ended_at__gt=moment - TOLD_WITHIN
    )
    return [
        QueueItem(
            _("Scenario computed: %(name)s") % {"name": run.plan.name}
            if run.state == ScenarioRun.State.FINISHED
            else _("Scenario could not be computed: %(name)s") % {"name": run.plan.name},
            State(ago(run.ended_at or moment, moment, language()), "act"),
            run.problem or run.get_kind_display().capitalize(),
            run_url(run.pk),
            [Action(_("See the result"), reverse("scenario-run-see", args=[run.pk]), "eye", "go", "post", small=True)],
        )
        for run in rows.select_related("plan").order_by("-ended_at")[:SHOWN]
    ]


def running_job(request: HttpRequest, actor: Actor) -> list[Job]:
    """The run that this officer started in this browser, for the rail; asked for only after a start."""
    pk = request.session.get("scenario_run")
    if not isinstance(pk, int):
        return []
    run = ScenarioRun.objects.visible_to(actor).light().select_related("plan").filter(pk=pk).first()
    if run is None or not run.is_open:
        return []
    return [Job(run.plan.name, run.percent, run.get_state_display(), run_url(run.pk))]

"""What the playbook asks of the officers of the small world: one step for each of its cases."""

from datetime import datetime

from tests.story_surveillance import area_of


def build_playbook(evening: datetime) -> None:
    """Each case asks that the people be told where it was."""
    from phaodai.foundation.models import Fact
    from phaodai.foundation.scope import SYSTEM, entering
    from phaodai.playbook.models import Step
    from phaodai.surveillance.models import Case

    with entering(SYSTEM):
        for case in Case.objects.order_by("id"):
            fact = Fact.tell("surveillance:case:created", subject=case, moment=evening, officer=None)
            Fact.objects.filter(pk=fact.pk).update(followed_at=evening)
            Step.objects.create(
                consequence="exposure-sites", subject_kind="surveillance:case", subject_id=case.pk, fact=fact,
                about=case.code, state="proposed", **area_of(case),
            )  # fmt: skip

"""What people told of themselves after a dose, and who of the roster works at this morning's session."""

from datetime import datetime, timedelta
from uuid import UUID

from demo import SEED
from phaodai.care.models import Worker
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, Area, entering
from phaodai.people.models import Post
from phaodai.vaccination.actions.claims import send_claim
from phaodai.vaccination.actions.sessions_team import join_team
from phaodai.vaccination.models import Dose, ReactionDoor, Session
from phaodai.vaccination.rules.claims import last_day

TOLD = (
    # reference, hours ago, signs, words, telephone
    ("MVSATEM234", 11, ("fever", "sore-arm"), "Sốt 38,4 từ tối qua", "0987 654 321"),
    ("MVSATEM345", 2, ("headache", "tired"), "", ""),
)
DUTIES = ("screening", "vaccinating", "watching")


def load_claims(now: datetime) -> None:
    """Two people of Tân Lộc told of ordinary signs and wait for a call; three of the roster stand at the session."""
    with entering(SYSTEM):
        session = Session.objects.select_related("organisation").filter(day=now.date()).first()
        if session is None:
            return
        posts = Post.objects.select_related("officer", "organisation").filter(organisation=session.organisation)
        station = posts.earliest("id").actor()
        doses = list(
            Dose.objects.counted().filter(commune_id=session.commune_id).order_by("-given_at", "-pk")[: len(TOLD)]
        )
        for dose, (reference, hours, signs, words, phone) in zip(doses, TOLD, strict=False):
            ReactionDoor.objects.create(
                reference=reference, dose=dose, organisation=session.organisation, given_on=dose.given_on,
                closes_on=last_day(dose.given_on, None), **Area.of(dose).columns,
            )  # fmt: skip
            moment = now - timedelta(hours=hours)
            with clock.at(moment):
                send_claim(
                    actor=SYSTEM, moment=moment, reference=reference, key=UUID(int=SEED * 10**11 + hours), signs=signs,
                    words=words, phone=phone,
                )  # fmt: skip
    with clock.at(now), entering(station, why="demo"):
        workers = Worker.objects.visible_to(station).working().order_by("sort_key")[: len(DUTIES)]
        for worker, duty in zip(workers, DUTIES, strict=False):
            join_team(actor=station, moment=now, session_id=session.pk, worker_id=worker.pk, duty=duty)

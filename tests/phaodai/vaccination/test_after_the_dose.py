"""Behind a slip's link; whose turn it is at the table; which lots a warm fridge holds; who stands at a session."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction

from phaodai.command.models import Task
from phaodai.foundation import clock
from phaodai.foundation.models import Fact
from phaodai.foundation.refusals import NotHere, Refusal
from phaodai.foundation.scope import STRANGER, SYSTEM, entering, know_reference
from phaodai.people.models import Person
from phaodai.playbook.actions import follow_facts
from phaodai.playbook.models import Step
from phaodai.vaccination.actions.claims import confirm_claim, dismiss_claim, open_doors, send_claim, tell_claims
from phaodai.vaccination.actions.events import Report
from phaodai.vaccination.actions.invitations import write_told
from phaodai.vaccination.actions.sessions import cancel_session
from phaodai.vaccination.actions.sessions_team import elsewhere, join_team
from phaodai.vaccination.models import (
    Dose,
    DoseDoubt,
    Invitation,
    ReactionClaim,
    ReactionDoor,
    Session,
    SessionMember,
)
from tests.clients import sign_in, stranger
from tests.phaodai.vaccination.table import resident, table_of
from tests.story import Story
from tests.story_vaccination_gaps import REFERENCE
from tests.world import World

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat("2021-11-24T06:40+07:00")


def follow(moment: datetime) -> None:
    """What follows from the facts of vaccination; those of the rest of the story are another test's."""
    Fact.objects.waiting().exclude(kind__startswith="vaccination:").update(followed_at=moment)
    follow_facts(actor=SYSTEM, moment=moment)


def test_a_danger_sign_becomes_a_task_and_a_reaction_once_somebody_asked(world: World, story: Story) -> None:
    key, later = uuid4(), MORNING + timedelta(hours=1)
    with entering(STRANGER):
        know_reference(REFERENCE)
        claim = send_claim(
            actor=STRANGER,
            moment=MORNING,
            reference=REFERENCE,
            key=key,
            signs=["fever", "breathless"],
            phone="0912 345 678",
        )
        again = send_claim(actor=STRANGER, moment=later, reference=REFERENCE, key=key, signs=["tired"])
        assert (again.pk, claim.signs, claim.alarming) == (claim.pk, ["breathless", "fever"], True)
        # A stranger sees the door and what was sent through it, and nothing of the dose or the person.
        assert not Dose.objects.exists()
        assert not Person.objects.exists()
        assert not ReactionClaim.objects.exclude(door__reference=REFERENCE).exists()
        with pytest.raises(Refusal, match=r"Tick|Đánh dấu"):
            send_claim(actor=STRANGER, moment=MORNING, reference=REFERENCE, key=uuid4(), signs=[])
        with pytest.raises(NotHere):
            send_claim(
                actor=STRANGER, moment=MORNING + timedelta(days=40), reference=REFERENCE, key=uuid4(), signs=["fever"]
            )
    with entering(SYSTEM):
        assert tell_claims(actor=SYSTEM, moment=MORNING) == 1
        assert tell_claims(actor=SYSTEM, moment=MORNING) == 0
        follow(MORNING)
        task = Task.objects.get(title__contains=f"phiếu số {claim.pk}")
        assert (task.organisation.code, task.deadline) == ("TYTL", MORNING + timedelta(minutes=30))
    with world.as_("ngoc") as ngoc:
        with pytest.raises(Refusal, match=r"hour|giờ"):
            dismiss_claim(actor=ngoc, moment=MORNING, claim_id=claim.pk, verdict="unreached")
        report = Report("serious", "home", "Khó thở", MORNING, "Gọi 115")
        done = confirm_claim(actor=ngoc, moment=later, claim_id=claim.pk, report=report)
        assert done.reaction is not None
        assert done.reaction.investigate_by == later + timedelta(hours=24)
        with pytest.raises(Refusal):
            dismiss_claim(actor=ngoc, moment=later, claim_id=claim.pk, verdict="ordinary")
    with entering(SYSTEM):
        follow(later)
        task.refresh_from_db()
        assert task.state == Task.State.DONE
        assert "có phản ứng sau tiêm" in task.log.filter(kind="reported").get().text


def test_the_page_behind_the_link_names_nobody_and_is_sent_without_a_script(world: World, story: Story) -> None:
    page = stranger("vi").get(f"/tiem-chung/sau-tiem/{REFERENCE}").content.decode()
    assert "tel:115" in page
    assert "Mốc mũi tiêm" not in page
    assert "AstraZeneca" not in page
    # A browser that is told to send no referrer sends a plain form with the origin "null", which is refused as forged.
    assert 'content="no-referrer"' not in page


def test_another_link_writes_nothing_here(world: World, story: Story) -> None:
    with entering(SYSTEM):
        door = ReactionDoor.objects.get(reference=REFERENCE)
    sneaked = ReactionClaim(
        door=door, key=uuid4(), organisation_id=door.organisation_id, signs=["fever"], began_at=MORNING,
        received_at=MORNING, province_id=door.province_id,
    )  # fmt: skip
    with entering(STRANGER):
        know_reference(f"{REFERENCE[:-1]}2")
        with pytest.raises(ProgrammingError), transaction.atomic():
            sneaked.save()


def test_the_table_asks_whose_turn_it_is_and_the_link_goes_on_with_the_dose(world: World, story: Story) -> None:
    table = table_of(world, MORNING)
    asks = {"card": "", "group": "others", "overridden": ["group-closed"], "reason": "Lái xe chở mẫu"}
    closed, unknown, second = table.send(
        table.dose("Vàng Thị Một", **asks), table.dose("Vàng Thị Hai", born="1981-01-01", group=""),
        table.dose("Vàng Thị Ba", born="1982-01-01", group="others", number=2),
    )  # fmt: skip
    assert [one.code for one in closed.doubts] == ["group-closed"]
    assert [one.code for one in unknown.doubts] == ["group-unknown"]
    assert "group-closed" not in [one.code for one in second.doubts]
    with entering(SYSTEM):
        doubt = DoseDoubt.objects.get(dose=closed.dose)
        assert (doubt.overridden, doubt.reason, doubt.officer is not None) == (True, "Lái xe chở mẫu", True)
        invitation = Invitation.objects.get(session__name="Mốc buổi tiêm Tân Lộc")
        Invitation.objects.filter(pk=invitation.pk).update(
            session=table.session, walk_in=True, findings=["group-closed"], reason="Còn liều"
        )
        invitation.entry.group = "others"
        invitation.entry.save()
    with world.as_("ngoc") as ngoc:
        door = open_doors(actor=ngoc, moment=MORNING, session_id=table.session.pk)[invitation.pk]
    # Let in by name and reason before: not asked again, and the link of the invitation now tells of this dose.
    (let_in,) = table.send(table.dose("Mốc Lò Thị Tân", born="1950-05-01", entry=invitation.entry_id, group="others"))
    assert let_in.doubts == ()
    door.refresh_from_db()
    assert (door.dose_id, door.given_on, door.closes_on) == (let_in.dose, MORNING.date(), date(2021, 12, 22))


def test_a_team_is_warned_and_whoever_was_invited_is_told_that_it_is_off(world: World, story: Story) -> None:
    with entering(SYSTEM):
        session = Session.objects.get(name="Mốc buổi tiêm Tân Lộc")
        worker = SessionMember.objects.get(session=session).worker
        body = session.organisation
        twin = Session.objects.create(
            name="Trường học", organisation=body, day=session.day, sort_key="t", search_key="t", **body.area.columns
        )
    with world.as_("ngoc") as ngoc:
        from phaodai.care.models import Worker

        own = Worker.objects.create(
            code="NV-TL", name="Y sĩ Tân", organisation=body, sort_key="y", search_key="y", **body.area.columns
        )
        for one in (session, twin):
            join_team(actor=ngoc, moment=MORNING, session_id=one.pk, worker_id=own.pk, duty="vaccinating")
        assert [one.where for one in elsewhere(session, [own.pk, worker.pk])[own.pk]] == ["Trường học"]
        with pytest.raises(Refusal):
            join_team(actor=ngoc, moment=MORNING, session_id=session.pk, worker_id=own.pk, duty="watching")
        cancel_session(actor=ngoc, moment=MORNING, session_id=session.pk, reason="Mưa lũ")
        session.refresh_from_db()
        assert elsewhere(twin, [own.pk]).get(own.pk, []) == []
        (asked,) = Invitation.objects.untold(session)
    with entering(SYSTEM):
        follow(MORNING)
        fact = Fact.objects.get(kind="vaccination:session:cancelled", subject_id=session.pk)
        assert fact.payload["untold"] == 1
        assert Step.objects.filter(consequence="tell-invited", subject_id=session.pk).exists()
    client = sign_in("ngoc")
    with clock.at(MORNING):
        assert "0912345678" in client.get(f"/tiem-chung/buoi/{session.pk}").content.decode()
    with world.as_("ngoc") as ngoc:
        assert write_told(actor=ngoc, moment=MORNING, session_id=session.pk, invitation_ids=[asked.pk]) == 1
        assert not Invitation.objects.untold(session).exists()


def test_a_residents_page_shows_the_course_to_whoever_may_read_doses(world: World, story: Story) -> None:
    person = resident(world, "Lý Thị Hoa")
    with entering(SYSTEM):
        dose = Dose.objects.get(full_name="Mốc mũi tiêm Tân Lộc")
        Dose.objects.filter(pk=dose.pk).update(person=person)
    page = sign_in("ngoc").get(f"/giam-sat/nguoi-dan/{person.pk}/").content.decode()
    assert f"/mui-tiem/{dose.pk}/" in page
    assert "AstraZeneca" in page
    assert "Lý Thị Hoa" not in page
    front = sign_in("front").get(f"/giam-sat/nguoi-dan/{person.pk}/")
    assert "AstraZeneca" not in front.content.decode()

"""What stands in the database after `phaodai demo`: everything in its place, and nothing that breaks a rule."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count, F, Q, Sum
from PIL import Image

from demo.loading.bodies import PASSWORD
from demo.loading.signins import ACCOUNTS, as_table, sign_ins
from demo.outbreak import CASES
from demo.script import NOW
from phaodai.command.actions.chasing import facts_of
from phaodai.command.models import Acknowledgement, Document, Progress, Report, Task
from phaodai.command.models.tasks import Evidence
from phaodai.command.rules.followup import POLICY, escalation_moment
from phaodai.foundation.formats import fold, sort_key
from phaodai.foundation.models import ClockShift, Fact
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.people.models import Household, Organisation, Person, Post
from phaodai.site.health import unprotected_tables
from phaodai.surveillance.models import Case, Contact, FollowUpDay, Outbreak, TraceRun, Transmission
from phaodai.territory.models import Neighbour, Tier, Unit
from tests.demo.loading.conftest import PEOPLE, Made

pytestmark = pytest.mark.usefixtures("province")


def test_land_is_whole() -> None:
    tiers = dict(Unit.objects.values_list("tier").annotate(Count("id")))
    assert (tiers[Tier.PROVINCE], tiers[Tier.DISTRICT], tiers[Tier.COMMUNE]) == (1, 10, 120)
    assert tiers[Tier.HAMLET] > 600
    assert not Unit.objects.filter(outline=None).exists()
    assert not Unit.objects.exclude(tier=Tier.PROVINCE).filter(Q(parent=None) | Q(province_id=None)).exists()
    assert Unit.objects.get(tier=Tier.PROVINCE).population == PEOPLE


def test_neighbours_are_neighbours_both_ways() -> None:
    pairs = set(Neighbour.objects.values_list("unit_id", "neighbour_id"))
    assert pairs
    assert pairs == {(second, first) for first, second in pairs}
    assert not Neighbour.objects.exclude(unit__tier=F("neighbour__tier")).exists()


def test_everybody_lives_in_a_household_of_a_hamlet() -> None:
    with entering(SYSTEM):
        assert Person.objects.count() == PEOPLE
        assert Household.objects.filter(members=None).count() == 0
        columns = ("province_id", "district_id", "commune_id")
        for column in columns:
            assert not Person.objects.exclude(**{column: F(f"household__{column}")}).exists()
            assert not Household.objects.exclude(**{column: F(f"hamlet__{column}")}).exists()
        for person in Person.objects.order_by("id")[::97]:
            assert (person.sort_key, person.search_key) == (sort_key(person.full_name), fold(person.full_name))
            assert person.birth_date is not None
            assert person.birth_year == person.birth_date.year


def test_new_rows_take_new_numbers() -> None:
    with entering(SYSTEM):
        for model in (Household, Person):
            last = model.objects.order_by("-id").values_list("id", flat=True)[0]
            table = model._meta.db_table
            found = model.objects.raw(f"select 1 as id, last_value from {table}_id_seq")[0]
            assert found.last_value == last


def test_copying_left_every_table_protected() -> None:
    assert unprotected_tables() == []


def test_every_organisation_has_one_head() -> None:
    heads = Count("posts", filter=Q(posts__is_head=True))
    assert set(Organisation.objects.annotate(heads=heads).values_list("heads", flat=True)) == {1}


def test_each_account_opens_with_the_printed_password() -> None:
    for role, account in ACCOUNTS:
        assert authenticate(username=account, password=PASSWORD) is not None, role
    assert len({post.role for post in Post.objects.filter(officer__user__username__in=dict(ACCOUNTS).values())}) == 8


def test_every_role_has_a_sign_in(province: Made) -> None:
    rows = sign_ins()
    assert len(rows) == len(ACCOUNTS)
    assert province.output == as_table(rows) + "\n"
    assert {"Trần Quốc Việt", "Đỗ Thùy Linh", "Bùi Thị Hồng Vân", "Nguyễn Hữu Đạt"} <= {row[1] for row in rows}


def test_papers_came_through_the_reader() -> None:
    with entering(SYSTEM):
        documents = list(Document.objects.order_by("arrival_number"))
        assert [(d.reference, d.state) for d in documents] == [
            ("31-CT/TU", "dispatched"),
            ("1874/UBND-KGVX", "dispatched"),
            ("215/KH-UBND", "dispatched"),
            ("09/CĐ-UBND", "dispatched"),
            ("88-TB/TU", "read"),
            ("142-CV/TU", "read"),
        ]
        assert all(document.clauses.exists() and document.issued_on for document in documents)
        assert all(document.proposals.exists() for document in documents[4:])


def test_every_task_is_visible_to_its_unit_and_to_its_giver() -> None:
    with entering(SYSTEM):
        owed = dict(Task.objects.values_list("organisation").annotate(Count("id")))
        given = dict(Task.objects.values_list("giver").annotate(Count("id")))
    heads = Post.objects.heads().filter(organisation__in={*owed, *given}).select_related("officer", "organisation")
    assert heads.count() == len({*owed, *given})
    for post in heads:
        actor = post.actor()
        with entering(actor):
            assert Task.objects.owed_by(actor.organisation).count() == owed.get(actor.organisation, 0)
            assert Task.objects.given_by(actor.organisation).count() == given.get(actor.organisation, 0)


def test_a_station_sees_nothing_of_other_communes() -> None:
    station = (
        Post.objects.select_related("officer", "organisation").get(officer__full_name="Trịnh Thị Bích Ngọc").actor()
    )
    with entering(station):
        assert set(Task.objects.values_list("commune_id", flat=True)) == {station.area.commune}
        assert set(Person.objects.values_list("commune_id", flat=True)) == {station.area.commune}


def test_the_story_was_told_to_the_end(moment: datetime) -> None:
    with entering(SYSTEM):
        kinds = dict(Progress.objects.values_list("kind").annotate(Count("id")))
        assert kinds["sent"] == Task.objects.count() > 300
        assert kinds["reminded"] == 2
        assert all(
            kinds[kind] > 10 for kind in ("read", "split", "word", "difficulty", "reported", "accepted", "escalated")
        )
        assert not Progress.objects.filter(at__gt=moment).exists()
        assert not Fact.objects.waiting().exists()
        assert 15 <= Task.objects.late(moment).count() <= 60
        assert 10 <= Task.objects.silent_since(moment - POLICY.silent_after).count() <= 60


def test_whatever_was_due_to_climb_has_climbed(moment: datetime) -> None:
    with entering(SYSTEM):
        live = Task.objects.live().filter(escalated_at=None)
        due = [task for task in live if (at := escalation_moment(facts_of(task))) is not None and at <= moment]
        assert due == []
        assert not Task.objects.exclude(escalated_at=None).filter(escalated_to=None).exists()


def test_a_whole_is_done_after_its_parts() -> None:
    with entering(SYSTEM):
        done = Task.objects.filter(state=Task.State.DONE, is_split=True)
        assert done.exists()
        assert not done.filter(parts__state__in=Task.LIVE).exists()


def test_evidence_is_photos_of_lists() -> None:
    with entering(SYSTEM):
        assert 100 < Evidence.objects.count() < 400
        assert Evidence.objects.aggregate(total=Sum("size"))["total"] < 12_000_000
        for evidence in Evidence.objects.order_by("id")[::40]:
            image = Image.open(BytesIO(bytes(evidence.content)))
            assert (image.format, evidence.content_type) == ("JPEG", "image/jpeg")


def test_most_units_passed_the_papers_on() -> None:
    with entering(SYSTEM):
        reached = sum(document.reached.count() for document in Document.objects.all())
        assert 0.7 * reached < Acknowledgement.objects.count() < reached


def test_reports_are_signed_but_for_todays() -> None:
    with entering(SYSTEM):
        *signed, today = Report.objects.order_by("on")
    assert [(report.state, report.number) for report in signed] == [("signed", n + 1) for n in range(8)]
    assert {str(report.signer) for report in signed} == {"Đỗ Thị Kim Yến"}
    assert (str(today.on), today.state) == ("2021-11-24", "draft")
    for report in (*signed, today):
        totals = report.figures["totals"]
        for name, total in totals.items():
            assert sum(row["counts"][name] for row in report.figures["rows"]) == total
        standings = ("done_in_time", "done_late", "in_time", "late", "open_ended")
        assert sum(totals[name] for name in standings) == totals["total"]
        assert f"{totals['late']} nhiệm vụ quá hạn" in report.assessment or report is today


def test_the_clock_goes_on_where_the_story_ends(moment: datetime) -> None:
    from django.utils import timezone

    since = timezone.now() + ClockShift.stored() - moment
    assert timedelta(0) <= since < timedelta(hours=1)


def test_an_outbreak_is_being_fought() -> None:
    """Cases with chains, lists with people reached and not, two outbreaks opened and one that waits."""
    with entering(SYSTEM):
        assert Case.objects.count() == len(CASES)
        assert Transmission.objects.count() == sum(bool(one.source) for one in CASES)
        assert sorted(Outbreak.objects.values_list("state", flat=True)) == ["open", "open", "proposed"]
        states = set(Contact.objects.filter(case__code="BM-04417").values_list("state", flat=True))
        assert {"listed", "followed"} <= states
        assert FollowUpDay.objects.filter(day__gte=NOW.date()).count() == 0
        run = TraceRun.objects.get(case__code="BM-04417")
        assert run.first_degree > 20
        moments = Case.objects.exclude(positive_at=None).values_list("positive_at", flat=True)
        assert max(moments) < NOW, "nothing lies in the story's future"

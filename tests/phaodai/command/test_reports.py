"""Reports of days and weeks: what they count, what they compare, and the rows behind every figure."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

import congvan
from phaodai.command.actions import reports, tasks
from phaodai.command.models import Report, Task
from phaodai.command.papers import paper_of, write_paper
from phaodai.command.rules.periods import day_of, week_of
from phaodai.foundation import clock
from phaodai.foundation.refusals import Refusal
from phaodai.site.commands import write_report
from tests.clients import sign_in
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", [22, 24, 28])
def test_a_week_runs_from_monday_to_sunday(day: int, moment: datetime) -> None:
    week = week_of(date(2021, 11, day))
    assert (week.first, week.last) == (date(2021, 11, 22), date(2021, 11, 28))
    assert week.until(moment) == moment
    assert week.until(moment + timedelta(days=30)).isoformat() == "2021-11-28T23:59:59+07:00"
    assert week.since(moment).isoformat() == "2021-11-22T00:00:00+07:00"
    assert day_of(date(2021, 11, day)).since(moment) == moment - timedelta(days=1)


def drafted(world: World, who: str, moment: datetime, kind: str = Report.Kind.WEEKLY) -> Report:
    with world.as_(who) as actor:
        return reports.draft_report(actor=actor, moment=moment, on=moment.date(), kind=kind)


def test_the_week_is_compared_with_the_week_before(world: World, story: Story, moment: datetime) -> None:
    week = drafted(world, "chinh", moment)
    assert week.on == date(2021, 11, 22)
    assert week.figures["before"]["changes"]["sent"] == 0
    assert week.figures["changes"]["sent"] == week.figures["totals"]["total"] + 4, "four of them were split further"
    with clock.at(moment + timedelta(days=7)):
        later = drafted(world, "chinh", moment + timedelta(days=7))
    assert later.on == date(2021, 11, 29)
    assert later.figures["changes"]["sent"] == 0
    assert later.figures["before"]["changes"] == week.figures["changes"]
    assert later.figures["before"]["totals"]["total"] == week.figures["totals"]["total"]


def test_a_day_and_a_week_stand_side_by_side(world: World, moment: datetime) -> None:
    monday = moment - timedelta(days=2)
    with clock.at(monday):
        daily = drafted(world, "chinh", monday, Report.Kind.DAILY)
        weekly = drafted(world, "chinh", monday)
        assert drafted(world, "chinh", monday + timedelta(hours=1)).pk == weekly.pk
    assert daily.on == weekly.on
    assert daily.pk != weekly.pk


def test_there_is_no_week_to_come(world: World, moment: datetime) -> None:
    with world.as_("chinh") as chinh, pytest.raises(Refusal):
        reports.draft_report(actor=chinh, moment=moment, on=date(2021, 11, 30), kind=Report.Kind.WEEKLY)


def test_the_weekly_paper_says_the_week_and_the_turn(world: World, story: Story, moment: datetime) -> None:
    week = drafted(world, "chinh", moment)
    with world.as_("chinh") as chinh:
        signed = reports.sign_report(actor=chinh, moment=moment, report_id=week.pk)
        reading = congvan.read(write_paper(paper_of(signed), "docx"), filename="tuan.docx")
    assert "tuần từ ngày 22/11/2021 đến ngày 28/11/2021" in (reading.meta.subject or "")
    assert "(cùng kỳ tuần trước 0, tăng" in reading.text
    assert str(reading.meta.date) == "2021-11-24"


STANDINGS = ("total", "done_in_time", "done_late", "in_time", "late", "open_ended", "silent")


@pytest.mark.parametrize("who", ["chinh", "dat"])
@pytest.mark.parametrize("days", [0, 3, 8])
def test_every_figure_opens_as_many_rows_as_it_says(
    who: str, days: int, world: World, story: Story, moment: datetime
) -> None:
    with world.as_("dat") as dat:
        tasks.accept_result(actor=dat, moment=moment, task_id=story.tasks["Mốc Hòa Xuân"].pk)
    now = moment + timedelta(days=days)
    with clock.at(now):
        report = drafted(world, who, now, Report.Kind.DAILY)
    client, seen = sign_in(who), 0
    for row in report.figures["rows"]:
        narrowed = {"don-vi" if row["kind"] == "organisation" else "dia-ban": str(row["id"])}
        for standing in STANDINGS:
            asked = {"bao-cao": f"{report.pk}-{standing}"} | narrowed
            table = client.get("/chi-huy/nhiem-vu/", asked).context["table"]
            assert len(table.rows) == row["counts"][standing], (row["name"], standing)
            seen += len(table.rows)
    assert seen > 3


def test_changes_open_their_rows(world: World, story: Story, moment: datetime) -> None:
    report = drafted(world, "chinh", moment)
    with world.as_("chinh"):
        for figure, count in report.figures["changes"].items():
            assert reports.tasks_behind(report, f"changes-{figure}").count() == count, figure
        assert not reports.tasks_behind(report, "changes-nothing").exists()
        assert not reports.tasks_behind(report, "nothing").exists()


def test_the_page_links_its_figures(world: World, story: Story, moment: datetime) -> None:
    report = drafted(world, "chinh", moment)
    page = sign_in("chinh").get(f"/chi-huy/bao-cao/{report.pk}").content.decode()
    assert f"?bao-cao={report.pk}-total&amp;dia-ban={world.units['980'].pk}" in page
    assert f"?bao-cao={report.pk}-changes-sent" in page
    assert "<h1>Báo cáo tuần của" in page


def test_a_figure_of_a_report_elsewhere_opens_nothing(world: World, story: Story, moment: datetime) -> None:
    report = story.reports["UBPK 23"]
    table = sign_in("dat").get("/chi-huy/nhiem-vu/", {"bao-cao": f"{report.pk}-total"}).context["table"]
    assert table.rows == []
    tasks_of_dat = sign_in("dat").get("/chi-huy/nhiem-vu/", {"don-vi": str(world.bodies["UBPK"].pk)}).context["table"]
    assert tasks_of_dat.rows == []


def test_the_chip_says_what_the_list_is_narrowed_to(world: World, story: Story) -> None:
    body = world.bodies["UBTH"]
    answer = sign_in("viet").get("/chi-huy/nhiem-vu/", {"don-vi": str(body.pk)})
    chips = [chip for chip in answer.context["chips"].chips if getattr(chip, "current", False)]
    assert [(str(chip.label), chip.url) for chip in chips] == [(body.name, "/chi-huy/nhiem-vu/")]
    with world.as_("viet"):
        assert len(answer.context["table"].rows) == Task.objects.filter(organisation=body).count()


def test_the_command_writes_a_week(
    world: World, story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "tuan.docx"
    assert write_report._write("weekly", "VPTU", date(2021, 11, 24), output) == 0
    assert "22/11/2021 - 28/11/2021" in capsys.readouterr().out
    assert "thay đổi trong tuần" in congvan.read(output).text.lower()

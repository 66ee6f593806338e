"""What the epidemic adds to the reports of a unit: counted in the area, frozen when signed, said in two languages, printed."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

import congvan
from phaodai.command.actions import reports
from phaodai.command.models import Report
from phaodai.command.papers import paper_of, write_paper
from phaodai.command.report_parts import parts_told
from phaodai.containment.models import Stay, Zone
from phaodai.foresight.actions.estimating import estimate_province
from phaodai.foundation import clock
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.surveillance.models import Case
from tests.clients import sign_in
from tests.phaodai.foresight.days import growing, tell_days
from tests.story import Story
from tests.world import World

pytestmark = pytest.mark.django_db


def drafted(world: World, who: str, moment: datetime) -> Report:
    with world.as_(who) as actor, clock.at(moment):
        return reports.draft_report(actor=actor, moment=moment, on=moment.date(), kind=Report.Kind.DAILY)


def test_figures_are_those_of_the_area(world: World, story: Story, moment: datetime) -> None:
    evening = moment.replace(hour=16, minute=30) - timedelta(days=1)
    province, district = (drafted(world, who, evening).figures["parts"] for who in ("chinh", "dat"))
    assert {"new": 2, "cases": 2, "sampled": 2, "positive": 2}.items() <= province["surveillance"].items()
    assert {"new": 1, "cases": 1, "sampled": 1}.items() <= district["surveillance"].items()
    with entering(SYSTEM):
        here = {"province_id": world.units["98"].pk}
        stays = Stay.objects.filter(site__isnull=False, admitted_at__lte=evening, **here).exclude(kind="staff")
        inside = [one for one in stays if one.ended_at is None or one.ended_at > evening]
        assert province["containment"]["at_sites"] == len(inside) > 0
        assert province["containment"]["zones"] == Zone.objects.closed_off().filter(**here).count() > 0
    assert province["containment"]["communes"] > district["containment"]["communes"] > 0
    assert "foresight" not in province, "no estimate serves this day"


def test_what_was_signed_stays_and_is_printed(world: World, story: Story, moment: datetime) -> None:
    tell_days(world, "98", growing(120, first=12))
    with entering(SYSTEM):
        estimate_province(actor=SYSTEM, moment=moment, province=world.units["98"])
    draft = drafted(world, "chinh", moment)
    with world.as_("chinh") as chinh:
        signed = reports.sign_report(actor=chinh, moment=moment, report_id=draft.pk)
    with entering(SYSTEM):
        Case.objects.update(reported_on=moment.date(), outcome="died", outcome_on=moment.date())
        kept = Report.objects.select_related("organisation__unit", "organisation__parent").get(pk=signed.pk)
        paper = congvan.read(write_paper(paper_of(kept), "docx"), filename="ngay.docx").text
    for language, sentence in (
        ("vi", "Hệ số lây nhiễm R ngày 24/11/2021:"),
        ("en", "Reproduction number R on 24 Nov 2021:"),
    ):
        with translation.override(language):
            told = parts_told(kept.figures["parts"])
        assert any(line.startswith(sentence) for line in told[-1].lines)
    page = sign_in("chinh").get(reverse("command-report", args=[kept.pk])).content.decode()
    for line in (line for part in parts_told(kept.figures["parts"]) for line in part.lines):
        assert line in page
        assert line in " ".join(paper.split())
    assert kept.figures["parts"]["surveillance"]["died"] == 0
    assert "Dự báo bảy ngày đến 30/11/2021:" in page

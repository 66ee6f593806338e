"""The actions around certificates, their keys, counts of people and coverage."""

from datetime import date
from typing import Any

from phaodai.foundation.permissions import Permission
from phaodai.foundation.scope import SYSTEM, entering
from phaodai.rulebook.models import Verification
from phaodai.vaccination.actions import certificates, certificates_orders, coverage, coverage_indicators, denominators
from phaodai.vaccination.actions.keys import keyring
from phaodai.vaccination.models import Certificate, CertificateOrder, Denominator
from tests.phaodai.site.action_rows.case import MORNING, Case
from tests.phaodai.vaccination.doses import course, person
from tests.story import Story
from tests.world import World

ISSUE = Permission.VACCINATION_CERTIFICATE_ISSUE
KEEPS = Permission.VACCINATION_DOSE_IMPORT


def vaccinated(world: World, _story: Story) -> dict[str, Any]:
    """Somebody of Tân Lộc with a complete course."""
    with entering(SYSTEM):
        who = person(world)
        course(world, who)
    return {"person_id": who.pk}


def _at(state: str, **more: Any) -> Any:
    """A certificate of the station of Tân Lộc, so far along."""

    def given(world: World, story: Story) -> dict[str, Any]:
        facts = vaccinated(world, story)
        with world.as_("ngoc") as ngoc:
            made = certificates.draft_certificate(actor=ngoc, moment=MORNING, **facts)
        with entering(SYSTEM):
            Certificate.objects.filter(pk=made.pk).update(state=state)
        return {"pk": made.pk, **more}

    return given


def allow_sealing(world: World) -> None:
    """A key, and the rule of 20/12/2021 as if it were in force on the tests' morning."""
    if keyring().current(MORNING, real=True) is None:
        keyring().new("Sở Y tế Bình Minh", MORNING, test=False)
    Verification.objects.create(
        province_id=world.units["98"].pk, disease="covid-19", value_name="vaccination/certificate-months@2021-12-20",
        first_day=date(2021, 11, 1), value=12, document="5772/QĐ-BYT", clause="Mục 3", officer_id=1,
        officer_name="Đỗ Thùy Linh", officer_post="Chuyên viên", signed_at=MORNING,
    )  # fmt: skip


def _sealable(given: Any) -> Any:
    def prepared(world: World, story: Story) -> dict[str, Any]:
        with entering(SYSTEM):
            allow_sealing(world)
        facts: dict[str, Any] = given(world, story)
        return facts

    return prepared


def _commune(world: World, _story: Story) -> dict[str, Any]:
    return {"unit_id": world.units["98001"].pk}


def _running(world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        order = CertificateOrder.objects.get()
        CertificateOrder.objects.filter(pk=order.pk).update(state="running", ended_at=None)
    return {"pk": order.pk}


def _week(_world: World, _story: Story) -> dict[str, Any]:
    return {"week_ending": date(2021, 11, 14)}


def _new_count(_world: World, _story: Story) -> dict[str, Any]:
    facts = {
        "population": "over-65",
        "counted_on": date(2021, 11, 20),
        "people": 410,
        "source": "Danh sách của Công an xã",
    }
    return {"code": "98001", **facts}


def _count(_world: World, _story: Story) -> dict[str, Any]:
    with entering(SYSTEM):
        return {"pk": Denominator.objects.get(source="Mốc mẫu số Tân Lộc").pk, "version": 1, "people": 4_100}


CASES = (
    Case(certificates.draft_certificate, ISSUE, "ngoc", vaccinated, "phuc"),
    Case(certificates.check_certificate, ISSUE, "ngoc", _at("drafted"), "phuc"),
    Case(certificates.sign_certificate, ISSUE, "ngoc", _at("checked"), "phuc"),
    Case(certificates.seal_certificate, ISSUE, "ngoc", _sealable(_at("signed")), "phuc"),
    Case(certificates.revoke_certificate, ISSUE, "ngoc", _at("drafted", reason="Nhầm người"), "phuc"),
    Case(certificates_orders.order_certificates, ISSUE, "ngoc", _sealable(_commune), "phuc"),
    Case(certificates_orders.stop_order, ISSUE, "ngoc", _running, "phuc"),
    Case(coverage_indicators.keep_indicators, Permission.CONTAINMENT_INDICATOR_WRITE, "ngoc", _week, ""),
    Case(denominators.record_denominator, KEEPS, "ngoc", _new_count, "phuc"),
    Case(denominators.amend_denominator, KEEPS, "ngoc", _count, "phuc"),
)
MODULES = (
    "coverage_indicators",
    *("certificates", "certificates_holders", "certificates_orders", "certificates_words"),
    *("coverage", "denominators", "keys", "verifying"),
)
CLOCKWORK = {coverage.refresh_coverage}

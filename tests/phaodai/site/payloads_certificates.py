"""What the forms of certificates and of counts send, which records each role finds, and many of them for long lists."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.world import World

EVENING = datetime.fromisoformat("2021-11-23T17:00:00+07:00")
BY_MARK: dict[str, tuple[str, str]] = {
    "certificate": ("vaccination.Certificate", "full_name"),
    "denominator": ("vaccination.Denominator", "source"),
}
PARTS: dict[str, dict[str, str]] = {
    "certificate-deed": {"name": "doi-chieu"},
    "mau-so-cell": {"field": "people"},
    "chung-nhan-bulk": {"verb": "doi-chieu"},
}
HERE, NEAR, FAR = ("Mốc chứng nhận Tân Lộc", "Mốc chứng nhận Phú Khê", "Mốc chứng nhận Sơn Giang")
_HERE, _NEAR, _FAR = ("Mốc mẫu số Tân Lộc", "Mốc mẫu số Phú Khê", "Mốc mẫu số Sơn Giang")
_PROVINCE = ("command", "office", "auditor")

RECORDS: dict[str, dict[str, tuple[str, str, str]]] = {
    # Of whoever answers for the area; the health centre sees its own tasks, not an area.
    "certificate": {
        **dict.fromkeys((*_PROVINCE, "head", "facility", "front"), (HERE, "", FAR)),
        "station": (HERE, "", NEAR),
        "epidemiologist": ("", "", HERE),
    },
    # Read in the whole province, sent and mended by whoever keeps the doses of the area.
    "denominator": {
        **dict.fromkeys(_PROVINCE, ("", _HERE, _FAR)),
        **dict.fromkeys(("head", "epidemiologist", "station"), (_HERE, _NEAR, _FAR)),
        **dict.fromkeys(("facility", "front"), ("", _NEAR, _FAR)),
    },
}


def _sheet() -> SimpleUploadedFile:
    """One count, as a station sends it."""
    lines = (
        "Mã đơn vị;Nhóm người;Ngày đếm;Số người;Nguồn;Ghi chú",
        "98001;Từ 65 tuổi;20/11/2021;410;Danh sách Công an xã;",
    )
    return SimpleUploadedFile("so-nguoi.csv", "\n".join(lines).encode(), "text/csv")


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    counted = {"people": "4100", "source": "Danh sách của Công an xã"}
    return {
        "certificates": {"deed": "draft", "identity_number": "012345678901"},
        "mau-so-create": {"code": "98001", "population": "over-65", "counted_on": "2021-11-20", **counted},
        "mau-so-import": {"file": _sheet()},
        "mau-so-edit": {"version": version, **counted},
        "mau-so-cell": {"version": version, "people": "4100"},
        "verify-certificate": {"text": "HC1:NCFOXN"},
    }


def _certificates(count: int, world: World) -> None:
    from phaodai.vaccination.models import Certificate

    pattern = Certificate.objects.get(full_name=HERE)
    Certificate.objects.bulk_create(
        Certificate(
            person_id=pattern.person_id, organisation_id=pattern.organisation_id, state="revoked", reason="Nhầm",
            revoked_at=EVENING, code=f"URN:UVCI:01:VN:NHIEU{number}", full_name=f"Người {number}", birth="1980",
            nationality="VN", disease="840539006", doses_received=2, dose_number=2, product="astrazeneca",
            vaccinated_on=date(2021, 6, 1) + timedelta(days=number), drafted_at=EVENING, sort_key=f"nguoi {number:04}",
            search_key=f"nguoi {number}", **world.units["98001"].area.columns,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


def _counts(count: int, world: World) -> None:
    from phaodai.vaccination.models import Denominator

    unit = world.units["98001"]
    Denominator.objects.bulk_create(
        Denominator(
            unit=unit, code=unit.code, population="adults", people=1_000 + number, source=f"Danh sách {number}",
            counted_on=date(2021, 1, 1) + timedelta(days=number), **unit.area.columns,
        )
        for number in range(1, count + 1)
    )  # fmt: skip


MAKERS = {"chung-nhan": _certificates, "mau-so": _counts}

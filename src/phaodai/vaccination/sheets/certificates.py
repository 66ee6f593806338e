"""A certificate on paper: the eleven fields of decision 5772/QĐ-BYT in two languages, and the code."""

import json
from datetime import datetime
from importlib.resources import files
from typing import Any

import typst
from django.utils.translation import gettext as _

from phaodai.foundation.clock import VIETNAM
from phaodai.foundation.codes import qr_drawing
from phaodai.foundation.formats import day as day_words
from phaodai.foundation.formats import moment as moment_words
from phaodai.foundation.refusals import Refusal
from phaodai.vaccination.law.vocabulary import product_label
from phaodai.vaccination.models import Certificate
from phaodai.vaccination.rules.certificates import COUNTRY, PRODUCTS, VACCINES

_COUNTRY = {"vi": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "en": "SOCIALIST REPUBLIC OF VIET NAM"}
_HEADING = {"vi": "CHỨNG NHẬN TIÊM CHỦNG COVID-19", "en": "COVID-19 VACCINATION CERTIFICATE"}
_DISEASE = "COVID-19 (SARS-CoV-2)"
_SCAN = {
    "vi": "Quét mã bằng ứng dụng đọc chứng nhận, hoặc tại trang Xác minh chứng nhận.",
    "en": "Scan with a certificate reader, or on the page that verifies certificates.",
}
_NOTE = {
    "vi": "Chứng nhận theo Quyết định 5772/QĐ-BYT ngày 20/12/2021. Xuất trình cùng giấy tờ tùy thân có ảnh.",
    "en": "Certificate under Decision 5772/QĐ-BYT of 20 December 2021. Show it with an identity document with a photo.",
}


def write_certificate(row: Certificate) -> bytes:
    """The PDF of an issued certificate; the same row gives the same bytes. Refuses what was not issued, or was withdrawn."""
    if row.state != Certificate.State.SEALED or row.sealed_at is None:
        raise Refusal(_("Only an issued certificate can be printed. This one stands at “%(state)s”.") % {
            "state": row.get_state_display()
        })  # fmt: skip
    texts = {
        "main.typ": files("phaodai.vaccination.sheets").joinpath("certificate.typ").read_bytes(),
        "certificate.json": json.dumps(_told(row)).encode(),
        "code.svg": str(qr_drawing(row.text)).encode(),
    }
    written: bytes = typst.compile(  # type: ignore[call-overload]  # the stub lacks a dict of files and Fonts
        texts, format="pdf", font_paths=typst.Fonts(include_system_fonts=False), timestamp=row.sealed_at
    )
    return written


def _told(row: Certificate) -> dict[str, Any]:
    return {
        "title": f"{_HEADING['vi']} – {_HEADING['en']}",
        "issuer": row.organisation.name,
        "country": _COUNTRY,
        "heading": _HEADING,
        "fields": fields_of(row),
        "steps": _steps(row),
        "scan": _SCAN,
        "note": _NOTE,
        "code_words": f"QR: {row.code}",
        "test": row.is_test,
    }


def fields_of(row: Certificate) -> list[dict[str, str]]:
    """The eleven fields, in the order of the decision."""
    codes = PRODUCTS[row.product]
    given = (
        ("Họ và tên", "Full name", row.full_name),
        ("Ngày sinh", "Date of birth", _birth(row.birth)),
        ("Quốc tịch", "Nationality", "Việt Nam (VN)" if row.nationality == COUNTRY else row.nationality),
        ("Bệnh", "Targeted disease", _DISEASE),
        ("Số mũi đã tiêm", "Doses received", str(row.doses_received)),
        ("Ngày tiêm", "Date of vaccination", day_words(row.vaccinated_on, "vi")),
        ("Mũi số", "Dose number", str(row.dose_number)),
        ("Loại vắc xin", "Vaccine", VACCINES[codes.vaccine]),
        ("Sản phẩm", "Product", f"{product_label(row.product)} ({codes.product})"),
        ("Nhà sản xuất", "Manufacturer", codes.maker),
        ("Mã chứng nhận", "Certificate ID", row.code),
    )
    return [{"vi": vietnamese, "en": english, "value": value} for vietnamese, english, value in given]


def _birth(birth: str) -> str:
    """As people here write it: 01/03/1969, or the year alone."""
    parts = birth.split("-")
    return "/".join(reversed(parts))


def _steps(row: Certificate) -> list[dict[str, str]]:
    told = (
        ("Đơn vị cấp", "Issued by", row.organisation.name),
        ("Người ký", "Signed by", row.signed_by.full_name if row.signed_by else "–"),
        ("Cấp lúc", "Issued at", _moment(row.sealed_at)),
        ("Có giá trị đến hết ngày", "Valid until the end of", _day(row)),
        ("Khóa ký", "Key", row.key_id),
    )
    return [{"vi": vietnamese, "en": english, "value": value} for vietnamese, english, value in told]


def _moment(at: datetime | None) -> str:
    return moment_words(at.astimezone(VIETNAM), "vi") if at else "–"


def _day(row: Certificate) -> str:
    return day_words(row.expires_on, "vi") if row.expires_on else "–"

"""What a form of early detection sends."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

CELL = {"field": "count"}


def sheet() -> SimpleUploadedFile:
    """The absences of one school day in one commune."""
    lines = ("Mã đơn vị;Ngày;Nguồn;Có dấu hiệu;Trên tổng số", "98001;23/11/2021;schools;4;400")
    return SimpleUploadedFile("dau-hieu.csv", "\n".join(lines).encode(), "text/csv")


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    return {
        "so-dau-hieu-create": {"code": "98001", "day": "22/11/2021", "source": "pharmacies", "count": "3"},
        "so-dau-hieu-edit": {"version": version, "count": "5", "denominator": "400"},
        "so-dau-hieu-cell": {"version": version, "count": "5"},
        "so-dau-hieu-import": {"file": sheet()},
        "surveillance-alarm-close": {"reason": "festival", "notes": "Hội làng"},
    }

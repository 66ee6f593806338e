"""What a well-meaning officer sends to the pages of scenarios and scenario levels."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

PLAN = {"name": "Thử", "days": "30", "variant": "delta", "reproduction": "5"}
PARTS: dict[str, dict[str, str]] = {
    "scenario-add": {"kind": "isolation"},
    "scenario-remove": {"place": "9"},
    "scenario-start": {"kind": "so-sanh"},
    "scenario-run-file": {"place": "0"},
}


def of_page(page: str) -> dict[str, Any]:
    """The fields of a page's form."""
    file = b'[[outbreak]]\ninfected = 5\n[[lockdown]]\narea = ["98001"]\n'
    known: dict[str, dict[str, Any]] = {
        "scenarios": PLAN,
        "scenario-take-file": {"name": "Tệp", "file": SimpleUploadedFile("k.toml", file, "text/plain")},
        "scenario-amend": PLAN | {"seed": "1", "version": "1"},
        "scenario-add": {"share": "90", "version": "1"},
        "scenario-remove": {"version": "1"},
        "scenario-accept": {"version": "1"},
        "scenario-decline": {"version": "1", "reason": "Đã có phương án."},
        "scenario-threshold": {"key": "2/0/weekly_cases_per_100k", "value": "30", "reason": "Theo năng lực."},
    }
    return known.get(page, {})

"""What a form of surveillance sends."""

from typing import Any

from phaodai.foundation.scope import SYSTEM, entering

CELL, BULK = {"field": "onset_on"}, {"verb": "cach-ly"}


def case_rows() -> list[int]:
    """Every case of the story, whoever may see it."""
    from phaodai.surveillance.models import Case

    with entering(SYSTEM):
        return list(Case.objects.values_list("pk", flat=True))


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    return {
        "ca-benh-edit": {"version": version, "onset_on": "2021-11-19", "occupation": "Tiểu thương"},
        "ca-benh-cell": {"version": version, "onset_on": "2021-11-19"},
        "ca-benh-bulk": {"row": case_rows(), "confirmed": "1"},
        "surveillance-case-new": {"full_name": "Lò Thị Mới", "test": ""},
        "surveillance-case-close": {"ket-thuc-outcome": "recovered", "ket-thuc-outcome_on": "2021-11-24"},
        "surveillance-test-add": {"mau-method": "pcr", "mau-sampled_at": "2021-11-23T08:00"},
        "surveillance-test-answer": {"result": "negative"},
        "surveillance-link": {"nguon-source_code": "Mốc ca 2", "nguon-certainty": "likely"},
    }

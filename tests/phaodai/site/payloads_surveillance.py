"""What a form of surveillance sends."""

from typing import Any

from phaodai.foundation.scope import SYSTEM, entering

CELL, BULK = {"field": "onset_on"}, {"verb": "cach-ly"}


def case_rows() -> list[int]:
    """Every case of the story, whoever may see it."""
    from phaodai.surveillance.models import Case

    with entering(SYSTEM):
        return list(Case.objects.values_list("pk", flat=True))


def followed() -> list[int]:
    """The contacts of the story that are followed, whoever may see them."""
    from phaodai.surveillance.models import Contact

    with entering(SYSTEM):
        return list(Contact.objects.filter(state="followed").values_list("pk", flat=True))


def follow_up(version: int) -> dict[str, dict[str, Any]]:
    """The fields of the pages of contacts and their follow-up."""
    contact = followed()
    seen = {"contact": contact[0], "day": "2021-11-24", "state": "well"}
    return {
        "surveillance-follow-up-cell": seen,
        "surveillance-door-answer": seen,
        "surveillance-follow-up-household": {"row": contact},
        "surveillance-follow-up-assign": {"row": contact, "team": "evenly"},
        "surveillance-follow-up-samples": {"row": contact},
        "surveillance-contacts-told": {"row": contact},
        "surveillance-contacts-quarantine": {"row": contact},
        "surveillance-exposure": {"row": contact, "luu": "1", "gap-distance_m": "1"},
        "surveillance-contact-new": {"person": "0"},
        "surveillance-contact-quarantine": {"cach-ly-since": "2021-11-24T06:00"},
        "surveillance-contact-finish": {"reason": "Xếp nhầm"},
        "surveillance-contact-lose": {"reason": "Gọi ba lần"},
        "surveillance-contact-clear": {"reason": "Xếp nhầm"},
        "surveillance-zone": {"vung-words": "Thôn Thượng, 12 hộ"},
        "tiep-xuc-bulk": {"row": contact, "confirmed": "1"},
        "to-theo-doi-create": {"name": "Tổ 9"},
        "to-theo-doi-edit": {"version": version, "name": "Tổ 2", "leader": "Tráng Thị Chu"},
        "to-theo-doi-cell": {"version": version, "leader": "Tráng Thị Chu"},
    }


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    return follow_up(version) | {
        "surveillance-line-list-columns": {"c0": "code", "c1": "onset_on"},
        "surveillance-line-list-mend": {"row": [2], "value-2": "30/11/2021"},
        "surveillance-line-list-drop": {"row": [2]},
        "people-duplicate-answer": {"verdict": "later"},
        "ca-benh-edit": {"version": version, "onset_on": "2021-11-19", "occupation": "Tiểu thương"},
        "ca-benh-cell": {"version": version, "onset_on": "2021-11-19"},
        "ca-benh-bulk": {"row": case_rows(), "confirmed": "1"},
        "surveillance-case-new": {"full_name": "Lò Thị Mới", "test": ""},
        "surveillance-case-close": {"ket-thuc-outcome": "recovered", "ket-thuc-outcome_on": "2021-11-24"},
        "surveillance-test-add": {"mau-method": "pcr", "mau-sampled_at": "2021-11-23T08:00"},
        "surveillance-test-answer": {"result": "negative"},
        "surveillance-outbreak-open": {"mo-name": "Mốc ổ dịch"},
        "surveillance-outbreak-refuse": {"khong-reason": "Hai ca không liên quan"},
        "surveillance-outbreak-add": {"them-code": "Mốc ca 2"},
        "surveillance-link": {"nguon-source_code": "Mốc ca 2", "nguon-certainty": "likely"},
    }

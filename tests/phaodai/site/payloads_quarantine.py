"""What a form of quarantine sends."""

from typing import Any

from phaodai.foundation.scope import SYSTEM, entering


def _row(name: str) -> int:
    """Somebody of Tân Lộc who is in no quarantine."""
    from phaodai.people.models import Person

    with entering(SYSTEM):
        return Person.objects.get(full_name=name).pk


def _unit(code: str) -> int:
    from phaodai.territory.models import Unit

    return Unit.objects.get(code=code).pk


def sent(version: int) -> dict[str, dict[str, Any]]:
    """The fields by page."""
    resident = _row("Tráng A Lộc")
    return {
        "quarantine-site-new": {"name": "Trường Tân Lộc", "commune": _unit("98001")},
        "quarantine-site-deed": {"viec": "suat-an", "suat-an-day": "2021-11-24", "suat-an-served": "1"},
        "quarantine-admit": {"kind": "contact", "since": "2021-11-24T06:00", "row": resident},
        "quarantine-stay-deed": {"viec": "mau", "mau-taken_at": "2021-11-24T06:00", "mau-result": "negative"},
        "quarantine-home": {"nguoi": resident, "kind": "contact", "own_room": "1", "address": "Thôn Thượng"},
        "quarantine-rules": {"choice": "old", "basis": "10696/BYT-MT", "reason": "Chờ hướng dẫn"},
        "khu-cach-ly-edit": {"version": version, "name": "Mốc khu cách ly Tân Lộc", "phone": "0204 111 222"},
        "khu-cach-ly-cell": {"version": version, "phone": "0204 111 222"},
    }

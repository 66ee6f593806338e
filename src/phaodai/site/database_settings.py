"""The two doors to the one database: the owner's for migrations, the application role's for everything else."""

import os
from typing import Any

from phaodai.foundation.database import Endpoints, endpoints

_COMMON: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "ATOMIC_REQUESTS": False,
    "CONN_MAX_AGE": 600,
    "CONN_HEALTH_CHECKS": True,
}


def database_settings() -> dict[str, dict[str, Any]]:
    """Django's DATABASES. `default` cannot own or bypass anything; `owner` is used by migrations and set-up alone."""
    doors: Endpoints = endpoints(os.environ.get("PHAODAI_DATABASE", "phaodai"))
    return {
        "default": _COMMON | doors.app.for_django(),
        "owner": _COMMON | doors.owner.for_django() | {"TEST": {"MIRROR": "default"}},
    }

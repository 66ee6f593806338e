"""The one PostgreSQL: started and watched by us, or named by `DATABASE_URL`. See docs/database.md.

Names are resolved on first use: the supervisor lives in this package, stays for hours, and needs no database driver.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from phaodai.foundation.database.addresses import Address, Endpoints, endpoints
    from phaodai.foundation.database.errors import DatabaseUnavailable
    from phaodai.foundation.database.folders import data_folder
    from phaodai.foundation.database.grants import grant_to_app
    from phaodai.foundation.database.roles import create_database, drop_database
    from phaodai.foundation.database.server import Server, Status, ensure_running, status, stop

__all__ = [
    "Address",
    "DatabaseUnavailable",
    "Endpoints",
    "Server",
    "Status",
    "create_database",
    "data_folder",
    "drop_database",
    "endpoints",
    "ensure_running",
    "grant_to_app",
    "status",
    "stop",
]

_MODULES = {
    "addresses": ("Address", "Endpoints", "endpoints"),
    "errors": ("DatabaseUnavailable",),
    "folders": ("data_folder",),
    "grants": ("grant_to_app",),
    "roles": ("create_database", "drop_database"),
    "server": ("Server", "Status", "ensure_running", "status", "stop"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(name)

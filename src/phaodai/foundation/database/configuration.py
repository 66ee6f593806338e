"""postgresql.conf and its companions, written anew at every start, so that they fit the machine as it is now."""

import os
import sys
from pathlib import Path

import psutil

from phaodai.foundation.database.folders import Account, Folders

ADMINISTRATOR, OWNER, APPLICATION = "phaodai_admin", "phaodai_owner", "phaodai_app"
PORT = "5432"  # names the socket's file only: no TCP port is opened
MEBIBYTE = 1 << 20
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
SMALL_SHARED_MEMORY = 1 << 30  # bytes; containers give 64 MiB of /dev/shm, which one parallel query can fill


def write(folders: Folders, account: Account) -> None:
    """Lay the three files where the server can read but not change them."""
    access = f"local all {ADMINISTRATOR},{OWNER},{APPLICATION} peer map=phaodai\n"
    persons = {account.name, "root" if account.is_other else account.name}
    identities = "".join(
        f'phaodai "{person}" {role}\n' for person in sorted(persons) for role in (ADMINISTRATOR, OWNER, APPLICATION)
    )
    _replace(folders.postgres / "pg_hba.conf", access)
    _replace(folders.postgres / "pg_ident.conf", identities)
    settings = server_settings(folders, account) | memory_settings(machine_memory())
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
    local = folders.postgres / "local.conf"
    if not local.exists():
        _replace(local, "# Settings of this machine's administrator; they override postgresql.conf beside this file.\n")
    _replace(folders.configuration, "".join(lines) + "include 'local.conf'\n")


def server_settings(folders: Folders, account: Account) -> dict[str, str]:
    settings = {
        "hba_file": str(folders.postgres / "pg_hba.conf"),
        "ident_file": str(folders.postgres / "pg_ident.conf"),
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": str(folders.socket(account)),
        "unix_socket_permissions": "0700",
        "max_connections": "80",
        "timezone": "UTC",
        "jit": "off",  # compiling costs more than it saves on queries of milliseconds
        "random_page_cost": "1.1",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "logging_collector": "on",
        "log_directory": str(folders.log),
        "log_filename": "postgres-%Y%m%d-%H%M%S.log",
        "log_rotation_size": "10MB",
        "log_rotation_age": "0",
        "log_timezone": "Asia/Ho_Chi_Minh",
        "log_line_prefix": "%m [%p] %u@%d ",
        "log_lock_waits": "on",
        # A statement's text and an error's detail carry names and identity numbers of patients.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
    }
    return settings | platform_settings()


def platform_settings() -> dict[str, str]:
    if not sys.platform.startswith("linux"):
        return {}
    shared = os.statvfs("/dev/shm") if Path("/dev/shm").exists() else None  # noqa: S108 (the kernel's, not ours)
    roomy = shared is not None and shared.f_frsize * shared.f_blocks >= SMALL_SHARED_MEMORY
    return {"effective_io_concurrency": "200"} | ({} if roomy else {"dynamic_shared_memory_type": "mmap"})


def memory_settings(total: int) -> dict[str, str]:
    """Shares of `total` bytes of memory, leaving most of it to the program itself and the file cache."""
    return {
        "shared_buffers": _megabytes(total // 6, at_least=64, at_most=4096),
        "effective_cache_size": _megabytes(total // 2, at_least=128, at_most=65536),
        "maintenance_work_mem": _megabytes(total // 32, at_least=32, at_most=768),
        "work_mem": _megabytes(total // 512, at_least=4, at_most=64),
    }


def machine_memory() -> int:
    """Bytes of memory of the machine, or of the container's limit where that is lower."""
    limits = [int(path.read_text()) for path in CGROUP_LIMITS if path.exists() and path.read_text().strip().isdigit()]
    return min([psutil.virtual_memory().total, *limits])


def _megabytes(size: int, *, at_least: int, at_most: int) -> str:
    return f"{min(max(size // MEBIBYTE, at_least), at_most)}MB"


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(path.name + ".new")
    draft.write_text(text)
    draft.chmod(0o644)
    draft.replace(path)

"""Where the private server keeps its things, and the operating-system user that it runs as."""

import hashlib
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from phaodai.foundation.database.errors import DatabaseUnavailable

UNFINISHED = "data.unfinished-"
# A socket's path has 104 bytes on macOS and 108 on Linux, of which PostgreSQL's `/.s.PGSQL.5432.lock` takes 19.
LONGEST_SOCKET_FOLDER = 80
# libpq splits a host at commas; the others would need quoting in postgresql.conf.
AWKWARD_IN_A_HOST = frozenset(",'\"\\")
SMALLEST_FREE_SPACE = 150_000_000  # bytes: a new cluster takes 40 MB and its first write-ahead segments as much again


def data_folder() -> Path:
    """The folder of all that this installation keeps: `PHAODAI_DATA`, else the user's data folder. Not created here.

    Links are followed, so that two ways to write one folder lead to one server.
    """
    chosen = os.environ.get("PHAODAI_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/phaodai")
    return platformdirs.user_data_path("phaodai", appauthor=False).resolve()


@dataclass(frozen=True)
class Account:
    """The operating-system user of the server process; PostgreSQL refuses to run as root."""

    uid: int
    gid: int
    name: str

    @property
    def is_other(self) -> bool:
        """Whether processes must change to it, which only root can."""
        return self.uid != os.geteuid()

    def as_options(self) -> dict[str, Any]:
        """Keyword arguments of `subprocess` that run a program as this user."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def run(self, deed: Callable[[], None]) -> None:
        """Do something as this user; without threads only, because it forks.

        In a container root commonly lacks CAP_SYS_PTRACE and may not look into other users' processes.
        """
        if not self.is_other:
            deed()
            return
        child = os.fork()
        if child == 0:
            try:
                os.setgroups([])
                os.setgid(self.gid)
                os.setuid(self.uid)
                deed()
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    def take(self, path: Path) -> None:
        """Make the folder if need be, and make it this user's alone."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.is_other:
            os.chown(path, self.uid, self.gid)
        path.chmod(0o700)


@dataclass(frozen=True)
class Folders:
    """The private server's files, all under `PHAODAI_DATA/postgres`."""

    home: Path

    @property
    def postgres(self) -> Path:
        return self.home / "postgres"

    @property
    def cluster(self) -> Path:
        return self.postgres / "data"

    def unfinished(self) -> list[Path]:
        """Where initdb worked and was killed. A complete cluster gets its name last, so half of one is never used."""
        return list(self.postgres.glob(f"{UNFINISHED}*"))

    @property
    def log(self) -> Path:
        return self.postgres / "log"

    @property
    def start_log(self) -> Path:
        """What the supervisor says, and the server before its own log is open."""
        return self.postgres / "start.log"

    @property
    def configuration(self) -> Path:
        return self.postgres / "postgresql.conf"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the server."""
        return self.postgres / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the process that is starting the server or setting up roles."""
        return self.postgres / "start.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the supervisor for as long as it lives; contains its process number."""
        return self.postgres / "supervisor.lock"

    def account(self) -> Account:
        """The owner of the cluster; for a new one the caller, or when that is root `postgres`, or else `nobody`."""
        import pwd

        try:
            uid = self.cluster.stat().st_uid
        except (FileNotFoundError, NotADirectoryError):
            uid = os.geteuid()
        except PermissionError:
            raise self._foreign() from None
        if uid != 0:
            entry = _entry_of(uid)
        else:
            names = {one.pw_name: one for one in pwd.getpwall()}
            entry = names.get("postgres") or names["nobody"]
        return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)

    def socket(self, account: Account) -> Path:
        """The folder of the server's socket, which is the key to the database."""
        usual = self.postgres / "run"
        if len(os.fsencode(usual)) <= LONGEST_SOCKET_FOLDER and not AWKWARD_IN_A_HOST & set(str(usual)):
            return usual
        # Not TMPDIR: every process must arrive at the same name, and that path may be long as well.
        return Path("/tmp") / f"phaodai-{account.uid}-{_digest(self.home)}"  # noqa: S108

    def lay_out(self) -> None:
        """Make `home` and `postgres`. Raises DatabaseUnavailable when the place will not do."""
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.postgres.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise DatabaseUnavailable(
                f"cannot make the data folder {self.postgres}: {problem.strerror}; choose another with PHAODAI_DATA"
            ) from None
        if not os.access(self.postgres, os.R_OK | os.W_OK | os.X_OK):
            raise self._foreign()

    def _foreign(self) -> DatabaseUnavailable:
        return DatabaseUnavailable(
            f"the data folder {self.home} belongs to another user; work as that user"
            " or choose another folder with PHAODAI_DATA"
        )

    def open_to(self, account: Account) -> None:
        """Prepare the server's own folders for its user; parents above `home` are never changed."""
        if account.is_other:
            for ours in (self.home, self.postgres):
                if blocked_parent(self.postgres, account) == ours:
                    ours.chmod(stat.S_IMODE(ours.stat().st_mode) | stat.S_IXOTH)
            blocked = blocked_parent(self.postgres, account)
            if blocked is not None:
                raise DatabaseUnavailable(
                    f"started by root, the database runs as user '{account.name}', who may not pass through {blocked};"
                    " choose another folder with PHAODAI_DATA (/var/lib/phaodai), or work as an ordinary user"
                )
        account.take(self.log)
        self._take_socket(account)

    def _take_socket(self, account: Account) -> None:
        folder = self.socket(account)
        if folder.parent != self.postgres:
            refuse_if_foreign(folder, account)
        account.take(folder)

    def leave_no_socket(self, account: Account) -> None:
        folder = self.socket(account)
        if folder.parent != self.postgres:
            shutil.rmtree(folder, ignore_errors=True)

    def require_space(self) -> None:
        free = shutil.disk_usage(self.postgres).free
        if free < SMALLEST_FREE_SPACE:
            raise DatabaseUnavailable(
                f"only {free // 1_000_000} MB are free at {self.postgres} and a new database needs"
                f" {SMALLEST_FREE_SPACE // 1_000_000} MB; make room or choose another folder with PHAODAI_DATA"
            )


def blocked_parent(path: Path, account: Account) -> Path | None:
    """The first folder on the way down to `path` that the user may not pass, by its mode bits."""
    for folder in (*reversed(path.parents), path):
        facts = folder.stat()
        if facts.st_uid == account.uid:
            passable = facts.st_mode & stat.S_IXUSR
        elif facts.st_gid == account.gid:
            passable = facts.st_mode & stat.S_IXGRP
        else:
            passable = facts.st_mode & stat.S_IXOTH
        if not passable:
            return folder
    return None


def refuse_if_foreign(folder: Path, account: Account) -> None:
    """Anyone can make a folder in /tmp first: one that is a link or somebody else's is not ours to trust."""
    if not os.path.lexists(folder):
        return
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in (account.uid, os.geteuid()):
        raise DatabaseUnavailable(
            f"{folder} is in the way and belongs to somebody else; remove it or shorten the path PHAODAI_DATA"
        )


def _entry_of(uid: int) -> Any:
    import pwd

    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseUnavailable(
            f"user number {uid} has no entry in /etc/passwd, which PostgreSQL needs; add one or set DATABASE_URL"
        ) from None


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]

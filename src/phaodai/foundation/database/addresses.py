"""Where the database is and who knocks: the owner for migrations, the application role for all the rest."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from phaodai.foundation.database.configuration import ADMINISTRATOR, APPLICATION, OWNER, PORT
from phaodai.foundation.database.errors import DatabaseUnavailable
from phaodai.foundation.database.folders import Folders, data_folder

DEFAULT_DATABASE = "phaodai"


@dataclass(frozen=True)
class Address:
    """One database as one role. `host` is a folder when the server is reached through its socket."""

    host: str
    port: str
    database: str
    user: str
    password: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)

    def for_psycopg(self) -> dict[str, Any]:
        """Keyword arguments of `psycopg.connect`."""
        place = {"host": self.host, "port": self.port, "dbname": self.database}
        named = place | {"user": self.user, "password": self.password} | dict(self.options)
        return {name: value for name, value in named.items() if value}

    def for_django(self) -> dict[str, Any]:
        """The part of an entry of Django's DATABASES that says where and who."""
        return {
            "HOST": self.host,
            "PORT": self.port,
            "NAME": self.database,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }

    def at(self, database: str) -> "Address":
        return replace(self, database=database)


@dataclass(frozen=True)
class Endpoints:
    """The two doors to one database. `owner` runs migrations; `app` owns nothing and may bypass nothing."""

    owner: Address
    app: Address


def is_external() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def endpoints(database: str = DEFAULT_DATABASE) -> Endpoints:
    """The addresses of a database, without starting anything.

    With `DATABASE_URL` the default name stands for the database that the address names, and any other name for a
    database on the same server. Raises DatabaseUnavailable when an address cannot be read.
    """
    return _external(database) if is_external() else _private(database)


def administrator(database: str = "postgres") -> Address:
    """The role that creates databases and roles: the private cluster's superuser, or the user of `DATABASE_URL`."""
    if is_external():
        return parse("DATABASE_URL").at(database)
    return replace(_private(database).owner, user=ADMINISTRATOR)


def parse(variable: str) -> Address:
    """The address in an environment variable, in any form that libpq reads."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        given = conninfo_to_dict(os.environ[variable])
    except psycopg.ProgrammingError:
        raise DatabaseUnavailable(
            f"{variable} is not an address of PostgreSQL; write postgresql://user:password@host:5432/database"
        ) from None
    parts = {name: str(value) for name, value in given.items() if value is not None}
    return Address(
        parts.pop("host", ""),
        parts.pop("port", ""),
        parts.pop("dbname", "") or DEFAULT_DATABASE,
        parts.pop("user", ""),
        parts.pop("password", ""),
        parts,
    )


def _private(database: str) -> Endpoints:
    folders = Folders(data_folder())
    account = folders.account()
    # In /tmp a stranger could answer in the server's place; libpq checks whose process it talks to.
    options = {"requirepeer": account.name}
    owner = Address(str(folders.socket(account)), PORT, database, OWNER, options=options)
    return Endpoints(owner, replace(owner, user=APPLICATION))


def _external(database: str) -> Endpoints:
    owner = parse("DATABASE_URL")
    if os.environ.get("DATABASE_APP_URL"):
        app = parse("DATABASE_APP_URL")
    else:
        app = replace(owner, user=APPLICATION, password=stored_password(data_folder()))
    if database != DEFAULT_DATABASE:
        return Endpoints(owner.at(database), app.at(database))
    return Endpoints(owner, app.at(owner.database))


def stored_password(home: Path) -> str:
    """The application role's password on an external server: random, made once, readable by this user only."""
    path = home / "database-app-password"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(24))
        return path.read_text()
    except OSError as problem:
        raise DatabaseUnavailable(f"cannot keep a password in {path}: {problem.strerror}; see PHAODAI_DATA") from None


def _write_once(path: Path, text: str) -> None:
    """Two processes may come at once: the first whole file stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()

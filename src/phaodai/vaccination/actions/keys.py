"""The keys that seal certificates: files outside the database, made, listed and retired by the command `certificate-key`.

`<id>.pem` is the certificate for verifiers, `<id>.key` the private key (readable by its owner alone), `<id>.ended` says since
when the key signs no more and why. Retiring a key deletes its private half: nothing can be signed with it again.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from phaodai.foundation.database import data_folder
from phaodai.foundation.models import ClockShift
from phaodai.foundation.refusals import Refusal
from phaodai.vaccination.rules.certificates import Seal
from phaodai.vaccination.rules.keys import PublicKey, Standing, belongs_together, make_key, read_certificate

VALID_FOR = timedelta(days=3 * 365)
"""A key signs for two years at most (docs/vaccination-certificates.md) and is kept one more for what it signed."""
FOLDER = "PHAODAI_CERTIFICATE_KEYS"


def is_real() -> bool:
    """Whether this installation issues certificates that count: its clock runs with the world's.

    In a drill and in the demonstration province, whose clocks are shifted, only keys made for tests sign.
    """
    return not ClockShift.stored()


def key_folder() -> Path:
    """Where the keys lie: `PHAODAI_CERTIFICATE_KEYS`, else a folder beside the data."""
    chosen = os.environ.get(FOLDER)
    return Path(chosen).expanduser() if chosen else data_folder() / "certificate-keys"


@dataclass(frozen=True)
class Keyring:
    """Every key of an installation."""

    folder: Path

    def keys(self) -> dict[bytes, PublicKey]:
        """Public keys by ID, the retired ones too: what they signed is still verified."""
        found = [self._read(path) for path in sorted(self.folder.glob("*.pem"))]
        return {key.key_id: key for key in found}

    def _read(self, path: Path) -> PublicKey:
        ended = path.with_suffix(".ended")
        if not ended.exists():
            return read_certificate(path.read_bytes())
        said = json.loads(ended.read_text())
        return read_certificate(path.read_bytes(), Standing(said["standing"]), datetime.fromisoformat(said["at"]))

    def secret_path(self, key: PublicKey) -> Path:
        """Where the private half lies."""
        return self.folder / f"{key.hexadecimal}.key"

    def current(self, moment: datetime, *, real: bool) -> PublicKey | None:
        """The newest key that may sign now: of those for tests only where the installation is not real."""
        able = [
            key
            for key in self.keys().values()
            if key.standing is Standing.ACTIVE
            and key.is_test is not real
            and key.signs_at(moment)
            and self.secret_path(key).exists()
        ]
        return max(able, key=lambda key: (key.valid_from, key.key_id), default=None)

    def new(self, name: str, moment: datetime, *, test: bool) -> PublicKey:
        """Make a key; from now on it is the one that signs."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        secret, certificate = make_key(name, moment, moment + VALID_FOR, test=test)
        key = read_certificate(certificate)
        _write_secret(self.secret_path(key), secret)
        (self.folder / f"{key.hexadecimal}.pem").write_bytes(certificate)
        return key

    def retire(self, key_id: str, moment: datetime, *, compromised: bool) -> PublicKey:
        """Let a key sign no more; compromised, nothing that it signed is valid any more. KeyError for an unknown ID."""
        key = {one.hexadecimal: one for one in self.keys().values()}[key_id]
        standing = Standing.COMPROMISED if compromised else Standing.RETIRED
        said = {"standing": standing.value, "at": moment.isoformat()}
        (self.folder / f"{key.hexadecimal}.ended").write_text(json.dumps(said))
        self.secret_path(key).unlink(missing_ok=True)
        return read_certificate(key.certificate, standing, moment)

    def seal(self, key: PublicKey) -> Seal:
        """The private half of a key, ready to sign."""
        secret = self.secret_path(key).read_bytes()
        if not belongs_together(secret, key.certificate):
            raise Refusal(_("The file of the private key %(key)s holds another key.") % {"key": key.hexadecimal})
        return Seal(secret, key.key_id)


def _write_secret(path: Path, secret: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)


def keyring() -> Keyring:
    """The keys of this installation."""
    return Keyring(key_folder())


def sealing_key(moment: datetime) -> tuple[PublicKey, Seal]:
    """The key that signs now; refuses in words where there is none."""
    ring, real = keyring(), is_real()
    key = ring.current(moment, real=real)
    if key is None:
        words = (
            _(
                "There is no key to seal certificates with. Whoever runs the server makes one: phaodai certificate-key new."
            )
            if real
            else _("In a drill or the demonstration only a key for tests may sign, and there is none yet.")
        )
        raise Refusal(words)
    return key, ring.seal(key)

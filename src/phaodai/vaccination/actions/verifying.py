"""Verifying a certificate for whoever asks: by the installation's keys and its list of withdrawn ones; nothing is kept."""

from collections.abc import Iterator
from datetime import datetime

from phaodai.vaccination.actions.keys import is_real, keyring
from phaodai.vaccination.models import Revocation
from phaodai.vaccination.rules.certificates import digest_of
from phaodai.vaccination.rules.certificates_reading import Reading, code_in, read
from phaodai.vaccination.rules.keys import PublicKey, Standing


def verify(*, moment: datetime, text: str) -> Reading:
    """What the text of a code is worth now. Strangers may ask: the database shows them digests alone."""
    code = code_in(text)
    revoked = set()
    if code is not None:
        digest = digest_of(code)
        revoked = set(Revocation.objects.filter(digest=digest).values_list("digest", flat=True))
    return read(text, keyring().keys(), revoked, moment, real=is_real())


def trusted_keys() -> Iterator[PublicKey]:
    """Keys that other verifiers may trust: none made for tests, and none that somebody else may hold."""
    real = is_real()
    for key in keyring().keys().values():
        if key.is_test is not real and key.standing is not Standing.COMPROMISED:
            yield key


def withdrawn() -> list[str]:
    """Digests of withdrawn certificates, in the order in which they were withdrawn."""
    return list(Revocation.objects.values_list("digest", flat=True))

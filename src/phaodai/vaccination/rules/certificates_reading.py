"""Reading a certificate back: whether it is ours, unchanged, in force and not withdrawn. Trusts nothing that it reads."""

import zlib
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import base45  # type: ignore[import-untyped]
import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cwt import COSE, COSEKey, CWTError

from phaodai.vaccination.rules.certificates import ES256, EXP, HCERT, IAT, PREFIX, digest_of
from phaodai.vaccination.rules.keys import PublicKey, Standing

LONGEST_TEXT = 8_000
"""Signs; a QR code of the largest version holds 4,296."""
LARGEST_UNPACKED = 20_000
_SIGN1_TAG = 18
_ALG, _KID = 1, 4
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError, zlib.error)


class Answer(StrEnum):
    """What a verifier is told, the worst first."""

    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown-key"
    CHANGED = "changed"
    COMPROMISED = "compromised"
    TEST = "test"
    REVOKED = "revoked"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    VALID = "valid"


@dataclass(frozen=True)
class Reading:
    """The answer, and what the certificate says where its signature holds."""

    answer: Answer
    certificate: Mapping[str, Any] | None = None
    issued_at: datetime | None = None
    expires_at: datetime | None = None
    key_id: str = ""

    @property
    def dose(self) -> Mapping[str, Any]:
        """The one vaccination that it states."""
        assert self.certificate is not None
        dose: Mapping[str, Any] = self.certificate["v"][0]
        return dose


@dataclass(frozen=True)
class _Unpacked:
    message: bytes
    algorithm: int
    key_id: bytes
    claims: dict[int, Any]


def read(
    text: str,
    keys: Mapping[bytes, PublicKey],
    revoked: Container[str],
    at: datetime,
    *,
    real: bool = True,
) -> Reading:
    """Judge the text of a code at a moment.

    `keys` by key ID, `revoked` digests of withdrawn IDs. On a `real` installation no certificate of a test key is valid, and
    on one whose clock is shifted (a drill, the demonstration) none of another key is.
    """
    try:
        unpacked = _unpack(text)
    except (*_BROKEN, cbor2.CBORError):
        return Reading(Answer.UNREADABLE)
    key = keys.get(unpacked.key_id)
    if key is None or unpacked.algorithm != ES256:
        return Reading(Answer.UNKNOWN_KEY, key_id=unpacked.key_id.hex())
    if not _signature_holds(unpacked.message, key):
        return Reading(Answer.CHANGED, key_id=key.hexadecimal)
    try:
        return _judged(unpacked, key, revoked, at, real=real)
    except _BROKEN:
        return Reading(Answer.UNREADABLE, key_id=key.hexadecimal)


def code_in(text: str) -> str | None:
    """The certificate ID that a text claims, whether or not its signature holds; None where it is no certificate."""
    try:
        return str(_unpack(text).claims[HCERT][1]["v"][0]["ci"])
    except (*_BROKEN, cbor2.CBORError):
        return None


def _unpack(text: str) -> _Unpacked:
    text = text.strip()
    if not text.startswith(PREFIX) or len(text) > LONGEST_TEXT:
        raise ValueError("not a certificate")
    packed = zlib.decompressobj()
    message = packed.decompress(base45.b45decode(text.removeprefix(PREFIX)), LARGEST_UNPACKED)
    if packed.unconsumed_tail or not packed.eof:
        raise ValueError("too large, or cut off")
    tagged = cbor2.loads(message)
    if tagged.tag != _SIGN1_TAG:
        raise ValueError("not signed by one")
    protected, unprotected, payload, _signature = tagged.value
    header = {**unprotected, **(cbor2.loads(protected) if protected else {})}
    claims = cbor2.loads(payload)
    return _Unpacked(message, int(header[_ALG]), bytes(header[_KID]), dict(claims))


def _signature_holds(message: bytes, key: PublicKey) -> bool:
    public = x509.load_pem_x509_certificate(key.certificate).public_key()
    pem = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        COSE.new().decode(message, COSEKey.from_pem(pem, alg="ES256", kid=key.key_id))
    except (CWTError, *_BROKEN):
        return False
    return True


def _judged(unpacked: _Unpacked, key: PublicKey, revoked: Container[str], at: datetime, *, real: bool) -> Reading:
    issued = datetime.fromtimestamp(unpacked.claims[IAT], UTC)
    expires = datetime.fromtimestamp(unpacked.claims[EXP], UTC)
    certificate = unpacked.claims[HCERT][1]
    code = str(certificate["v"][0]["ci"])
    answer = _answer(key, issued, expires, at, real=real, withdrawn=digest_of(code) in revoked)
    return Reading(answer, certificate, issued, expires, key.hexadecimal)


def _answer(
    key: PublicKey, issued: datetime, expires: datetime, at: datetime, *, real: bool, withdrawn: bool
) -> Answer:
    doubts = (
        (key.standing is Standing.COMPROMISED, Answer.COMPROMISED),
        (not key.signs_at(issued), Answer.UNKNOWN_KEY),
        (key.is_test and real, Answer.TEST),
        (not key.is_test and not real, Answer.UNKNOWN_KEY),
        (withdrawn, Answer.REVOKED),
        (at > expires, Answer.EXPIRED),
        (at < issued, Answer.NOT_YET),
    )
    return next((answer for is_so, answer in doubts if is_so), Answer.VALID)

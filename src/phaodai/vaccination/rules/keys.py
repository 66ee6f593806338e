"""Keys that seal certificates: an elliptic-curve key (P-256) with a certificate of its own, as verifiers in Europe expect.

The certificate (X.509, self-signed) carries the key's validity and, for keys made for tests, a mark that nobody can take off
without breaking it. The key's ID is the first 8 bytes of the SHA-256 of that certificate (EU DCC specification, volume 1,
"key identifier").
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

TEST_UNIT = "TEST KEY - NOT VALID"
COUNTRY = "VN"
KEY_ID_BYTES = 8


class Standing(StrEnum):
    """What a key may still do."""

    ACTIVE = "active"
    RETIRED = "retired"
    """Signs no more; what it signed before stays valid."""
    COMPROMISED = "compromised"
    """Somebody else may hold it: nothing that it signed is valid any more."""


@dataclass(frozen=True)
class PublicKey:
    """The half that verifies."""

    key_id: bytes
    certificate: bytes
    """X.509 in PEM."""
    valid_from: datetime
    valid_to: datetime
    name: str
    is_test: bool
    standing: Standing = Standing.ACTIVE
    ended_at: datetime | None = None

    @property
    def hexadecimal(self) -> str:
        """The ID as files and people write it."""
        return self.key_id.hex()

    def signs_at(self, moment: datetime) -> bool:
        """Whether what was signed at `moment` may be trusted."""
        within = self.valid_from <= moment <= self.valid_to
        return within and self.standing is not Standing.COMPROMISED and not (self.ended_at and moment > self.ended_at)


def make_key(name: str, begin: datetime, end: datetime, *, test: bool) -> tuple[bytes, bytes]:
    """A new private key and its certificate, both in PEM."""
    private = ec.generate_private_key(ec.SECP256R1())
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, name[:64]),
        *([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_UNIT)] if test else []),
        x509.NameAttribute(NameOID.COMMON_NAME, "DSC"),
    ]
    subject = x509.Name(parts)
    builder = x509.CertificateBuilder(subject, subject, private.public_key(), x509.random_serial_number(), begin, end)
    certificate = builder.sign(private, hashes.SHA256())
    secret = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret, certificate.public_bytes(serialization.Encoding.PEM)


def read_certificate(pem: bytes, standing: Standing = Standing.ACTIVE, ended_at: datetime | None = None) -> PublicKey:
    """The public key of a certificate in PEM. ValueError for what is none, or whose own signature does not fit."""
    certificate = x509.load_pem_x509_certificate(pem)
    try:
        certificate.verify_directly_issued_by(certificate)
    except (InvalidSignature, TypeError) as problem:
        message = "the key's certificate was changed after it was made"
        raise ValueError(message) from problem
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    names = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return PublicKey(
        key_id=certificate.fingerprint(hashes.SHA256())[:KEY_ID_BYTES],
        certificate=pem,
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        name=str(names[0].value) if names else "",
        is_test=any(unit.value == TEST_UNIT for unit in units),
        standing=standing,
        ended_at=ended_at,
    )


def belongs_together(secret: bytes, certificate: bytes) -> bool:
    """Whether a private key is the one of a certificate."""
    private = serialization.load_pem_private_key(secret, None)
    public = x509.load_pem_x509_certificate(certificate).public_key()
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.public_key().public_bytes(*form) == public.public_bytes(*form)
